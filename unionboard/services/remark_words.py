"""What is said of a remark of the checker: a short name, why, and how to mend it. Translated where it is shown: page, command line."""

from collections.abc import Mapping

from unionboard.drafting.lints import Code, MendKind, Remark
from unionboard.i18n import mark

NAMES: Mapping[Code, str] = {
    Code.PRIVATE_NAME: mark("Name of a person"),
    Code.ILLNESS_NAMED: mark("Illness named"),
    Code.SMALL_COUNT: mark("Fewer than three cases"),
    Code.PRIVATE_NUMBER: mark("Private number"),
    Code.NUMBER_CHANGED: mark("Number differs"),
    Code.NUMBER_WITHOUT_RECORD: mark("Number without a record"),
    Code.ZERO_AS_DEED: mark("Zero as a deed"),
    Code.SUM_WRONG: mark("Sum does not add up"),
    Code.RATE_WRONG: mark("Rate does not fit"),
    Code.UNITS_MIXED: mark("Persons and person-times"),
    Code.TOLD_AS_DONE: mark("Not done yet"),
    Code.FUTURE_DAY: mark("Day to come"),
    Code.OTHER_YEAR: mark("Other year"),
    Code.SECTION_MISSING: mark("Section missing"),
    Code.SECTION_NOT_IN_PLAN: mark("Not in the plan"),
    Code.SECTION_SILENT: mark("Section without a word"),
    Code.LONG_LIST: mark("Long list by date"),
    Code.NO_PROBLEMS: mark("No problems told"),
    Code.PROBLEM_UNANSWERED: mark("Problem without an answer"),
    Code.EMPTY_PHRASE: mark("Empty phrase"),
    Code.COPIED: mark("As last year"),
    Code.WRONG_CONGRESS: mark("Number of the congress"),
    Code.PLACEHOLDER: mark("Placeholder"),
    Code.UNIT_WITHOUT_NUMBER: mark("Number lost"),
    Code.FORBIDDEN_SPENDING: mark("Forbidden spending"),
    Code.MONEY_CHANGED: mark("Sum differs from the books"),
    Code.MONEY_WITHOUT_RECORD: mark("Sum not in the books"),
    Code.MONEY_UNITS_MIXED: mark("Yuan and ten thousand yuan"),
    Code.EVENT_NAME: mark("Name of a festival"),
    Code.OFFICIAL_NAME: mark("Official name"),
    Code.NUMBERING: mark("Numbering"),
    Code.NUMBER_STYLE: mark("Style of numbers"),
    Code.MIXED_NUMERALS: mark("Two kinds of numerals"),
    Code.DATE_STYLE: mark("Style of dates"),
    Code.HALF_WIDTH: mark("Half-width marks"),
    Code.SIGNATURE_MISSING: mark("Signature"),
    Code.SAID_TWICE: mark("Said twice"),
    Code.COUNTED_TWICE: mark("Told in two sections"),
    Code.TOO_LONG: mark("Too long"),
}
"""Short names, for a badge."""

WHY: Mapping[Code, str] = {
    Code.PRIVATE_NAME: mark("A name stands beside a visit, illness, hardship or death. Others need not know who it was."),
    Code.ILLNESS_NAMED: mark("“{words}” tells what somebody suffers from. “In hospital” is enough."),
    Code.SMALL_COUNT: mark("“{words}”: with fewer than three cases people know who is meant. Tell them together with other visits."),
    Code.PRIVATE_NUMBER: mark("This looks like the number of an identity card, a bank card or a phone."),
    Code.NUMBER_CHANGED: mark("{words}: the records say {recorded}."),
    Code.NUMBER_WITHOUT_RECORD: mark("No record gives {words}."),
    Code.ZERO_AS_DEED: mark("“{words}” is nothing to report."),
    Code.SUM_WRONG: mark("{words} does not fit its parts: {parts} make {total}."),
    Code.RATE_WRONG: mark("{words} does not fit: {part} of {whole} is {rate}."),
    Code.UNITS_MIXED: mark("{words}: the records count {recorded}. Persons, person-times and households are different things."),
    Code.TOLD_AS_DONE: mark("“{words}” is not recorded as done."),
    Code.FUTURE_DAY: mark("{words} is after the day of the summary."),
    Code.OTHER_YEAR: mark("{words} is not a year of this summary."),
    Code.SECTION_MISSING: mark("A section of the plan has no word in the summary."),
    Code.SECTION_NOT_IN_PLAN: mark("“{words}” is no section of the plan any more."),
    Code.SECTION_SILENT: mark("The section says nothing. Say that nothing was done, or leave it out on purpose."),
    Code.LONG_LIST: mark("{count} deeds in a row by date and nothing that gathers them."),
    Code.NO_PROBLEMS: mark("The summary tells no problems."),
    Code.PROBLEM_UNANSWERED: mark("Nothing in next year’s ideas answers this problem."),
    Code.EMPTY_PHRASE: mark("“{words}” says little; a fact is better."),
    Code.COPIED: mark("This sentence stood in last year’s summary."),
    Code.WRONG_CONGRESS: mark("“{words}” is not the number of this year’s congress."),
    Code.PLACEHOLDER: mark("“{words}” is still a placeholder."),
    Code.UNIT_WITHOUT_NUMBER: mark("“{words}” lacks its number."),
    Code.FORBIDDEN_SPENDING: mark("“{words}” is spending the rules forbid or limit."),
    Code.MONEY_CHANGED: mark("{words}: the books say {recorded}."),
    Code.MONEY_WITHOUT_RECORD: mark("The books have no {words}."),
    Code.MONEY_UNITS_MIXED: mark("元 and 万元 stand in one sentence."),
    Code.EVENT_NAME: mark("The festival “{words}” is written with quotation marks round its day: “三八”."),
    Code.OFFICIAL_NAME: mark("“{words}” is officially written {right}."),
    Code.NUMBERING: mark("The number {words} is out of turn; {due} is due."),
    Code.NUMBER_STYLE: mark("{words} is written {due} in official papers."),
    Code.MIXED_NUMERALS: mark("“{words}” in characters stands beside numbers in digits."),
    Code.DATE_STYLE: mark("“{words}”: days are written like 2026年3月8日."),
    Code.HALF_WIDTH: mark("Half-width marks in a Chinese sentence: {words}"),
    Code.SIGNATURE_MISSING: mark("The union’s name or the day is missing at the end."),
    Code.SAID_TWICE: mark("This sentence stands elsewhere too."),
    Code.COUNTED_TWICE: mark("“{words}” is told in two sections, as if it had been twice."),
    Code.TOO_LONG: mark("{count} characters; this form holds {most}."),
}
"""Why a remark is made; slots are those of ``why_of``."""

_REPLACE, _DELETE = mark("Write “{replacement}”"), mark("Take the sentence out")
_DROP, _DECIDE = mark("Leave “{words}” out"), mark("Write it otherwise, or decide to let it stand")
_MENDS: Mapping[MendKind, str] = {
    MendKind.REPLACE: _REPLACE,
    MendKind.USE_RECORDED: mark("Use {replacement}"),
    MendKind.DELETE: _DELETE,
    MendKind.ADD: mark("Add: {replacement}"),
    MendKind.RESTORE: mark("Take the records’ words again"),
    MendKind.REFRESH: mark("Refresh the summary"),
    MendKind.WRITE: mark("Write it yourself"),
}
_OWN_MENDS: Mapping[tuple[Code, MendKind], str] = {
    (Code.PRIVATE_NAME, MendKind.REPLACE): mark("Leave the name out"),
    (Code.PRIVATE_NAME, MendKind.WRITE): _DECIDE,
    (Code.PRIVATE_NUMBER, MendKind.WRITE): mark("Take the number out"),
    (Code.ILLNESS_NAMED, MendKind.WRITE): _DECIDE,
    (Code.SMALL_COUNT, MendKind.WRITE): _DECIDE,
    (Code.NUMBER_WITHOUT_RECORD, MendKind.WRITE): mark("Check the number, or record what it counts"),
    (Code.MONEY_WITHOUT_RECORD, MendKind.WRITE): mark("Check the sum, or book it"),
    (Code.ZERO_AS_DEED, MendKind.REPLACE): mark("Leave this clause out"),
    (Code.FUTURE_DAY, MendKind.WRITE): mark("Correct the day, or tell it under next year’s ideas"),
    (Code.SECTION_NOT_IN_PLAN, MendKind.WRITE): mark("Move what matters to another section and leave this one out"),
    (Code.LONG_LIST, MendKind.WRITE): mark("Gather like deeds in one sentence with their count"),
    (Code.NO_PROBLEMS, MendKind.WRITE): mark("Name two to four problems"),
    (Code.PROBLEM_UNANSWERED, MendKind.WRITE): mark("Add an idea for next year"),
    (Code.EMPTY_PHRASE, MendKind.REPLACE): _DROP,
    (Code.EMPTY_PHRASE, MendKind.WRITE): mark("Say what was reached: a number, an award, an effect"),
    (Code.COPIED, MendKind.WRITE): mark("Say what was different this year"),
    (Code.WRONG_CONGRESS, MendKind.WRITE): mark("Check the number of the congress"),
    (Code.PLACEHOLDER, MendKind.WRITE): mark("Fill it in"),
    (Code.UNIT_WITHOUT_NUMBER, MendKind.REPLACE): mark("Mark the gap"),
    (Code.FORBIDDEN_SPENDING, MendKind.WRITE): mark("Check the spending before it is reported; write what it really was"),
    (Code.MONEY_UNITS_MIXED, MendKind.REPLACE): mark("Write all sums in yuan"),
    (Code.EVENT_NAME, MendKind.REPLACE): mark("Set the quotation marks"),
    (Code.NUMBERING, MendKind.REPLACE): mark("Number it {due}"),
    (Code.NUMBER_STYLE, MendKind.REPLACE): mark("Write {due}"),
    (Code.MIXED_NUMERALS, MendKind.REPLACE): mark("Write digits"),
    (Code.DATE_STYLE, MendKind.REPLACE): mark("Write the day in full"),
    (Code.HALF_WIDTH, MendKind.REPLACE): mark("Write full-width marks"),
    (Code.TOO_LONG, MendKind.WRITE): mark("Shorten it, or choose the full form"),
}


def why_of(remark: Remark) -> tuple[str, dict[str, str]]:
    """The sentence that says why, and what fills its slots."""
    return WHY[remark.code], {"words": remark.words, **dict(remark.told)}


def mend_of(remark: Remark) -> tuple[str, dict[str, str]] | None:
    """What can be done about it, as a short command, and what fills its slots; None: nothing is offered."""
    mend = remark.mend
    if mend is None:
        return None
    words = _OWN_MENDS.get((remark.code, mend.kind)) or _MENDS[mend.kind]
    return words, {"words": remark.words, "replacement": mend.replacement, **dict(remark.told)}
