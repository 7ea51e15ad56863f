"""The minutes of an ended meeting as a Word file, written when it is asked for."""

from unionboard.models import Meeting
from unionboard.services.exports import Export
from unionboard.services.minutes import read_minutes
from unionboard.ui.downloads import offer_file
from unionboard.ui.text import language, t
from unionboard.writing.minutes_docx import write_minutes
from unionboard.writing.minutes_words import minutes_words

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def offer_minutes(meeting: Meeting, *, is_primary: bool = False) -> None:
    """A button that saves the minutes; what stands in them was kept when the meeting ended."""
    facts, words = read_minutes(meeting.minutes or {}), minutes_words(language())
    offer_file(
        t("Minutes (Word)"),
        lambda: write_minutes(facts, words),
        what=Export.MINUTES,
        file_name=t("Minutes of committee meeting {number} of {year}.docx", number=facts.number, year=facts.year),
        mime=DOCX,
        type="primary" if is_primary else "secondary",
        icon=":material/description:",
        key=f"{'go_' if is_primary else ''}minutes_{meeting.id}",
    )
