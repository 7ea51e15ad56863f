"""Titles of activities that may leave the house: one that names a person, or tells what somebody suffers from, does not.

Groups hold people the committee does not know, and what was sent cannot be called back. So a title is not masked but left out, and its
work area is told instead. Source: domain notes D2.
"""

from sqlmodel import Session

from unionboard.errors import Refusal
from unionboard.services.import_privacy import names_visited
from unionboard.services.masking import Mask, list_known_names
from unionboard.services.privacy import check_care_text, check_purpose

LONGEST = 36
"""Letters of a title in a message; a robot takes 2,048 bytes in all."""


class Titles:
    """Whether texts may be told, looked up once for all of a session's messages."""

    def __init__(self, session: Session) -> None:
        self._mask = Mask(list_known_names(session))

    def is_harmless(self, text: str) -> bool:
        """Whether nobody is named in ``text``, no number of a person stands in it and no illness."""
        plain = " ".join(text.split())
        if self._mask.text(plain) != plain or self._mask.text("".join(plain.split())) != "".join(plain.split()) or names_visited(plain):
            return False
        try:
            check_purpose(plain)
            check_care_text(plain)
        except Refusal:
            return False
        return True

    def tell(self, text: str) -> str:
        """``text`` on one line and not too long, or "" where it may not be told."""
        plain = " ".join(text.split())
        if not self.is_harmless(plain):
            return ""
        return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
