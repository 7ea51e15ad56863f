"""Photos as they are kept: no place, the right side up, not a pixel changed."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import ExifTags, Image
from PIL.ImageCms import ImageCmsProfile, createProfile
from PIL.PngImagePlugin import PngInfo

from tests.photos import TAKEN, make_photo
from unionboard.errors.evidence import EvidenceUnreadable
from unionboard.services.media import Media, recognize
from unionboard.services.photos import clean_photo, has_position, shrink_photo

XMP = b"<x:xmpmeta exif:GPSLatitude='30,15N'/>"


def clean(content: bytes) -> bytes:
    return clean_photo(content, recognize(content, "合影.jpg"))[0]


def pixels(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as picture:
        return picture.tobytes()


def pixel(picture: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    at = (y * picture.width + x) * 3
    red, green, blue = picture.convert("RGB").tobytes()[at : at + 3]
    return red, green, blue


def notes_of(content: bytes) -> dict[int, object]:
    with Image.open(BytesIO(content)) as picture:
        told = picture.getexif()
        return {**told, **told.get_ifd(ExifTags.IFD.Exif)}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_is_gone_and_every_pixel_stays(kind: str) -> None:
    content = make_photo(kind)

    kept = clean(content)

    assert (has_position(content), has_position(kept)) == (True, False)
    assert pixels(kept) == pixels(content)
    assert len(kept) < len(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_of_the_notes_only_the_side_that_is_up_and_the_time_are_kept(kind: str) -> None:
    told = notes_of(clean(make_photo(kind)))

    told.pop(ExifTags.IFD.Exif)
    assert told == {ExifTags.Base.Orientation: 6, ExifTags.Base.DateTimeOriginal: TAKEN}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_in_xmp_is_gone_too(kind: str) -> None:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    content = make_photo(kind, position=False, **({"pnginfo": info} if kind == "PNG" else {"xmp": XMP}))

    assert has_position(content)
    assert b"GPS" not in clean(content)


def test_what_a_phone_hides_behind_the_picture_is_cut_off() -> None:
    film = b"ftypmp4 moving picture with its own place"

    kept = clean(make_photo() + film)

    assert film not in kept
    assert kept.endswith(b"\xff\xd9")


def test_second_picture_with_notes_of_its_own_is_cut_off() -> None:
    buffer = BytesIO()
    with Image.open(BytesIO(make_photo())) as first, Image.open(BytesIO(make_photo())) as second:
        first.save(buffer, "MPO", save_all=True, append_images=[second], exif=first.getexif())

    kept = clean(buffer.getvalue())

    with Image.open(BytesIO(kept)) as picture:
        assert (picture.format, getattr(picture, "n_frames", 1)) == ("JPEG", 1)
    assert not has_position(kept)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_notes_of_a_kind_nobody_knows_are_gone_too(kind: str) -> None:
    content = make_photo(kind)
    note = b"FPXR\0 30,15N"
    hidden = {
        "JPEG": content[:2] + b"\xff\xe2" + struct.pack(">H", len(note) + 2) + note + content[2:],
        "PNG": content[:33] + struct.pack(">I", len(note)) + b"caBX" + note + struct.pack(">I", zlib.crc32(b"caBX" + note)) + content[33:],
        "WEBP": b"RIFF" + struct.pack("<I", len(content) + 12) + content[8:] + b"C2PA" + struct.pack("<I", len(note)) + note,
    }[kind]

    kept = clean(hidden)

    assert note in hidden
    assert note not in kept
    assert pixels(kept) == pixels(content)


def test_profile_of_the_colours_stays() -> None:
    profile = ImageCmsProfile(createProfile("sRGB")).tobytes()

    kept = [clean(make_photo(kind, icc_profile=profile)) for kind in ("JPEG", "PNG", "WEBP")]

    assert [Image.open(BytesIO(content)).info.get("icc_profile") for content in kept] == [profile] * 3


def test_progressive_jpeg_is_kept_whole() -> None:
    content = make_photo(progressive=True, quality=95)

    assert pixels(clean(content)) == pixels(content)


def test_photo_of_an_iphone_becomes_an_upright_jpeg_without_its_place() -> None:
    content = make_photo("HEIF", quality=95)

    kept, media = clean_photo(content, recognize(content, "IMG_1.HEIC"))

    assert (has_position(content), has_position(kept)) == (True, False)
    assert media == Media("image/jpeg", "IMG_1.jpg")
    with Image.open(BytesIO(kept)) as picture:
        assert (picture.format, picture.size, picture.getexif().get(ExifTags.Base.Orientation, 1)) == ("JPEG", (100, 200), 1)
        red, green, blue = pixel(picture, 50, 10)
        assert red > 200 > 60 > max(green, blue)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_small_picture_stands_upright_as_jpeg(kind: str) -> None:
    with Image.open(BytesIO(shrink_photo(clean(make_photo(kind)), longer_px=50))) as small:
        assert (small.format, small.size) == ("JPEG", (25, 50))
        red, green, blue = pixel(small, 12, 4)
        assert red > 200 > 60 > max(green, blue)


def test_what_is_transparent_becomes_white() -> None:
    buffer = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(buffer, "PNG")

    with Image.open(BytesIO(shrink_photo(buffer.getvalue(), longer_px=20))) as small:
        assert small.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_photo_is_refused(kind: str) -> None:
    content = make_photo(kind, size=(400, 300))
    media = recognize(content, "合影.jpg")

    with pytest.raises(EvidenceUnreadable):
        shrink_photo(clean_photo(content[: len(content) // 2], media)[0], longer_px=50)
