"""How kinds of files are read, as people said it once: remembered by name and by the headings of the file.

A mapping as JSON, each part optional::

    {"columns": {"date": "交易日期", "spending": "借方发生额"}, "items": {"团建费": "culture_sports"}, "defaults": {"unit": "万元"}}
 Columns: the codes of ``reading.ledger_columns.Field``, each with a heading or a list of headings; items: a word of the
file -> an item's code or name; defaults: see ``reading.ledger_lines.FileSetting``.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from unionboard.errors.entries import NameMissing
from unionboard.errors.ledger_import import MappingNotReadable, NoSuchMapping
from unionboard.models import FundSource, ImportMapping
from unionboard.models.changelog import ChangeAction
from unionboard.reading.ledger_columns import UNITS, Field, find_layout
from unionboard.reading.ledger_file import GridSheet
from unionboard.reading.ledger_lines import FileSetting
from unionboard.reference import FundItem
from unionboard.reference.item_words import ItemWords
from unionboard.services.changes import record_change, update_row
from unionboard.services.fund_items import list_items

_PARTS = {"columns", "items", "defaults"}
_DEFAULTS = {"unit", "side", "debit", "item_in", "item_out", "source", "sheet", "day"}


def sign_file(sheets: Sequence[GridSheet], words: ItemWords) -> str:
    """What files with the same headings have in common; empty when no headings are found."""
    layout = next((found for sheet in sheets if (found := find_layout(sheet, is_item=lambda text: words.find([text]) is not None))), None)
    return sha256(layout.signature.encode()).hexdigest() if layout is not None and layout.headings else ""


def find_mapping(session: Session, *, name: str = "", signature: str = "") -> ImportMapping | None:
    """The one of this name, else the last one remembered for files with this signature. Raises: NoSuchMapping for an unknown name."""
    if name:
        row = session.exec(select(ImportMapping).where(ImportMapping.name == name)).first()
        if row is None:
            raise NoSuchMapping(name=name)
        return row
    if not signature:
        return None
    query = select(ImportMapping).where(ImportMapping.signature == signature).order_by(col(ImportMapping.id).desc())
    return session.exec(query).first()


def setting_of(row: ImportMapping) -> FileSetting:
    """What a remembered mapping says."""
    return FileSetting(columns=dict(row.columns), items=dict(row.items), defaults=dict(row.defaults))


def save_mapping(
    session: Session, name: str, setting: FileSetting, *, signature: str = "", version: int = 0, who: str, now_utc: datetime
) -> ImportMapping:
    """Remember ``setting`` under ``name``, over what was remembered there. ``version``: the one seen, 0 overwrites.

    Raises: NameMissing, StaleSave, MappingNotReadable.
    """
    if not name.strip():
        raise NameMissing
    checked = check_setting(session, {"columns": setting.columns, "items": setting.items, "defaults": setting.defaults}, name=name.strip())
    values: dict[str, Any] = {
        "signature": signature,
        "columns": dict(checked.columns),
        "items": dict(checked.items),
        "defaults": dict(checked.defaults),
    }
    row = session.exec(select(ImportMapping).where(ImportMapping.name == name.strip())).first()
    if row is None:
        row = ImportMapping(name=name.strip(), **values)
        session.add(row)
        record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    else:
        update_row(session, row, version=version or row.version, who=who, now_utc=now_utc, **values)
    return row


def read_mapping(session: Session, data: bytes, *, name: str) -> FileSetting:
    """A mapping from a JSON file. Raises: MappingNotReadable."""
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise MappingNotReadable(name=name, reason=str(error)) from None
    if not isinstance(told, dict):
        raise MappingNotReadable(name=name, reason="{}")
    return check_setting(session, told, name=name)


def check_setting(session: Session, told: Mapping[str, Any], *, name: str) -> FileSetting:
    """``told`` as a setting, items by their codes. Raises: MappingNotReadable for what it does not know."""
    fields = {kind.value for kind in Field}
    if told and set(told) <= fields:  # only the columns
        told = {"columns": told}
    unknown = set(told) - _PARTS
    parts = {part: told.get(part) or {} for part in _PARTS}
    if unknown or not all(isinstance(part, Mapping) for part in parts.values()):
        raise MappingNotReadable(name=name, reason=", ".join(sorted(unknown)) or ", ".join(sorted(_PARTS)))
    columns, defaults = _columns_of(parts["columns"], fields, name), {key: str(value) for key, value in parts["defaults"].items()}
    if wrong := sorted(set(columns) - fields) + sorted(set(defaults) - _DEFAULTS):
        raise MappingNotReadable(name=name, reason=", ".join(wrong))
    items = list_items(session, with_hidden=True)
    choices: dict[str, Sequence[str]] = {"unit": list(UNITS), "side": ["in", "out"], "debit": ["in", "out"], "source": list(FundSource)}
    for key, allowed in choices.items():
        if key in defaults and defaults[key] not in allowed:
            raise MappingNotReadable(name=name, reason=f"{key}: {defaults[key]}")
    for key in ("item_in", "item_out"):
        if key in defaults:
            defaults[key] = _code_of(defaults[key], items, name)
    if "day" in defaults and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", defaults["day"]):
        raise MappingNotReadable(name=name, reason=f"day: {defaults['day']}")
    words = {str(word): _code_of(str(code), items, name) for word, code in parts["items"].items()}
    return FileSetting(columns=columns, items=words, defaults=defaults)


def _columns_of(told: Mapping[str, Any], fields: Collection[str], name: str) -> dict[str, Any]:
    """Field -> heading or headings; also when they are told the other way round. Raises: MappingNotReadable."""
    columns: dict[str, Any] = {}
    for key, value in told.items():
        if key not in fields and isinstance(value, str) and value in fields:
            columns.setdefault(value, []).append(key)
        elif isinstance(value, str) or (isinstance(value, list) and value and all(isinstance(each, str) for each in value)):
            columns[key] = value
        else:
            raise MappingNotReadable(name=name, reason=f"{key}: {value}")
    return columns


def _code_of(text: str, items: Mapping[str, FundItem], name: str) -> str:
    if text in items:
        return text
    match = ItemWords(items).find([text])
    if match is None:
        raise MappingNotReadable(name=name, reason=text)
    return match.code
