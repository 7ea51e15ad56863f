"""The year-end report of the configured book of 2026: ``python -m tests.bench.report`` prints the median milliseconds of five."""

import statistics
import time

from tests.bench.year import TODAY
from unionboard import db
from unionboard.services.fund_report import gather_report
from unionboard.writing.fund_report_docx import write_fund_report
from unionboard.writing.fund_words import FundWords


def write_once() -> float:
    """Milliseconds from the database to the bytes of the Word file."""
    began = time.perf_counter()
    with db.reading() as session:
        report = gather_report(session, 2026, as_of=TODAY)
    write_fund_report(report, FundWords("zh_CN"))
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    write_once()
    print(statistics.median(write_once() for _ in range(5)))
