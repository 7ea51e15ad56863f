"""What a checker would complain of in the draft, edited words included.

Source: domain notes E5, C4 (words of forbidden spending), D2 (names).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from unionboard.reference.ceilings import watched_words


class Complaint(StrEnum):
    """The kinds of complaint; the screen has a sentence for each."""

    FORBIDDEN_SPENDING = "forbidden_spending"
    PRIVATE_NAME = "private_name"
    NUMBER_WITHOUT_RECORD = "number_without_record"
    RATE_WRONG = "rate_wrong"
    ZERO_AS_DEED = "zero_as_deed"
    UNIT_WITHOUT_NUMBER = "unit_without_number"
    FUTURE_DAY = "future_day"
    OTHER_YEAR = "other_year"
    PLACEHOLDER = "placeholder"
    EMPTY_PHRASE = "empty_phrase"
    HALF_WIDTH = "half_width"
    DATE_STYLE = "date_style"
    SAID_TWICE = "said_twice"


@dataclass(frozen=True, slots=True)
class Passage:
    """A block's text to be read: ``generated`` is what the records gave; ``looks_ahead`` may speak of days to come."""

    key: str
    text: str
    generated: str
    looks_ahead: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """One complaint: where, what, and the words it is about. A private name is not repeated: its ``words`` are empty."""

    key: str
    complaint: Complaint
    words: str


_FORBIDDEN = re.compile("|".join(word for word in watched_words() if len(word) > 1), re.IGNORECASE)  # 烟 and 酒 alone mean too many things
_EMPTY = re.compile(
    "显著|极大|圆满|高度重视|前所未有|一致好评|深受好评|丰富多彩|有声有色|蓬勃|再上新台阶|取得了良好的效果|取得了较好的效果"
)
_PLACEHOLDER = re.compile(r"20[xX×]{2}|[xX×]{2,}|\*{2,}|_{2,}|某某")
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!][\u4e00-\u9fff]")
_DATE_STYLE = re.compile(r"20\d\d[.\-/]\d{1,2}[.\-/]\d{1,2}")
_ZERO = re.compile(r"(?<![\d.])0(?:人次|人|次|项|件|元|户|篇|期|场)")
_NO_NUMBER = re.compile(r"(?:参加|参与|共|支出|收入|慰问|帮扶)(?:人次|人(?=[，。；])|元|次(?=[，。；])|件|户|万元)")
_YEAR = re.compile(r"(20\d\d)(?=[年—])")
_DAY = re.compile(r"(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日")
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_RATE = re.compile(r"率(?:为|达到|达)?(\d+(?:\.\d+)?)%")
_SENTENCE = re.compile(r"[^。！？；\n]+")


def find_remarks(
    passages: Sequence[Passage], *, years: Sequence[int], as_of: date, names: Sequence[str] = (), title: str = ""
) -> list[Remark]:
    """All complaints, block by block. ``years``: the ones the plan touches; ``names``: people who were visited."""
    remarks = [remark for passage in passages for remark in _read(passage, years, as_of, names)]
    remarks += [Remark("title", Complaint.PLACEHOLDER, match.group()) for match in _PLACEHOLDER.finditer(title)]
    return [*remarks, *_repeated(passages)]


def _read(passage: Passage, years: Sequence[int], as_of: date, names: Sequence[str]) -> Iterator[Remark]:
    text = passage.text
    patterns = (
        (_FORBIDDEN, Complaint.FORBIDDEN_SPENDING),
        (_PLACEHOLDER, Complaint.PLACEHOLDER),
        (_ZERO, Complaint.ZERO_AS_DEED),
        (_NO_NUMBER, Complaint.UNIT_WITHOUT_NUMBER),
        (_HALF_WIDTH, Complaint.HALF_WIDTH),
        (_DATE_STYLE, Complaint.DATE_STYLE),
        (_EMPTY, Complaint.EMPTY_PHRASE),
    )
    for pattern, complaint in patterns:
        for words in dict.fromkeys(match.group() for match in pattern.finditer(text)):
            yield Remark(passage.key, complaint, words)
    if any(name in text for name in names):
        yield Remark(passage.key, Complaint.PRIVATE_NAME, "")
    if not passage.looks_ahead:
        yield from _wrong_time(passage, years, as_of)
    yield from _wrong_rates(passage)
    new = [number for number in dict.fromkeys(_NUMBER.findall(text)) if number not in set(_NUMBER.findall(passage.generated))]
    if text != passage.generated and new:
        yield Remark(passage.key, Complaint.NUMBER_WITHOUT_RECORD, "、".join(new))


def _wrong_time(passage: Passage, years: Sequence[int], as_of: date) -> Iterator[Remark]:
    for year in dict.fromkeys(_YEAR.findall(passage.text)):
        if int(year) not in years:
            yield Remark(passage.key, Complaint.OTHER_YEAR, year)
    for match in _DAY.finditer(passage.text):
        possible = [int(match[1])] if match[1] else list(years)
        days = [day for year in possible if (day := _day_of(year, int(match[2]), int(match[3])))]
        if days and min(days) > as_of:
            yield Remark(passage.key, Complaint.FUTURE_DAY, match.group())


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _wrong_rates(passage: Passage) -> Iterator[Remark]:
    """A rate that neighbouring whole numbers of its sentence do not give (32/35 printed as 92 %); half a point of rounding is allowed."""
    for sentence in _SENTENCE.findall(passage.text):
        for match in _RATE.finditer(sentence):
            before = [float(n) for n in re.findall(r"(?<![\d.])\d+(?![\d.]*%)(?:\.\d+)?", sentence[: match.start()])][-2:]
            rates = [min(pair) / max(pair) * 100 for pair in pairwise(before) if max(pair)]
            if rates and all(abs(rate - float(match[1])) > 0.5 for rate in rates):
                yield Remark(passage.key, Complaint.RATE_WRONG, match.group())


def _repeated(passages: Sequence[Passage]) -> Iterator[Remark]:
    seen: set[str] = set()
    for passage in passages:
        for sentence in re.findall(r"[^。！？\n]{12,}[。！？]", passage.text):
            if sentence in seen and sentence not in passage.generated:  # sections of like records may well read alike
                yield Remark(passage.key, Complaint.SAID_TWICE, sentence)
            seen.add(sentence)
