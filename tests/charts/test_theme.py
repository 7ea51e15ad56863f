"""One status, one look: on the screen in both themes, and on paper in the light one's colours."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import dist
from pathlib import Path
from typing import Any

import pytest

from unionboard.charts.theme import LIGHT, MARKS
from unionboard.config import PROJECT_DIR
from unionboard.services.activities import Status


def theme_of(mode: str) -> dict[str, Any]:
    settings = tomllib.loads((PROJECT_DIR / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    theme: dict[str, Any] = settings["theme"][mode]
    return theme


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_status_colours_equal_those_of_the_light_theme() -> None:
    theme = theme_of("light")
    own_grey = {Status.CANCELLED}  # the theme has one grey, and "coming" is it
    named = {status: mark.colour_name for status, mark in MARKS.items() if status not in own_grey}

    assert {s: LIGHT.fill[s] for s in named} == {s: theme[f"{name}Color"] for s, name in named.items()}
    assert {s: LIGHT.text[s] for s in named} == {s: theme[f"{name}TextColor"] for s, name in named.items()}


def test_surfaces_equal_those_of_the_light_theme() -> None:
    theme = theme_of("light")

    assert (LIGHT.ink, LIGHT.paper, LIGHT.panel, LIGHT.line) == (
        theme["textColor"],
        theme["backgroundColor"],
        theme["secondaryBackgroundColor"],
        theme["borderColor"],
    )


def weak_words(words: Mapping[Status, str], grounds: Sequence[str]) -> list[tuple[Status, str]]:
    return [(status, ground) for status in Status for ground in grounds if contrast(words[status], ground) < 4.5]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_in_status_colours_are_readable_on_the_screen(mode: str) -> None:
    theme = theme_of(mode)
    words = {status: theme[f"{mark.colour_name}TextColor"] for status, mark in MARKS.items()}

    assert weak_words(words, (theme["backgroundColor"], theme["secondaryBackgroundColor"])) == []


def test_words_in_status_colours_are_readable_on_paper() -> None:
    assert weak_words(LIGHT.text, (LIGHT.paper, LIGHT.panel)) == []


def test_every_status_has_a_look() -> None:
    assert set(MARKS) == set(LIGHT.fill) == set(LIGHT.text) == set(Status)


SIGHT = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What is left of linear red, green and blue. Source: Machado, Oliveira and Fernandes 2009, severity 1."""
ALIKE = 20  # CIE 1976 colour difference; the eye tells 2.3 side by side, but marks are small and far apart


def seen_lab(colour: str, sight: str) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of a colour as somebody with that sight sees it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    red, green, blue = (min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0), 1) for row in SIGHT[sight])
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_statuses_whose_colours_look_alike_have_different_shapes_and_icons(mode: str, sight: str) -> None:
    seen = {status: seen_lab(theme_of(mode)[f"{mark.colour_name}Color"], sight) for status, mark in MARKS.items()}
    alike = [pair for pair in combinations(Status, 2) if dist(seen[pair[0]], seen[pair[1]]) < ALIKE]

    assert (Status.UNDER_WAY, Status.POSTPONED) in alike or sight == "tritanopia"
    assert [(one, other) for one, other in alike if MARKS[one].symbol == MARKS[other].symbol or MARKS[one].icon == MARKS[other].icon] == []


def test_every_status_has_a_shape_of_its_own() -> None:
    assert len({mark.symbol for mark in MARKS.values()}) == len(Status)


OF_THEIR_OWN = {"#3B7FD4", "#133867", "#FFF", "#FFFFFF"}  # money spent by night, a button under the pointer, white
SCREEN = sorted(set((PROJECT_DIR / "unionboard" / "ui").rglob("*.css")) - {PROJECT_DIR / "unionboard" / "ui" / "components" / "paper.css"})


@pytest.mark.parametrize("file", SCREEN, ids=lambda file: file.name)
def test_styles_of_the_screen_use_the_colours_of_the_theme(file: Path) -> None:
    known = {str(value).upper() for mode in ("light", "dark") for value in theme_of(mode).values()} | OF_THEIR_OWN
    written = {colour.upper() for colour in re.findall(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b", file.read_text(encoding="utf-8"))}

    assert written - known == set()
