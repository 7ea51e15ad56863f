"""A key that somebody brought along, as the file the services read it from."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from unionboard.config import read_config


@contextmanager
def laid_down(key: bytes | None) -> Iterator[Path | None]:
    """``key`` as a file of the owner's alone for as long as the block lasts; None where none was brought."""
    if not key:
        yield None
        return
    handle, name = tempfile.mkstemp(dir=read_config().data_dir, prefix=".key-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key)
        yield Path(name)
    finally:
        with suppress(OSError):
            Path(name).unlink()
