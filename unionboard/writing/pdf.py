"""A Word file as PDF, by the LibreOffice that is on the machine; none is shipped.

Every conversion has a profile of its own, so that an open LibreOffice is no hindrance and two conversions do not meet.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from unionboard.errors.exports import OfficeFailed, OfficeMissing
from unionboard.writing.page_format import STAND_INS

TIMEOUT_SECONDS = 90
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_AIRY, _TIGHT = b'style:text-autospace="ideograph-alpha"', b'style:text-autospace="none"'
_LAST_RESORT = {"黑体": ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei")}
_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN")


def find_office() -> Path | None:
    """LibreOffice on this machine; None when there is none."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None) or next((p for p in _PLACES if Path(p).is_file()), None)
    return Path(found) if found else None


def convert_to_pdf(docx: bytes, *, is_tight: bool = False, office: Path | None = None) -> bytes:
    """The PDF of a Word file; takes two to eight seconds. ``office``: the program, found by itself if not given.

    ``is_tight``: no air between Chinese and Latin letters. Our page says so, but LibreOffice 7.4 does not read it from Word files, and
    then a line holds fewer than 28 letters: it is said again in its own format.
    Raises: OfficeMissing; OfficeFailed when nothing came out of it within ``TIMEOUT_SECONDS``.
    """
    program = office or find_office()
    if program is None:
        raise OfficeMissing
    with tempfile.TemporaryDirectory(prefix="unionboard-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / "summary.docx"
        source.write_bytes(docx)
        if is_tight:
            source = _run(program, source, folder, ".fodt")
            source.write_bytes(source.read_bytes().replace(_AIRY, _TIGHT))
        return _run(program, source, folder, ".pdf").read_bytes()


def _run(program: Path, source: Path, folder: Path, suffix: str) -> Path:
    """The file made of ``source``, beside it."""
    profile, made = (folder / "profile").as_uri(), source.with_suffix(suffix)
    options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", suffix[1:], "--outdir", str(folder)]
    try:
        process = subprocess.Popen(  # noqa: S603 - a program found by its own name, no words of users
            [str(program), f"-env:UserInstallation={profile}", *options, str(source)],
            env={**os.environ, **_fonts(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        raise OfficeFailed from None
    try:
        process.wait(TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        _end(process)
        raise OfficeFailed from None
    if not made.is_file() or not made.stat().st_size:
        raise OfficeFailed
    return made


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The program and what it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _fonts(folder: Path) -> dict[str, str]:
    """Where fontconfig chooses fonts (Linux): the stand-ins of the official ones, before whatever it would take by itself."""
    if not sys.platform.startswith("linux"):
        return {}
    path = folder / "fonts.conf"
    rules = "".join(_alias(font, (*others, *_LAST_RESORT.get(font, _SERIF))) for font, others in STAND_INS.items())
    known = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{rules}'
        f'<include ignore_missing="yes">{escape(known)}</include></fontconfig>',
        encoding="utf-8",
    )
    return {"FONTCONFIG_FILE": str(path)}


def _alias(font: str, others: tuple[str, ...]) -> str:
    families = "".join(f"<family>{escape(other)}</family>" for other in others)
    return f'<alias binding="same"><family>{escape(font)}</family><accept>{families}</accept></alias>'
