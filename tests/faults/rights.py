"""Taking rights away for a moment. Root reads and writes whatever the mode says, so it gives up that privilege meanwhile."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_VERSION = 0x20080522  # _LINUX_CAPABILITY_VERSION_3
_OVERRIDES = 0b110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Rights(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing below ``folder`` may be written, by this thread and those it starts."""
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    with _as_plain_user():
        for path in reversed(paths):
            path.chmod(modes[path] & ~0o222)
        try:
            yield
        finally:
            for path in paths:
                path.chmod(modes[path])


@contextmanager
def _as_plain_user() -> Iterator[None]:
    if os.name != "posix" or os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root cannot give up its privileges here")
    system, header, rights = ctypes.CDLL(None, use_errno=True), _Header(_VERSION, 0), (_Rights * 2)()
    assert system.capget(ctypes.byref(header), rights) == 0
    before = rights[0].effective
    rights[0].effective = before & ~_OVERRIDES
    assert system.capset(ctypes.byref(header), rights) == 0
    try:
        yield
    finally:
        rights[0].effective = before
        assert system.capset(ctypes.byref(header), rights) == 0
