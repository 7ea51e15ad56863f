"""The first page of the audit folder: what is in it, the books line by line with their papers, and what was left out and why.

``index.html`` needs no program, no net and no script; ``index.xlsx`` says the same in tables.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from html import escape
from urllib.parse import quote

from unionboard.money import format_fen
from unionboard.services.audit_folder import AuditFacts, AuditPaper
from unionboard.services.ledger import EntryView
from unionboard.writing.audit_tables import list_amendments, list_claims, list_closings, list_findings
from unionboard.writing.cells import Value
from unionboard.writing.fund_books import tell_purpose
from unionboard.writing.fund_words import NOTHING, FundWords, voucher_text
from unionboard.writing.table_xlsx import Table, write_tables_xlsx


class PaperFate(StrEnum):
    """What became of a paper on its way into the folder."""

    IN_FOLDER = "in_folder"
    CHANGED = "changed"  # in the folder, but its content is not what was filed
    PRIVATE = "private"  # names people: left out
    SEEN = "seen"  # seen and not copied, as was noted
    MISSING = "missing"  # the file is not where it was kept


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A file of the folder."""

    path: str
    about: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A paper, and where it is in the folder (empty: it is not)."""

    paper: AuditPaper
    fate: PaperFate
    path: str = ""


# --- as tables --------------------------------------------------------------------------------------------------------------------


def write_index_xlsx(facts: AuditFacts, entries: Sequence[IndexEntry], filed: Sequence[FiledPaper], words: FundWords) -> bytes:
    """Files with size and checksum; papers by voucher, those left out with the reason."""
    report = facts.report
    headings = (words.t("File"), words.t("What it is"), words.t("Bytes"), "SHA-256")
    files: list[list[Value]] = [[entry.path, entry.about, entry.size_bytes, entry.sha256] for entry in entries]
    tables = (Table(words.t("Files"), headings, (44, 34, 12, 70), files), _list_papers(filed, words))
    return write_tables_xlsx(words.t("Audit folder"), words.book(report), tables, as_of=report.as_of)


def _list_papers(filed: Sequence[FiledPaper], words: FundWords) -> Table:
    headings = (
        words.t("Voucher"), words.t("Claim"), words.t("Hand-out"), words.t("Paper"), words.t("Name"), words.t("In the folder"),
        words.t("File"), words.t("Kept where"), words.t("Seen by"),
    )  # fmt: skip
    rows = [
        [
            voucher_text(one.paper.voucher) if one.paper.voucher is not None else "",
            one.paper.claim_id,
            one.paper.handout,
            words.paper(one.paper.kind),
            _name_of(one),
            _tell_fate(one.fate, words),
            one.path,
            one.paper.place if one.fate is not PaperFate.PRIVATE else "",
            one.paper.seen_by,
        ]
        for one in filed
    ]
    return Table(words.t("Papers"), headings, (9, 8, 22, 16, 34, 30, 34, 24, 12), rows, words.t("none"))


def _name_of(one: FiledPaper) -> str:
    return "" if one.fate is PaperFate.PRIVATE else one.paper.name


def _tell_fate(fate: PaperFate, words: FundWords) -> str:
    told = {
        PaperFate.IN_FOLDER: words.t("yes"),
        PaperFate.CHANGED: words.t("yes, but its content is not what was filed"),
        PaperFate.PRIVATE: words.t("no: it names people and stays with the union"),
        PaperFate.SEEN: words.t("no: seen on paper, not copied"),
        PaperFate.MISSING: words.t("no: the file is missing"),
    }
    return told[fate]


def _tell_briefly(fate: PaperFate, words: FundWords) -> str:
    """Why a paper is not there, in a word; the list of what was left out says more."""
    told = {PaperFate.PRIVATE: words.t("left out"), PaperFate.SEEN: words.t("seen")}
    return told.get(fate, words.t("missing"))


# --- as a page --------------------------------------------------------------------------------------------------------------------

_STYLE = """
:root{color-scheme:light dark;--line:#cfd6de;--soft:#5b6673;--head:#eef2f6;--warn:#9a3412}
@media (prefers-color-scheme:dark){:root{--line:#3a4450;--soft:#a3adb8;--head:#1f2731;--warn:#fdba74}}
body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:72rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;margin:2.5rem 0 .5rem}p{margin:.4rem 0}.soft{color:var(--soft)}.warn{color:var(--warn)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{border:1px solid var(--line);padding:.3rem .5rem}
th{background:var(--head);text-align:left;white-space:nowrap}td{vertical-align:top;min-width:4rem}td.n{text-align:right;white-space:nowrap}
td.n,td.d{font-variant-numeric:tabular-nums}td.d{white-space:nowrap}code{font-size:.75rem;word-break:break-all}tfoot td{font-weight:600}
dl{display:grid;grid-template-columns:max-content max-content;gap:.2rem 1.5rem}
dd{margin:0;text-align:right;font-variant-numeric:tabular-nums}
@media print{body{max-width:none;padding:0;font-size:11px}a{color:inherit;text-decoration:none}h2{break-after:avoid}tr{break-inside:avoid}}
"""


def write_index_html(facts: AuditFacts, entries: Sequence[IndexEntry], filed: Sequence[FiledPaper], words: FundWords) -> str:
    """One page that says all; links lead to the files beside it."""
    report = facts.report
    title = words.t("Audit folder of the fund {year}", year=report.year)
    privacy = words.t("Nobody who was visited or helped is named in here. Papers that name people are listed and stay with the union.")
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="soft">{escape(report.union)} · {escape(words.t("up to {day}, in yuan", day=words.day(report.as_of)))}</p>',
        _write_sums(facts, words),
        f"<p>{escape(privacy)}</p>",
        f"<h2>{escape(words.t('Files'))}</h2>",
        _write_files(entries, words),
        f"<h2>{escape(words.t('Ledger'))}</h2>",
        _write_ledger(facts, filed, words),
        *_write_tables(facts, filed, words),
        f'<p class="soft">{escape(words.t("To check that nothing was changed: sha256sum -c SHA256SUMS"))}</p>',
    ]
    language = "en" if words.language == "en" else "zh-CN"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
    return (
        f'<!doctype html>\n<html lang="{language}"><head>{head}<style>{_STYLE}</style></head>\n<body>\n'
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _write_sums(facts: AuditFacts, words: FundWords) -> str:
    report = facts.report
    sums = (
        (words.t("Carried over"), report.opening_fen),
        (words.t("Income"), report.income_fen),
        (words.t("Spending"), report.spending_fen),
        (words.t("Left"), report.balance_fen),
    )
    return "<dl>" + "".join(f"<dt>{escape(name)}</dt><dd>{format_fen(fen, symbol='')}</dd>" for name, fen in sums) + "</dl>"


def _write_files(entries: Sequence[IndexEntry], words: FundWords) -> str:
    """The documents; papers are linked where they belong."""
    rows = (
        f"<tr><td>{_link(entry.path, entry.about)}</td><td>{escape(entry.path)}</td><td><code>{entry.sha256}</code></td></tr>"
        for entry in entries
        if "/" not in entry.path
    )
    return _table((words.t("What it is"), words.t("File"), "SHA-256"), rows)


def _write_ledger(facts: AuditFacts, filed: Sequence[FiledPaper], words: FundWords) -> str:
    papers: dict[int, list[FiledPaper]] = {}
    for one in filed:
        if one.paper.voucher is not None:
            papers.setdefault(one.paper.voucher, []).append(one)
    headings = (
        words.t("Voucher"), words.t("Date"), words.t("What for"), words.t("Item"), words.t("Income"), words.t("Spending"),
        words.t("Balance"), words.t("Handled by"), words.t("Approved by"), words.t("Paid out by"), words.t("Papers"),
    )  # fmt: skip
    rows = (_write_line(entry, papers.get(entry.voucher, ()), facts, words) for entry in facts.entries)
    return _table(headings, rows)


def _write_line(entry: EntryView, papers: Sequence[FiledPaper], facts: AuditFacts, words: FundWords) -> str:
    links = [_link(one.path, words.paper(one.paper.kind)) for one in papers if one.path]
    absent = [f"{words.paper(one.paper.kind)} · {_tell_briefly(one.fate, words)}" for one in papers if not one.path]
    noted = [words.tn("{n} on paper", "{n} on paper", entry.papers)] if entry.papers else []
    mark = f'<br><span class="warn">{escape(words.t("in one hand: {reason}", reason=entry.one_hand))}</span>' if entry.one_hand else ""
    is_income = entry.direction.value == "in"
    cells = (
        f'<td class="d" id="v{entry.voucher}">{voucher_text(entry.voucher)}</td><td class="d">{entry.booked_on.isoformat()}</td>',
        f"<td>{escape(tell_purpose(entry, words))}{mark}</td><td>{escape(words.named(facts.items[entry.item]))}</td>",
        f'<td class="n">{format_fen(entry.in_fen, symbol="") if is_income else ""}</td>',
        f'<td class="n">{"" if is_income else format_fen(entry.out_fen, symbol="")}</td>',
        f'<td class="n">{format_fen(entry.balance_fen, symbol="")}</td>',
        *(f"<td>{escape(name)}</td>" for name in (entry.handler, entry.approver, entry.cashier)),
        f"<td>{'<br>'.join([*links, *map(escape, [*absent, *noted])])}</td>",
    )
    return f"<tr>{''.join(cells)}</tr>"


def _write_tables(facts: AuditFacts, filed: Sequence[FiledPaper], words: FundWords) -> Iterator[str]:
    left_out = _list_papers([one for one in filed if one.fate is not PaperFate.IN_FOLDER], words)
    tables = (list_claims(facts, words), list_findings(facts, words), list_amendments(facts, words), list_closings(facts, words))
    for name, table in ((words.t("Papers not in the folder"), left_out), *((table.name, table) for table in tables)):
        yield f"<h2>{escape(name)}</h2>"
        if table.rows:
            yield _table(table.headings, (f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in table.rows))
        else:
            yield f'<p class="soft">{escape(table.nothing or NOTHING)}</p>'


def _cell(value: Value) -> str:
    if isinstance(value, Decimal):
        return f'<td class="n">{value:,.2f}</td>'
    if isinstance(value, date):
        return f'<td class="d">{value.isoformat()}</td>'
    return f"<td>{'' if value is None else escape(str(value))}</td>"


def _table(headings: Iterable[str], rows: Iterable[str]) -> str:
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>\n' + "\n".join(rows) + "\n</tbody></table></div>"


def _link(path: str, text: str) -> str:
    return f'<a href="{quote(path)}">{escape(text)}</a>'
