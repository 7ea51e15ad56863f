"""Numbers that the books do not bear out, sums and rates that do not add up, units mixed.

Source: domain notes E5.1–3, E5.10, E5.13.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from unionboard.drafting.alignment import Shown
from unionboard.drafting.figures import Unit, share
from unionboard.drafting.lints.passages import Background, Passage
from unionboard.drafting.lints.remarks import Code, Mend, MendKind, Remark
from unionboard.drafting.numbers import percent_text
from unionboard.drafting.phrases import Place
from unionboard.drafting.typed_figures import TypedFigure, Verdict, check_typed
from unionboard.drafting.typed_numbers import TypedNumber, read_numbers
from unionboard.money import FEN_PER_YUAN

_ZERO = re.compile(r"[，；]?[^，；。]*?(?<![\d.:：])(0(?:人次|人|名|次|项|件|元|户|篇|期|场))[^，；。]*")
_ZERO_EN = re.compile(
    r"[,;]?[^,;.]*?(?<![\d.,:¥])\b(0 (?:people|attendances|activities|proposals|households|times|awards|articles))[^,;.]*"
)
_NO_NUMBER = re.compile(
    r"(?:参加|参与|共计?|支出|收入|慰问|帮扶|发放|资金)((?:人次|人(?=[，。；])|万?元|次(?=[，。；])|件(?=[，。；])|户(?=[，。；])))"
)
_RATE = re.compile(
    r"(?:率(?:为|达到?|是)?|占(?:比|总数的)?)\s?(\d+(?:\.\d+)?)[%％]|(\d+(?:\.\d+)?)%(?= (?:of|took|attend|answer))|\((\d+(?:\.\d+)?)%\)"
)
_AMONG = re.compile("其中|包括|分别为|分别是")
_IN_ALL = re.compile("合计|总计|累计|共计|一共|共")
_NEAR = 30
"""Characters before a rate in which the two numbers stand that it is made of."""
_MOST_PARTS, _ADDED = 12, {Unit.PERSON, Unit.PERSON_TIME, Unit.HOUSEHOLD, Unit.FEN}


def find_wrong_numbers(passages: Sequence[Passage], background: Background) -> Iterator[Remark]:
    """All remarks on numbers, of people's own sentences but for zeros and units without a number."""
    for passage in passages:
        typed = check_typed(background.books, passage.key, passage.text, shown=passage.shown)
        yield from _against_books(passage, typed)
        changed = {(one.sentence, one.words) for one in typed if one.verdict is not Verdict.UNSUPPORTED}
        for place, one in passage.own:
            numbers = read_numbers(one.text, language=background.language)
            yield from _wrong_sums(passage, place, one, numbers)
            yield from _wrong_rates(passage, place, one, numbers, known={words for n, words in changed if n == place})
            yield from _mixed_money(passage, place, one, numbers)
        if passage.kind is not Place.SIGNATURE:
            yield from _empty_numbers(passage, background)


def _against_books(passage: Passage, typed: Sequence[TypedFigure]) -> Iterator[Remark]:
    for one in typed:
        text, is_money = passage.shown[one.sentence].text, one.unit is Unit.FEN
        if one.verdict is Verdict.CHANGED:
            code = Code.UNITS_MIXED if one.is_other_unit else Code.MONEY_CHANGED if is_money else Code.NUMBER_CHANGED
            mend = Mend(MendKind.USE_RECORDED, one.recorded, one.words)
            yield Remark(code, passage.key, one.sentence, one.words, mend, text, (("recorded", one.recorded),))
        elif one.verdict is Verdict.UNSUPPORTED:
            code = Code.MONEY_WITHOUT_RECORD if is_money else Code.NUMBER_WITHOUT_RECORD
            yield Remark(code, passage.key, one.sentence, one.words, Mend(MendKind.WRITE), text)


def _empty_numbers(passage: Passage, background: Background) -> Iterator[Remark]:
    zero = _ZERO_EN if background.is_english else _ZERO
    for place, one in enumerate(passage.shown):
        if passage.kind is not Place.MONEY and (match := zero.search(one.text)):
            rest = one.text.replace(match.group(), "", 1).lstrip("，；,; ")
            is_all = len(rest) < 4
            mend = Mend(MendKind.DELETE) if is_all else Mend(MendKind.REPLACE, rest)
            yield Remark(Code.ZERO_AS_DEED, passage.key, place, match[1], mend, one.text)
        if not background.is_english:
            for match in _NO_NUMBER.finditer(one.text):
                words = match.group()
                filled = f"{words[: -len(match[1])]}【待补充：数字】{match[1]}"
                yield Remark(Code.UNIT_WITHOUT_NUMBER, passage.key, place, words, Mend(MendKind.REPLACE, filled, words), one.text)


def _wrong_sums(passage: Passage, place: int, one: Shown, numbers: Sequence[TypedNumber]) -> Iterator[Remark]:
    """Parts after 其中 that are more than the whole before it; a total after 共 that is not the sum of the parts before it."""
    for whole, parts in (*_parts_after(one.text, numbers), *_parts_before(one.text, numbers)):
        total = sum(part.value for part in parts if isinstance(part.value, Decimal))
        is_open = whole.start < parts[0].start  # 其中 may name some of the parts only
        if not isinstance(whole.value, Decimal) or total == whole.value or (is_open and total < whole.value):
            continue
        added = _as_typed(whole, Decimal(total))
        told = (("parts", "＋".join(part.words for part in parts)), ("total", added))
        mend = Mend(MendKind.REPLACE, added, whole.words)
        yield Remark(Code.SUM_WRONG, passage.key, place, whole.words, mend, one.text, told)


def _parts_after(text: str, numbers: Sequence[TypedNumber]) -> Iterator[tuple[TypedNumber, list[TypedNumber]]]:
    for match in _AMONG.finditer(text):
        before = [number for number in numbers if number.end <= match.start()]
        for unit in _ADDED:
            whole = next((number for number in reversed(before) if number.unit is unit), None)
            parts = [number for number in numbers if number.start >= match.end() and number.unit is unit][:_MOST_PARTS]
            if whole is not None and len(parts) > 1:
                yield whole, parts


def _parts_before(text: str, numbers: Sequence[TypedNumber]) -> Iterator[tuple[TypedNumber, list[TypedNumber]]]:
    for match in _IN_ALL.finditer(text):
        whole = next((number for number in numbers if 0 <= number.start - match.end() <= 1), None)
        if whole is None:
            continue
        parts: list[TypedNumber] = []
        for number in reversed([number for number in numbers if number.end <= match.start() and number.unit is whole.unit]):
            gap = text[number.end : parts[-1].start if parts else match.start()]
            if re.search("[，。；]" if parts else "[。；]", gap):
                break
            parts.append(number)
        if len(parts) > 1 and whole.unit in _ADDED:
            yield whole, parts[::-1]


def _wrong_rates(passage: Passage, place: int, one: Shown, numbers: Sequence[TypedNumber], *, known: set[str]) -> Iterator[Remark]:
    """A rate that no two neighbouring counts before it give, rounded as it is written: 32/35 printed as 92%."""
    for match in _RATE.finditer(one.text):
        typed = Decimal(next(group for group in match.groups() if group))
        near = [number for number in numbers if 0 <= match.start() - number.end <= _NEAR]
        counts = [number for number in near if number.unit is not Unit.PERCENT][-3:]
        pairs = [pair for first, second in pairwise(counts) if (pair := _as_pair(one.text, first, second))]
        step = Decimal(1).scaleb(int(typed.as_tuple().exponent))
        is_least = one.text[match.end() :].startswith("以上")
        rates = [(part * 100 / whole).quantize(step, rounding=ROUND_HALF_UP) for part, whole in pairs]
        is_right = typed in rates or (is_least and any(rate >= typed for rate in rates))
        words = f"{next(group for group in match.groups() if group)}%"
        if not pairs or is_right or words in known:
            continue
        part, whole = pairs[-1]
        right = percent_text(share(int(part), int(whole)))
        told = (("part", f"{part:f}"), ("whole", f"{whole:f}"), ("rate", right))
        yield Remark(Code.RATE_WRONG, passage.key, place, words, Mend(MendKind.REPLACE, right, words), one.text, told)


def _as_pair(text: str, first: TypedNumber, second: TypedNumber) -> tuple[Decimal, Decimal] | None:
    """Part and whole of two numbers that count the same thing: 54人 and 58人, 32条 and 35条; 5期 and 100人次 do not."""
    if first.unit is not second.unit or isinstance(first.value, tuple) or isinstance(second.value, tuple):
        return None
    if first.unit is Unit.OTHER and text[first.end : first.end + 1] != text[second.end : second.end + 1]:
        return None
    part, whole = sorted((first.value, second.value))
    return (part, whole) if whole else None


def _mixed_money(passage: Passage, place: int, one: Shown, numbers: Sequence[TypedNumber]) -> Iterator[Remark]:
    """元 and 万元 in one sentence; the sums in 万元 are offered in 元."""
    exact = [(number, number.value) for number in numbers if number.unit is Unit.FEN and not number.hedge]
    if not {"元", "万元"} <= {number.unit_words for number, _fen in exact}:
        return
    text, in_wan = one.text, [(number, fen) for number, fen in exact if number.unit_words == "万元" and isinstance(fen, Decimal)]
    for number, fen in reversed(in_wan):
        text = text[: number.start] + _write_sum(fen, "元") + text[number.end :]
    yield Remark(Code.MONEY_UNITS_MIXED, passage.key, place, in_wan[0][0].words, Mend(MendKind.REPLACE, text), one.text)


def _as_typed(number: TypedNumber, value: Decimal) -> str:
    return _write_sum(value, number.unit_words) if number.unit is Unit.FEN else f"{value.normalize():f}{number.unit_words}"


def _write_sum(fen: Decimal, unit: str) -> str:
    return f"{(fen / {'万元': FEN_PER_YUAN * 10_000, '千元': FEN_PER_YUAN * 1000}.get(unit, FEN_PER_YUAN)).normalize():f}{unit}"
