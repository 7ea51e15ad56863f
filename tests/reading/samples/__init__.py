"""Fictitious texts in the layouts that real plans have."""

from pathlib import Path


def sample(name: str) -> str:
    """The text of one sample, by its file name without ending."""
    return (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
