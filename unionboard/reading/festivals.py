"""Festivals that a plan names instead of a date: 春节、中秋节前夕, “三·八”, 喜迎国庆."""

import re
from collections.abc import Iterator
from functools import cache

from unionboard.reading.draft import FestivalTime
from unionboard.reading.lines import fold
from unionboard.reference.festivals import festivals

_BOTH = ("NEW_YEAR", "SPRING_FESTIVAL")  # “两节”
_BLANKS = re.compile(r"\s+")
_QUOTES = re.compile(r"[“”\"'‘’「」『』〝〞]")
_POINTS = re.compile(r"(?<=[三五六七八一])[.·・•‧∙](?=[一二四八])|(?<=3)[.·・•‧∙](?=8)")  # 三·八, 五·一二
_IN_DIGITS = re.compile(r"(?<!\d)38(?=国?际?(?:劳动)?妇?女?节)")
_LISTED = re.compile(r"[“\"]([三五六七八])、([一四八])[”\"]|(三)、(八)(?=国?际?妇女节|节)")  # “三、八”
_TENTH_FIRST = re.compile(r"[“\"]十一[”\"]|(?:庆|迎)十一(?![月届五个])|十一(?=国庆|黄金周|长假)")
_TWO = (  # 两节 is New Year and Spring Festival; of 中秋、国庆两节 and 两节课 it is none
    r"(?<!国庆)(?<!国庆节)(?<!中秋)(?<!中秋节)(?<![一二三四五六七八九十每\d至到\-])两节(?=期间|前夕|来临|到来|慰问|送温暖|走访|福利|活动|假期)"
    r"|(?<=春节)两节"
)
_OTHERS = (  # 八一路, 六一班, 五一二
    r"(?!大?[路街巷]|[（(]?[一二三四五六七八九十\d][)）]?班|班|年级|小学|中学|学校|幼儿园|社区|广场|村|[十百千万届个次名人项条月年日号]|[-~])"
)
_DIGITS_BEFORE = r"(?<![\d一二三四五六七八九十百千第])"
_NUMBERED = frozenset({"三八", "五一", "五四", "六一", "七一", "八一", "五一二"})
_JOINED = re.compile(r"(?:节日?|佳节|国际(?:劳动)?(?:妇女|儿童)?节?|青年节|建[党军]节|劳动节)*+[、,/和及与以]*(?:庆|迎|庆祝|喜迎)?")
_EVE = re.compile(
    r"(?:[、和及与](?:古尔邦|肉孜|开斋|泼水|[\u4e00-\u9fff]{1,3})节)*(?:节日?|佳节|等|传统|重大|重要|两|双|国际|劳动|妇女|儿童|青年|建[党军]|日)*+的?"
    r"(?:前夕|(?:来临|到来|即将来临|即将到来)(?:之[际前]|前)?|临近|将至|之前|前(?!后|期|列|进|往|来|台|沿|线|提))"
)
_LIST_MARK = re.compile(r"[、,，和及与/]")
_AFTER = re.compile(r"(?:节日?|假期?|长假)*(?:过?后|以后|之后)(?!勤)")
_TOWARDS = re.compile(r"(?:迎|迎接|喜迎|迎来)$")

_ABOUT = re.compile(
    r"(?:^|庆祝?|庆祝?第[\d一二三四五六七八九十]+个|欢庆|喜庆|纪念|欢度|喜迎|迎接?|[过度]|[、和及与])$|^(?:[做搞抓]好|开展|举[办行]|组织(?:开展)?|召开|进行|参加|积极|认真|全[体校]教?职工)+$"
)
_SERIES = re.compile(
    r"系列|[月周]活动|(?:活动|宣传|维权|服务|主题|健康|法律|关爱)[月周]|慰问|走访|送温暖|看望|探望|福利|物资|慰问[品金]|购|筹备|准备|方案|策划|通知|安排"
    r"|征文|评[选优比]|推荐|申报|培训|期间|前后|假期|至|-|[、,].{0,40}(?:赛|会|活动).{0,40}(?:赛|会|活动)"
)


@cache
def _pattern() -> re.Pattern[str]:
    """Names that say no time first, then the words of the festivals, the longer before the shorter."""
    names = sorted((name for festival in festivals().values() for name in festival.names), key=len, reverse=True)
    words = sorted(_codes(), key=len, reverse=True)
    numbered = "|".join(word for word in words if word in _NUMBERED)
    plain = "|".join(word for word in words if word not in _NUMBERED)
    return re.compile(f"(?P<name>{'|'.join(names)})|(?P<both>{_TWO})|(?P<word>{_DIGITS_BEFORE}(?:{numbered}){_OTHERS}|{plain})")


@cache
def _codes() -> dict[str, str]:
    return {word: festival.code for festival in festivals().values() for word in festival.words}


def _bare(text: str) -> str:
    """Folded, without quotation marks and blanks; a festival written with a point or comma is one word."""
    plain = _LISTED.sub(lambda found: "".join(filter(None, found.groups())), _BLANKS.sub("", fold(text)))
    plain = _QUOTES.sub("", _POINTS.sub("", _TENTH_FIRST.sub("国庆", plain)))
    return _IN_DIGITS.sub("三八", plain)


def find_festivals(text: str) -> tuple[FestivalTime, ...]:
    """The festivals by which ``text`` says when, each once, in its order. 前夕 behind several of them holds for all.

    What follows a festival (春节后) falls on no day of it. Source: domain notes B1, B6, trap 17.
    """
    plain = _bare(text)
    found: dict[str, bool] = {}
    for run in _runs(plain):
        after = run[-1].end()
        if _AFTER.match(plain, after):
            continue
        is_eve = bool(_EVE.match(plain, after))
        for word in run:
            looks_ahead = is_eve or word.group().startswith("迎") or bool(_TOWARDS.search(plain[max(0, word.start() - 2) : word.start()]))
            for code in _BOTH if word["both"] else (_codes()[word["word"]],):
                found.setdefault(code, looks_ahead)
    return tuple(FestivalTime(code, eve) for code, eve in found.items())


def _runs(plain: str) -> Iterator[list[re.Match[str]]]:
    """Festivals that are listed together: 元旦、春节、元宵节."""
    run: list[re.Match[str]] = []
    for word in _pattern().finditer(plain):
        if word["name"]:
            continue
        if run and not _JOINED.fullmatch(plain, run[-1].end(), word.start()):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def is_on_the_day(title: str) -> bool:
    """Whether an activity is held on the festival it names: 庆祝教师节, “三八”节联欢; not 教师节评优, a series, or visits before it."""
    plain = _bare(title)
    word = next((word for word in _pattern().finditer(plain) if word["word"]), None)
    return word is not None and not _SERIES.search(plain) and bool(_ABOUT.search(plain[: word.start()]))


def name_only(text: str, code: str) -> str:
    """``text`` with a list of festivals cut down to the one of ``code``: 春节、中秋节慰问 -> 中秋节慰问; unchanged where it lists none."""
    found = _listing()[1].search(fold(text))
    if found is None:
        return text
    names = (text[name.start() : name.end()] for name in _listing()[0].finditer(fold(text), *found.span()))
    kept = next((name for name in names if any(festival.code == code for festival in find_festivals(name))), None)
    return text if kept is None else text[: found.start()] + kept + text[found.end() :]


@cache
def _listing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One festival as it stands in a list, and a list of them: 春节、中秋节; “五一”“十一”."""
    words = "|".join(sorted(map(re.escape, _codes()), key=len, reverse=True))
    title = "(?:国际)?(?:劳动|妇女|儿童|青年|建党|建军)*节?日?"
    name = rf"[“‘\"]?(?:{words}|[三五六七八][.·]?[一四八]|(?<=[“‘\"])十一(?=[”’\"])){title}[”’\"]?{title}"
    return re.compile(name), re.compile(rf"{name}(?:(?:{_LIST_MARK.pattern}|(?<=[”’\"])(?=[“‘\"])){name})+")
