"""Source lines made comparable: a folded copy of each, page chrome and advertisements named, hard-wrapped lines joined."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from unionboard.reading.characters import rejoin_words, simplify_character
from unionboard.reading.draft import IgnoredReason
from unionboard.reading.marks import Style, find_mark, starts_with_verb
from unionboard.reading.months import find_time

_EXPANDED = re.compile(r"[⑴-⒇⒈-⒛㈠-㈩]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_CIRCLED = range(0x2460, 0x2474)
_DASHES = "—–―‐−－~～〜"

_INLINE_ADVERTISEMENT = re.compile(
    r"范文内容地图|[(（](?:本文)?(?:来自|来源|转自)\s*[:：][^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*[)）]"
)
_CHROME = re.compile(
    r"^(?:当前位置|您的位置|欢迎访问|首页\s*>|上一篇|下一篇|分享到|打印本页|关闭窗口|责任编辑|编号:[A-Z])"
    r"|Copyright|All Rights Reserved|版权所有|(?:发布|更新)(?:时间|日期)\s*:|浏览次数|点击数|阅读次数"
    r"|^第?\s*\d+\s*(?:页\s*)?(?:共|/)\s*\d+\s*页?$|^第\s*\d+\s*页$|^-{3,}|最新范文推荐|撰写人:X"
    r"|\d{4}-\d\d-\d\d\s*\d\d:\d\d.{0,8}网$|\.(?:docx?|xlsx?|pdf|wps)$|^(?:相关主题|文本预览|相关文档.*|最新文档|通知公告)$",
    re.IGNORECASE,
)
_RELATED = re.compile(r"相关(?:文章|推荐|阅读|热词|主题)\s*:?$|^猜你喜欢|^推荐阅读")
_ADVERTISEMENT = re.compile(
    r"小编|仅供(?:大家)?参考|感谢您?的(?:参阅|阅读)|欢迎(?:大家)?(?:阅读|参阅|下载)|https?://|www\.|^★.*(?:篇|范文|模板)|最近发表了一篇|范文(?:网|大全)"
)
_CJK = re.compile(r"[\u4e00-\u9fff]")
_NOISE = re.compile(r"[A-Za-z].*[^\w\s|.:/,-]|[^\w\s|.:/,-].*[A-Za-z]")
_BLANKS = re.compile(r"^[_\s:().-]{3,}$")

_CLOSED = "。;:!?”…"
_WRAP_AT = 28  # characters: a shorter line without a full stop is a heading or an item, not one half of a wrapped line
_CHROME_LIMIT = 250  # characters: a longer line holds text, whatever else stands in it
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
    text = _INVISIBLE.sub("", raw)
    text = _EXPANDED.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    clean = _INLINE_ADVERTISEMENT.sub("", text).strip()
    if "\t" in clean:
        clean = text.strip("\r\n \u3000\xa0")  # an empty first or last cell is a cell
    plain = fold(clean)
    if not clean and text.strip():
        return Line(number, text.strip(), fold(text.strip()), IgnoredReason.ADVERTISEMENT)
    return Line(number, clean, plain, _not_content(plain))


def _not_content(plain: str) -> IgnoredReason | None:
    if not plain or len(plain) > _CHROME_LIMIT:
        return None
    if _CHROME.search(plain) or _RELATED.search(plain):
        return IgnoredReason.PAGE_CHROME
    if _ADVERTISEMENT.search(plain):
        return IgnoredReason.ADVERTISEMENT
    if _BLANKS.match(plain):
        return IgnoredReason.FORM_TEXT
    if not _CJK.search(plain) and len(plain) > 3 and _NOISE.search(plain):
        return IgnoredReason.UNREADABLE
    return None


def begins_related_links(line: Line) -> bool:
    """Whether a list of links to other pages begins here: nothing below it belongs to the document."""
    return bool(_RELATED.search(line.plain))


def join_lines(lines: Sequence[Line]) -> list[Passage]:
    """The content lines as passages, lines broken by a hard wrap put together again."""
    passages: list[Passage] = []
    for line in lines:
        if not line.plain or line.reason:
            continue
        if passages and _continues(passages[-1], line):
            last = passages[-1]
            passages[-1] = Passage(last.text + line.text, last.plain + line.plain, (*last.lines, line.number))
        else:
            passages.append(Passage(line.text, line.plain, (line.number,)))
    return passages


def _continues(last: Passage, line: Line) -> bool:
    if "|" in last.plain or "\t" in last.plain or "|" in line.plain or "\t" in line.plain:
        return False
    if line.plain[0] in ",;。)" and len(line.plain) > 1:
        return True
    mark = find_mark(line.plain)
    if last.plain[-1] in _CLOSED and not _open_bracket(last.plain, line.plain):
        return False
    if find_time(line.plain) or (mark and mark.style is not Style.LOST):
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
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if last.rfind(opening) > last.rfind(closing):
            end = following.find(closing)
            start = following.find(opening)
            if end >= 0 and (start < 0 or end < start):
                return True
    return False
