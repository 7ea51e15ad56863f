"""The guide's pictures show the program as it is: the words that stood in them still stand there.

``make pictures`` sets UNIONBOARD_PICTURES=take and runs the long walk, which then takes every picture anew instead of comparing.
"""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import refill
from tests.browser.pictures import (
    MOST_BYTES,
    PICTURES,
    Picture,
    describe,
    name_in_manifest,
    open_picture,
    read_manifest,
    see_words,
    shoot,
    write_manifest,
)
from tests.county import lay_county

pytestmark = pytest.mark.browser
TAKES = os.environ.get("UNIONBOARD_PICTURES") == "take"
SAMPLE = ("welcome", "rules")
"""Looked at in every run of the tests; all of them in the long run."""
Opened = Callable[[Picture, str], AbstractContextManager[Page]]


@pytest.fixture
def open_page_of(
    serve: Callable[..., str], served_dir: Path, context: BrowserContext, migrated_file: Path, common_dir: Path, tmp_path: Path
) -> Opened:
    @contextmanager
    def opened(picture: Picture, language: str) -> Iterator[Page]:
        base = serve("demo") if picture.data == "demo" else serve()
        if picture.data == "county":
            lay_county(migrated_file, common_dir, tmp_path / "unionboard.sqlite3")
            refill(served_dir, tmp_path)
        page = context.new_page()
        open_picture(page, picture, language, base)
        yield page
        page.close()

    return opened


def tell_changes(picture: Picture, language: str, seen: list[str]) -> str:
    """What is no longer to be read in the picture and what is new; empty: nothing changed."""
    kept = read_manifest()[name_in_manifest(picture, language)]["words"]
    gone, new = sorted(set(kept) - set(seen)), sorted(set(seen) - set(kept))
    return f"{name_in_manifest(picture, language)}: gone {gone}, new {new}; run: make pictures" if gone or new else ""


@pytest.mark.parametrize("name", SAMPLE)
def test_words_of_a_picture_still_stand_on_its_page(name: str, open_page_of: Opened) -> None:
    picture = next(one for one in PICTURES if one.name == name)

    with open_page_of(picture, "zh_CN") as page:
        assert tell_changes(picture, "zh_CN", see_words(page, picture)) == ""


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_every_picture_shows_what_its_page_shows(
    picture: Picture,
    language: str,
    open_page_of: Opened,
) -> None:
    with open_page_of(picture, language) as page:
        words = see_words(page, picture)
        if TAKES:
            picture.path(language).parent.mkdir(parents=True, exist_ok=True)
            shot = shoot(page, picture)
            picture.path(language).write_bytes(shot)
            entry = describe(picture, words, Image.open(io.BytesIO(shot)).size)
            write_manifest({**read_manifest(), name_in_manifest(picture, language): entry})

    assert tell_changes(picture, language, words) == ""
    assert picture.path(language).stat().st_size < MOST_BYTES
