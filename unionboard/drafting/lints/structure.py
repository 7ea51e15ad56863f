"""Sections, problems with their answers, numbering, length, signature. Source: domain notes E2, E5.5–7, E5.15, E5.17."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from unionboard.drafting.document import GAP
from unionboard.drafting.lints.passages import Background, Passage
from unionboard.drafting.lints.remarks import Code, Mend, MendKind, Remark
from unionboard.drafting.phrases import Place, Sentence
from unionboard.drafting.telling import width
from unionboard.numerals import read_numeral, write_numeral

_DATED = re.compile(r"^(?:\d{1,2}月|On \d|\d{1,2} [A-Z][a-z]+)|\(\d{1,2}(?:[–-]\d{1,2})? [A-Z][a-z]+\)")
_GROUPED = re.compile("其中|Among them|开展.{0,8}\\d+[次项场]")
_MOST_IN_A_ROW = 6
_SHORTEST_SECTION = 8
_LABEL = re.compile(
    r"^\s*(?:（(?P<second>[一二三四五六七八九十]+)）(?P<comma>、)?|(?P<third>\d{1,2})(?P<mark>[.．、)）])(?!\d)|（(?P<fourth>\d{1,2})）"
    r"|\((?P<ascii>\d{1,2}|[一二三四五六七八九十]+)\)、?)"
)
_DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日|\d{1,2} [A-Z][a-z]+ 20\d\d")
_NOTHING = {"zh_CN": "本部分工作本期未开展。", "en": "Nothing was done in this section."}
_STOCK = re.compile("工作|活动|开展|进行|计划|完成|情况|问题|及时|加强|下一?年|明年|部分|没有|不够|不足|有待")


def find_wrong_structure(title: str, passages: Sequence[Passage], background: Background) -> Iterator[Remark]:
    """All remarks on the shape of the whole."""
    if background.is_whole:
        yield from _sections(passages, background)
        yield from _problems(passages)
    for passage in passages:
        yield from _long_lists(passage)
        yield from _numbering(passage, background)
    yield from _signature(passages, background)
    count = round(width(title + "".join(passage.heading + passage.text for passage in passages)))
    if background.longest is not None and count > background.longest:
        told = (("count", str(count)), ("most", str(background.longest)))
        yield Remark(Code.TOO_LONG, "", mend=Mend(MendKind.WRITE), told=told)


def _sections(passages: Sequence[Passage], background: Background) -> Iterator[Remark]:
    told = {passage.key for passage in passages}
    for key in background.sections:
        if key not in told:
            yield Remark(Code.SECTION_MISSING, key, mend=Mend(MendKind.REFRESH))
    for passage in passages:
        if passage.kind is not Place.SECTION:
            continue
        if background.sections and passage.key.startswith("section:") and passage.key not in background.sections:
            yield Remark(Code.SECTION_NOT_IN_PLAN, passage.key, words=passage.heading, mend=Mend(MendKind.WRITE))
        if len(GAP.sub("", passage.text).strip()) < _SHORTEST_SECTION:
            nothing = _NOTHING["en" if background.is_english else "zh_CN"]
            yield Remark(Code.SECTION_SILENT, passage.key, words=passage.heading, mend=Mend(MendKind.ADD, nothing))


def _problems(passages: Sequence[Passage]) -> Iterator[Remark]:
    problems = next((passage for passage in passages if passage.kind is Place.PROBLEMS), None)
    ahead = next((passage for passage in passages if passage.kind is Place.NEXT_YEAR), None)
    if problems is None or not GAP.sub("", problems.text).strip():
        has_words = problems is not None and bool(problems.block.sentences)
        yield Remark(Code.NO_PROBLEMS, problems.key if problems else "", mend=Mend(MendKind.RESTORE if has_words else MendKind.WRITE))
        return
    answers = ahead.shown if ahead else ()
    keys = {one.sentence.key for one in answers if one.sentence}
    ideas = {sentence.key: sentence for sentence in ahead.block.sentences} if ahead else {}
    for place, one in enumerate(problems.shown):
        key = one.sentence.key if one.sentence else ""
        if (key and key in keys) or not GAP.sub("", one.text).strip(" 。.") or _is_all_well(one.sentence):
            continue
        if any(_speak_of_one_thing(one.text, answer.text) for answer in answers):
            continue
        idea = ideas.get(key)
        mend = Mend(MendKind.ADD, idea.text, block=ahead.key) if idea and ahead else Mend(MendKind.WRITE, block=ahead.key if ahead else "")
        yield Remark(Code.PROBLEM_UNANSWERED, problems.key, place, one.text, mend, one.text)


def _is_all_well(sentence: Sentence | None) -> bool:
    """Whether the records complain of nothing: a generated sentence without a source."""
    return sentence is not None and not sentence.sources


def _speak_of_one_thing(problem: str, idea: str) -> bool:
    return len(_triples(problem) & _triples(idea)) > 1


def _triples(text: str) -> set[str]:
    words = re.findall(r"[\u4e00-\u9fff]+|[A-Za-z]{4,}", _STOCK.sub("，", GAP.sub("", text)))
    han = {word[n : n + 3] for word in words if not word.isascii() for n in range(len(word) - 2)}
    return han | {word.lower() for word in words if word.isascii()}


def _long_lists(passage: Passage) -> Iterator[Remark]:
    """More than a handful of dated sentences in a row that nothing gathers, or of dated clauses in one sentence (流水账)."""
    if any(_GROUPED.search(one.text) for one in passage.shown) or passage.kind is not Place.SECTION:
        return
    pieces = [(place, piece) for place, one in enumerate(passage.shown) for piece in re.split("[。；;]", one.text) if piece.strip()]
    for is_dated, run in groupby(pieces, key=lambda piece: bool(_DATED.search(piece[1].strip()))):
        row = list(run)
        if is_dated and len(row) > _MOST_IN_A_ROW:
            yield Remark(Code.LONG_LIST, passage.key, row[0][0], mend=Mend(MendKind.WRITE), told=(("count", str(len(row))),))
    for place, one in enumerate(passage.shown):
        clauses = sum(bool(_DATED.search(clause.strip())) for clause in re.split("[，,、]", one.text))
        if clauses > _MOST_IN_A_ROW:
            yield Remark(Code.LONG_LIST, passage.key, place, mend=Mend(MendKind.WRITE), told=(("count", str(clauses)),))


def _numbering(passage: Passage, background: Background) -> Iterator[Remark]:
    last: dict[str, int] = {}
    for place, one in enumerate(passage.shown):
        match = _LABEL.match(one.label or one.text) if one.opens or place == 0 else None
        if match is None:
            continue
        level = next(name for name in ("second", "third", "fourth", "ascii") if match[name])
        printed, number = match.group().strip(), int(read_numeral(match[level]))
        level = level if level != "ascii" else "fourth" if match[level].isdigit() else "second"
        due = last.get(level, 0) + 1
        right = _write_label(level, due)
        if number != due and not (number == 1 and due > 1 and _is_above(level, last)):
            yield Remark(Code.NUMBERING, passage.key, place, printed, _relabel(one.label, one.text, right), one.text, (("due", right),))
        elif not background.is_english and printed != _write_label(level, number):
            mend = _relabel(one.label, one.text, _write_label(level, number))
            yield Remark(Code.NUMBER_STYLE, passage.key, place, printed, mend, one.text, (("due", _write_label(level, number)),))
        last[level] = number
        for below in {"second": ("third", "fourth"), "third": ("fourth",), "fourth": ()}[level]:
            last.pop(below, None)


def _is_above(level: str, last: dict[str, int]) -> bool:
    """Whether a number of a higher level stands before: below it numbers may begin anew."""
    return any(name in last for name in {"second": (), "third": ("second",), "fourth": ("second", "third")}[level])


def _write_label(level: str, number: int) -> str:
    if level == "second":
        return f"（{write_numeral(number)}）"
    return f"{number}." if level == "third" else f"（{number}）"


def _relabel(label: str, text: str, right: str) -> Mend:
    match = None if label else _LABEL.match(text)
    return Mend(MendKind.REPLACE, right + text[match.end() :]) if match else Mend(MendKind.REPLACE, text, label=right)


def _signature(passages: Sequence[Passage], background: Background) -> Iterator[Remark]:
    signature = next((passage for passage in passages if passage.kind is Place.SIGNATURE), None)
    text = signature.text if signature else ""
    has_name = not background.union_name or background.union_name in text
    if not has_name or not _DAY.search(text):
        can_restore = signature is not None and bool(signature.block.sentences)
        mend = Mend(MendKind.RESTORE if can_restore else MendKind.REFRESH)
        yield Remark(Code.SIGNATURE_MISSING, signature.key if signature else "", mend=mend)
