"""Photos as phones take them, made here: a red half and a blue half, notes about place and time."""

from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageDraw
from pillow_heif import register_heif_opener

TAKEN = "2026:11:21 09:30:00"
register_heif_opener()


def make_photo(
    kind: str = "JPEG", *, size: tuple[int, int] = (200, 100), orientation: int = 6, position: bool = True, **values: Any
) -> bytes:
    """A picture left red, right blue; ``orientation`` 6 is a phone held upright: shown, red is on top. ``kind`` as Pillow names it."""
    picture = Image.new("RGB", size, "blue")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1]), fill="red")
    notes = Image.Exif()
    notes[ExifTags.Base.Orientation] = orientation
    notes[ExifTags.Base.Make] = "Phone"
    notes.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = TAKEN
    if position:
        place = notes.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (30.0, 15.0, 1.0)
    buffer = BytesIO()
    picture.save(buffer, kind, exif=notes.tobytes(), **values)
    return buffer.getvalue()
