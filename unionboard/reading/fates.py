"""What became of every line of a file, for one of its documents: only the document's own lines are stored, the others are elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from unionboard.reading.draft import IgnoredReason, LineFate, LineUse


@dataclass(frozen=True, slots=True)
class Fate:
    """What a line became, and why it was left out."""

    use: LineUse
    reason: IgnoredReason | None = None


@dataclass(frozen=True, slots=True)
class Fates(Sequence[LineFate]):
    """One fate for each line of ``lines`` (the lines of the file that are not blank, in order, shared by all its documents).

    A file of hundreds of documents would otherwise hold a fate for every line as often as it has documents. From ``unread_from`` on
    the file is longer than what is read of one.
    """

    lines: tuple[int, ...]
    own: Mapping[int, LineFate]
    unread_from: int | None = None

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, index: int) -> LineFate: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LineFate]: ...
    def __getitem__(self, index: int | slice) -> LineFate | Sequence[LineFate]:
        if isinstance(index, slice):
            return Fates(self.lines[index], self.own, self.unread_from)
        return self._of(self.lines[index])

    def __iter__(self) -> Iterator[LineFate]:
        return map(self._of, self.lines)

    def _of(self, line: int) -> LineFate:
        if fate := self.own.get(line):
            return fate
        if self.unread_from is not None and line >= self.unread_from:
            return LineFate(line, LineUse.IGNORED, IgnoredReason.BEYOND_LIMIT)
        return LineFate(line, LineUse.ELSEWHERE)
