"""A text file's bytes as text, whatever Chinese encoding they are in."""

import codecs

from unionboard.errors.documents import EmptyDocument, NotADocument

# big5hkscs reads all of Big5, what Windows added to it, and Hong Kong's characters; gb18030 reads GBK and GB2312
_ENCODINGS = ("gb18030", "big5hkscs", "utf_16_le", "utf_16_be")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024  # bytes that are enough to tell
_SHORT = 200  # bytes
_LIKELY = 0.85  # share of characters that plain Chinese or English prose is made of
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\x1a"


def decode_text(data: bytes) -> str:
    """The text of ``data``: UTF-8, UTF-16, GB18030 (with GBK and GB2312) or Big5, with or without byte order mark.

    Raises: EmptyDocument when there is nothing but white space, NotADocument when the bytes are no text.
    """
    text = _decode(data)
    if not text.strip().strip(_INVISIBLE).strip():
        raise EmptyDocument
    if "\x00" in text:
        raise NotADocument
    return text


def _decode(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_detect(data), errors="replace")


def _detect(data: bytes) -> str:
    """The encoding of bytes that are not UTF-8 throughout. Raises: NotADocument."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 50 ms that only files in older encodings pay

    sample = data[:_SAMPLE]
    for spare in range(4) if len(sample) >= _SHORT else ():  # a character of up to four bytes may be cut at the sample's end
        found = from_bytes(sample[: len(sample) - spare], cp_isolation=list(_ENCODINGS), enable_fallback=False).best()
        if found is not None:
            return found.encoding
    # The detector is wrong on one short text in four, and gives up on a file with a single spoilt byte (both measured): there the
    # encoding that yields the most everyday characters decides.
    shares = {encoding: _everyday_share(sample, encoding) for encoding in ("utf-8", *_ENCODINGS)}
    likeliest = max(shares, key=lambda encoding: shares[encoding])
    if shares[likeliest] < _LIKELY:
        raise NotADocument
    return likeliest


def _everyday_share(sample: bytes, encoding: str) -> float:
    """Share of the characters that stand on the first level of GB2312 or Big5, or are ASCII or usual signs: 0 to 1."""
    text = sample.decode(encoding, errors="replace")
    return sum(map(_is_everyday, text)) / len(text)


def _is_everyday(character: str) -> bool:
    if character < "\x80":
        return character.isprintable() or character.isspace() or character == "\x1a"
    levels = (("gb2312", 0xA1, 0xA3), ("gb2312", 0xB0, 0xD7), ("big5", 0xA1, 0xA3), ("big5", 0xA4, 0xC6))
    return any(first <= character.encode(encoding, errors="replace")[0] <= last for encoding, first, last in levels)
