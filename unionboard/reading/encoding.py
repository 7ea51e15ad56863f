"""A text file's bytes as text, whatever Chinese encoding they are in."""

import codecs
import re

from unionboard.errors import EmptyDocument, NotADocument

# Order decides between equally likely readings. GB18030 decodes nearly anything, so likelihood is measured, not mere success.
_ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000  # characters that are enough to tell
_LIKELY = 0.85  # share of characters that plain Chinese or English prose is made of
_PLAIN_MARKS = re.compile(
    r"[\t\n\r\f\v\x07\x1a -~ \u3000-\u3020\uff00-\uff65\u2010-\u2027\u2030\u203b\u2460-\u24ff\u25a0-\u25ff·×÷°¥§¤○●★→\u200b\ufeff]"
)
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\x1a"


def decode_text(data: bytes) -> str:
    """The text of ``data``: UTF-8, UTF-16, GB18030 (with GBK and GB2312) or Big5, with or without byte order mark.

    Raises: EmptyDocument when there is nothing but white space, NotADocument when the bytes are no text.
    """
    text = _decode_marked(data)
    if text is None:
        text = max((data.decode(encoding, errors="replace") for encoding in _ENCODINGS), key=_likelihood)
    if not text.strip().strip(_INVISIBLE).strip():
        raise EmptyDocument
    if "\x00" in text or _likelihood(text) < _LIKELY:
        raise NotADocument
    return text


def _decode_marked(data: bytes) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    return None


def _likelihood(text: str) -> float:
    """Share of characters that are common; a wrong decoding gives rare ones, replacement marks and control characters."""
    sample = text[:_SAMPLE]
    common = sum(1 for character in sample if _is_common(character))
    return common / len(sample) if sample else 1.0


def _is_common(character: str) -> bool:
    if _PLAIN_MARKS.match(character):
        return True
    if not "\u4e00" <= character <= "\u9fff":
        return False
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):  # the level of frequent characters of each standard
        try:
            if first <= character.encode(encoding)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False
