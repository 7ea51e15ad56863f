"""PDF by LibreOffice: measured on the page where it is installed, a sentence where it is not."""

import os
import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from unionboard.drafting.document import Paragraph, SummaryDocument
from unionboard.errors.exports import OfficeFailed, OfficeMissing
from unionboard.writing import pdf
from unionboard.writing.pdf import convert_to_pdf, find_office
from unionboard.writing.summary_export import export

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="stands in for LibreOffice by a shell script")


def script(folder: Path, *lines: str) -> Path:
    """A program that stands where LibreOffice would; the source is its last argument."""
    path = folder / "soffice"
    path.write_text("\n".join(["#!/bin/sh", 'for source in "$@"; do :; done', *lines]))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_a_page_holds_22_lines_of_28_letters() -> None:
    """30 pages, the title's two lines and the indent of the first line with them: a letter a line more or less would make 29 or 31."""
    document = SummaryDocument("", (Paragraph("字" * ((30 * 22 - 2) * 28 - 2)),), (), "", date(2026, 12, 20), "zh_CN")

    content = export(document, kind="pdf")

    assert (content[:5], content.count(b"/Type/Page/")) == (b"%PDF-", 30)


def test_without_libreoffice_the_refusal_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "_PLACES", ())

    assert find_office() is None
    with pytest.raises(OfficeMissing):
        convert_to_pdf(b"")


@posix_only
def test_program_is_found_on_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = script(tmp_path, "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_office() == program


@posix_only
@pytest.mark.parametrize("lines", [["exit 0"], ["exit 77"], [': > "${source%.docx}.pdf"']])
def test_program_that_makes_nothing_is_said(tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(OfficeFailed):
        convert_to_pdf(b"x", office=script(tmp_path, *lines))


@posix_only
def test_program_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "TIMEOUT_SECONDS", 0.5)
    office = script(tmp_path, f'echo $$ > "{tmp_path}/pid"', "sleep 60")

    with pytest.raises(OfficeFailed):
        convert_to_pdf(b"x", office=office)

    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


@posix_only
def test_every_conversion_has_a_profile_of_its_own_and_leaves_nothing_behind(tmp_path: Path) -> None:
    office = script(tmp_path, f'echo "$1" >> "{tmp_path}/profiles"', 'echo made > "${source%.docx}.pdf"')

    made = [convert_to_pdf(b"x", office=office) for _ in range(2)]

    profiles = [line.removeprefix("-env:UserInstallation=file://") for line in (tmp_path / "profiles").read_text().split()]
    assert made == [b"made\n"] * 2
    assert len(set(profiles)) == 2
    assert not any(Path(profile).parent.exists() for profile in profiles)


@posix_only
def test_tight_text_is_said_again_in_libreoffices_own_format(tmp_path: Path) -> None:
    """Whoever stands in for it first makes .fodt of .docx, then .pdf of what we changed."""
    office = script(
        tmp_path,
        'case "$source" in',
        """*.docx) printf '<p style:text-autospace="ideograph-alpha"/>' > "${source%.docx}.fodt" ;;""",
        '*.fodt) cp "$source" "${source%.fodt}.pdf" ;;',
        "esac",
    )

    assert convert_to_pdf(b"x", is_tight=True, office=office) == b'<p style:text-autospace="none"/>'


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fontconfig chooses fonts on Linux")
def test_fonts_that_are_missing_are_stood_in_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    office = script(tmp_path, 'cp "$FONTCONFIG_FILE" "${source%.docx}.pdf"')

    rules = convert_to_pdf(b"x", office=office).decode()

    assert '<alias binding="same"><family>仿宋_GB2312</family><accept><family>仿宋</family>' in rules
    assert '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>' in rules
