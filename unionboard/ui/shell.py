"""What stands in the page around the app: our style, and a script that says in the page's language what Streamlit says in English."""

import json
from functools import cache
from pathlib import Path

from unionboard.config import LANGUAGES
from unionboard.i18n import mark, translate

_HERE = Path(__file__).parent
_ENGLISH = "en"

STREAMLIT_SAYS = (
    mark("Skip to main content"),
    mark("Logo"),
    mark("App pages"),
    mark("Navigate to home page"),
    mark("Expand sidebar"),
    mark("Collapse sidebar"),
    mark("Sidebar"),
    mark("Main menu"),
    mark("Running..."),
    mark("Stop"),
    mark("Stopping..."),
    mark("Close"),
    mark("Open"),
    mark("Help"),
    mark("Help for {name}"),
    mark("Shortcut {key}"),
    mark("Link to heading"),
    mark("Copy to clipboard"),
    mark("Show password"),
    mark("Hide password"),
    mark("Show password text"),
    mark("Hide password text"),
    mark("Press Enter to apply"),
    mark("Press Enter to submit form"),
    mark("Press Ctrl+Enter to apply"),
    mark("Press Ctrl+Enter to submit form"),
    mark("Press ⌘+Enter to apply"),
    mark("Press ⌘+Enter to submit form"),
    mark("Choose an option"),
    mark("Choose options"),
    mark("No results"),
    mark("Clear value"),
    mark("Clear entry"),
    mark("Clear all"),
    mark("Select all"),
    mark("Select {n} matches"),
    mark("Selected values"),
    mark("Remove {name}"),
    mark("Decrement"),
    mark("Increment"),
    mark("Choose a file"),
    mark("Take a photo or choose files"),
    mark("Add photo"),
    mark("file upload"),
    mark("Add files"),
    mark("Drag and drop a file here"),
    mark("Drag and drop files here"),
    mark("{size} per file"),
    mark("{size} per file • {kinds}"),
    mark("{kind} files are not allowed."),
    mark("File must be {size} or smaller."),
    mark("Choose date"),
    mark("Choose date, {month}"),
    mark("Clear date"),
    mark("Clear dates"),
    mark("year, {name}"),
    mark("month, {name}"),
    mark("day, {name}"),
    mark("yyyy"),
    mark("mm"),
    mark("dd"),
    mark("Empty"),
    mark("{number} – {month}"),
    mark("Previous month"),
    mark("Next month"),
    mark("Use arrow keys to navigate dates. Enter to select. Escape to close."),
    mark("Value must be {day} or earlier."),
    mark("Value must be {day} or later."),
    mark("Add row"),
    mark("Add row: {name}"),
    mark("Delete row(s): {name}"),
    mark("Clear selection: {name}"),
    mark("Show/hide columns: {name}"),
    mark("Search: {name}"),
    mark("Download as CSV: {name}"),
    mark("Fullscreen: {name}"),
    mark("Close fullscreen: {name}"),
    mark("Delete row(s)"),
    mark("Clear selection"),
    mark("Show/hide columns"),
    mark("Search"),
    mark("Close Search"),
    mark("Previous Result"),
    mark("Next Result"),
    mark("Download as CSV"),
    mark("Fullscreen"),
    mark("Close fullscreen"),
    mark("Sort ascending"),
    mark("Sort descending"),
    mark("Format"),
    mark("Statistics"),
    mark("Autosize"),
    mark("Pin column"),
    mark("Unpin column"),
    mark("Hide column"),
    mark("Copy column name"),
    mark("Dataframe column menu"),
    mark("Automatic"),
    mark("Localized"),
    mark("Plain"),
    mark("Compact"),
    mark("Percent"),
    mark("Scientific"),
    mark("Accounting"),
)
"""What Streamlit 1.67 says in widgets we use, word for word; a walk through all pages tells when it says something else."""

MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)
"""What its fields for dates say aloud."""


@cache
def write_style() -> str:
    """The few rules the theme has no setting for, on our own ``st-key-*`` only, as a ``<style>`` for the shell all pages share.

    On which screen says the key of the container around each page.
    """
    big = ":root:has([class*=st-key-frame_big_]){font-size:28px!important}"
    return f"<style>{big}{(_HERE / 'frame.css').read_text(encoding='utf-8')}</style>"


@cache
def write_script() -> str:
    """The source of the script with what it is to say, per language; it is the same for all pages, and named by its hash in the policy."""
    words = {
        language: {said: translate(language, said) for said in (*STREAMLIT_SAYS, *MONTHS)} for language in LANGUAGES if language != _ENGLISH
    }
    told = json.dumps(json.dumps(words, ensure_ascii=False), ensure_ascii=False).replace("<", "\\u003c")
    return (_HERE / "shell.js").read_text(encoding="utf-8").replace('"/*words*/"', told, 1)
