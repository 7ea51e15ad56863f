"""What files say about people and the books do not keep: numbers of cards and phones, and who a visit of care was paid to.

Source: domain notes D2: a register of visits names occasions, never persons.
"""

import re
from dataclasses import replace
from functools import cache

from sqlmodel import Session

from unionboard.reading.ledger_lines import FileLine
from unionboard.reading.ledger_rows import Remark, RemarkKind
from unionboard.reference import surnames
from unionboard.services.masking import Mask, is_person_name, list_known_names, mask_name
from unionboard.services.privacy import cover_numbers

_CARE = re.compile("慰问|住院|生病|看望|探望|探视|病|手术|生育|产假|结婚|丧|去世|病故|困难|帮扶|救助|助学|退休|抚恤|丧|奠|大病")
_CARE_ITEMS = frozenset({"hardship_aid", "sending_warmth"})
_AFTER = "老师|同志|同学|医生|护士|师傅|主任|校长|住院|生病|看病|手术|生育|结婚|病|父|母|家属|直系|亲属|丧|去世|退休|家庭|家"


def cover_line(session: Session, line: FileLine) -> FileLine:
    """``line`` without private numbers; a line about care also without the person's name, as payee or in what it is for."""
    remarks = list(line.remarks)
    covered = replace(
        line,
        purpose=cover_numbers(line.purpose),
        payee=cover_numbers(line.payee),
        handler=cover_numbers(line.handler),
        approver=cover_numbers(line.approver),
        cashier=cover_numbers(line.cashier),
        number=cover_numbers(line.number),
    )
    if covered != line:
        remarks.append(Remark(RemarkKind.NUMBER_COVERED, line.cell))
    if _CARE.search(f"{line.purpose} {line.told}") or (line.match is not None and line.match.code in _CARE_ITEMS):
        payee = "" if is_person_name(covered.payee) else covered.payee
        purpose = covered.purpose.replace(covered.payee, mask_name(covered.payee)) if covered.payee and not payee else covered.purpose
        purpose = _name_after_visit().sub(_mask, Mask(_names(session)).text(purpose))
        if (payee, purpose) != (covered.payee, covered.purpose):
            remarks.append(Remark(RemarkKind.NAME_LEFT_OUT, line.cell))
            covered = replace(covered, payee=payee, purpose=purpose)
    return replace(covered, remarks=tuple(remarks))


def _names(session: Session) -> tuple[str, ...]:
    """Known names, looked up once a session."""
    kept = session.info.get("names_of_people")
    if kept is None:
        kept = session.info["names_of_people"] = tuple(list_known_names(session))
    return tuple(kept)


def names_visited(text: str) -> bool:
    """Whether ``text`` says of somebody by name that they were visited or helped, known or not: 慰问李某某老师."""
    return _name_after_visit().search(text) is not None


@cache
def _name_after_visit() -> re.Pattern[str]:
    """慰问李某某住院: a surname and one or two characters between the visit and what says that a person is meant."""
    families = "|".join(sorted(map(re.escape, surnames()), key=len, reverse=True))
    return re.compile(rf"(?<=慰问|看望|探望|探视|帮扶|救助)((?:{families})[\u4e00-\u9fff]{{1,2}}?)(?=(?:{_AFTER}))")


def _mask(found: re.Match[str]) -> str:
    return mask_name(found[1])
