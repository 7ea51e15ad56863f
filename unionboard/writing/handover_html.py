"""The page of a handed-over year: one file that opens in any browser, without the program, the net or a script, in Chinese and English.

It is written twice into the same page, once a language; two buttons and a rule of CSS show one of them, on paper too. The policy in its
head forbids everything but its own style, so that nothing anybody typed can run or load.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from html import escape
from itertools import groupby
from urllib.parse import quote

from unionboard.drafting.document import Level
from unionboard.money import format_fen
from unionboard.services.activities import ActivityView, Status
from unionboard.services.audit_folder import AuditFacts
from unionboard.services.handover import HandedPaper, HandedSummary, HandoverFacts
from unionboard.writing import handover_tables as tables
from unionboard.writing.cells import Value
from unionboard.writing.fund_words import FundWords
from unionboard.writing.handover_tables import Fate, Filing
from unionboard.writing.table_xlsx import Table

LANGUAGES = ("zh_CN", "en")
_MARKS = {
    Status.DONE: "✓",
    Status.PARTLY: "◐",
    Status.UNDER_WAY: "◑",
    Status.COMING: "○",
    Status.LATE: "▲",
    Status.POSTPONED: "↷",
    Status.CANCELLED: "✕",
    Status.STANDING: "◆",
}
_LEVELS = {Level.FIRST: "h4", Level.SECOND: "h5", Level.THIRD: "h5", Level.FOURTH: "h5"}
STYLE = """
:root{color-scheme:light dark;--ink:#1b2430;--soft:#4a5565;--line:#dce2ea;--head:#f5f7fa;--link:#1f5aa6;--red:#b4231f;--done:#075f53;
--late:#9a3a05;--bar:#d3deec;--page:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e8ecf1;--soft:#9aa7b5;--line:#2c3643;--head:#1a212b;--link:#8dbbf2;--red:#e5716c;
--done:#56cdb8;--late:#f59e66;--bar:#2b4360;--page:#12171e}}
*{box-sizing:border-box}html{scroll-behavior:smooth}
body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:var(--ink);background:var(--page);
max-width:84rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.75rem;line-height:1.3;margin:.5rem 0 0}h1 b{color:var(--red)}h2{font-size:1.3rem;margin:3rem 0 .5rem}
h3{font-size:1.05rem;margin:1.5rem 0 .3rem}h4,h5{font-size:1rem;margin:1rem 0 .2rem}h5{font-weight:600}p{margin:.3rem 0}
a{color:var(--link)}.soft{color:var(--soft)}.pick{position:absolute;opacity:0}.words{float:right}
.words label{border:1px solid var(--line);border-radius:8px;padding:.25rem .9rem;margin-left:.4rem;cursor:pointer;display:inline-block}
#zh:checked~.words label[for=zh],#en:checked~.words label[for=en]{background:var(--link);border-color:var(--link);color:var(--page)}
#zh:focus-visible~.words label[for=zh],#en:focus-visible~.words label[for=en]{outline:3px solid var(--link);outline-offset:2px}
#zh:checked~.en,#en:checked~.zh{display:none}
nav{position:sticky;top:0;background:var(--page);border-bottom:1px solid var(--line);padding:.5rem 0;margin:1rem 0 0;overflow-x:auto;
white-space:nowrap}nav a{margin-right:1.2rem;text-decoration:none}section{scroll-margin-top:3rem}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.75rem;margin:1rem 0}
dl div{border:1px solid var(--line);border-radius:8px;padding:.6rem .9rem}dt{color:var(--soft);font-size:.85rem}
dd{margin:0;font-size:1.25rem;font-weight:600;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.875rem}th,td{border:1px solid var(--line);padding:.3rem .5rem}
th{background:var(--head);text-align:left;font-weight:600}thead th{white-space:nowrap}td{vertical-align:top;overflow-wrap:anywhere}
td.n,td.d{font-variant-numeric:tabular-nums;white-space:nowrap}td.n{text-align:right}td.l{white-space:pre-line;min-width:9rem}
.year{table-layout:fixed;min-width:60rem}.year .t{width:19rem}.year .s{width:7.5rem}.year td{text-align:center;padding:.2rem}
.year td.t,.year td.s,.year th.t,.year th.s{text-align:left;padding:.2rem .5rem}.year td.p{background:var(--bar)}
.year tr.h th{background:none}
.done{color:var(--done)}.late{color:var(--late)}.cancelled td.t{text-decoration:line-through;color:var(--soft)}
.minutes{border-left:3px solid var(--line);padding-left:1rem;margin:1rem 0}article{max-width:52rem}article p{text-indent:2em;margin:.5rem 0}
.en article p{text-indent:0}.sign{text-align:right}
@media screen{.wide,article{content-visibility:auto;contain-intrinsic-size:auto 40rem}}
@media print{body{max-width:none;padding:0;font-size:10.5px;color:#000;background:#fff}nav,.words{display:none}a{color:inherit;
text-decoration:none}h2{break-before:page;margin-top:0}h2,h3,h4{break-after:avoid}tr,dl div{break-inside:avoid}.wide{overflow:visible}
.year{min-width:0}.year td.p{-webkit-print-color-adjust:exact;print-color-adjust:exact}@page{size:A4 landscape;margin:12mm}}
"""
_POLICY = "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def write_handover_html(facts: HandoverFacts, filing: Filing, papers: Filing) -> str:
    """The whole page; the language the facts were gathered for is shown first. ``filing``: of evidence; ``papers``: behind the books."""
    policy = _POLICY.format(digest=b64encode(hashlib.sha256(STYLE.encode()).digest()).decode())
    shown = FundWords(facts.language)
    first = "en" if facts.language == "en" else "zh"
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(_title(facts, shown))}</title><style>{STYLE}</style>"
    )
    picks = "".join(
        f'<input class="pick" type="radio" name="words" id="{short}"{" checked" if short == first else ""} aria-label="{name}">'
        for short, name in (("zh", "中文"), ("en", "English"))
    )
    labels = '<div class="words"><label for="zh">中文</label><label for="en" lang="en">English</label></div>'
    bodies = "\n".join(_write_body(facts, filing, papers, FundWords(language)) for language in LANGUAGES)
    return f'<!doctype html>\n<html lang="{_code(facts.language)}"><head>{head}</head>\n<body>{picks}{labels}\n{bodies}\n</body></html>\n'


def _code(language: str) -> str:
    return "en" if language == "en" else "zh-CN"


def _title(facts: HandoverFacts, words: FundWords) -> str:
    return words.t("{union}: handover of {year}", union=facts.union, year=facts.year)


def _write_body(facts: HandoverFacts, filing: Filing, papers: Filing, words: FundWords) -> str:
    short = "en" if words.language == "en" else "zh"
    sections = [one for one in _list_sections(facts, filing, papers, words) if one is not None]
    links = "".join(f'<a href="#{short}-{key}">{escape(name)}</a>' for key, name, _parts in sections)
    parts = [f'<main class="{short}" lang="{_code(words.language)}">', *_write_top(facts, words), f"<nav>{links}</nav>"]
    for key, name, inner in sections:
        parts.append(f'<section id="{short}-{key}"><h2>{escape(name)}</h2>')
        parts += inner
        parts.append("</section>")
    return "\n".join([*parts, "</main>"])


Section = tuple[str, str, Iterable[str]]


def _list_sections(facts: HandoverFacts, filing: Filing, papers: Filing, words: FundWords) -> Iterator[Section | None]:
    if facts.plan is not None:
        yield "year", words.t("Timeline"), _write_timeline(facts, words)
        yield "plan", words.t("Plan"), _write_plan(facts, words)
        yield "held", words.t("What was held"), _write_held(facts, filing, words)
    for book in facts.books:
        year = book.report.year
        yield f"fund-{year}", words.t("Fund {year}", year=year), _write_book(book, papers, words)
    if facts.meetings:
        yield "meetings", words.t("Meetings"), [_table(tables.list_meetings(facts, words)), _table(tables.list_decisions(facts, words))]
    if facts.summaries:
        yield "summary", words.t("Summary"), (line for one in facts.summaries for line in _write_summary(one, words))


def _write_top(facts: HandoverFacts, words: FundWords) -> Iterator[str]:
    yield f"<h1>{escape(facts.union)} <b>{facts.year}</b></h1>"
    title = facts.plan.title if facts.plan else words.t("Books of {year}", year=facts.year)
    yield f"<p>{escape(title)}</p>"
    span = words.t("{first} to {last}", first=words.day(facts.first), last=words.day(facts.last))
    stands = words.t("as it stands on {day}", day=words.day(facts.as_of))
    yield f'<p class="soft">{escape(span)} · {escape(stands)}</p>'
    privacy = (
        words.t("Papers that name people are in this package. Keep it like the papers themselves.")
        if facts.with_names
        else words.t("Nobody who was visited or helped is named in here. Papers that name people are listed and stay with the union.")
    )
    yield f"<p>{escape(privacy)}</p>"
    yield (
        "<dl>" + "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in _figures(facts, words)) + "</dl>"
    )
    yield f'<p class="soft">{escape(words.t("Check code of the change log: {code}", code=facts.chain.code))}</p>'


def _figures(facts: HandoverFacts, words: FundWords) -> Iterator[tuple[str, str]]:
    if facts.plan is not None:
        counts = [view.status for view in facts.activities]
        yield words.t("Activities"), str(len(counts))
        yield words.t("Done"), str(counts.count(Status.DONE))
        if late := counts.count(Status.LATE):
            yield words.t("Late"), str(late)
        yield words.t("Papers and photos"), str(sum(map(len, facts.papers.values())))
        yield words.t("Meetings"), str(len(facts.meetings))
    for book in facts.books:
        of_year = f" {book.report.year}" if len(facts.books) > 1 else ""
        yield words.t("Income") + of_year, format_fen(book.report.income_fen)
        yield words.t("Spending") + of_year, format_fen(book.report.spending_fen)
        yield words.t("Left") + of_year, format_fen(book.report.balance_fen)


# --- the plan and what was held ---------------------------------------------------------------------------------------------------------


def _write_timeline(facts: HandoverFacts, words: FundWords) -> Iterator[str]:
    """A row an activity: shaded when it was planned, ticked in the month it was held."""
    months = tables.months_of(facts)
    legend = "　".join(f"{mark} {words.t(tables.STATUS_WORDS[status])}" for status, mark in _MARKS.items())
    yield f'<p class="soft">{escape(words.t("Shaded: planned. A tick: held in that month."))}　{escape(legend)}</p>'
    heads = "".join(f"<th>{escape(words.month(month.month))}</th>" for month in months)
    ends = [f'<th class="{key}">{escape(name)}</th>' for key, name in (("t", words.t("Activity")), ("s", words.t("Status")))]
    yield f'<div class="wide"><table class="year"><thead><tr>{ends[0]}{heads}{ends[1]}</tr></thead>'
    for heading, views in groupby(facts.activities, key=lambda view: view.section_title):
        yield f'<tbody><tr class="h"><th colspan="{len(months) + 2}">{escape(heading)}</th></tr>' if heading else "<tbody>"
        yield from (_write_row(view, months, words) for view in views)
        yield "</tbody>"
    yield "</table></div>"


def _write_row(view: ActivityView, months: Sequence[date], words: FundWords) -> str:
    held = [(record.done_on.year, record.done_on.month) for record in view.records]
    cells = []
    for month in months:
        is_planned = (view.starts_on.year, view.starts_on.month) <= (month.year, month.month) <= (view.ends_on.year, view.ends_on.month)
        ticks = held.count((month.year, month.month))
        tick = "" if not ticks else "✓" if ticks == 1 else f"✓{ticks}"
        cells.append(f"<td{' class=p' if is_planned else ''}>{tick}</td>")
    status = f'<td class="s {view.status}">{_MARKS[view.status]} {escape(tables.tell_status(view, words))}</td>'
    return f'<tr class="{view.status}"><td class="t">{escape(view.title)}</td>{"".join(cells)}{status}</tr>'


def _write_plan(facts: HandoverFacts, words: FundWords) -> Iterator[str]:
    for text in (facts.guiding, facts.closing):
        if text.strip():
            yield f"<article>{_paragraphs(text)}</article>"
    yield _table(tables.list_plan(facts, words))
    measures = tables.list_measures(facts, words)
    if measures.rows:
        yield _table(measures, is_named=True)


def _write_held(facts: HandoverFacts, filing: Filing, words: FundWords) -> Iterator[str]:
    """With a link to every paper that lies beside the page."""
    table = tables.list_check_offs(facts, filing, words)
    links = [
        "<br>".join(_link_paper(paper, filing, words) for paper in facts.papers.get(record.id, ()))
        for _view, record in tables.list_held(facts)
    ]
    yield _table(table, last=links)


def _link_paper(paper: HandedPaper, filing: Filing, words: FundWords) -> str:
    filed = filing[paper.row.id or 0]
    told = tables.tell_paper(paper, words)
    if filed.path:
        changed = "" if filed.fate is Fate.HERE else f" ({escape(tables.tell_fate(filed.fate, words))})"
        return f"{_link(filed.path, told)}{changed}"
    place = f" · {paper.row.place}" if filed.fate is Fate.SEEN and paper.row.place else ""
    return f'<span class="soft">{escape(told + place)} · {escape(tables.tell_briefly(filed.fate, words))}</span>'


# --- money ------------------------------------------------------------------------------------------------------------------------------


def _write_book(book: AuditFacts, papers: Filing, words: FundWords) -> Iterator[str]:
    yield _table(tables.list_budget(book, words), is_named=True)
    by_voucher: dict[int, list[str]] = {}
    for paper in book.papers:
        if paper.voucher is not None and (path := papers[paper.id].path):
            by_voucher.setdefault(paper.voucher, []).append(_link(path, words.paper(paper.kind)))
    ledger = tables.list_ledger(book, words)
    wide = Table(ledger.name, (*ledger.headings, words.t("Papers")), (), [[*row, ""] for row in ledger.rows], ledger.nothing)
    yield _table(wide, is_named=True, last=["<br>".join(by_voucher.get(entry.voucher, ())) for entry in book.entries])
    yield _table(tables.list_care(book, words), is_named=True)
    unlinked = [paper for paper in book.papers if paper.voucher is None or not papers[paper.id].path]
    if unlinked:
        listed = tables.list_papers(book, papers, words)
        rows = [row for row, paper in zip(listed.rows, book.papers, strict=True) if paper in unlinked]
        yield _table(Table(words.t("Papers not in the package, or not paid yet"), listed.headings, (), rows), is_named=True)
    for table in tables.list_behind(book, words)[:-1]:  # the change log stands in the workbook
        if table.rows:
            yield _table(table, is_named=True)


# --- the summary ------------------------------------------------------------------------------------------------------------------------


def _write_summary(one: HandedSummary, words: FundWords) -> Iterator[str]:
    told = (
        words.t("Final since {day}, by {who}", day=words.day(one.final_on), who=words.who(one.who))
        if one.final_on
        else words.t("A draft: nobody has finalised it")
    )
    document = one.document
    yield f'<h3>{escape(document.title)}</h3><p class="soft">{escape(told)}</p><article lang="{_code(document.language)}">'
    for paragraph in document.paragraphs:
        tag = _LEVELS.get(paragraph.level, "p")
        yield f"<{tag}>{escape(paragraph.text)}</{tag}>"
    yield f'<div class="sign">{"<br>".join(escape(line) for line in document.signature)}</div></article>'


# --- parts ------------------------------------------------------------------------------------------------------------------------------


def _table(table: Table, *, is_named: bool = False, last: Sequence[str] | None = None) -> str:
    """``last``: ready HTML in place of each row's last cell."""
    name = f"<h3>{escape(table.name)}</h3>" if is_named else ""
    if not table.rows:
        return f'{name}<p class="soft">{escape(table.nothing)}</p>'
    head = "".join(f"<th>{escape(heading)}</th>" for heading in table.headings)
    lines = []
    for number, row in enumerate(table.rows):
        cells = "".join(_cell(value) for value in (row if last is None else row[:-1]))
        lines.append(f"<tr>{cells}</tr>" if last is None else f"<tr>{cells}<td>{last[number]}</td></tr>")
    body = "\n".join(lines)
    return f'{name}<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>'


def _cell(value: Value) -> str:
    if isinstance(value, Decimal):
        return f'<td class="n">{value:,.2f}</td>'
    if isinstance(value, date):
        return f'<td class="d">{value.isoformat()}</td>'
    if isinstance(value, int):
        return f'<td class="n">{value}</td>'
    text = value or ""
    return f"<td{' class=l' if len(text) > _LONG or chr(10) in text else ''}>{escape(text)}</td>"


_LONG = 24  # letters from which a column needs room


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())


def _link(path: str, text: str) -> str:
    return f'<a href="{escape(quote(path))}">{escape(text)}</a>'
