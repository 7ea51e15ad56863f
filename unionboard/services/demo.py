"""The demo year: a fictitious school union's plan, and everything that came of it up to today.

The story is data (``reference/demo/*.toml``). It is told in the order of its days through the services people use, so that vouchers,
balance and change log are what they would be after a real year. Nothing that lies after ``today`` is told.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from importlib import resources
from typing import Any

from sqlmodel import Session

from unionboard.config import DEFAULT_LANGUAGE
from unionboard.errors.plans import DatabaseNotEmpty
from unionboard.models import ActivityState, Direction, DutyKind, EvidenceKind, FundSource, PeriodKind, Plan, Union
from unionboard.money import parse_yuan
from unionboard.reading.draft import DocumentKind, PlanDraft, SectionDraft
from unionboard.reading.frequency import find_frequency
from unionboard.reference import fund_items
from unionboard.reference.relations import Relation
from unionboard.services import (
    activities,
    amendments,
    budget,
    care,
    checkoffs,
    demo_fund,
    demo_meetings,
    evidence,
    fund,
    plans,
    summary_drafts,
    unions,
)
from unionboard.services.activities import ActivityView
from unionboard.services.periods import Placement, place
from unionboard.services.plan_rows import PlanRow
from unionboard.services.summary import DraftId

LATE_ACTIVITIES = 3
"""So many of the activities that may slip, the latest ones due before today, are left undone."""

Facts = dict[str, Any]
Event = Callable[[Facts], object]


def load_demo(session: Session, *, year: int, today: date, who: str, now_utc: datetime) -> Plan:
    """Fill an empty database with the demo year ``year`` as it stands on ``today``; the caller commits.

    Raises: DatabaseNotEmpty when there is a plan already, YearOutOfRange.
    """
    if not unions.is_empty(session):
        raise DatabaseNotEmpty
    told = _read("plan.toml")
    draft, rows = _draft(told, year)
    starts_on, ends_on = plans.span_of_year(year, PeriodKind.CALENDAR_YEAR)
    begun_utc = _afternoon(starts_on, now_utc)
    plan = plans.adopt_draft(
        session,
        draft,
        year=year,
        period_kind=PeriodKind.CALENDAR_YEAR,
        starts_on=starts_on,
        ends_on=ends_on,
        rows=rows,
        who=who,
        now_utc=begun_utc,
    )
    union = unions.ensure_union(session, who=who, now_utc=begun_utc)
    unions.save_union(session, union.id or 0, version=union.version, who=who, now_utc=begun_utc, **told["union"])
    for member in told["member"]:
        unions.add_member(session, **member, who=who, now_utc=begun_utc)
    story = _Story(
        session=session,
        plan=plan,
        today=today,
        who=who,
        now_utc=now_utc,
        approver=told["member"][0]["name"],
        deputy=told["member"][1]["name"],
    )
    story.plan_activities(told["section"])
    story.plan_money(_read("money.toml"), _read("fund.toml"))
    story.plan_visits(_read("care.toml")["visit"])
    story.plan_meetings(_read("meetings.toml")["meeting"])
    story.tell()
    if starts_on <= today:
        as_of = min(today, ends_on)
        written_utc = _afternoon(as_of, now_utc)
        summary_drafts.write_draft(session, DraftId(plan.id or 0, language=DEFAULT_LANGUAGE), as_of=as_of, who=who, now_utc=written_utc)
    return plan


def is_demo(union: Union) -> bool:
    """Whether these are still the demo's data: all that is told of the made-up union is as it was. Who changes any of it made it theirs."""
    return all(getattr(union, name) == value for name, value in _told_union().items())


@cache
def _told_union() -> Facts:
    facts: Facts = _read("plan.toml")["union"]
    return facts


def _read(file: str) -> Facts:
    return tomllib.loads(resources.files("unionboard.reference").joinpath("demo", file).read_text(encoding="utf-8"))


def _afternoon(day: date, now_utc: datetime) -> datetime:
    """Four in the afternoon where the union is, but never after now."""
    return min(now_utc, datetime.combine(day, time(8), tzinfo=UTC))


def _days(text: str) -> list[tuple[int, ...]]:
    """``"03-20..03-27"`` -> [(3, 20), (3, 27)], ``"05"`` -> [(5,)]."""
    return [tuple(int(number) for number in part.split("-")) for part in text.split("..")]


def _draft(told: Facts, year: int) -> tuple[PlanDraft, list[PlanRow]]:
    """The story's plan as if it had been read from a document, and its rows as if people had completed them."""
    sections = tuple(
        SectionDraft(number=n, printed_number=it["number"], heading=it["heading"], line=0, intro=it.get("intro", ""), area=it["area"])
        for n, it in enumerate(told["section"], start=1)
    )
    title = told["plan"]["title"].format(year=year)
    draft = PlanDraft(n=1, title=title, kind=DocumentKind.PLAN, guiding=told["plan"]["guiding"], sections=sections)
    listed = [(n, facts) for n, it in enumerate(told["section"]) for facts in [*it.get("duty", []), *it["activity"]]]
    return draft, [_row(facts, section=n, area=sections[n].area) for n, facts in listed]


def _row(facts: Facts, *, section: int, area: str | None) -> PlanRow:
    days: list[Any] = _days(facts["planned"]) if "planned" in facts else []
    is_dated = bool(days) and len(days[0]) == 2
    duty = DutyKind.STANDING if "log" in facts else DutyKind.RECURRING if "frequency" in facts else DutyKind.ONE_OFF
    return PlanRow(
        title=facts["title"],
        section=section,
        months=() if is_dated else tuple(month for (month,) in days),
        day_from=days[0] if is_dated else None,
        day_to=days[-1] if is_dated else None,
        duty=duty,
        frequency=find_frequency(facts["frequency"]) if "frequency" in facts else None,
        area=facts.get("area", area),
        area_2=facts.get("area_2"),
        relation=Relation(facts.get("relation", Relation.LEAD)),
        owner=facts["owner"],
        audience=facts.get("audience", ""),
        planned_people=facts.get("people"),
        planned_budget_fen=parse_yuan(facts["budget"]) if "budget" in facts else None,
    )


@dataclass
class _Story:
    """What happens on which day. First everything is noted down, then ``tell`` lets it happen in the order of the days."""

    session: Session
    plan: Plan
    today: date
    who: str
    now_utc: datetime
    approver: str
    deputy: str
    events: list[tuple[date, Event]] = field(default_factory=list)
    may_slip: list[ActivityView] = field(default_factory=list)
    late: set[int] = field(default_factory=set)
    cashier: str = ""
    claimed: dict[str, list[int]] = field(default_factory=dict)

    def tell(self) -> None:
        """Let everything happen that does not lie after today, except what is late."""
        past = sorted((view for view in self.may_slip if view.ends_on < self.today), key=lambda view: view.ends_on)
        self.late = {view.id for view in past[-LATE_ACTIVITIES:]}
        for day, event in sorted(self.events, key=lambda pair: pair[0]):
            if day <= self.today:
                event(self._stamp(day))

    def _stamp(self, day: date) -> Facts:
        return {"who": self.who, "now_utc": _afternoon(day, self.now_utc)}

    def _day(self, text: str) -> date:
        return date.fromisoformat(f"{self.plan.year}-{text}")

    # --- activities --------------------------------------------------------------------------------------------------------------

    def plan_activities(self, sections: list[Facts]) -> None:
        """The day each activity is held on, each turn of a duty, and what is decided about them in between."""
        views = {view.title: view for view in activities.list_activities(self.session, self.plan.id or 0, today=self.today)}
        for section in sections:
            for facts in section["activity"]:
                self._plan_activity(views[facts["title"]], facts)
            for facts in section.get("duty", []):
                self._plan_duty(views[facts["title"]], facts)

    def _plan_activity(self, view: ActivityView, facts: Facts) -> None:
        if facts.get("slips"):
            self.may_slip.append(view)
        if "begun" in facts:
            self.events.append((self._day(facts["begun"]), partial(self._decide, view.id, ActivityState.UNDER_WAY, "")))
        if "cancelled" in facts:
            why = facts["cancelled"]
            self.events.append((self._day(why["on"]), partial(self._decide, view.id, ActivityState.CANCELLED, why["reason"])))
        if "postponed" in facts:
            self.events.append((self._day(facts["postponed"]["on"]), partial(self._postpone, view.id, facts["postponed"])))
        if "done" in facts:
            self._plan_holding(view, facts["done"])

    def _plan_duty(self, view: ActivityView, facts: Facts) -> None:
        for entry in facts.get("log", []):
            self._plan_holding(view, entry)
        for turn in view.occurrences:
            if turn.number not in facts.get("missed", []):
                held = turn.due_from + timedelta(days=facts["after"])
                result = facts.get("results", {}).get(str(turn.number), "")
                self._plan_holding(view, {**facts["done"], "result": result, "held": f"{held:%m-%d}"})

    def _plan_holding(self, view: ActivityView, facts: Facts) -> None:
        last_day = self._day(str(facts.get("until", facts["held"])))
        self.events.append((last_day, partial(self._hold, view, facts)))

    def _decide(self, activity_id: int, state: ActivityState, reason: str, stamp: Facts) -> None:
        version = activities.load_row(self.session, activity_id).version
        amendments.set_state(self.session, activity_id, state=state, reason=reason, version=version, **stamp)

    def _postpone(self, activity_id: int, facts: Facts, stamp: Facts) -> None:
        to: Placement = place((self.plan.starts_on, self.plan.ends_on), months=[int(facts["to"])])
        amendments.postpone_activity(
            self.session,
            activity_id,
            starts_on=to.starts_on,
            ends_on=to.ends_on,
            precision=to.precision,
            reason=facts["reason"],
            version=activities.load_row(self.session, activity_id).version,
            **stamp,
        )

    def _hold(self, view: ActivityView, facts: Facts, stamp: Facts) -> None:
        """Check off with all that is told of it, its papers and its money."""
        if view.id in self.late:
            return
        held = self._day(facts["held"])
        until = self._day(facts["until"]) if "until" in facts else None
        told = {one.name: facts[one.name] for one in fields(checkoffs.Details) if one.name in facts}
        details = checkoffs.Details(**told, done_to=until)
        row = checkoffs.check_off(self.session, view.id, done_on=held, details=details, today=self.today, **stamp)
        for kind, name in facts.get("evidence", {}).items():
            evidence.note_paper(self.session, row.id or 0, kind=EvidenceKind(kind), name=name, **stamp)
        for entry in facts.get("money", []):
            handler = activities.load_row(self.session, view.id).owner  # a meeting may have given it to somebody else
            self._book(entry, until or held, stamp, activity_id=view.id, handler=handler)

    # --- money and care ----------------------------------------------------------------------------------------------------------

    def plan_money(self, facts: Facts, told: Facts) -> None:
        """Opening balance and budget at once; dues and other entries, decisions, claims, hand-outs and closings on their days."""
        year, stamp = self.plan.year, self._stamp(self.plan.starts_on)
        fund.set_opening(self.session, year=year, opening_fen=parse_yuan(facts["opening"]), **stamp)
        for item, lines in facts["budget"].items():
            by_source = lines if isinstance(lines, dict) else {FundSource.UNION_FUNDS: lines}
            for source, yuan in by_source.items():
                budget.set_line(self.session, year=year, item=item, source=FundSource(source), amount_fen=parse_yuan(yuan), **stamp)
        dues = facts["dues"]
        monthly = [{**dues, "on": f"{month:02d}-{dues['day']}", "purpose": dues["purpose"].format(month=month)} for month in range(1, 13)]
        for entry in [*monthly, *facts["entry"]]:
            day = self._day(entry["on"])
            self.events.append((day, partial(self._book, entry, day)))
        self.cashier = told["cashier"]
        story = demo_fund.FundStory(self.session, self.plan.id or 0, year, told, self.claimed)
        self.events += [(day, partial(self._take_step, step, day)) for day, step in story.list_steps()]

    def _take_step(self, step: demo_fund.Step, day: date, stamp: Facts) -> None:
        step(day, stamp["now_utc"])

    def _book(self, facts: Facts, day: date, stamp: Facts, **links: Any) -> None:
        fund.book_entry(
            self.session,
            booked_on=day,
            direction=Direction(fund_items()[facts["item"]].direction),
            item=facts["item"],
            amount_fen=parse_yuan(facts["yuan"]),
            purpose=facts["purpose"],
            payee=facts.get("payee", ""),
            papers=facts.get("papers", 1),
            source=FundSource(facts.get("source", FundSource.UNION_FUNDS)),
            approver=self.deputy if links.get("handler") == self.approver else self.approver,
            cashier=self.cashier,
            today=self.today,
            **links,
            **stamp,
        )

    def plan_visits(self, visits: list[Facts]) -> None:
        """Care visits on their days; those with an amount are paid by the fund at once, or wait for the claim that gathers them."""
        for facts in visits:
            self.events.append((self._day(facts["on"]), partial(self._visit, facts)))

    def _visit(self, facts: Facts, stamp: Facts) -> None:
        told = {name: value for name, value in facts.items() if name not in {"on", "yuan", "claimed", "bare"}}
        day, amount_fen = self._day(facts["on"]), parse_yuan(facts["yuan"]) if "yuan" in facts else 0
        people: Facts = {"handler": self._not_the_approver(facts["visitors"].split("、")), "approver": self.approver} if amount_fen else {}
        if amount_fen and not facts.get("bare"):
            people |= {"paper_seen": "领款收据", "seen_by": self.cashier}
        post = "claimed" not in facts
        row = care.record_visit(self.session, visited_on=day, amount_fen=amount_fen, post=post, today=self.today, **people, **told, **stamp)
        if not post:
            self.claimed.setdefault(facts["claimed"], []).append(row.id or 0)

    def _not_the_approver(self, names: list[str]) -> str:
        return next((name for name in names if name != self.approver), self.deputy)

    # --- meetings ----------------------------------------------------------------------------------------------------------------

    def plan_meetings(self, told: list[Facts]) -> None:
        """Meetings on their days, after what else happened then, and the days on which their follow-ups were settled."""
        for facts in told:
            held_on = self._day(facts["held"])
            self.events.append((held_on, partial(self._meet, facts, held_on)))
            for said in facts["said"]:
                if "settled" in said:
                    day = self._day(said["settled"])
                    self.events.append((day, partial(self._settle, said["task"], day)))

    def _meet(self, facts: Facts, held_on: date, stamp: Facts) -> None:
        year, until_utc = self.plan.year, self.now_utc
        demo_meetings.hold_meeting(self.session, self.plan.id or 0, facts, held_on=held_on, year=year, until_utc=until_utc, **stamp)

    def _settle(self, task: str, day: date, stamp: Facts) -> None:
        demo_meetings.settle(self.session, self.plan.id or 0, task, settled_on=day, **stamp)
