"""The handover package: one .zip with a year in it, for the next committee, to be read without the program.

``index.html`` says everything, the workbook holds the same in tables, ``evidence/`` and ``papers/`` the files. ``manifest.json`` names
every file with its checksum and where the change log stood. Source: domain notes D2; issue "nothing lost".
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath

from unionboard import __version__
from unionboard.services.archives import Archive, writing_archive
from unionboard.services.handover import HandoverFacts
from unionboard.writing.audit_folder import names_somebody
from unionboard.writing.fund_words import FundWords
from unionboard.writing.handover_html import write_handover_html
from unionboard.writing.handover_tables import Fate, Filed, list_tables
from unionboard.writing.summary_docx import write_summary_docx
from unionboard.writing.table_xlsx import write_tables_xlsx

MANIFEST, INDEX, README = "manifest.json", "index.html", "README.txt"
FORMAT = 1
ReadFile = Callable[[str], bytes | None]
"""The content of a stored file by its name, unsealed; None when it is not there or cannot be read."""
Tell = Callable[[int, int], None]
"""What hears how far it is: steps done, of how many."""


def write_handover(facts: HandoverFacts, path: Path, *, at: datetime, read_file: ReadFile, tell: Tell | None = None) -> None:
    """Write the package to ``path``, whole or not at all, file by file: never are all in memory. ``at``: the moment it is made.

    Raises: CannotWrite, DiskFull.
    """
    words = FundWords(facts.language)
    progress = _Progress(facts, tell)
    with writing_archive(path, at=at) as archive:
        packer = _Packer(archive, facts, read_file)
        filing, papers = {}, {}
        for handed in (paper for found in facts.papers.values() for paper in found):
            row = handed.row
            filing[row.id or 0] = packer.file(
                row.id or 0,
                row.stored_name,
                row.sha256,
                folder=f"evidence/{row.check_off_id}",
                kind=row.kind.value,
                is_private=handed.is_private,
            )
            progress.step()
        for paper in (paper for book in facts.books for paper in book.papers):
            place = f"{paper.voucher:03d}" if paper.voucher is not None else f"claim-{paper.claim_id}" if paper.claim_id else "hand-outs"
            papers[paper.id] = packer.file(
                paper.id, paper.stored_name, paper.sha256, folder=f"papers/{place}", kind=paper.kind.value, is_private=paper.is_private
            )
            progress.step()
        archive.add(INDEX, write_handover_html(facts, filing, papers).encode())
        progress.step()
        book = write_tables_xlsx(
            words.t("{union}: handover of {year}", union=facts.union, year=facts.year),
            words.t("as it stands on {day}", day=words.day(facts.as_of)),
            list_tables(facts, filing, papers, words),
            as_of=facts.as_of,
        )
        archive.add(f"year-{facts.year}.xlsx", book)
        progress.step()
        for number, summary in enumerate(facts.summaries, start=1):
            archive.add(f"summary-{number}.docx", write_summary_docx(summary.document))
        archive.add(README, _write_readme(facts).encode("utf-8-sig"))  # else an older Notepad reads it wrong
        archive.add(MANIFEST, _write_manifest(archive, facts, at).encode())
        progress.step()


class _Progress:
    def __init__(self, facts: HandoverFacts, tell: Tell | None) -> None:
        self._steps = sum(map(len, facts.papers.values())) + sum(len(book.papers) for book in facts.books) + 3
        self._done, self._tell = 0, tell

    def step(self) -> None:
        self._done += 1
        if self._tell is not None:
            self._tell(self._done, self._steps)


class _Packer:
    """Files on their way into the package; the same content twice is still two papers."""

    def __init__(self, archive: Archive, facts: HandoverFacts, read_file: ReadFile) -> None:
        self._archive, self._names, self._read_file = archive, facts.private_names, read_file

    def file(self, paper_id: int, stored_name: str, sha256: str, *, folder: str, kind: str, is_private: bool) -> Filed:
        """What becomes of a paper; its path is made of numbers and codes, never of what people typed."""
        if is_private:
            return Filed(paper_id, Fate.PRIVATE)
        if not stored_name:
            return Filed(paper_id, Fate.SEEN)
        content = self._read_file(stored_name)
        if content is None:
            return Filed(paper_id, Fate.MISSING)
        if names_somebody(content, self._names):
            return Filed(paper_id, Fate.PRIVATE)
        path = f"{folder}/{paper_id}-{kind}{PurePosixPath(stored_name).suffix.lower()}"
        self._archive.add(path, content)
        is_as_filed = hashlib.sha256(content).hexdigest() == sha256
        return Filed(paper_id, Fate.HERE if is_as_filed else Fate.CHANGED, path)


def _write_manifest(archive: Archive, facts: HandoverFacts, at: datetime) -> str:
    files = {name: {"sha256": file.sha256, "size": file.size_bytes} for name, file in sorted(archive.files.items())}
    told = {
        "format": FORMAT,
        "what": "handover",
        "program": __version__,
        "union": facts.union,
        "year": facts.year,
        "as_of": facts.as_of.isoformat(),
        "created_at_utc": at.isoformat(),
        "names": facts.with_names,
        "chain": {"id": facts.chain.id, "sha256": facts.chain.sha256},
        "files": files,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _write_readme(facts: HandoverFacts) -> str:
    """In both languages, the one of the package first."""
    sides = ("en", "zh_CN") if facts.language == "en" else ("zh_CN", "en")
    return "\r\n\r\n".join("\r\n".join(_readme_lines(facts, FundWords(language))) for language in sides) + "\r\n"


def _readme_lines(facts: HandoverFacts, words: FundWords) -> list[str]:
    return [
        words.t("{union}: handover of {year}", union=facts.union, year=facts.year),
        words.t("as it stands on {day}", day=words.day(facts.as_of)),
        "",
        words.t("Unpack the whole folder first. Then open index.html in any browser; no program and no network is needed."),
        words.t("year-{year}.xlsx holds the same in tables; evidence and papers hold the files, linked from the page.", year=facts.year),
        words.t("manifest.json names every file with its SHA-256 checksum."),
        words.t("Check code of the change log: {code}", code=facts.chain.code),
        words.t("Papers that name people are in this package. Keep it like the papers themselves.")
        if facts.with_names
        else words.t("Nobody who was visited or helped is named in here. Papers that name people are listed and stay with the union."),
    ]
