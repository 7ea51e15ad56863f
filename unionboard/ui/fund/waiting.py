"""What waits for whom in the fund, in one list and one card: claims step by step, then what the books lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from unionboard.money import format_fen
from unionboard.services import care_posting, claims, ledger
from unionboard.services.claim_views import STEP_AFTER, Step, Waiting
from unionboard.services.ledger import EntryCheck
from unionboard.services.roles import Role
from unionboard.ui.text import short_date, t

MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Wait:
    """How many of what wait for whom; ``go``: where they are, as ``filter.follow`` takes it."""

    label: str
    who: str
    count: int
    sum_fen: int
    tone: str
    go: tuple[str, str]


def list_waits(session: Session, year: int) -> list[Wait]:
    """The steps that claims wait for, visits that are not in the books yet, and entries without papers."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    waits = [_write_step(one) for one in claims.list_waiting(session, year)]
    visits = [visit for visit in care_posting.list_open_visits(session, last=last) if visit.visited_on >= first]
    if visits:
        sum_fen = sum(visit.amount_fen for visit in visits)
        waits.append(Wait(t("Visits not in the books"), t("Whoever keeps the books"), len(visits), sum_fen, "blue", ("view", "care")))
    count, sum_fen = ledger.sum_checked(session, year, EntryCheck.NO_PAPERS, first=first, last=last)
    if count:
        go = ("check", EntryCheck.NO_PAPERS.value)
        waits.append(Wait(t("Entries without papers"), t("Whoever handled them"), count, sum_fen, "orange", go))
    return waits


def write_waiting(waits: Sequence[Wait]) -> dict[str, Any]:
    """The card of ``components.fund_cards``, alike wherever it stands."""
    rows = [
        {
            "label": wait.label,
            "who": wait.who,
            "count": wait.count,
            "sum": format_fen(wait.sum_fen, decimals=False) if wait.sum_fen else "",
            "tone": wait.tone,
            "go": list(wait.go),
        }
        for wait in waits
    ]
    return {
        "kind": "waiting",
        "icon": "hourglass",
        "title": t("What waits for whom"),
        "rows": rows,
        "empty": t("Nothing waits for anybody."),
    }


def _write_step(one: Waiting) -> Wait:
    tone = "gray" if one.step is Step.SUBMIT else "blue"
    state = next(state for state, step in STEP_AFTER.items() if step is one.step)
    return Wait(step_label(one.step), _who(one), one.count, one.sum_fen, tone, ("claims", state.value))


def step_label(step: Step) -> str:
    """What claims wait for."""
    labels = {
        Step.SUBMIT: t("Drafts to be submitted"),
        Step.APPROVE: t("Claims to be approved"),
        Step.PAY: t("Claims to be paid"),
        Step.FILE: t("Papers to be filed"),
    }
    return labels[step]


def _who(one: Waiting) -> str:
    names = t(", ").join(one.names[:MOST_NAMES]) + ("…" if len(one.names) > MOST_NAMES else "")
    roles = {Role.CHAIR: t("The chair"), Role.TREASURER: t("The treasurer"), Role.CASHIER: t("The cashier")}
    whom = names or roles.get(one.role) or t("Whoever handles it")
    return t("{whom} · since {day}", whom=whom, day=short_date(one.oldest_on))
