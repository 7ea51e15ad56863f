"""The audit folder: one .zip with a year's books and everything behind them, to be read without the program.

``SHA256SUMS`` names every other file as ``sha256sum -c`` expects it. The same data on the same day gives the same bytes. Papers that name
people stay where they are; they are listed. Source: domain notes C6, D2.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZipFile

from unionboard.reading.package import unpack
from unionboard.services.audit_folder import AuditFacts, AuditPaper
from unionboard.services.backup_files import BROKEN_ZIP
from unionboard.writing.audit_index import FiledPaper, IndexEntry, PaperFate, write_index_html, write_index_xlsx
from unionboard.writing.audit_tables import list_amendments, list_changes, list_claims, list_closings, list_findings, list_rules
from unionboard.writing.budget_xlsx import write_budget_xlsx
from unionboard.writing.fund_books import write_books
from unionboard.writing.fund_report_docx import write_fund_report
from unionboard.writing.fund_words import FundWords, voucher_text
from unionboard.writing.package import part_of
from unionboard.writing.table_xlsx import Table, write_tables_xlsx

SUMS = "SHA256SUMS"
_PACKED = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".docx", ".xlsx", ".pptx", ".zip", ".pdf"})
_UNPACKED_LIMIT = 400 * 1024 * 1024  # bytes of one paper that are looked through: no file fills the memory
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
ReadFile = Callable[[str], bytes | None]
"""The content of a stored file by its name; None when it is not there."""
Tell = Callable[[int, int], None]
"""What hears how far it is: steps done, of how many."""
Maker = tuple[str, str, Callable[[], bytes]]
"""A document of the folder: its name, what it is, and how it is made."""


def write_audit_folder(facts: AuditFacts, out: BinaryIO, *, language: str, read_file: ReadFile, tell: Tell | None = None) -> None:
    """Write the .zip to ``out``, file by file, so that papers are never all in memory. ``out`` must be seekable and empty."""
    words = FundWords(language)
    makers, folder = _list_makers(facts, words), _Folder(out, facts)
    steps = len(makers) + len(facts.papers) + 1
    with folder.zip:
        done = 0
        for path, about, make in makers:
            folder.add(path, about, make())
            done += 1
            _say(tell, done, steps)
        filed = []
        for paper in facts.papers:
            filed.append(_file_paper(folder, paper, facts, words, read_file))
            done += 1
            _say(tell, done, steps)
        listed = tuple(folder.entries)
        folder.add("index.xlsx", words.t("This list as a table"), write_index_xlsx(facts, listed, filed, words))
        folder.add("index.html", words.t("This list, for any browser"), write_index_html(facts, listed, filed, words).encode())
        folder.add_sums()
        _say(tell, steps, steps)


class _Folder:
    """The archive as it grows; every part bears the day the folder tells of."""

    def __init__(self, out: BinaryIO, facts: AuditFacts) -> None:
        self.zip = ZipFile(out, "w")
        self.entries: list[IndexEntry] = []
        self._as_of = facts.report.as_of

    def add(self, path: str, about: str, content: bytes) -> None:
        is_packed = PurePosixPath(path).suffix.lower() in _PACKED
        self.zip.writestr(part_of(path, as_of=self._as_of, is_packed=is_packed), content)
        self.entries.append(IndexEntry(path, about, len(content), hashlib.sha256(content).hexdigest()))

    def add_sums(self) -> None:
        lines = sorted(f"{entry.sha256}  {entry.path}\n" for entry in self.entries)
        self.zip.writestr(part_of(SUMS, as_of=self._as_of), "".join(lines))


def _say(tell: Tell | None, done: int, steps: int) -> None:
    if tell is not None:
        tell(done, steps)


def _list_makers(facts: AuditFacts, words: FundWords) -> list[Maker]:
    report, year = facts.report, facts.report.year

    def tables(title: str, *listed: Table) -> bytes:
        return write_tables_xlsx(title, words.book(report), listed, as_of=report.as_of)

    claims, rules = words.t("Claims and approvals"), words.t("Rules and what they said")
    closings, changes = words.t("Budget changes and closed periods"), words.t("Change log")
    return [
        (
            words.t("fund-ledger-{year}.xlsx", year=year),
            words.t("Ledger with the budget’s execution"),
            lambda: write_books(report, facts.entries, facts.items, words),
        ),
        (words.t("fund-budget-{year}.xlsx", year=year), words.t("Budget table"), lambda: write_budget_xlsx(report, words)),
        (
            words.t("fund-report-{year}.docx", year=year),
            words.t("Report on the fund’s income and spending"),
            lambda: write_fund_report(report, words),
        ),
        (words.t("fund-claims-{year}.xlsx", year=year), claims, lambda: tables(claims, list_claims(facts, words))),
        (
            words.t("fund-rules-{year}.xlsx", year=year),
            rules,
            lambda: tables(rules, list_findings(facts, words), list_rules(facts, words)),
        ),
        (
            words.t("fund-closings-{year}.xlsx", year=year),
            closings,
            lambda: tables(closings, list_amendments(facts, words), list_closings(facts, words)),
        ),
        (words.t("fund-changes-{year}.xlsx", year=year), changes, lambda: tables(changes, list_changes(facts, words))),
    ]


# --- papers -----------------------------------------------------------------------------------------------------------------------


def _file_paper(folder: _Folder, paper: AuditPaper, facts: AuditFacts, words: FundWords, read_file: ReadFile) -> FiledPaper:
    if paper.is_private:
        return FiledPaper(paper, PaperFate.PRIVATE)
    if not paper.stored_name:
        return FiledPaper(paper, PaperFate.SEEN)
    content = read_file(paper.stored_name)
    if content is None:
        return FiledPaper(paper, PaperFate.MISSING)
    if names_somebody(content, facts.private_names):
        return FiledPaper(paper, PaperFate.PRIVATE)
    path = _path_of(paper, words)
    folder.add(path, words.paper(paper.kind), content)
    is_as_filed = hashlib.sha256(content).hexdigest() == paper.sha256
    return FiledPaper(paper, PaperFate.IN_FOLDER if is_as_filed else PaperFate.CHANGED, path)


def _path_of(paper: AuditPaper, words: FundWords) -> str:
    """票据/017/35-发票.jpg: by voucher; what is not paid yet by claim, or under hand-outs. The number makes it unique."""
    if paper.voucher is not None:
        place = words.t("Vouchers/{voucher}", voucher=voucher_text(paper.voucher))
    elif paper.claim_id is not None:
        place = words.t("Claims not paid/{number}", number=paper.claim_id)
    else:
        place = words.t("Hand-outs not paid")
    return f"{place}/{paper.id}-{words.paper(paper.kind)}{PurePosixPath(paper.stored_name).suffix.lower()}"


def names_somebody(content: bytes, names: Sequence[str]) -> bool:
    """Whether a name stands in a file as far as its text can be read without its program; Office files are opened."""
    needles = {name.encode(encoding) for name in names for encoding in _ENCODINGS}
    return any(needle in text for text in _texts(content) for needle in needles)


def _texts(content: bytes) -> Iterator[bytes]:
    yield content
    if content[:2] == b"PK":
        try:
            with ZipFile(BytesIO(content)) as package:
                left = _UNPACKED_LIMIT
                for entry in package.infolist():
                    left -= entry.file_size
                    if left < 0:
                        return
                    yield unpack(package, entry)
        except BROKEN_ZIP:  # damaged, or under a password: nothing to be read
            return
