"""A file cut into its documents, and what each of them is: plan, summary, news or something else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from unionboard.reading.chrome import opens_links
from unionboard.reading.draft import DocumentKind, IgnoredReason
from unionboard.reading.heads import find_head
from unionboard.reading.kinds import is_news, tell_kind
from unionboard.reading.lines import Line
from unionboard.reading.marks import Style, find_mark, starts_with_verb
from unionboard.reading.noise import drop_page_lines

_COUNTER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_PART_TITLE = re.compile(
    rf"^(?P<before>.{{0,36}}?)\s*[【\[(]?(?:篇\s*{_COUNTER}|第\s*{_COUNTER}\s*篇|范文\s*{_COUNTER})[】\])]?"
    r"\s*[:、]?\s*(?P<after>[^。]{0,40})$"
)
_COLLECTION = re.compile(r"[\d一二三四五六七八九十]+\s*篇[)》\s]*$|\(共\s*\d+\s*篇\)?")
_GENRE = r"(?:计划|总结|小结|要点|安排|打算|方案|思路|规划|报告|汇报|行事历|一览表)"
_TITLE_END = re.compile(rf"{_GENRE}(?:表|书|范文|模板|草案|情况)?(?:\s*[(_《].{{0,12}}|\s*[一二三四五六七八九十\d]{{1,2}})?$")
_TITLE_BODY = re.compile(r"工会|20\d\d|20[xX×]{2}|[xX×]{2}年|学年|学期|学校|小学|中学|年度|上半年|下半年|职工|文体|妇联")
_LETTER_TITLE = re.compile(r"^关于[^。;!?:,]{4,36}的(?:情况)?(?:报告|通知|意见|汇报|决定|方案|计划|总结)$")
_ENCLOSED = re.compile(r"^附件?\s*\d{0,2}\s*:?$")
_LABEL = re.compile(r"^(?:主题|标题|题目)\s*:\s*")
_SUBTITLE = re.compile(r"^\(\s*20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?[^()]{0,10}\)$")  # the day below a title
_LETTER = 40  # lines: a covering letter is no longer


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file: its title, the lines of its title, and all lines it holds (title lines among them)."""

    title: str
    kind: DocumentKind
    lines: tuple[Line, ...]
    title_lines: frozenset[int]

    @property
    def content(self) -> tuple[Line, ...]:
        """The lines below the title that are neither blank nor page chrome."""
        return tuple(line for line in self.lines if line.plain and not line.reason and line.number not in self.title_lines)


def is_part_title(plain: str) -> bool:
    """篇一, 第二篇:, 工会工作计划篇3: the words that count the documents of a collection."""
    found = _PART_TITLE.match(plain)
    if not found:
        return False
    before = found.group("before").strip(" :《【")
    return not before or (len(plain) <= 50 and bool(_TITLE_END.search(before) or _TITLE_BODY.search(before)))


def is_title(plain: str) -> bool:
    """Whether a line reads like a title: short, no full stop, ends in 计划, 总结 …, names a union, a school or a year."""
    if _LETTER_TITLE.match(plain):
        return True
    mark = find_mark(plain)
    words = plain[mark.end :] if mark else plain
    if mark and mark.style is not Style.HASH and (mark.style is not Style.DIGIT or not re.search(r"20[\dxX]{2}", words)):
        return False
    if len(words) > 45 or re.search(r"[。;!?:]", words) or starts_with_verb(words) or find_head(plain):
        return False
    return bool(_TITLE_END.search(words.rstrip("》”")) and _TITLE_BODY.search(words))


def split_documents(lines: Sequence[Line]) -> list[Document]:
    """The documents of a file in their order; a file without titles is one document."""
    lines = drop_page_lines(_drop_related_links(lines))
    content = [line for line in lines if line.plain and not line.reason]
    starts = _find_starts(content)
    if not starts:
        return [_document(lines, frozenset(), "")] if content else []
    documents: list[Document] = []
    preface = [line for line in lines if line.number < content[starts[0]].number]
    if sum(len(line.plain) for line in preface if not line.reason) > 400:
        documents.append(_document(preface, frozenset(), ""))
        preface = []
    for position, start in enumerate(starts):
        first = content[start].number
        last = content[starts[position + 1]].number - 1 if position + 1 < len(starts) else lines[-1].number
        own = lines[first - lines[0].number : last - lines[0].number + 1]
        title_lines = _title_lines(content, start)
        named = frozenset(line.number for line in preface if len(line.plain) <= 40 and _COLLECTION.search(line.plain))
        documents.append(_document([*preface, *own], title_lines | named, _best_title(title_lines, own)))
        preface = []
    return documents


def _drop_related_links(lines: Sequence[Line]) -> list[Line]:
    """Everything below «相关文章:» up to the next numbered title is the page's, not the document's."""
    kept: list[Line] = []
    dropping = False
    for line in lines:
        if is_part_title(line.plain):
            dropping = False
        kept.append(Line(line.number, line.text, line.plain, line.reason or IgnoredReason.PAGE_CHROME) if dropping and line.plain else line)
        dropping = dropping or opens_links(line.plain)
    return kept


def _find_starts(content: Sequence[Line]) -> list[int]:
    """Positions in ``content`` where a document begins."""
    starts: list[int] = []
    previous_was_title = False
    for position, line in enumerate(content):
        if position < 3 and len(line.plain) <= 40 and _COLLECTION.search(line.plain):
            continue
        if is_part_title(line.plain) or (is_title(line.plain) and (_is_enclosed(content, position) or _opens_document(content, position))):
            if not previous_was_title or _begins_anew(content, starts[-1], position):
                starts.append(position)
            previous_was_title = True
        elif not previous_was_title and _is_news(content, position):
            starts.append(position)
            previous_was_title = False
        else:
            previous_was_title = previous_was_title and len(line.plain) < 12 and not find_mark(line.plain) and not find_head(line.plain)
    if starts and starts[0] > 0 and not any(is_part_title(content[start].plain) for start in starts):
        head = content[0].plain
        if len(head) <= 40 and head[-1] not in "。;:" and not find_mark(head) and not find_head(head) and _COLLECTION.search(head):
            starts[0] = 0
    return starts


def _begins_anew(content: Sequence[Line], start: int, position: int) -> bool:
    """A numbered title right under another title still belongs to it; a second 篇N does not."""
    return is_part_title(content[position].plain) and any(is_part_title(line.plain) for line in content[start:position])


def _is_enclosed(content: Sequence[Line], position: int) -> bool:
    """A title below 附件 alone, or one that the covering letter above it names: 现将《…计划》印发给你们."""
    if position and _ENCLOSED.match(content[position - 1].plain):
        return True
    named = f"《{content[position].plain}》"
    return any(named in line.plain for line in content[max(0, position - _LETTER) : position])


def _opens_document(content: Sequence[Line], position: int) -> bool:
    """What follows a title: prose, a first heading, a month or another title; an item of a list is followed by its neighbour."""
    if position == 0:
        return True
    if any(find_head(line.plain) for line in content[max(0, position - 2) : position] if len(line.plain) < 12):
        return False
    for following in content[position + 1 : position + 2]:
        mark = find_mark(following.plain)
        if mark:
            return mark.number == 1 and mark.style is not Style.CIRCLED
        if is_title(following.plain) or is_part_title(following.plain) or find_head(following.plain):
            return position < 6 or not find_head(following.plain)
        return len(following.plain) >= 30 or following.plain.endswith(":") or position < 3
    return False


def _is_news(content: Sequence[Line], position: int) -> bool:
    line = content[position]
    if not is_news(line.plain) or len(line.plain) < 40:
        return False
    return position == 0 or (len(content[position - 1].plain) <= 24 and not find_mark(content[position - 1].plain))


def _title_lines(content: Sequence[Line], start: int) -> frozenset[int]:
    """The title and the further title lines right below it, a title broken over two lines among them."""
    if _is_news(content, start):
        return frozenset()
    numbers = {content[start].number}
    position = start + 1
    while position < len(content) and position < start + 5:
        plain = content[position].plain
        broken = (
            position + 1 < len(content)
            and len(plain) <= 24
            and plain.endswith(("工会", "学校", "小学", "中学", "委员会"))
            and re.match(r"^(?:20\d\d|[xX]{2})?(?:年度?)?工会?工作?(?:计划|总结|要点)$", content[position + 1].plain)
        )
        if broken:
            numbers |= {content[position].number, content[position + 1].number}
            position += 2
        elif (is_title(plain) and not is_part_title(plain)) or (position == start + len(numbers) and _SUBTITLE.match(plain)):
            numbers.add(content[position].number)
            position += 1
        else:
            break
    return frozenset(numbers)


def _best_title(title_lines: frozenset[int], lines: Sequence[Line]) -> str:
    """The title without a list number or 篇N in front; the line that counts the part is used only when it is all there is."""
    titles = [line for line in lines if line.number in title_lines]
    for line in titles:
        found = _PART_TITLE.match(line.plain) if is_part_title(line.plain) else None
        if found and found.group("after").strip():
            return line.text[found.start("after") :].strip()
    named = [line for line in titles if not is_part_title(line.plain)] or titles
    if not named:
        return ""
    mark = find_mark(named[0].plain)
    return named[0].text[mark.end if mark and mark.style in (Style.DIGIT, Style.HASH) else 0 :].strip()


def _document(lines: Sequence[Line], title_lines: frozenset[int], title: str) -> Document:
    content = [line for line in lines if line.plain and not line.reason and line.number not in title_lines]
    if not title_lines and content:
        head = content[0]
        is_name = len(head.plain) <= 40 and head.plain[-1] not in "。;:,!|" and not re.search(r"[|\t]", head.plain)
        mark = find_mark(head.plain)
        if is_name and (mark is None or mark.style is Style.HASH) and not find_head(head.plain) and len(content) > 1:
            label = _LABEL.match(head.plain)
            title, title_lines = head.text[mark.end if mark else label.end() if label else 0 :], frozenset({head.number})
    return Document(title, tell_kind(title, content), _drop_repeated_title(lines, title_lines), title_lines)


def _drop_repeated_title(lines: Sequence[Line], title_lines: frozenset[int]) -> tuple[Line, ...]:
    """The lines of a document, its title printed once more below named as a duplicate, and the lines of a text posted twice with it."""
    titles = {line.plain for line in lines if line.number in title_lines}
    kept: list[Line] = []
    seen: set[str] = set()
    again = False
    for line in lines:
        if line.plain and not line.reason and line.number not in title_lines:
            again = line.plain in titles or (again and line.plain in seen)
            seen.add(line.plain)
            kept.append(replace(line, reason=IgnoredReason.DUPLICATE) if again else line)
        else:
            kept.append(line)
    return tuple(kept)
