"""What waits for whom in the fund, in one list: claims step by step, then what the books lack."""

from collections.abc import Sequence
from dataclasses import dataclass

from unionboard.services.claim_views import Step, Waiting
from unionboard.services.roles import Role
from unionboard.ui.text import short_date, t

MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Wait:
    """How many of what wait for whom; ``go``: where they are, as ``fund_overview`` follows it."""

    label: str
    who: str
    count: int
    sum_fen: int
    tone: str
    go: tuple[str, str]


def write_waits(claims: Sequence[Waiting]) -> list[Wait]:
    """The steps that claims wait for, in their order."""
    return [
        Wait(step_label(one.step), _who(one), one.count, one.sum_fen, "gray" if one.step is Step.SUBMIT else "blue", ("view", "claims"))
        for one in claims
    ]


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
    names = "、".join(one.names[:MOST_NAMES]) + ("…" if len(one.names) > MOST_NAMES else "")
    roles = {Role.CHAIR: t("The chair"), Role.TREASURER: t("The treasurer"), Role.CASHIER: t("The cashier")}
    whom = names or roles.get(one.role) or t("Whoever handles it")
    return t("{whom} · since {day}", whom=whom, day=short_date(one.oldest_on))
