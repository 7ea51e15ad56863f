"""Photos as they are kept: without the place where they were taken, upright, in a format that every browser shows; and small ones.

JPEG, PNG and WebP lose their notes about the picture (EXIF, XMP, and what phones hide behind its end: films, second pictures with notes of
their own): only the parts that draw the picture are kept, and these as they are, bit for bit. HEIC becomes JPEG, as no browser on
Windows or Android shows it. Kept are the colours' profile, which side is up, and when the photo was taken.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import ExifTags, Image, ImageOps

from unionboard.errors.evidence import EvidenceUnreadable
from unionboard.services.media import Media

THUMB_PX = 360  # the longer side: a tile of 120 px on a phone's screen of three dots a pixel
PREVIEW_PX = 1440  # what fits a screen; Streamlit hands it on as it is
_HEIC_QUALITY = 88
_JPEG_NOTES = frozenset({*range(0xE0, 0xF0), 0xFE})  # EXIF, XMP, makers' own, comments …
_JPEG_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}  # … of which these say how to draw
_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split())
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_HAS_NOTES = 0x0C  # the flags for EXIF and XMP in the extended header


def clean_photo(content: bytes, media: Media) -> tuple[bytes, Media]:
    """The picture as it is kept and what it is then; HEIC is decoded and written as JPEG, the others are not touched.

    Raises: EvidenceUnreadable for a picture that is damaged or not whole.
    """
    try:
        with Image.open(BytesIO(content)) as picture:
            notes = _keep_notes(picture)
            if media.media_type == "image/heif":
                return _write_jpeg(picture, notes), Media("image/jpeg", f"{media.name.removesuffix(media.suffix)}.jpg")
        clean = {"image/jpeg": _clean_jpeg, "image/png": _clean_png, "image/webp": _clean_webp}[media.media_type]
        return clean(content, notes), media
    except Exception as error:  # each format's reader has its own errors for what is broken
        raise EvidenceUnreadable(name=media.name) from error


def has_position(content: bytes) -> bool:
    """Whether the picture's notes say where it was taken."""
    with Image.open(BytesIO(content)) as picture:
        return bool(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)) or b"GPS" in _xmp(picture)


def shrink_photo(content: bytes, *, longer_px: int, name: str = "") -> bytes:
    """The picture upright as a JPEG of at most ``longer_px``; what is transparent becomes white. Raises: EvidenceUnreadable."""
    try:
        with Image.open(BytesIO(content)) as picture:
            picture.draft("RGB", (longer_px * 2, longer_px * 2))  # a JPEG unpacks at a fraction of its size
            small = ImageOps.exif_transpose(picture)
            small.thumbnail((longer_px, longer_px), reducing_gap=2.0)
            if small.mode in ("RGBA", "LA", "PA", "P"):
                small = Image.alpha_composite(Image.new("RGBA", small.size, "white"), small.convert("RGBA"))
            buffer = BytesIO()
            small.convert("RGB").save(buffer, "JPEG", quality=80, optimize=True, icc_profile=picture.info.get("icc_profile"))
            return buffer.getvalue()
    except Exception as error:
        raise EvidenceUnreadable(name=name) from error


def _xmp(picture: Image.Image) -> bytes:
    xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    return xmp.encode() if isinstance(xmp, str) else bytes(xmp)


def _keep_notes(picture: Image.Image) -> bytes:
    """EXIF with nothing but which side is up and when it was taken; empty when there is neither."""
    told = picture.getexif()
    kept = Image.Exif()
    upright = told.get(ExifTags.Base.Orientation)
    if upright in range(2, 9):
        kept[ExifTags.Base.Orientation] = upright
    taken = told.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    if isinstance(taken, str):
        kept.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    return kept.tobytes() if upright in range(2, 9) or isinstance(taken, str) else b""


def _write_jpeg(picture: Image.Image, notes: bytes) -> bytes:
    buffer = BytesIO()  # the reader of HEIC has turned it upright already and says so in its notes
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    kept = Image.Exif()
    kept.load(notes)
    kept.pop(ExifTags.Base.Orientation, None)
    upright.save(buffer, "JPEG", quality=_HEIC_QUALITY, optimize=True, exif=kept, icc_profile=picture.info.get("icc_profile"))
    return buffer.getvalue()


def _clean_jpeg(content: bytes, notes: bytes) -> bytes:
    parts = [b"\xff\xd8"]
    if notes:
        parts.append(b"\xff\xe1" + struct.pack(">H", len(notes) + 2) + notes)
    for marker, part in _jpeg_parts(content):
        is_kept = marker in _JPEG_KEPT and part.startswith(_JPEG_KEPT[marker], 4)
        if is_kept or marker not in _JPEG_NOTES:
            parts.append(part)
    return b"".join(parts)


def _jpeg_parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments after the first marker up to the end of the first picture. Raises: ValueError when the end is missing."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker == 0xD9:
            yield marker, content[at : at + 2]
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands; inside a scan 0xFF is followed by 0x00, a restart mark or another 0xFF. Raises: ValueError."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0x00 and content[at + 1] != 0xFF and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 1 if content[at + 1] == 0xFF else 2


def _clean_png(content: bytes, notes: bytes) -> bytes:
    parts = [_PNG_HEAD]
    at = len(_PNG_HEAD)
    name = b""
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", content, at)
        name = content[at + 4 : at + 8]
        if name == b"IDAT" and notes and not any(part[4:8] == b"eXIf" for part in parts[1:]):
            told = notes.removeprefix(b"Exif\0\0")
            parts.append(struct.pack(">I", len(told)) + b"eXIf" + told + struct.pack(">I", zlib.crc32(b"eXIf" + told)))
        if name in _PNG_KEPT:
            parts.append(content[at : at + 12 + length])
        at += 12 + length
    return b"".join(parts)


def _clean_webp(content: bytes, notes: bytes) -> bytes:
    parts = []
    at, end = 12, 8 + struct.unpack_from("<I", content, 4)[0]
    while at + 8 <= end:
        (length,) = struct.unpack_from("<I", content, at + 4)
        part = content[at : at + 8 + length + length % 2]
        if part[:4] == b"VP8X":
            flags = part[8] & ~_WEBP_HAS_NOTES | (0x08 if notes else 0)
            part = part[:8] + bytes([flags]) + part[9:]
        if part[:4] in _WEBP_KEPT:
            parts.append(part)
        at += len(part)
    if notes:
        parts.append(b"EXIF" + struct.pack("<I", len(notes)) + notes + b"\0" * (len(notes) % 2))
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body
