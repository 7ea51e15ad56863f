"""The year-end report of the configured book of 2026, from the database to the bytes of the Word file: ``python -m tests.bench.report``
prints JSON."""

import json

from tests.bench.rows import median_of, timed_ms
from tests.bench.year import TODAY
from unionboard import db
from unionboard.services.fund_report import gather_report
from unionboard.writing.fund_report_docx import write_fund_report
from unionboard.writing.fund_words import FundWords

ROUNDS = 9


def write_once() -> None:
    with db.reading() as session:
        report = gather_report(session, 2026, as_of=TODAY)
    write_fund_report(report, FundWords("zh_CN"))


if __name__ == "__main__":
    print(json.dumps({"year-end report": [median_of(timed_ms(write_once), rounds=ROUNDS, warm_ups=1)]}))
