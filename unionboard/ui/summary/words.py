"""Words of the summary page: what state a block is in, what a checker complains of."""

from collections.abc import Mapping

from unionboard.drafting.lints import Complaint, Remark
from unionboard.models import BlockKind
from unionboard.services.summary import BlockView, SummaryView
from unionboard.ui.text import escape, t, tn

COMPLAINTS: Mapping[Complaint, str] = {
    Complaint.FORBIDDEN_SPENDING: "“{words}” is spending the rules forbid or limit; check it before it is reported.",
    Complaint.PRIVATE_NAME: "Names somebody who was visited; leave the name out.",
    Complaint.NUMBER_WITHOUT_RECORD: "No record gives {words}; check the number.",
    Complaint.RATE_WRONG: "{words} does not fit the two numbers before it.",
    Complaint.ZERO_AS_DEED: "“{words}” is nothing to report; leave it out.",
    Complaint.UNIT_WITHOUT_NUMBER: "“{words}” lacks its number.",
    Complaint.FUTURE_DAY: "{words} is after the day of the summary.",
    Complaint.OTHER_YEAR: "{words} is not a year of this plan.",
    Complaint.PLACEHOLDER: "“{words}” is still a placeholder.",
    Complaint.EMPTY_PHRASE: "“{words}” says little; a fact is better.",
    Complaint.HALF_WIDTH: "Half-width punctuation in “{words}”.",
    Complaint.DATE_STYLE: "Write {words} as year, month and day.",
    Complaint.SAID_TWICE: "Said twice: “{words}”",
}


def name_block(view: SummaryView, block: BlockView) -> str:
    """The printed heading, or what a block without one is."""
    fixed = {BlockKind.LEAD: t("Lead paragraph"), BlockKind.SIGNATURE: t("Signature")}
    return view.headings.get(block.key) or fixed.get(block.kind, block.key)


def describe_state(block: BlockView, *, is_stale: bool) -> str:
    """Markdown for the rail: icon and word, the most urgent first."""
    if block.is_conflict:
        return f":orange[:material/warning: {t('Two versions')}]"
    if is_stale:
        return f":orange[:material/sync_problem: {t('Records have changed')}]"
    if block.is_edited:
        return f":blue[:material/edit: {t('Edited by you')}]"
    if block.gaps:
        return f":orange[:material/help: {tn('{n} gap to fill', '{n} gaps to fill', len(block.gaps))}]"
    return f":green[:material/check_circle: {t('As recorded')}]"


def mark_margin(block: BlockView) -> tuple[str, str]:
    """Sign and word for the paper's margin, and their colour; empty for a block as recorded."""
    if block.is_conflict:
        return f"! {t('Two versions')}", "orange"
    if block.is_edited:
        return f"✎ {t('Edited')}", "blue"
    return (f"? {t('Gap')}", "orange") if block.gaps else ("", "")


def tell_remark(view: SummaryView, remark: Remark) -> str:
    """Markdown: where and what, one line."""
    block = next((block for block in view.blocks if block.key == remark.key), None)
    where = escape(name_block(view, block)) if block else t("Title")
    return f"**{where}**　{t(COMPLAINTS[remark.complaint], words=escape(remark.words))}"
