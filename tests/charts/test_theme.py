"""The charts' colours are the theme's colours: one status, one look, on charts and in badges."""

import tomllib
from typing import Any

import pytest

from unionboard.charts.theme import DARK, LIGHT, MARKS, Palette
from unionboard.config import PROJECT_DIR
from unionboard.services.activities import Status


def theme_of(palette: Palette) -> dict[str, Any]:
    settings = tomllib.loads((PROJECT_DIR / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    theme: dict[str, Any] = settings["theme"]["dark" if palette.is_dark else "light"]
    return theme


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_status_colours_equal_those_of_the_theme(palette: Palette) -> None:
    theme = theme_of(palette)
    own_grey = {Status.CANCELLED}  # the theme has one grey, and "coming" is it
    named = {status: mark.colour_name for status, mark in MARKS.items() if status not in own_grey}

    assert {s: palette.fill[s] for s in named} == {s: theme[f"{name}Color"] for s, name in named.items()}
    assert {s: palette.text[s] for s in named} == {s: theme[f"{name}TextColor"] for s, name in named.items()}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_surfaces_equal_those_of_the_theme(palette: Palette) -> None:
    theme = theme_of(palette)

    assert (palette.ink, palette.paper, palette.panel, palette.line, palette.primary) == (
        theme["textColor"],
        theme["backgroundColor"],
        theme["secondaryBackgroundColor"],
        theme["borderColor"],
        theme["primaryColor"],
    )


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_in_status_colours_are_readable_on_paper_and_panel(palette: Palette) -> None:
    weak = [
        (status, ground) for status in Status for ground in (palette.paper, palette.panel) if contrast(palette.text[status], ground) < 4.5
    ]

    assert weak == []


def test_every_status_has_a_look_in_both_modes() -> None:
    assert set(MARKS) == set(LIGHT.fill) == set(LIGHT.text) == set(DARK.fill) == set(DARK.text) == set(Status)
