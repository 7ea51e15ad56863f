"""``python -m tests.load.year 60`` fills the configured, empty database: the demo year, and for each of so many people an account and four
activities of their own."""

import sys
from datetime import date
from typing import Any

from unionboard import clock, db
from unionboard.config import COMMAND_LINE
from unionboard.models import AccountRole, DatePrecision
from unionboard.services import accounts
from unionboard.services.amendments import add_activity
from unionboard.services.demo import load_demo

TODAY = date(2026, 11, 21)
MONTH = (date(2026, 11, 1), date(2026, 11, 30))
OWN = 4
PASSWORD = "拔河比赛 2026 操场"


def name_person(number: int) -> str:
    """Who signs in."""
    return f"委员{number:03d}"


def load_people(count: int) -> None:
    stamp: dict[str, Any] = {"who": COMMAND_LINE, "now_utc": clock.now_utc()}
    with db.writing() as session:
        plan = load_demo(session, year=TODAY.year, today=TODAY, **stamp)
        for number in range(count):
            name = name_person(number)
            accounts.add_account(session, name=name, roles=[AccountRole.CHAIR], password=PASSWORD, **stamp)
            for turn in range(1, OWN + 1):
                add_activity(
                    session,
                    plan.id or 0,
                    title=f"组织{name}负责的第{turn}次小组活动",
                    starts_on=MONTH[0],
                    ends_on=MONTH[1],
                    precision=DatePrecision.MONTH,
                    owner=name,
                    **stamp,
                )


if __name__ == "__main__":
    load_people(int(sys.argv[1]))
