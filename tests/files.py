"""Makers of files: a test names only what is in them."""

import zipfile
from collections.abc import Mapping
from io import BytesIO


def make_zip(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip of these parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()
