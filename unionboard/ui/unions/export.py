"""The unions below and what they handed in, as a workbook; that it was taken out is logged like every file."""

from functools import partial

from unionboard import clock
from unionboard.services.below import read_below
from unionboard.services.exports import Export
from unionboard.services.overview import read_overview
from unionboard.services.upward_sums import read_sums
from unionboard.ui.downloads import offer_file
from unionboard.ui.text import language, t
from unionboard.writing.overview_xlsx import write_overview_xlsx

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_export(year: int) -> None:
    """The button, for whoever may take files out."""
    offer_file(
        t("Excel"),
        partial(_write, year, language()),
        what=Export.OVERVIEW,
        file_name=t("unions-{year}.xlsx", year=year),
        mime=_XLSX,
        icon=":material/table_view:",
        key="unions_xlsx",
    )


def _write(year: int, spoken: str) -> bytes:
    with read_below() as session:
        overview, sums = read_overview(session, year, today=clock.today()), read_sums(session, year)
    return write_overview_xlsx(overview, sums, language=spoken)
