"""The numbers and signs that open a heading or an item, and the verbs a task begins with."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_CN = "[一二三四五六七八九十]{1,3}"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_COUNTS = ("一二三四五六七八九十", _FORMAL, _STEMS, "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", _ROMAN)
_DIGITS = {digit: value for digits in _COUNTS for value, digit in enumerate(digits, 1)}


class Style(StrEnum):
    """How a heading or item is numbered; two lines stand on one level only when their styles are equal."""

    HASH = "hash"  # ## of a heading in Markdown, 【…】 around one
    PART = "part"  # 第一部分
    TABLE = "table"  # 表1
    APPENDIX = "appendix"  # 附:
    FORMAL = "formal"  # 壹、
    CHINESE = "chinese"  # 一、
    BRACKETED_CHINESE = "bracketed_chinese"  # (一)
    DIGIT = "digit"  # 1、
    DECIMAL = "decimal"  # 1.1
    BRACKETED_DIGIT = "bracketed_digit"  # (1)
    HALF_BRACKETED_DIGIT = "half_bracketed_digit"  # 1)
    CIRCLED = "circled"  # ①
    LETTER = "letter"  # A.
    BULLET = "bullet"  # ●
    LOST = "lost"  # 、 or . whose number was lost


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the start of a line. ``number`` is 0 when there is none; ``end`` is where the words begin."""

    style: Style
    number: int
    printed: str
    end: int


_VERBS = (
    "召开|组织|开展|举办|举行|参加|制定|制订|拟定|拟订|修订|学习|慰问|走访|做好|配合|协助|完成|推选|推荐|评选|评比|表彰|庆祝|布置|筹备|建立|成立|"
    "落实|推进|总结|小结|整理|收缴|收取|缴纳|发放|发展|安排|进行|加强|健全|完善|征集|征订|填报|上报|上交|申报|检查|自查|迎接|宣传|观看|参观|考察|"
    "看望|关心|关爱|实施|创建|更新|培训|选举|换届|公布|公开|审议|讨论|审核|核对|统计|办理|续保|登记|调查|启动|联合|邀请|指导|督促|深入|继续|积极|认真|"
    "努力|提高|丰富|搞好|抓好|开好|办好|切实|充分|进一步|坚持|注重|重视|强化|深化|探望|送|订|出版|创办|添置|购置|编排|撰写|传达|贯彻|布展|改选|增补"
)
_COUNTED = "[名人次个场月日年周位家项期篇支份元点时分天户件号届级楼班岁]"  # 10 名: a count, not a list number
_SIGNS = r"»●○★■□◆◇▲△▶►▷▸➤➢➔→⇒☆※·•‣⁃◦∙◎⊙◉❖✦✧✪✱✿❀♦♥☞☛>✓✔√☑☐▪▫◾Ø\ue000-\uf8ff"
_WORDS = r"[\u4e00-\u9fff“《‘\"(（【A-Za-z0-9]"
_MARKS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.HASH, re.compile(r"()#{1,6}\s*(?=\S)")),
    (Style.PART, re.compile(rf"第({_CN}|\d)(?:(?:部分|章|节|、)\s*[、:]?\s*|\s+(?=[\u4e00-\u9fff]))")),
    (Style.TABLE, re.compile(r"表\s*(\d{1,2}|[一二三四五六七八九])(?![\u4e00-\u9fff])\s*[:.、]?\s*")),
    (Style.APPENDIX, re.compile(r"附(?:件|表|录)?\s*(\d{0,2})\s*[:、]\s*")),
    (Style.FORMAL, re.compile(rf"\(?([{_FORMAL}{_STEMS}])(?:\s*[、.,:]|\s*\)[、.]?|\s+(?=[\u4e00-\u9fff]))\s*")),
    (Style.FORMAL, re.compile(r"([ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|VI{0,3}|I{1,3}|IV|IX|X)\s*[、.:]\s*(?=[\u4e00-\u9fff“《])")),
    (Style.CHINESE, re.compile(rf"({_CN})\s*(?:[、.,:]|(?<=[一二三四五六七八九十])\s+(?=[\u4e00-\u9fff“]))\s*")),
    (Style.BRACKETED_CHINESE, re.compile(rf"\(?\s*({_CN})\s*\)\s*[、.,:]?\s*")),
    (Style.DECIMAL, re.compile(r"\d{1,2}\.(\d{1,2})(?:\.\d{1,2})?(?:[、.]|\s)\s*(?=[\u4e00-\u9fff“《])(?!.{0,4}节)")),
    (
        Style.DIGIT,
        re.compile(r"(\d{1,2})\s*(?:、|,(?!\d{3})|:(?!\d)|\.(?!\d)|\.(?=\d{1,2}\s*(?:[-至到、,]\s*\d{1,2}\s*){0,5}月|20\d\d))\s*"),
    ),
    (Style.DIGIT, re.compile(rf"(\d{{1,2}})(?:\s+(?=[\u4e00-\u9fff“《])(?!{_COUNTED})|(?=(?:{_VERBS})))")),
    (Style.BRACKETED_DIGIT, re.compile(r"\(\s*(\d{1,2})\s*\)\s*[、.]?\s*")),
    (Style.HALF_BRACKETED_DIGIT, re.compile(r"(\d{1,2})\)\s*")),
    (Style.CIRCLED, re.compile(r"([①-⑳])\s*[、.]?\s*")),
    (Style.LETTER, re.compile(r"([A-Za-z])\s*[.、)]\s*(?=[\u4e00-\u9fff“《])")),
    (Style.BULLET, re.compile(rf"()[{_SIGNS}]+\s*(?={_WORDS})(?![A-Za-z0-9]+$)|()[-*+]\s*(?=[\u4e00-\u9fff“《【])|()[-*+]\s+(?={_WORDS})")),
    (Style.LOST, re.compile(r"()[、.]\s*(?=[\u4e00-\u9fff“《])")),
)
_OPENS = re.compile(rf"[0-9一二三四五六七八九十{_FORMAL}{_STEMS}第表附#(A-Za-zⅠ-Ⅹ①-⑳{_SIGNS}*+、.-]")  # what a mark can begin with
# 三.八, 五、一 and the like are festivals, not numbers of a list
_FESTIVAL = re.compile(
    r"(?:三\s*[.、·]\s*八|五\s*[.、·]\s*[一四]|六\s*[.、·]\s*一|七\s*[.、·]\s*一|八\s*[.、·]\s*一|十\s*[.、·]\s*一)(?![月、]|份)"
)
_INLINE = re.compile(
    rf"(?:(?<=[。;:!?”)\s])(?:{_CN}\s*[、.](?!\s*[一二三四五六七八九十])|\({_CN}\)|\d{{1,2}}\s*(?:、(?!\d{{1,2}}\D)|\.(?!\d))|\(\d{{1,2}}\)|[a-z]\s*[)、.](?=\s*[\u4e00-\u9fff“]))|[①-⑳]|(?<=[。;:])、)"
)
_COUNTING = re.compile(r"(?<![\d.(-])\(?(\d{1,2})\s*[、.,)](?!\d)(?!\s*\d{1,2}\s*[、月])")
_COUNTED_WORD = re.compile(
    r"(项目|板块|任务|专题|模块|篇章|单元|领域|行动|工程)\s*(?:[一二三四五六七八九十]|\d{1,2})\s*[:、.\s]\s*[^\s。;][^。;]{1,24}$"
)
_VERB = re.compile(rf"(?:{_VERBS})")


def chinese_number(digits: str) -> int:
    """十二 -> 12, 9 -> 9; 0 when it is no number."""
    if digits.isdecimal():
        return int(digits)
    if len(digits) == 1 and 0x2460 <= ord(digits) <= 0x2473:
        return ord(digits) - 0x2460 + 1
    tens, found, ones = digits.partition("拾" if "拾" in digits else "十")
    if found:
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + _DIGITS.get(ones, 0)
    return _DIGITS.get(digits, 0)


@lru_cache(maxsize=8192)
def find_mark(plain: str) -> Mark | None:
    """The number at the start of a folded line, None when it has none. ``1.9月1日`` has the number 1; ``1.5`` and ``7:00`` have none."""
    if not plain or not _OPENS.match(plain) or _FESTIVAL.match(plain):
        return None
    for style, pattern in _MARKS:
        found = pattern.match(plain)
        if found:
            return Mark(style, chinese_number(found.group(1) or ""), plain[: found.end()].strip(), found.end())
    return None


def find_bare_number(plain: str, number: int) -> Mark | None:
    """The running ``number`` of a list that lost its point: 2组织踏青; a count (3名, 5月) is none."""
    printed = str(number)
    if plain.startswith(printed) and re.match(rf"[\u4e00-\u9fff“](?<!{_COUNTED})", plain[len(printed) :]):
        return Mark(Style.DIGIT, number, printed, len(printed))
    return None


def find_inline_marks(plain: str) -> list[int]:
    """Where numbered parts begin inside a line, after a sentence end (or anywhere for ①). The start of the line is not among them."""
    starts = [found.start() for found in _INLINE.finditer(plain) if found.start() > 0]
    return sorted({*starts, *_rising_numbers(plain)})


def _rising_numbers(plain: str) -> list[int]:
    """1、插花2、植树 or 1,插花 2,植树: numbers that count on from a 1 inside the line, though no sentence ends before them."""
    starts, number = [], 1
    for found in _COUNTING.finditer(plain):
        if int(found.group(1)) == number:
            starts.append(found.start())
            number += 1
    return [start for start in starts if start > 0] if number > 2 else []


def find_counted_word(plain: str) -> str | None:
    """The word that counts a part: 项目 of 项目一 技能提升; None when the line begins otherwise."""
    found = _COUNTED_WORD.match(plain)
    return found.group(1) if found else None


def is_verb(plain: str) -> bool:
    """Whether the words are nothing but such a verb, so that something must follow."""
    return bool(_VERB.fullmatch(plain))


def starts_with_verb(plain: str) -> bool:
    """Whether the words begin with what people do: 召开, 组织, 开展 …"""
    return bool(_VERB.match(plain))
