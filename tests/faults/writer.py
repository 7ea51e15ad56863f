"""A process that writes until it is killed.

Every write is one of the program's own: a check-off, the paper that proves it and the money it cost, in one transaction. ``ack N`` is said
when the transaction is over, never before. Each writer is forked from a process that has everything loaded, so that the next one starts at
once: a line on stdin is the number it begins with, ``pid N`` the answer.
"""

import os
import sys
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from tests.makers import NOW
from unionboard import db
from unionboard.config import read_config
from unionboard.models import Activity, DatePrecision, Direction, DutyKind
from unionboard.services.amendments import add_activity
from unionboard.services.checkoffs import Details, check_off
from unionboard.services.evidence import add_file, keep_file
from unionboard.services.fund import book_entry
from unionboard.services.plans import start_empty_plan

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "何敏", "now_utc": NOW}


def name_deed(number: int) -> str:
    """How a write is known again in the database."""
    return f"慰问一线教师 {number}"


def prepare_year(session: Session) -> None:
    """A standing duty that takes any number of check-offs."""
    plan = start_empty_plan(session, year=TODAY.year, **STAMP)
    session.flush()
    add_activity(
        session,
        plan.id or 0,
        title="慰问一线教师",
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        precision=DatePrecision.PERIOD,
        duty=DutyKind.STANDING,
        **STAMP,
    )


def write_once(number: int) -> None:
    """One acknowledged write."""
    paper = keep_file(b"%%PDF-1.4\n%% paper %d\n%s" % (number, os.urandom(3_000)), f"签到表{number}.pdf", folder=read_config().evidence_dir)
    with db.writing() as session:
        activity_id = session.exec(select(Activity.id).where(col(Activity.duty) == DutyKind.STANDING)).one() or 0
        row = check_off(session, activity_id, done_on=TODAY, today=TODAY, details=Details(result=name_deed(number)), **STAMP)
        session.flush()
        add_file(session, row.id or 0, paper, kind=None, **STAMP)
        book_entry(
            session,
            booked_on=TODAY,
            direction=Direction.OUT,
            item="culture_sports",
            amount_fen=10_000 + number,
            purpose=name_deed(number),
            activity_id=activity_id,
            today=TODAY,
            **STAMP,
        )


def write_on(first: int) -> None:
    """Write and say so, until somebody ends it."""
    number = first
    while True:
        write_once(number)
        os.write(1, f"ack {number}\n".encode())
        number += 1


def main() -> None:
    """``COUNT``: so many writes and no more. Else: fork a writer for each line that comes in; the one before has ended by then."""
    if len(sys.argv) > 1:
        for number in range(1, int(sys.argv[1]) + 1):
            write_once(number)
            os.write(1, f"ack {number}\n".encode())
        return
    os.write(1, b"ready\n")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            write_on(int(line))
        os.write(1, f"pid {child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"gone\n")


if __name__ == "__main__":
    main()
