"""Names on a screen that everybody sees: the first character stays, the rest is stars."""

import re
from collections.abc import Iterable

from sqlmodel import Session, col, select

from unionboard.drafting.names import write_pattern
from unionboard.models import Activity, Attendance, CareVisit, Decision, Meeting, Member
from unionboard.reference import surnames

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff·]+")
_BETWEEN = re.compile("[、，,;；/／]")
_OFFICE = tuple("组部处室办委会员科队站校院支体")
"""What offices and bodies end in: 安全办 and 党支部 begin with surnames and are nobody's names."""


def mask_name(name: str) -> str:
    """何敏 -> 何*, 欧阳娜娜 -> 欧***, a star for each character; Anna Li -> A***, however long. One character stays as it is."""
    name = name.strip()
    if len(name) < 2:
        return name
    return name[0] + ("*" * (len(name) - 1) if _HAN.fullmatch(name) else "***")


class Mask:
    """Hides ``names`` wherever they stand in a text, the longer before the shorter; those of one character are left alone."""

    def __init__(self, names: Iterable[str]) -> None:
        known = sorted({name.strip() for name in names if len(name.strip()) > 1}, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(write_pattern, known))) if known else None

    def text(self, text: str) -> str:
        """``text`` without a full name."""
        return self._pattern.sub(lambda found: mask_name(found.group()), text) if self._pattern else text


def list_known_names(session: Session) -> list[str]:
    """The names of people the database knows: members, those at meetings and whoever was visited or went to visit, always; owners of
    activities and decisions only when they look like a person's name (see ``is_person_name``): 工会主席 and 各工会小组 stay readable.
    """
    members = [*session.exec(select(Member.name)), *session.exec(select(Attendance.name))]
    visits = [name for pair in session.exec(select(CareVisit.recipient, CareVisit.visitors)) for name in pair]
    owners = [
        *session.exec(select(Activity.owner).where(col(Activity.owner) != "").distinct()),
        *session.exec(select(Decision.owner)),
        *(name for pair in session.exec(select(Meeting.chaired_by, Meeting.recorded_by)) for name in pair),
    ]
    certain = {*members, *(name for text in visits for name in split_names(text))}
    return sorted((certain | {name for text in owners for name in split_names(text) if is_person_name(name)}) - {""})


def split_names(text: str) -> list[str]:
    """何敏、吴佳 and 何敏 吴佳 -> [何敏, 吴佳]; 何 敏 and Anna Li are one name each."""
    names: list[str] = []
    for part in _BETWEEN.split(text):
        words = part.split()
        parts_people = bool(_HAN.fullmatch("".join(words))) and all(len(word) > 1 for word in words)
        names += words if parts_people else [" ".join(words)]
    return [name for name in names if name]


def is_person_name(text: str) -> bool:
    """Two or three Han characters that begin with a common surname, or four with a compound one, and do not end like an office."""
    if not _HAN.fullmatch(text) or text.endswith(_OFFICE):
        return False
    return (text[0] in surnames() and len(text) in (2, 3)) or (text[:2] in surnames() and len(text) in (3, 4))
