"""What a page hands to places that read Markdown or HTML."""

from collections.abc import Iterator
from typing import Any

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from tests.attacks.payloads import INTERPRETED, TAGS

LITERAL = frozenset(
    {
        ("Text", "body"),
        ("Code", "code_text"),
        ("TextInput", "default"),
        ("TextInput", "value"),
        ("TextInput", "placeholder"),
        ("TextArea", "default"),
        ("TextArea", "value"),
        ("TextArea", "placeholder"),
        ("Selectbox", "options"),
        ("Selectbox", "raw_value"),
        ("Selectbox", "placeholder"),
        ("Dataframe", "columns"),
        ("MultiSelect", "options"),
        ("MultiSelect", "raw_values"),
        ("MultiSelect", "placeholder"),
        ("BidiComponent", "json"),
        ("BidiComponent", "bytes"),
        ("ArrowData", "data"),
        ("BidiComponent", "arrow_data"),
        ("Image", "caption"),
        ("ImageList", "alt"),
        ("Image", "alt"),
    }
)
"""Fields Streamlit shows letter for letter (measured). Our own components read JSON and write ``textContent``: Chromium tests those."""


def find_markup(at: AppTest) -> list[str]:
    """Every place of the page where people's words would be read as markup: the element, its field, and the words around it."""
    found = []
    for kind, field, text in _texts(at._tree):
        hits = [piece for piece in (TAGS if kind == "Html" else INTERPRETED) if piece in text]
        if hits and (kind, field) not in LITERAL:
            at_letter = text.index(hits[0])
            found.append(f"{kind}.{field}: …{text[max(0, at_letter - 60) : at_letter + 20]}… {hits}")
    return found


def count_spoilt(at: AppTest) -> int:
    """How many texts of the page carry people's words at all: a page without any proves nothing."""
    return sum("evil.example" in text.replace("\\", "").replace("\u2060", "") for _, _, text in _texts(at._tree))


def _texts(node: Any) -> Iterator[tuple[str, str, str]]:
    proto = getattr(node, "proto", None)
    if isinstance(proto, Message):
        yield from _strings(proto)
    for child in getattr(node, "children", {}).values():
        yield from _texts(child)


def _strings(message: Message) -> Iterator[tuple[str, str, str]]:
    for field, value in message.ListFields():
        kind = message.DESCRIPTOR.name
        for one in value if _is_many(value) else [value]:
            if isinstance(one, Message):
                yield from _strings(one)
            elif isinstance(one, str) and field.name not in ("id", "element_id", "form_id"):
                yield kind, field.name, one
            elif isinstance(one, bytes):
                yield kind, field.name, one.decode(errors="replace")


def _is_many(value: Any) -> bool:
    return not isinstance(value, str | bytes | Message) and hasattr(value, "__iter__")
