"""Exports that somebody has been at: taken apart, changed and packed again, with an index that fits or does not."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

DESCRIPTOR = "datapackage.json"
Parts = dict[str, bytes]


def take_apart(path: Path) -> Parts:
    """Every file of an export by its name."""
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(path: Path, parts: Parts) -> None:
    """The parts as they are, whatever the index says of them."""
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def change_export(path: Path, change: Callable[[Parts], object]) -> None:
    """Change the parts of an export; the index says of each what it now is."""
    parts = take_apart(path)
    change(parts)
    told = json.loads(parts[DESCRIPTOR])
    known = {one["path"]: one for one in told["resources"]}
    told["resources"] = [describe(known.get(name), name, content) for name, content in parts.items() if name != DESCRIPTOR]
    parts[DESCRIPTOR] = json.dumps(told).encode()
    pack(path, parts)


def describe(known: dict[str, Any] | None, name: str, content: bytes) -> dict[str, Any]:
    """What the index says of a file."""
    told = dict(known or {"path": name})
    told |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    return told | ({"unionboard:rows": content.count(b"\n")} if name.startswith("tables/") else {})


def change_index(**values: Any) -> Callable[[Parts], None]:
    """For ``change_export``: what the index says of the export as a whole."""

    def change(parts: Parts) -> None:
        told = json.loads(parts[DESCRIPTOR])
        told["unionboard"] |= values
        parts[DESCRIPTOR] = json.dumps(told).encode()

    return change


def change_rows(table: str, change: Callable[[list[dict[str, Any]]], object]) -> Callable[[Parts], None]:
    """For ``change_export``: the records of a table."""

    def apply(parts: Parts) -> None:
        name = f"tables/{table}.jsonl"
        rows = [json.loads(line) for line in parts[name].splitlines()]
        change(rows)
        parts[name] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)

    return apply
