"""What the command line prints as JSON: a contract with whoever reads it.

Days become text when printed, money is fen, codes are the stored ones.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # each command pays only for what it uses
    from unionboard.drafting.alignment import Shown
    from unionboard.drafting.figures import Figure, Source
    from unionboard.drafting.lints import Remark
    from unionboard.models import AccessToken, Account
    from unionboard.reading.draft import ActivityDraft, FestivalTime, MeasureDraft, PlanDraft, Reading, Target
    from unionboard.services.activities import ActivityView
    from unionboard.services.comparison import Applied, RowDifference
    from unionboard.services.execution import MonthMoney
    from unionboard.services.fund import Book
    from unionboard.services.moving import Moved
    from unionboard.services.open_format import Package
    from unionboard.services.overview import Cell, Overview
    from unionboard.services.plan_copy import CopyReport
    from unionboard.services.summary import SummaryView
    from unionboard.services.trash import TrashItem
    from unionboard.services.union_tree import UnionFacts
    from unionboard.services.verification import Report


def describe_reading(reading: "Reading", draft: "PlanDraft") -> dict[str, Any]:
    """``parse``: the documents of the file, and one of them as read."""
    lines = {line.number: line.text for line in reading.lines}
    return {
        "documents": [{"n": it.n, "title": it.title, "kind": it.kind} for it in reading.documents],
        "title": draft.title,
        "kind": draft.kind,
        "sections": [section.heading for section in draft.sections if section.heading],
        "schedule": [
            {
                "months": list(entry.months),
                "half_year": entry.half_year,
                "items": [item.title for item in entry.items],
                "activities": [_describe_item(item) for item in entry.items],
            }
            for entry in draft.schedule
        ],
        "measures": [_describe_measure(measure, section.heading) for section in draft.sections for measure in section.measures],
        "years": [{"year": place.year, "part": place.part, "line": place.line} for place in draft.year_places],
        "years_disagree": draft.years_disagree,
        "ignored": [{"line": fate.line, "text": lines[fate.line], "reason": fate.reason} for fate in draft.ignored],
    }


def _describe_item(item: "ActivityDraft") -> dict[str, Any]:
    return {
        "title": item.title,
        "line": item.line,
        "day_from": item.day_from,
        "day_to": item.day_to,
        "third": item.third,
        "festival": _describe_festival(item.festival) if item.festival else None,
        **_describe_details(item),
    }


def _describe_measure(measure: "MeasureDraft", heading: str) -> dict[str, Any]:
    return {
        "text": measure.text,
        "line": measure.line,
        "section": heading,
        "frequency": asdict(measure.frequency) if measure.frequency else None,
        "festivals": [_describe_festival(festival) for festival in measure.festivals],
        **_describe_details(measure),
    }


def _describe_details(read: "ActivityDraft | MeasureDraft") -> dict[str, Any]:
    return {
        "owner": read.owner,
        "relation": read.relation,
        "audience": read.audience,
        "budget_fen": read.budget_fen,
        "note": read.note,
        "targets": _describe_targets(read.targets),
        "area": read.area,
        "area_2": read.area_2,
        "area_share": read.area_share,
    }


def _describe_festival(festival: "FestivalTime") -> dict[str, Any]:
    return {"code": festival.code, "eve": festival.eve}


def _describe_targets(targets: "Sequence[Target]") -> list[dict[str, Any]]:
    return [asdict(target) for target in targets]


def describe_activity(view: "ActivityView") -> dict[str, Any]:
    """One activity of ``activities``."""
    return {
        "id": view.id,
        "title": view.title,
        "area": view.area,
        "section": view.section_heading,
        "months": view.months,
        "starts_on": view.starts_on,
        "ends_on": view.ends_on,
        "precision": view.precision,
        "duty": view.duty,
        "owner": view.owner,
        "status": view.status,
        "done_on": view.done_on,
        "participants": view.participants,
    }


def describe_difference(found: "RowDifference") -> dict[str, Any]:
    """One line of ``compare``."""
    return {
        "key": found.key,
        "noun": found.noun,
        "kind": found.kind,
        "title": found.title,
        "activity": found.activity_id,
        "changes": [
            {"field": change.name, "before": change.before, "after": change.after, "corrected": change.corrected}
            for change in found.changes
        ],
        "records": found.records,
        "left_out": found.left_out,
        "proposed": found.is_proposed,
    }


def describe_applied(applied: "Applied") -> dict[str, int]:
    """How much ``compare --apply`` took over."""
    return {"new": applied.new, "changed": applied.changed, "removed": applied.removed}


def describe_copy(report: "CopyReport") -> dict[str, Any]:
    """``copy-plan``: what became of each activity."""
    return {
        "year": report.year,
        "starts_on": report.within[0],
        "ends_on": report.within[1],
        "cancelled": report.cancelled,
        "rows": [
            {
                "activity": row.activity_id,
                "title": row.title,
                "move": row.move,
                "before": row.before,
                "after": row.after,
                "precision": row.precision,
                "carried_over": row.carried_over,
                "not_due": row.not_due,
                "ordinal": row.ordinal,
            }
            for row in report.rows
        ],
    }


def describe_summary(
    view: "SummaryView", remarks: "Sequence[tuple[Remark, str, str]]", *, recorded: "Mapping[tuple[str, int], Sequence[Figure]]"
) -> dict[str, Any]:
    """``summary``: every sentence as it stands, with the records it rests on and its figures down to what they are computed from.

    ``remarks``: each with why and how to mend it. ``recorded``: figures found in sentences of people's own, by block and place. A sentence
    that waits for a decision about privacy is not told.
    """
    withheld = {(remark.block, remark.sentence) for remark, _why, _mend in remarks if remark.is_private}
    return {
        "title": view.title,
        "as_of": view.as_of,
        "form": view.form,
        "span": view.span,
        "language": view.language,
        "sections": [
            {
                "key": block.key,
                "heading": view.headings.get(block.key, ""),
                "sentences": [
                    _describe_sentence(one, recorded.get((block.key, place), ()), is_withheld=(block.key, place) in withheld)
                    for place, one in enumerate(block.shown)
                ],
            }
            for block in view.printed
        ],
        "gaps": [{"section": key, "text": words} for key, words in view.gaps],
        "lints": [
            {
                "code": remark.code,
                "section": remark.block,
                "sentence": "" if (remark.block, remark.sentence) in withheld else remark.text,
                "why": why,
                "mend": mend,
            }
            for remark, why, mend in remarks
        ],
    }


def _describe_sentence(one: "Shown", recorded: "Sequence[Figure]", *, is_withheld: bool) -> dict[str, Any]:
    """People's own words rest on what their numbers were found to be."""
    figures = [quote.figure for quote in one.quotes] or list(recorded)
    sources = dict.fromkeys([*one.sources, *(source for figure in recorded for source in figure.records)])
    return {
        "text": "" if is_withheld else one.text,
        "sources": _describe_sources(sources),
        "figures": [_describe_figure(figure) for figure in figures],
    }


def _describe_figure(figure: "Figure") -> dict[str, Any]:
    """Money is fen; a share is a number of percent."""
    return {
        "value": float(figure.value) if isinstance(figure.value, Decimal) else figure.value,
        "unit": figure.unit,
        "from": {
            "rule": figure.rule,
            "field": figure.field,
            "sources": _describe_sources(figure.sources),
            "parts": [_describe_figure(part) for part in figure.parts],
        },
    }


def _describe_sources(sources: "Iterable[Source]") -> list[dict[str, Any]]:
    return [{"kind": source.noun, "id": source.id} for source in sources]


def describe_book(book: "Book", months: "Sequence[MonthMoney]") -> dict[str, Any]:
    """``fund``: opening balance, income, spending and budget by item, the twelve months, and what is left."""
    return {
        "year": book.year,
        "opening_fen": book.opening_fen,
        "income": sort_items(book.income_fen, book.items),
        "spending": sort_items(book.spending_fen, book.items),
        "budget": sort_items(book.budget_fen, book.items),
        "by_month": [
            {"month": sums.month, "planned_fen": money.planned_fen, "income_fen": sums.in_fen, "spent_fen": sums.out_fen}
            for sums, money in zip(book.months, months, strict=True)
        ],
        "balance_fen": book.balance_fen,
    }


def sort_items(sums: dict[str, int], items: "Iterable[str]") -> dict[str, int]:
    """By the order of the union's items."""
    return {code: sums[code] for code in items if code in sums}


def describe_report(report: "Report", translate: Callable[..., str]) -> dict[str, Any]:
    """``verify``: whether all is well, where the change log stands, and every fault with its sentence."""
    backup = report.backup
    return {
        "ok": report.ok,
        "checked_at_utc": report.checked_at_utc.isoformat(timespec="seconds"),
        "revision": report.revision,
        "chain": {"id": report.chain.id, "sha256": report.chain.sha256, "lines": report.counts.get("change", 0)},
        "counts": dict(report.counts),
        "faults": [{"code": fault.code.value, "sentence": fault.tell(translate), "facts": dict(fault.facts)} for fault in report.faults],
        "backup": None
        if backup is None
        else {
            "last_at_utc": backup.at_utc.isoformat(timespec="seconds") if backup.at_utc else None,
            "file": backup.file,
            "ok": backup.ok,
        },
    }


def describe_union(row: "UnionFacts") -> dict[str, Any]:
    """One line of ``union list``; ``above``: the number of the union above it, null for none."""
    return {"number": row.number, "name": row.name, "above": row.above, "kind": row.kind.value, "accounts": row.accounts}


def describe_moved(done: "Moved") -> dict[str, Any]:
    """``move``: what arrived where, and what to set to work there."""
    return {
        "rows": done.rows,
        "tables": {name: {"rows": facts.rows, "sha256": facts.sha256} for name, facts in done.tables.items()},
        "chain": {"id": done.chain.id, "sha256": done.chain.sha256, "code": done.chain.code},
        "files": done.files,
        "backup": None if done.backup is None else str(done.backup),
        "settings": dict(done.settings),
    }


def describe_package(package: "Package") -> dict[str, Any]:
    """``export-all`` and ``import-all``: what is in it. ``union`` is null for a whole database; ``sealed``: what only ``key_id`` opens."""
    return {
        "format": package.format,
        "revision": package.revision,
        "made_at_utc": package.made_at_utc.isoformat(),
        "union": package.union,
        "unions": [{"union": number, "name": name} for number, name in package.unions.items()],
        "with_names": package.with_names,
        "sealed": package.sealed,
        "key_id": package.key_id,
        "chain": {"id": package.chain.id, "sha256": package.chain.sha256, "code": package.chain.code},
        "tables": dict(package.rows),
        "rows": sum(package.rows.values()),
        "files": len(package.kept_files),
        "missing": list(package.missing),
    }


def describe_overview(told: "Overview") -> dict[str, Any]:
    """``union overview``: sums in fen, months as 2026-05; ``money_fen`` is null for whoever may not see the books."""
    return {
        "year": told.plan_year,
        "as_of": told.as_of.isoformat(),
        "unions": [
            {
                "number": one.union_id,
                "name": one.name,
                "has_plan": one.plan_id is not None,
                **_describe_cell(one.year),
                "months": {f"{year}-{month:02d}": _describe_cell(cell) for (year, month), cell in one.months.items()},
                "check_offs": one.held,
                "with_evidence": one.proven,
                "money_fen": {"spent": one.money.spent_fen, "budget": one.money.budget_fen} if one.money else None,
                "summary_begun": one.drafted,
                "handed_in_at_utc": one.handed_in_at_utc.isoformat(timespec="seconds") if one.handed_in_at_utc else None,
            }
            for one in told.unions
        ],
    }


def _describe_cell(cell: "Cell") -> dict[str, int]:
    return {"due": cell.due, "done": cell.done, "late": cell.late}


def describe_removed(item: "TrashItem") -> dict[str, Any]:
    """One line of ``trash list``."""
    return {
        "id": item.id,
        "kind": item.noun,
        "record": item.row_id,
        "title": item.title,
        "parent": item.parent,
        "code": item.code,
        "day": item.day,
        "number": item.number,
        "people": item.people,
        "amount_fen": item.amount_fen,
        "others": item.others,
        "who": item.who,
        "removed_at_utc": item.removed_at_utc.isoformat(),
        "until_utc": item.until_utc.isoformat(),
    }


def describe_account(row: "Account") -> dict[str, Any]:
    """One line of ``user list``; nothing of the password but whether there is one."""
    return {
        "name": row.name,
        "roles": row.roles,
        "email": row.email,
        "is_active": row.is_active,
        "has_password": bool(row.password_hash),
        "must_change_password": row.must_change,
        "created_at_utc": row.created_at_utc,
    }


def describe_token(row: "AccessToken") -> dict[str, Any]:
    """One line of ``token list``; the secret is not in it."""
    return {
        "id": row.id,
        "kind": row.kind.value,
        "scope": row.scope.value,
        "about": row.about,
        "label": row.label,
        "language": row.language,
        "who": row.who,
        "created_at_utc": row.created_at_utc,
        "used_on": row.used_on,
    }
