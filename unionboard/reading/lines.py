"""Source lines made comparable: a folded copy of each, page chrome and advertisements named, hard-wrapped lines joined."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from unionboard.reading.characters import rejoin_words, simplify_character
from unionboard.reading.chrome import cut_insertions, why_no_content
from unionboard.reading.draft import IgnoredReason
from unionboard.reading.marks import Style, find_counted_word, find_mark, starts_with_verb
from unionboard.reading.months import find_time

_EXPANDED = re.compile(r"[⑴-⒇⒈-⒛㈠-㈩]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_CIRCLED = range(0x2460, 0x2474)
_DASHES = "—–―‐−－~～〜"
_APART = re.compile(r"\S[ \u3000](?=\S)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NESTED = re.compile(r"^(?: {2,}|\t+)[-*+•]\s+(?!\[)")  # a bullet below a bullet
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3|\U0001f51f")
_PICTURE = (
    r"[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u260f\u2615-\u2619\u2620-\u26ff\u2705\u2708-\u2712\u2728\u274c-\u2757\u2764\u2b50\u2b55"
    r"\ufe0f]"
)
_PICTURES = re.compile(rf"\s*{_PICTURE}+")
_OPENING_PICTURES = re.compile(rf"(?:{_PICTURE}|\s)*{_PICTURE}\s*(?=\S)")
_BOLD = re.compile(r"(?:^|(?<=[\s、.)#>:：*-]))(\*\*|__)(?=\S)([^*_]{2,60})\1")
_BOLD_LINE = re.compile(r"\s*(\*\*|__)([^*_]{2,30}[^*_。；;])\1\s*")
_CHECKBOX = re.compile(r"^\s*(?:[-*+]\s*)?(?:\[[ xX✓√]?\]|[□☐☑])\s*(?=\S)")
_QUOTE = re.compile(r"^\s*(?:>\s*)+(?=[^\s>])")
_DECORATION = re.compile(rf"[*_#>\[□☐☑\u20e3]|{_PICTURE}")
_HASHES = re.compile(r"^\s*#{1,6}\s*")

_LABELLED = re.compile(r"[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,5}\s*:")  # 负责人:
_CLOSED = "。;:!?”…"
_WRAP_AT = 28  # characters: a shorter line without a full stop is a heading or an item, not one half of a wrapped line
_CELLS = re.compile(r"[|\t]|\S {2,}\S")
_NARROW, _WIDE = 14, 50  # characters to the line of a text that is broken by hand
_RAGGED = 3  # characters by which its full lines differ
_FULL_LINES = 5
_OPENING, _CLOSING = "《“(「『", "》”)」』"


@dataclass(frozen=True, slots=True)
class Line:
    """One source line: ``text`` without its margins, ``plain`` its folded copy of the same length, ``reason`` when it is no content."""

    number: int
    text: str
    plain: str
    reason: IgnoredReason | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that belong together: one line, several wrapped lines joined, or a part of one. ``plain`` has the length of ``text``."""

    text: str
    plain: str
    lines: tuple[int, ...]

    @property
    def line(self) -> int:
        """The source line it begins on."""
        return self.lines[0]

    def part(self, start: int, end: int | None = None) -> "Passage":
        """The words from ``start`` to ``end`` (exclusive), without margins."""
        end = len(self.text) if end is None else end
        while start < end and self.plain[start].isspace():
            start += 1
        while end > start and self.plain[end - 1].isspace():
            end -= 1
        return Passage(self.text[start:end], self.plain[start:end], self.lines)


class _FoldTable(dict[int, str]):
    """Code point -> its folded character, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_character(chr(code))
        return self[code]


def _fold_character(character: str) -> str:
    if character in _DASHES:
        return "-"
    if ord(character) in _CIRCLED:
        return character
    folded = unicodedata.normalize("NFKC", character)
    return simplify_character(folded) if len(folded) == 1 else character


_FOLDED = _FoldTable()


def fold(text: str) -> str:
    """A copy for matching, character for character: full-width forms and odd spaces plain, Traditional Simplified; “…” and 《》 stay."""
    return rejoin_words(text.translate(_FOLDED))


def fold_line(number: int, raw: str) -> Line:
    """The line with its folded copy and, when it is not content, why not."""
    text = _BREAK.sub("；", _INVISIBLE.sub("", raw))
    text = _NESTED.sub("◦ ", text)
    text = _EXPANDED.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    clean = _undecorate(cut_insertions(text)).strip()
    if "\t" in clean:
        clean = text.strip("\r\n \u3000\xa0")  # an empty first or last cell is a cell
    plain = fold(clean)
    if not clean and text.strip():
        return Line(number, text.strip(), fold(text.strip()), IgnoredReason.ADVERTISEMENT)
    return Line(number, clean, plain, why_no_content(plain))


def _undecorate(text: str) -> str:
    """The words without what only decorates them: 1️⃣ as 1、, a picture before them as a bullet, Markdown's bold and boxes not at all.

    A line all in bold, and a # before words without a number or month of their own, stay a heading: #.
    """
    if text.isascii() or not (_DECORATION.search(text)):
        return text
    text = _KEYCAP.sub(lambda found: f"{found.group(1) or 10}、", text)
    text = _PICTURES.sub("", _OPENING_PICTURES.sub("●", text) if _OPENING_PICTURES.match(text) else text)
    if bold := _BOLD_LINE.fullmatch(text):
        text = f"# {bold.group(2)}"
    text = _QUOTE.sub("", _BOLD.sub(r"\2", text))
    text = _CHECKBOX.sub("- ", text)
    heading = _HASHES.match(text)
    if heading:
        words = fold(text[heading.end() :])
        own = find_mark(words)
        if find_time(words) or (own and own.style not in (Style.HASH, Style.BULLET, Style.LOST)):
            return text[heading.end() :]
    return text


def close_up(lines: Sequence[str]) -> list[str]:
    """The lines of a text whose characters all stand apart (三 月 ：) without those blanks; other texts as they are."""
    apart = [len(_APART.findall(line)) * 2 >= len(line.strip()) * 0.7 for line in lines if len(line.strip()) >= 5]
    if not apart or sum(apart) * 2 < len(apart):
        return list(lines)
    return [re.sub(r"(?<=\S)[ \u3000](?=\S)", "", line) for line in lines]


def join_lines(lines: Sequence[Line | Passage]) -> list[Passage]:
    """The content lines as passages, lines broken by a hard wrap put together again; what is a passage already stays as it is."""
    passages: list[Passage] = []
    previous: Line | None = None
    width = _find_width(
        [line.plain for line in lines if isinstance(line, Line) and line.plain and not line.reason and not _CELLS.search(line.plain)]
    )
    stopped = _items_end_in_stops([line for line in lines if isinstance(line, Line)])
    for line in lines:
        if isinstance(line, Passage):
            passages.append(line)
            continue
        if not line.plain or line.reason:
            continue
        if passages and (
            _continues(passages[-1], line)
            or (width and previous and _wraps(previous, passages[-1], line, width))
            or (stopped and _completes(passages[-1], line))
        ):
            last = passages[-1]
            passages[-1] = Passage(last.text + line.text, last.plain + line.plain, (*last.lines, line.number))
        else:
            passages.append(Passage(line.text, line.plain, (line.number,)))
        previous = line
    return passages


def _width(plain: str) -> float:
    """How wide the words stand in print: a Latin letter or digit takes half the room of a character."""
    return sum(0.5 if character.isascii() else 1 for character in plain)


def _find_width(plains: Sequence[str]) -> float:
    """The width at which the text is broken: its longest lines are many, nearly equal, and most of them end in mid-sentence; else 0."""
    widths = [_width(plain) for plain in plains]
    widest = max(widths, default=0)
    if not _NARROW <= widest <= _WIDE:
        return 0
    full = [plain for plain, width in zip(plains, widths, strict=True) if width > widest - _RAGGED]
    broken = sum(plain[-1] not in _CLOSED for plain in full)
    return widest if len(full) >= _FULL_LINES and 5 * len(full) >= len(plains) and 3 * broken >= 2 * len(full) else 0


def _wraps(before: Line, last: Passage, line: Line, width: float) -> bool:
    """Whether ``before`` fills its line and ends in mid-sentence, and ``line`` begins nothing."""
    if last.plain[-1] in "。;:!?" or _width(before.plain) <= width - _RAGGED or _CELLS.search(last.plain) or _CELLS.search(line.plain):
        return False
    mark = find_mark(line.plain)
    return find_time(line.plain) is None and (mark is None or mark.style is Style.LOST)


def _items_end_in_stops(lines: Sequence[Line]) -> bool:
    """Whether most numbered items of the text end in a full stop, so that one without it goes on in the next line."""
    marks = [(find_mark(line.plain), line.plain) for line in lines if line.plain and not line.reason]
    ends = [plain[-1] in "。;" for mark, plain in marks if mark and mark.style in (Style.DIGIT, Style.BRACKETED_DIGIT)]
    return len(ends) >= 3 and sum(ends) * 2 >= len(ends)


def _completes(last: Passage, line: Line) -> bool:
    """Whether a line without number or time brings the full stop an item has not come to yet."""
    mark = find_mark(last.plain)
    if mark is None or mark.style not in (Style.DIGIT, Style.BRACKETED_DIGIT) or last.plain[-1] in _CLOSED or "|" in line.plain:
        return False
    if len(line.plain) > max(_WRAP_AT, len(last.plain)):
        return False  # a paragraph below a heading
    return line.plain[-1] in "。;" and find_mark(line.plain) is None and find_time(line.plain) is None


def _continues(last: Passage, line: Line) -> bool:
    if "|" in last.plain or "\t" in last.plain or "|" in line.plain or "\t" in line.plain:
        return False
    if line.plain[0] in ",;。)" and len(line.plain) > 1:
        return True
    mark = find_mark(line.plain)
    if last.plain[-1] in _CLOSED and not _open_bracket(last.plain, line.plain):
        return False
    if _LABELLED.match(last.plain) and _LABELLED.match(line.plain):
        return False
    if find_time(line.plain) or (mark and mark.style is not Style.LOST) or find_counted_word(line.plain):
        return False
    if _open_bracket(last.plain, line.plain) or last.plain[-1] in ",、":
        return True
    own = find_mark(last.plain)
    if own and own.style in (Style.CHINESE, Style.PART):
        return False
    if len(last.plain) < _WRAP_AT:
        return False
    return not (len(line.plain) < _WRAP_AT and starts_with_verb(line.plain))


def _open_bracket(last: str, following: str) -> bool:
    """Whether ``last`` ends inside a bracket or quotation that ``following`` closes."""
    if last.count('"') % 2 and following.count('"') % 2:
        return True
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if last.rfind(opening) > last.rfind(closing):
            end = following.find(closing)
            start = following.find(opening)
            if end >= 0 and (start < 0 or end < start):
                return True
    return False
