"""What is known of an activity, to be read: its status at the head of the drawer, then plan and outcome as a list of facts."""

from collections.abc import Iterator, Sequence
from html import escape as escape_html

import streamlit as st

from unionboard import i18n
from unionboard.drafting.numbers import share_text
from unionboard.models import ActivityState, DutyKind
from unionboard.money import format_fen
from unionboard.reference import award_levels, figures, work_areas
from unionboard.reference.relations import Relation
from unionboard.services.activities import ActivityView, Record, Status
from unionboard.services.masking import Mask
from unionboard.ui.history import tell_moment
from unionboard.ui.status import describe_status, write_badge
from unionboard.ui.text import escape, language, listed, named, span, t, tn, when, when_turn
from unionboard.ui.values import RELATION_WORDS

Fact = tuple[str, str]


def show_head(view: ActivityView, *, is_brief: bool, mask: Mask | None = None) -> None:
    """What it is now. ``is_brief``: with time and person, for panels that do not show the facts; else with the section it stands under.

    ``mask`` hides names where the whole room reads.
    """
    say = mask.text if mask else str
    badges = [write_badge(view.status, describe_status(view))]
    if view.status is Status.LATE and view.state is ActivityState.UNDER_WAY:
        badges.append(write_badge(Status.UNDER_WAY))
    if view.status is not Status.CANCELLED and view.carried_over:
        badges.append(f":gray-badge[:material/history: {t('Not done last year')}]")
    if is_brief:
        facts = (when(view.starts_on, view.ends_on, view.precision), escape(say(view.owner)))
        badges.append(f":gray[{' · '.join(fact for fact in facts if fact)}]")
    elif view.section_title:
        badges.append(f" \n:small[:gray[{escape(say(view.section_title))}]]")
    st.markdown(" ".join(badges))
    if view.state_reason:
        st.markdown(f":small[{t('Reason: {reason}', reason=escape(say(view.state_reason)))}]")


def show_facts(view: ActivityView, *, mask: Mask | None = None) -> None:
    """What came of it, then what was planned; what was left empty takes no place. ``mask`` hides names where the whole room reads."""
    if view.duty is DutyKind.ONE_OFF and view.record:
        _show_list(list_record_facts(view.record), name="outcome", mask=mask)
    _show_list([*_tell_plan(view), *_tell_money(view)], name="plan", mask=mask)


def _show_list(facts: Sequence[Fact], *, name: str, mask: Mask | None) -> None:
    said = ((label, mask.text(told) if mask else told) for label, told in facts)
    rows = "".join(f"<dt>{escape_html(label)}</dt><dd>{escape_html(told)}</dd>" for label, told in said)
    st.html(f'<dl class="ub-facts ub-facts-{name}">{rows}</dl>')


def _tell_plan(view: ActivityView) -> Iterator[Fact]:
    planned = when(view.starts_on, view.ends_on, view.precision)
    if view.original_starts_on and view.original_ends_on:
        first = when_turn(view.original_starts_on, view.original_ends_on)
        planned = t("{when} (first planned for {first})", when=planned, first=first)
    yield t("Planned"), planned
    if view.frequency:
        yield t("How often"), view.frequency
    if view.owner:
        yield t("Owner"), view.owner
    if view.relation is not Relation.LEAD:
        yield t("Whose activity"), t(RELATION_WORDS[view.relation.value])
    audience = [view.audience] if view.audience else []
    audience += [tn("{n} person", "{n} people", view.planned_people)] if view.planned_people else []
    if audience:
        yield t("For whom"), listed(audience)
    if view.targets:
        yield t("Targets"), listed(str(target["phrase"]) for target in view.targets)
    areas = [named(work_areas()[code]) for code in (view.area, view.area_2) if code]
    yield t("Work area"), listed(areas)
    if view.note:
        yield t("Note"), view.note


def list_record_facts(record: Record) -> list[Fact]:
    """What was told of a check-off, in words."""
    facts = [(t("Done on"), span(record.done_on, record.done_to))]
    if record.is_partial:
        facts.append((t("Still to do"), record.remaining or t("not said")))
    if people := tell_people(record):
        facts.append((t("Took part"), people))
    told = [f"{named(figures()[code])} {n}" for code, n in record.figures.items() if code in figures()]
    if told:
        facts.append((t("Figures"), listed(told)))
    if record.agenda:
        facts.append((t("Agenda"), record.agenda))
    if record.result:
        facts.append((t("Result"), record.result))
    if record.award:
        level = award_levels().get(record.award_level)
        facts.append((t("Award"), f"{record.award}{t(' ({reason})', reason=named(level)) if level else ''}"))
    told_by = f"{i18n.tell_who(language(), record.who)} {tell_moment(record.created_at_utc)}"
    return [*facts, (t("Told by"), told_by)]


def tell_people(record: Record) -> str:
    """46/48 人（95.8%），90 人次."""
    told = []
    if record.participants is not None and record.eligible:
        share = share_text(record.participants, record.eligible)
        told.append(t("{attended} of {eligible} people ({share})", attended=record.participants, eligible=record.eligible, share=share))
    elif record.participants is not None:
        told.append(tn("{n} person", "{n} people", record.participants))
    if record.person_times:
        told.append(tn("{n} attendance", "{n} attendances", record.person_times))
    return listed(told)


def _tell_money(view: ActivityView) -> list[Fact]:
    told = [t("{amount} spent", amount=format_fen(view.spent_fen))] if view.spent_fen else []
    told += [t("{amount} planned", amount=format_fen(view.planned_budget_fen))] if view.planned_budget_fen else []
    return [(t("Money"), listed(told))] if told else []
