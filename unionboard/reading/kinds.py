"""What kind of text a document is: by the last genre its title names, else by how its lines speak. Only a plan plans."""

import re
from collections.abc import Sequence

from unionboard.reading.draft import DocumentKind
from unionboard.reading.heads import find_head
from unionboard.reading.lines import Line
from unionboard.reading.marks import Style, find_mark

_GENRES = re.compile(
    r"(?P<plan>计划|要点|安排|打算|方案|思路|规划|行事历|一览表)"
    r"|(?P<summary>总结|小结|汇报|述职|回顾|回眸|大事记|盘点|掠影|纪实)"
    r"|(?P<letter>通知|通报|(?<!提)意见|办法|报告|公告|指南|手册|函(?=$|\())"
    r"|(?P<other>讲话|致辞|发言|决定|侧记|纪要|记录|公示|倡议|预算表?(?=$|\()|决算|问答|答疑|须知|细则|制度|章程|规定|名单|启事|简报|慰问信|感谢信|公开信|事迹)"
)
_NEWS = re.compile(r"^(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:上午|下午|中午|晚上?|清晨|,|至)")
_REPORTED = re.compile(r"本报讯|\((?:特约)?(?:通讯员|记者)|据悉,|(?:通讯员|记者)\s*\S{2,4}\s*(?:报道|摄)")
_REVIEW = re.compile(
    r"回顾[^。]{0,12}工作[^。]{0,4}[,，:]?[^。]{0,6}(?:主要)?有?(?:以下|如下)|现将[^。]{0,20}(?:总结|汇报|报告|小结)(?:如下|于后)|(?:总结|小结|汇报)如下"
)
_MINUTES = re.compile(r"^(?:主持人?|出席|列席|缺席|记录人?|与会)(?:人员|者)?\s*:")
_RESOLVED = re.compile(
    r"(?:决议|决定|事项)[一二三四五六七八九十\d]{0,2}\s*:\s*.{0,4}\d{1,2}月(?!.{0,20}了)"
)  # what a meeting has fixed for a month
_RESOLUTIONS = 3
_HELD = re.compile(r"(?<!\d)\d{1,2}月\d{1,2}日(?:上午|下午|晚上?)?,[^。]{0,50}(?:举[办行]|开展|召开|组织)了")  # told as news
_FIRST_SENTENCES = 200  # characters
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百\d]{1,4}条")
_TOLD = re.compile(r"[\u4e00-\u9fff]了(?!解)|已(?:经|完成|于)|人次|圆满")
_OPENING = 600  # characters of a document in which it says what it is
_TELLING = 8  # characters: a shorter line is a heading or a name and tells nothing
_TOLD_LINES = 5


def is_news(plain: str) -> bool:
    """3月17日中午,…会议: a report that begins with its day."""
    return bool(_NEWS.match(plain))


def tell_kind(title: str, content: Sequence[Line]) -> DocumentKind:
    """The kind of a document; ``content``: its lines below the title."""
    opening = "".join(line.plain for line in content[:12])[:_OPENING]
    if (not title and content and is_news(content[0].plain)) or _REPORTED.search(opening):
        return DocumentKind.NEWS
    genres = [found.lastgroup for found in _GENRES.finditer(title)]
    last = genres[-1] if genres else None
    if last == "summary" or (last != "plan" and "summary" in genres):
        return DocumentKind.SUMMARY
    if _REVIEW.search(opening) and "计划如下" not in opening and "summary" not in genres:
        return DocumentKind.SUMMARY
    if last == "plan" or (last == "letter" and "plan" in genres and any(_is_numbered(line) for line in content)):
        return DocumentKind.PLAN
    if sum(bool(_RESOLVED.match(line.plain)) for line in content) >= _RESOLUTIONS:
        return DocumentKind.PLAN
    if not genres and _HELD.search(opening[:_FIRST_SENTENCES]):
        return DocumentKind.NEWS
    if last == "other" or (last == "letter" and not _schedules(content)) or _is_other(content):
        return DocumentKind.OTHER
    if content and is_news(content[0].plain):
        return DocumentKind.NEWS
    return DocumentKind.SUMMARY if _tells(content) else DocumentKind.PLAN


def _is_numbered(line: Line) -> bool:
    """Whether a line is numbered or heads a month; what a letter encloses is not."""
    mark = find_mark(line.plain)
    return (mark is not None and mark.style is not Style.APPENDIX) or find_head(line.plain) is not None


def _schedules(content: Sequence[Line]) -> bool:
    """Whether three months or more are planned: a letter that is a plan in all but its name."""
    heads = [head for line in content if not _TOLD.search(line.plain) and (head := find_head(line.plain)) and head.is_set_off]
    return len({head.time.months for head in heads if head.time.months}) >= 3


def _is_other(content: Sequence[Line]) -> bool:
    """Minutes, rules by articles, questions and answers."""
    if sum(bool(_MINUTES.match(line.plain)) for line in content[:12]) >= 2:
        return True
    articles = sum(bool(_ARTICLE.match(line.plain)) for line in content)
    questions = sum(line.plain.endswith("?") and find_mark(line.plain) is not None for line in content)
    return articles >= 3 or questions >= 3


def _tells(content: Sequence[Line]) -> bool:
    """Whether most lines tell of work done."""
    lines = [line for line in content if len(line.plain) >= _TELLING]
    told = sum(bool(_TOLD.search(line.plain)) for line in lines)
    return told >= _TOLD_LINES and 2 * told > len(lines)
