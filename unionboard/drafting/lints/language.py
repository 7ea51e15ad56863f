"""Empty phrases, placeholders, forbidden spending, names, numerals and marks. Source: domain notes C4, E5.8, E5.9, E5.12, E5.14, E5.16."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from unionboard.drafting.alignment import Shown
from unionboard.drafting.document import GAP
from unionboard.drafting.lints.passages import Background, Passage
from unionboard.drafting.lints.remarks import TITLE, Code, Mend, MendKind, Remark
from unionboard.drafting.phrases import Place
from unionboard.drafting.typed_numbers import read_numbers
from unionboard.numerals import read_numeral
from unionboard.reference.ceilings import WatchedWord, watched_words
from unionboard.reference.summary_words import empty_phrases, festival_days, forbidden_words_en, law_names, official_names

_PLACEHOLDER = re.compile(r"20[xX×]{2}年?|[xX×]{2,}|\*{2,}|_{2,}|某某|(?<![A-Za-z])(?:TBD|TODO)(?![A-Za-z])|“”|《》")
_PUNCTUATION = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff”》）])[,;:?!()]|[,;:?!()](?=[\u4e00-\u9fff“《（])")
_DATE_STYLE = re.compile(r"(?<![\d.])(?:(20\d\d)([.\-/])(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9]))(?![\d.])|(?<!\d)0([1-9])(?=[月日])")
_LEADERS = re.compile(
    r"在((?:(?!领导|和|、|及|，)[\u4e00-\u9fff]){1,16}?(?:总工会|教育工会|工会委员会|工会))(?:和[^，。]{1,20}|、[^，。]{1,20})?的?(?:正确)?领导下"
)
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")
_GIFTS = re.compile("慰问|发放|赠送|福利|节日|生日")


def find_poor_words(passages: Sequence[Passage], background: Background) -> Iterator[Remark]:
    """All remarks on words and marks, of every sentence; on style only, and on names, of people's own."""
    for passage in passages:
        for place, one in enumerate(passage.shown):
            yield from _everywhere(passage, place, one, background)
            if one.is_edited and passage.kind is not Place.SIGNATURE and not background.is_english:
                yield from _numerals(passage.key, place, one.text)


def check_title(title: str) -> Iterator[Remark]:
    """Placeholders in a title."""
    for match in _PLACEHOLDER.finditer(title):
        yield Remark(Code.PLACEHOLDER, TITLE, words=match.group(), mend=Mend(MendKind.WRITE), text=title)


def _everywhere(passage: Passage, place: int, one: Shown, background: Background) -> Iterator[Remark]:
    key, text = passage.key, GAP.sub(lambda match: " " * len(match.group()), one.text)
    for words in dict.fromkeys(match.group() for match in _PLACEHOLDER.finditer(text)):
        yield Remark(Code.PLACEHOLDER, key, place, words, Mend(MendKind.WRITE), one.text)
    for word in _forbidden_en(text) if background.is_english else _forbidden(text):
        yield Remark(Code.FORBIDDEN_SPENDING, key, place, word, Mend(MendKind.WRITE), one.text)
    yield from _empty(key, place, one, background.language)
    if background.is_english:
        return
    yield from _marks(key, place, one.text)
    yield from _festivals(key, place, one.text)
    yield from _names(key, place, text, one.text, background)


def _forbidden(text: str) -> Iterator[str]:
    """Words of forbidden spending, the longest first, each place once; 烟 and 酒 alone mean too many things."""
    rest = text.casefold()
    for word, known in _watched():
        if known.only_gifts and not _GIFTS.search(text):
            continue
        for phrase in known.harmless:
            rest = rest.replace(phrase.casefold(), "\n")
        if word.casefold() in rest:
            yield word
            rest = rest.replace(word.casefold(), "\n")


def _forbidden_en(text: str) -> Iterator[str]:
    return (word for word in forbidden_words_en() if re.search(rf"\b{word}", text, re.IGNORECASE))


@cache
def _watched() -> list[tuple[str, WatchedWord]]:
    return sorted(((word, known) for word, known in watched_words().items() if len(word) > 1), key=lambda pair: -len(pair[0]))


def _empty(key: str, place: int, one: Shown, language: str) -> Iterator[Remark]:
    phrases, rest = empty_phrases(language), _QUOTED.sub("\n", one.text)
    rest = rest.lower() if language == "en" else rest
    weak = phrases.weak if one.is_edited and not re.search(r"\d", one.text) else ()
    for phrase in sorted([*phrases.rewrite, *phrases.drop, *weak], key=len, reverse=True):
        if phrase not in rest:
            continue
        rest = rest.replace(phrase, "\n")
        mend = Mend(MendKind.WRITE) if phrase in phrases.rewrite else Mend(MendKind.REPLACE, "", phrase)
        yield Remark(Code.EMPTY_PHRASE, key, place, phrase.strip(), mend, one.text)


def _marks(key: str, place: int, text: str) -> Iterator[Remark]:
    if found := list(dict.fromkeys(match.group() for match in _HALF_WIDTH.finditer(text))):
        right = _HALF_WIDTH.sub(lambda match: _PUNCTUATION[match.group()], text)
        yield Remark(Code.HALF_WIDTH, key, place, " ".join(found), Mend(MendKind.REPLACE, right), text)
    if match := _DATE_STYLE.search(text):
        right = _DATE_STYLE.sub(_write_day, text)
        yield Remark(Code.DATE_STYLE, key, place, match.group(), Mend(MendKind.REPLACE, right), text)


def _write_day(match: re.Match[str]) -> str:
    return match[5] or f"{match[1]}年{int(match[3])}月{int(match[4])}日"


def _festivals(key: str, place: int, text: str) -> Iterator[Remark]:
    known, (misspelt, bare, quoted, any_of_them) = festival_days(), _festival_patterns()
    right = misspelt.sub(lambda match: f"“{known.spelt[match[1]]}”", text)
    right = quoted.sub(r"“\1”", bare.sub(r"“\1”", right))
    if right != text and (match := any_of_them.search(text)):
        yield Remark(Code.EVENT_NAME, key, place, match.group(), Mend(MendKind.REPLACE, right), text)


@cache
def _festival_patterns() -> tuple[re.Pattern[str], ...]:
    """三.八 before what may follow a festival's name, 三八 without quotation marks there, "三八" in straight ones, and any of them."""
    known = festival_days()
    days, after, spelt = "|".join(known.days), "|".join(known.after), "|".join(map(re.escape, known.spelt))
    return (
        re.compile(rf"(?<!\d)[“\"']?({spelt})[”\"']?(?={after})"),
        re.compile(rf"(?<![“一二三四五六七八九十\d])({days})(?=(?:{after}))(?!.{{0,3}}[红奖])"),
        re.compile(rf"[\"']({days})[\"']"),
        re.compile(f"{days}|{spelt}"),
    )


def _names(key: str, place: int, text: str, shown: str, background: Background) -> Iterator[Remark]:
    rest = text
    for name in official_names():
        for match in re.finditer(re.escape(name.wrong), rest):
            before, after = rest[: match.start()], rest[match.end() :]
            if (name.unless_after and before.endswith(name.unless_after)) or (name.unless_before and after.startswith(name.unless_before)):
                continue
            mend = Mend(MendKind.REPLACE, name.right, name.wrong)
            yield Remark(Code.OFFICIAL_NAME, key, place, name.wrong, mend, shown, (("right", name.right),))
            break
        rest = rest.replace(name.wrong, "\n" * len(name.wrong))
    plain = _QUOTED.sub(lambda match: "\n" * len(match.group()), text)
    for law in law_names():
        if re.search(f"{law}(?!律|规)", plain):
            mend = Mend(MendKind.REPLACE, f"《{law}》", law)
            yield Remark(Code.OFFICIAL_NAME, key, place, law, mend, shown, (("right", f"《{law}》"),))
            plain = plain.replace(law, "\n")
    above, leader = background.higher_union, _LEADERS.search(text)
    if above and leader and leader[1] not in above and above not in leader[1] and leader[1] != "上级工会":
        mend = Mend(MendKind.REPLACE, above, leader[1])
        yield Remark(Code.OFFICIAL_NAME, key, place, leader[1], mend, shown, (("right", above),))


def _numerals(key: str, place: int, text: str) -> Iterator[Remark]:
    """Counts in Chinese characters beside counts in digits; the characters are offered as digits."""
    numbers = [number for number in read_numbers(text, language="zh_CN") if number.unit_words]
    spelt = [number for number in numbers if number.is_spelt and not number.words.startswith("一")]
    if not spelt or len(spelt) == len(numbers):
        return
    right = text
    for number in reversed(spelt):
        digits = f"{read_numeral(number.words.removesuffix(number.unit_words).rstrip('余多')):.0f}"
        right = right[: number.start] + digits + number.words[len(number.words.removesuffix(number.unit_words)) :] + right[number.end :]
    yield Remark(Code.MIXED_NUMERALS, key, place, spelt[0].words, Mend(MendKind.REPLACE, right), text)
