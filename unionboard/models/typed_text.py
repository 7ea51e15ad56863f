"""What people typed, on its way into a row: held to the column's length, and without letters no screen, file or database can carry.

The widgets limit what is typed, but whoever speaks to the socket without a browser is bound by none of them.
"""

import re
from typing import Any

from unionboard.errors.texts import RecordTooLarge, TextTooLong

FREE_TEXT_LIMIT = 100_000
"""Letters of a text whose column names no length: a long report has a tenth of it."""
DOCUMENT_LIMIT = 8_000_000
"""Letters of a whole document that is kept as it was read, or of the values of one JSON column."""
DEPTH_LIMIT = 40
_WHOLE_DOCUMENTS = frozenset({"source_text"})
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""Control characters but line feed and tab, halves of characters, and the marks that make text run backwards to hide what it says."""
_LINE_ENDS = re.compile("\r\n?")


def clean_text(text: str) -> str:
    """``text`` with line ends as ``\\n`` and without unfit letters."""
    return _UNFIT.sub("", _LINE_ENDS.sub("\n", text))


def clean_value(name: str, value: Any, limit: int | None) -> Any:
    """What may stand in the column ``name``, which takes ``limit`` letters (None: as many as free text may have).

    Raises: TextTooLong; RecordTooLarge for values in lists or mappings that are too many or too deep.
    """
    if type(value) is str:
        most = DOCUMENT_LIMIT if name in _WHOLE_DOCUMENTS else limit or FREE_TEXT_LIMIT
        if len(value) > most:
            raise TextTooLong(limit=most, length=len(value))
        return clean_text(value)
    if isinstance(value, list | dict):
        return _clean_nested(value)
    return value


def _clean_nested(nested: Any) -> Any:
    left = DOCUMENT_LIMIT

    def clean(value: Any, depth: int) -> Any:
        nonlocal left
        left -= len(value) if type(value) is str else 1
        if left < 0 or depth > DEPTH_LIMIT:
            raise RecordTooLarge
        if type(value) is str:
            return clean_text(value)
        if isinstance(value, list):
            return [clean(each, depth + 1) for each in value]
        if isinstance(value, dict):
            return {clean(key, depth): clean(each, depth + 1) for key, each in value.items()}
        return value

    return clean(nested, 0)
