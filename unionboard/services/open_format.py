"""What the open export is: one .zip that describes itself by the rules of a Data Package (https://datapackage.org, version 2).

``tables/`` holds every table as JSON Lines, which is what is brought in again; ``sheets/`` the same to look at in Excel or WPS;
``evidence/`` and ``forms/`` the files. For people: docs/open-format.md.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Enum, Integer, Table
from sqlalchemy.types import TypeDecorator, TypeEngine

from unionboard.models import metadata
from unionboard.services.archives import FileFacts
from unionboard.services.backup_files import EVIDENCE, FORMS
from unionboard.services.chain_check import ChainHead
from unionboard.services.sealing import SEALED_COLUMNS

FORMAT = 1
DESCRIPTOR, README = "datapackage.json", "README.md"
TABLES, SHEETS = "tables/", "sheets/"
STAYS_HERE = frozenset({"sign_in"})
"""Tables that are not taken along: who is signed in with which browser ends with the installation."""
NAMING = (("evidence", EVIDENCE), ("fund_paper", EVIDENCE), ("summary_template", FORMS))
"""Tables whose ``stored_name`` names a file, and the folder it gets."""
SECRETS = frozenset({"password_hash", "token_sha256"})
"""Of no use to a reader: they come along in ``tables/`` so that nobody is locked out, and stand in no sheet."""
NEVER_OPEN = {"access_token": ("token",), "message_channel": ("address",)}
"""Columns whose value lets whoever has it in: sealed with names, too, since nobody needs them to read the data; and in no sheet."""
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True, slots=True)
class TakenFile:
    """What stands in an export about one file of it. ``rows`` is None for what is no table."""

    facts: FileFacts
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """What an export says of itself.

    ``union``: the number of the one union that was taken out of many; None: the whole database. ``unions``: number to name. ``with_names``:
    what is sealed here lies open in it; else ``sealed`` says how many values and files only the key ``key_id`` opens. ``is_chained``: the
    change log fitted itself. ``missing``: files that rows name and that were not there.
    """

    program: str
    revision: str
    made_at_utc: datetime
    union: int | None
    unions: Mapping[int, str]
    with_names: bool
    key_id: str
    sealed: int
    chain: ChainHead
    is_chained: bool
    files: Mapping[str, TakenFile]
    missing: tuple[str, ...] = ()
    format: int = field(default=FORMAT)

    @property
    def rows(self) -> Mapping[str, int]:
        """How many rows each table has."""
        told = {name: taken.rows for name, taken in self.files.items() if name.startswith(TABLES)}
        return {name.removeprefix(TABLES).removesuffix(".jsonl"): rows for name, rows in told.items() if rows is not None}

    @property
    def kept_files(self) -> tuple[str, ...]:
        """Papers, photos and forms, by their paths."""
        return tuple(name for name in self.files if name.startswith((EVIDENCE, FORMS)))

    def to_json(self) -> bytes:
        """``datapackage.json``: the same for the same data, letter by letter."""
        told = {
            "$schema": _PROFILE,
            "name": "unionboard-export",
            "title": "Unionboard: everything / 工会年历：全部数据",
            "version": str(self.format),
            "created": _tell_moment(self.made_at_utc),
            "unionboard": {
                "format": self.format,
                "program": self.program,
                "revision": self.revision,
                "union": self.union,
                "unions": [{"number": number, "name": name} for number, name in sorted(self.unions.items())],
                "with_names": self.with_names,
                "key_id": self.key_id,
                "sealed": self.sealed,
                "chain": {"id": self.chain.id, "sha256": self.chain.sha256, "fits": self.is_chained},
                "missing": list(self.missing),
            },
            "resources": [_describe(name, taken) for name, taken in self.files.items()],
        }
        return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def parse_package(content: bytes) -> Package:
    """Read ``datapackage.json``. Raises: ValueError, LookupError, TypeError, AttributeError for what is none of ours."""
    told = json.loads(content)
    own = told["unionboard"]
    files = {str(one["path"]): _parse_resource(one) for one in told["resources"]}
    if len(files) != len(told["resources"]):
        raise ValueError(DESCRIPTOR)
    return Package(
        program=str(own["program"]),
        revision=str(own["revision"]),
        made_at_utc=datetime.fromisoformat(told["created"]).astimezone(UTC),
        union=None if own["union"] is None else int(own["union"]),
        unions={int(one["number"]): str(one["name"]) for one in own["unions"]},
        with_names=bool(own["with_names"]),
        key_id=str(own["key_id"]),
        sealed=int(own["sealed"]),
        chain=ChainHead(int(own["chain"]["id"]), str(own["chain"]["sha256"])),
        is_chained=bool(own["chain"]["fits"]),
        files=files,
        missing=tuple(str(name) for name in own["missing"]),
        format=int(own["format"]),
    )


def read_format(content: bytes) -> int:
    """The version of the format alone: of a newer one nothing else may be understood. Raises: as ``parse_package``."""
    return int(json.loads(content)["unionboard"]["format"])


def _parse_resource(told: Mapping[str, Any]) -> TakenFile:
    kind, _, sha256 = str(told["hash"]).partition(":")
    if kind != "sha256" or len(sha256) != 64:
        raise ValueError(DESCRIPTOR)
    rows = told.get("unionboard:rows")
    return TakenFile(FileFacts(sha256, int(told["bytes"])), None if rows is None else int(rows))


def _describe(name: str, taken: TakenFile) -> dict[str, Any]:
    """A resource of the package: a table with its columns, a sheet, or a file as it is."""
    told: dict[str, Any] = {
        "name": name.lower().replace("/", "-").replace("_", "-"),
        "path": name,
        "bytes": taken.facts.size_bytes,
        "hash": f"sha256:{taken.facts.sha256}",
    }
    table = name.removeprefix(TABLES).removesuffix(".jsonl")
    if name.startswith(TABLES):
        told |= {"format": "jsonl", "mediatype": "application/jsonl", "encoding": "utf-8", "unionboard:rows": taken.rows}
        told |= {"schema": describe_table(metadata.tables[table])}
    elif name.startswith(SHEETS):
        told |= {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return told


@lru_cache(maxsize=256)
def describe_table(table: Table) -> dict[str, Any]:
    """A Table Schema: the columns, what each may hold, the key, and which rows of other tables it names."""
    references = [
        {"fields": [column.name], "reference": {"resource": f"tables-{_dashed(key.column.table.name)}.jsonl", "fields": [key.column.name]}}
        for column in table.columns
        for key in sorted(column.foreign_keys, key=lambda key: key.target_fullname)
    ]
    return {
        "fields": [_describe_column(table, column) for column in table.columns],
        "primaryKey": [column.name for column in table.primary_key],
        "foreignKeys": references,
        "missingValues": [],  # an empty text is a text; what is missing is null
    }


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _describe_column(table: Table, column: Column[Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "type": type_word(column.type)}
    limits: dict[str, Any] = {} if column.nullable else {"required": True}
    if isinstance(column.type, Enum):
        limits["enum"] = list(column.type.enums)
    if limits:
        told["constraints"] = limits
    if column.name in SEALED_COLUMNS.get(table.name, ()):
        told["unionboard:sealed"] = True
    return told


def type_word(kind: TypeEngine[Any]) -> str:
    """What Table Schema calls a column's type; JSON columns hold objects and lists: ``any``."""
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    words: Sequence[tuple[type[TypeEngine[Any]], str]] = (
        (JSON, "any"),
        (Boolean, "boolean"),
        (DateTime, "datetime"),
        (Date, "date"),
        (Integer, "integer"),
    )
    return next((word for one, word in words if isinstance(plain, one)), "string")


def _tell_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
