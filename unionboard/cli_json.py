"""What the command line prints as JSON: a contract with whoever reads it.

Days become text when printed, money is fen, codes are the stored ones.
"""

from typing import TYPE_CHECKING, Any

from unionboard.reference import fund_items

if TYPE_CHECKING:  # each command pays only for what it uses
    from unionboard.reading.draft import PlanDraft, Reading
    from unionboard.services.activities import ActivityView
    from unionboard.services.fund import Book
    from unionboard.services.summary import SummaryView


def describe_reading(reading: "Reading", draft: "PlanDraft") -> dict[str, Any]:
    """``parse``: the documents of the file, and one of them as read."""
    lines = {line.number: line.text for line in reading.lines}
    return {
        "documents": [{"n": it.n, "title": it.title, "kind": it.kind} for it in reading.documents],
        "title": draft.title,
        "kind": draft.kind,
        "sections": [section.heading for section in draft.sections if section.heading],
        "schedule": [
            {"months": list(entry.months), "half_year": entry.half_year, "items": [item.title for item in entry.items]}
            for entry in draft.schedule
        ],
        "ignored": [{"line": fate.line, "text": lines[fate.line], "reason": fate.reason} for fate in draft.ignored],
    }


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


def describe_summary(view: "SummaryView") -> dict[str, Any]:
    """``summary``: the blocks as they stand, each sentence with the records it rests on."""
    return {
        "title": view.title,
        "as_of": view.as_of,
        "blocks": [
            {
                "key": block.key,
                "heading": view.headings.get(block.key, ""),
                "text": block.text,
                "sentences": [
                    {"text": sentence.text, "sources": [{"noun": source.noun, "id": source.id} for source in sentence.sources]}
                    for sentence in block.shown
                ],
            }
            for block in view.blocks
        ],
    }


def describe_book(book: "Book") -> dict[str, Any]:
    """``fund``: opening balance, income, spending and budget by item, and what is left."""
    return {
        "year": book.year,
        "opening_fen": book.opening_fen,
        "income": sort_items(book.income_fen),
        "spending": sort_items(book.spending_fen),
        "budget": sort_items(book.budget_fen),
        "balance_fen": book.balance_fen,
    }


def sort_items(sums: dict[str, int]) -> dict[str, int]:
    """By the official order of the fund items."""
    return {code: sums[code] for code in fund_items() if code in sums}
