"""Whether the change log is the one the program wrote: every line against the one before it, and heads of the chain that are kept elsewhere
against the lines they name.

Who can write into the database file can write the whole log anew so that it fits itself; what they cannot reach are the heads in backups on
another disk and on the printed page of a finished summary.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlalchemy import TextClause
from sqlmodel import Session, col, select, text

from unionboard.config import HOME_UNION
from unionboard.models import Change, SummaryDraft, chain
from unionboard.models.changelog import ChangeAction
from unionboard.models.separation import of_all, union_of
from unionboard.services.backup_files import BROKEN_ZIP, read_manifest

RESTORED: Final = "backup"
"""The noun of the line that says that somebody went back to a backup, see ``services.restoring``."""
_CODE = re.compile(r"(\d{1,12})-([0-9a-f]{8,64})")
_SHOWN = 16  # hex digits that people compare and type


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The newest line of the change log; id 0 and ``chain.START`` when it is empty."""

    id: int
    sha256: str

    @property
    def code(self) -> str:
        """For paper and screen: 812-3fa9c1d2e4b57a60."""
        return f"{self.id}-{self.sha256[:_SHOWN]}"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head that was written down elsewhere: ``sha256`` may be its first digits; ``place`` is what people call where it stands."""

    id: int
    sha256: str
    place: str
    at_utc: datetime | None = None  # when it was written down, where that is known


class ChainBreak(StrEnum):
    LINE = "line"  # a line does not fit the one before it: it was changed, slipped in, or what stood between is gone
    CUT = "cut"  # the log ends before a line that once was its newest
    REWRITTEN = "rewritten"  # a line is another than it was when its hash was written down


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Where the log is not what it was: ``line`` is the id, ``place`` where it was written down, if anywhere."""

    kind: ChainBreak
    line: int
    place: str = ""


def read_head(session: Session) -> ChainHead:
    """Where the change log stands now."""
    newest = session.exec(select(Change.id, Change.sha256).order_by(col(Change.id).desc()).limit(1)).first()
    return ChainHead(newest[0] or 0, newest[1]) if newest else ChainHead(0, chain.START)


def read_code(code: str, *, place: str) -> Anchor | None:
    """The head that somebody typed from paper (``ChainHead.code``); None when it is none."""
    found = _CODE.fullmatch(re.sub(r"\s", "", code).lower())
    return Anchor(int(found[1]), found[2], place) if found else None


def holds(session: Session, anchor: Anchor) -> bool:
    """Whether the line that ``anchor`` names is still the one it was; that it follows from those before says ``find_chain_faults``."""
    stored = session.exec(select(Change.sha256).where(Change.id == anchor.id)).first()
    return stored is not None and stored.startswith(anchor.sha256)


def anchors_of_backups(folder: Path) -> tuple[Anchor, ...]:
    """The heads in the manifests of the .zip backups in ``folder``; what cannot be read is for the check of the backups to say."""
    found = []
    for path in sorted(folder.glob("*.zip")):
        try:
            manifest = read_manifest(path)
            told, at_utc = manifest["chain"], datetime.fromisoformat(manifest["created_at_utc"])
            found.append(Anchor(int(told["id"]), str(told["sha256"]), path.name, at_utc))
        except (*BROKEN_ZIP, TypeError):
            continue
    return tuple(anchor for anchor in found if anchor.id > 0)


def anchors_of_finals(session: Session) -> tuple[Anchor, ...]:
    """The heads kept with finalised summaries, where they have one."""
    found = []
    for draft in session.exec(select(SummaryDraft).where(col(SummaryDraft.fingerprint) != "")):
        head = read_kept_head(draft.final)
        if head is not None:
            found.append(Anchor(head.id, head.sha256, draft.own_title or draft.title))
    return tuple(found)


def keep_head(head: ChainHead) -> dict[str, Any]:
    """``head`` as a finalised summary keeps it."""
    return {"chain": {"id": head.id, "sha256": head.sha256}}


def read_kept_head(final: object) -> ChainHead | None:
    """What ``keep_head`` put into a finalised summary; None where there is nothing of the kind."""
    told = final.get("chain") if isinstance(final, dict) else None
    if not isinstance(told, dict) or not isinstance(told.get("id"), int):
        return None
    return ChainHead(told["id"], str(told.get("sha256")))


def find_chain_faults(session: Session, *, anchors: Iterable[Anchor] = ()) -> Iterator[ChainFault]:
    """Lines that do not fit the one before, and ``anchors`` that do not fit their line, which for those of backups may be any union's.
    One query; 10,000 lines take about 0.2 s."""
    newest, hashes, returns = dict[int, str](), dict[int, str](), list[_Return]()
    for row in session.execute(*_list_lines(session)).mappings():
        line, union = _parse(row), row.get("union_id", HOME_UNION)
        previous = newest.get(union, chain.START)
        if line is None or chain.hash_line(previous, **line) != row["sha256"]:
            yield ChainFault(ChainBreak.LINE, int(row["id"]))
        elif (found := _read_return(line, previous)) is not None:
            returns.append(found)
        newest[union] = hashes[row["id"]] = str(row["sha256"])
    last = max(hashes, default=0)
    for anchor in dict.fromkeys(anchors):
        if hashes.get(anchor.id, "").startswith(anchor.sha256) or any(one.explains(anchor) for one in returns):
            continue
        if anchor.id not in hashes and union_of(session) is not None and _is_another_s(session, anchor):
            continue
        yield ChainFault(ChainBreak.CUT if anchor.id > last else ChainBreak.REWRITTEN, anchor.id, anchor.place)


def _is_another_s(session: Session, anchor: Anchor) -> bool:
    with of_all(session):
        return holds(session, anchor)


def _list_lines(session: Session) -> tuple[TextClause, dict[str, int]]:
    """The lines as they are stored: whoever wrote past the program may have put in what our types refuse to read. Of the union ``session``
    is bound to, or of all, each with a chain of its own; databases of earlier versions know one."""
    union = union_of(session)
    if union is None:
        return text("SELECT * FROM change ORDER BY id"), {}
    return text("SELECT * FROM change WHERE union_id = :union ORDER BY id"), {"union": union}


def _parse(row: Any) -> dict[str, Any] | None:
    """What a stored line says; None when it is none."""
    at_utc = row["at_utc"]
    try:
        moment = datetime.fromisoformat(at_utc) if isinstance(at_utc, str) else at_utc
        sides = {side: json.loads(row[side]) if isinstance(row[side], str) else row[side] for side in ("before", "after")}
        line = {name: row[name] for name in ("id", "who", "origin", "action", "noun", "row_id")}
        json.dumps([line, sides])  # bytes are no text of ours
        return {**line, **sides, "at_utc": moment.replace(tzinfo=UTC)}
    except (AttributeError, TypeError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class _Return:
    """Somebody went back to a backup that was made at ``made_at_utc``: its data end at ``chain_id``; what was replaced ended at
    ``replaced``, None where that is unknown."""

    chain_id: int
    replaced: ChainHead | None
    at_utc: datetime
    made_at_utc: datetime | None

    def explains(self, anchor: Anchor) -> bool:
        """Whether ``anchor`` names a line of data that were left behind: what was written down after the backup and before the return."""
        if self.made_at_utc is not None and anchor.at_utc is not None and self.made_at_utc < anchor.at_utc <= self.at_utc:
            return True
        if anchor.id <= self.chain_id:
            return False
        if self.replaced is None:
            return anchor.at_utc is not None and anchor.at_utc <= self.at_utc
        return anchor.id < self.replaced.id or (anchor.id == self.replaced.id and self.replaced.sha256.startswith(anchor.sha256))


def _read_return(line: Mapping[str, Any], previous: str) -> _Return | None:
    """The return to a backup that ``line`` tells of; None when it tells of none, or of another backup than the one that goes before it."""
    told = line["after"] if isinstance(line["after"], dict) else {}
    if line["action"] != ChangeAction.RESTORE or line["noun"] != RESTORED or told.get("chain_sha256") != previous:
        return None
    head = told.get("replaced_chain_id"), told.get("replaced_chain_sha256")
    replaced = ChainHead(head[0], str(head[1])) if isinstance(head[0], int) else None
    newest_id = told.get("newest_id")  # of all unions in the backup, where there are several
    ends_at = newest_id if isinstance(newest_id, int) else line["id"] - 1
    return _Return(ends_at, replaced, line["at_utc"], _read_moment(told.get("made_at_utc")))


def _read_moment(told: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(told)).astimezone(UTC)
    except ValueError:
        return None
