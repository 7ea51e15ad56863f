"""Names as people copy them out of a sheet, for a list to sign. Pure; nothing of it is kept."""

import re
from dataclasses import dataclass

from unionboard.services.privacy import cover_numbers
from unionboard.writing.signoff import Receiver

_SEPARATORS = re.compile(r"[\t,，;；、|]+|\s{2,}")
_LEAD = re.compile(r"^\d{1,4}(?:[.、．)）]\s*|\s+)")
_NUMBER = re.compile(r"\d+[.、．)]?")
_HEADS = frozenset({"姓名", "序号", "部门", "name", "no.", "department"})


@dataclass(frozen=True, slots=True)
class Roster:
    """Who signs, and how many private numbers that stood beside them were left out."""

    receivers: tuple[Receiver, ...]
    left_out: int


def read_roster(text: str) -> Roster:
    """A line a person: a name, and a department where one follows after a tab, comma or blank. Running numbers and a line of heads are
    passed over; identity cards, bank cards and phones are left out."""
    receivers: list[Receiver] = []
    left_out = 0
    for line in text.splitlines():
        cells = [cell.strip() for cell in _SEPARATORS.split(_LEAD.sub("", line.strip())) if cell.strip()]
        if len(cells) == 1:
            cells = cells[0].split(maxsplit=1) if _parts(cells[0]) else cells
        private = [cell for cell in cells if cover_numbers(cell) != cell]
        left_out += len(private)
        told = [cell for cell in cells if cell not in private and not _NUMBER.fullmatch(cell)]
        if told and not {cell.casefold() for cell in told} & _HEADS:
            receivers.append(Receiver(told[0], told[1] if len(told) > 1 else ""))
    return Roster(tuple(receivers), left_out)


def _parts(text: str) -> bool:
    """Whether one blank parts a name from a department: 何敏 语文组, but not 何 敏 and not Anna Li."""
    name, _, rest = text.partition(" ")
    return len(name) > 1 and len(rest.strip()) > 1 and not text.isascii()
