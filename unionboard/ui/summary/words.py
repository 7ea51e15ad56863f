"""Words of the summary page: what a part is called, what state it is in, what forms and spans there are."""

from collections.abc import Mapping

from unionboard.i18n import mark
from unionboard.models import BlockKind, SummaryForm, SummarySpan
from unionboard.services.summary import BlockView, SummaryView
from unionboard.ui.text import t, tn

FORMS: Mapping[SummaryForm, str] = {
    SummaryForm.FULL: mark("Full report"),
    SummaryForm.CONGRESS: mark("One page for the congress"),
    SummaryForm.BRIEF: mark("Half a page for the upper union"),
    SummaryForm.COMBINED: mark("Summary with next year's plan"),
}
SPANS: Mapping[SummarySpan, str] = {
    SummarySpan.PLAN: mark("The plan's own year"),
    SummarySpan.CALENDAR_YEAR: mark("Calendar year"),
    SummarySpan.SCHOOL_YEAR: mark("School year"),
}


def name_block(view: SummaryView, block: BlockView) -> str:
    """The printed heading (of one that is left out without its number), or what a block without one is."""
    fixed = {BlockKind.LEAD: t("Lead paragraph"), BlockKind.SIGNATURE: t("Signature")}
    return view.headings.get(block.key) or block.heading or fixed.get(block.kind, block.key)


def describe_state(block: BlockView, *, is_stale: bool, is_typing: bool) -> str:
    """Markdown for the rail: icon and word, the most urgent first."""
    if block.is_left_out:
        return f":gray[:material/visibility_off: {t('Left out')}]"
    if block.is_conflict:
        words = tn("Two versions, {n} place", "Two versions, {n} places", len(block.conflicts))
        return f":orange[:material/warning: {words}]"
    if is_typing:
        return f":blue[:material/edit_note: {t('Typed, not saved')}]"
    if is_stale:
        return f":orange[:material/sync_problem: {t('Records have changed')}]"
    if block.gaps:
        return f":orange[:material/help: {tn('{n} gap to fill', '{n} gaps to fill', len(block.gaps))}]"
    if block.is_edited or block.has_own_heading:
        return f":blue[:material/edit: {t('Edited, records unchanged')}]"
    return f":green[:material/check_circle: {t('As recorded')}]"


def mark_margin(block: BlockView) -> tuple[str, str]:
    """Sign and word for the paper's margin, and their colour; empty for a block as recorded."""
    if block.is_conflict:
        return f"! {t('Two versions')}", "orange"
    if block.is_edited:
        return f"✎ {t('Edited')}", "blue"
    return (f"? {t('Gap')}", "orange") if block.gaps else ("", "")
