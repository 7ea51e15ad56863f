"""The words of the minutes, one set per language: they are a document's, not the screen's, and say the same whatever is on the screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from unionboard.models import AgendaKind, DatePrecision, DecisionKind
from unionboard.money import yuan_text
from unionboard.reading.plan_time import MONTHS_EN, write_time
from unionboard.services.meeting_views import DecisionFacts
from unionboard.services.minutes import FundFacts, MinutesFacts, MinutesItem
from unionboard.services.periods import Placement
from unionboard.services.plan_times import time_of_span

_STOPS = "。．.；;，, \n"


@dataclass(frozen=True, slots=True)
class MinutesWords:
    """Sentences with ``{slots}``; ``colon``, ``comma``, ``semicolon`` and ``stop`` are the language's own, with their spaces."""

    language: str
    colon: str
    comma: str
    semicolon: str
    stop: str
    committee: str  # the suffix of the union's name
    no_union: str
    title: str
    number: str
    time: str
    place: str
    chair: str
    recorder: str
    present: str
    absent: str
    guests: str
    not_told: str
    counted: str
    fund: str
    fund_text: str
    fund_budget: str
    other: str
    follow_up: str
    asked: str
    asked_until: str
    still_open: str
    settled: str
    owner: str
    due: str
    looked_over: str
    looked_over_text: str
    more_decisions: str
    decided: str
    numbered: str
    overview: str
    columns: tuple[str, str, str, str]
    not_reached: str
    not_reached_text: str
    sign_chair: str
    sign_recorder: str
    decisions: Mapping[DecisionKind, str]
    reason: str
    instead_of: str
    moved_from: str

    # --- days ---------------------------------------------------------------------------------------------------------------------

    def day(self, day: date) -> str:
        """2026年11月21日 / 21 November 2026."""
        if self.language == "en":
            return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"
        return f"{day.year}年{day.month}月{day.day}日"

    def when(self, planned: Placement) -> str:
        """A planned time as sure as it was planned: 12月, 12月5日, 下半年, 全年."""
        time = time_of_span(planned.starts_on, planned.ends_on, planned.precision)
        return write_time(time, is_standing=planned.precision is DatePrecision.PERIOD, language=self.language)

    # --- what the minutes say -----------------------------------------------------------------------------------------------------

    def body(self, facts: MinutesFacts) -> str:
        """青松小学工会委员会."""
        if not facts.union or facts.union.endswith(self.committee.strip()):
            return facts.union or self.no_union
        return facts.union + self.committee

    def heading(self, item: MinutesItem) -> str:
        """What a point is called; gathered activities are called by their names."""
        if item.follow_up is not None:
            return self.follow_up.format(text=trim(item.follow_up.text))
        if item.title or item.gathered:
            return item.title or self.comma.join(item.gathered)
        return self.fund if item.kind is AgendaKind.FUND else self.other

    def decision(self, facts: DecisionFacts) -> str:
        """What a decision says, without who does it until when, and without a stop at its end: “游艺会”延期至12月，原因：场地未到位."""
        said = trim(facts.text)
        if facts.kind is DecisionKind.FOLLOW_UP:
            return said
        day = self.day(facts.done_on) if facts.done_on else ""
        planned = self.when(facts.planned) if facts.planned else ""
        sentence = self.decisions[facts.kind].format(title=facts.title, owner=facts.owner, day=day, planned=planned)
        if facts.kind is DecisionKind.POSTPONED and facts.planned_before:
            sentence += self.moved_from.format(planned=self.when(facts.planned_before))
        if facts.kind is DecisionKind.REASSIGNED and facts.owner_before:
            sentence += self.instead_of.format(owner=facts.owner_before)
        return sentence + (self.reason.format(reason=said) if said else "")

    def due_of(self, facts: DecisionFacts) -> str:
        """Until when: a day for a follow-up, the planned time of an activity; empty when it is done, dropped or without a day."""
        if facts.kind in (DecisionKind.POSTPONED, DecisionKind.ADDED) and facts.planned:
            return self.when(facts.planned)
        return self.day(facts.due_on) if facts.kind is DecisionKind.FOLLOW_UP and facts.due_on else ""

    def owner_of(self, facts: DecisionFacts) -> str:
        """Who is in charge of what is still to be done."""
        return "" if facts.kind in (DecisionKind.DONE, DecisionKind.CANCELLED) else facts.owner

    def whole(self, facts: DecisionFacts) -> str:
        """The decision as a sentence of the minutes: what, by whom, until when."""
        parts = [
            self.decision(facts),
            *([self.owner.format(owner=who)] if (who := self.owner_of(facts)) and facts.kind is not DecisionKind.REASSIGNED else []),
            *([self.due.format(due=due)] if (due := self.due_of(facts)) and facts.kind is not DecisionKind.POSTPONED else []),
        ]
        return self.semicolon.join(parts) + self.stop

    def fund_stands(self, fund: FundFacts, day: date) -> str:
        """What was spent up to ``day`` (inclusive) and what is left."""
        budget = self.fund_budget.format(budget=yuan_text(fund.budget_fen)) if fund.budget_fen else ""
        told = {"spent": yuan_text(fund.spent_fen), "balance": yuan_text(fund.balance_fen)}
        return self.fund_text.format(day=self.day(day), budget=budget, **told)

    def asked_after(self, facts: DecisionFacts) -> str:
        """How a follow-up stands: who was to do it until when, settled or still open."""
        asked = (
            self.asked_until.format(owner=facts.owner, due=self.day(facts.due_on)) if facts.due_on else self.asked.format(owner=facts.owner)
        )
        state = self.settled.format(day=self.day(facts.settled_on)) if facts.settled_on else self.still_open
        return (asked + self.semicolon if facts.owner else "") + state + self.stop


def trim(text: str) -> str:
    """What people typed, on one line and without a stop at its end, so that a sentence can go on."""
    return " ".join(text.split()).rstrip(_STOPS)


CHINESE = MinutesWords(
    language="zh_CN",
    colon="：",
    comma="、",
    semicolon="；",
    stop="。",
    committee="委员会",
    no_union="工会委员会",
    title="{body}会议纪要",
    number="（{year}年第{number}次）",
    time="时　　间",
    place="地　　点",
    chair="主 持 人",
    recorder="记 录 人",
    present="出　　席",
    absent="缺　　席",
    guests="列　　席",
    not_told="（未填）",
    counted="{names}（{n}人）",
    fund="经费收支情况",
    fund_text="截至{day}，本年累计支出{spent}元{budget}，结余{balance}元。",
    fund_budget="（年度预算{budget}元）",
    other="其他事项",
    follow_up="跟进：{text}",
    asked="由{owner}负责",
    asked_until="由{owner}负责，{due}前完成",
    still_open="目前尚未办结",
    settled="已于{day}办结",
    owner="责任人：{owner}",
    due="完成时限：{due}",
    looked_over="其他议题",
    looked_over_text="会议还逐项了解了以下工作的进展情况：{titles}。",
    more_decisions="其他决定",
    decided="会议决定：{text}",
    numbered="{n}.{text}",
    overview="议定事项",
    columns=("序号", "议定事项", "责任人", "完成时限"),
    not_reached="未议事项",
    not_reached_text="以下事项因时间所限未议，下次会议首先讨论：{titles}。",
    sign_chair="主持人（签字）",
    sign_recorder="记录人（签字）",
    decisions={
        DecisionKind.DONE: "“{title}”已于{day}完成",
        DecisionKind.POSTPONED: "“{title}”延期至{planned}",
        DecisionKind.REASSIGNED: "“{title}”改由{owner}负责",
        DecisionKind.CANCELLED: "“{title}”取消",
        DecisionKind.ADDED: "新增“{title}”，列入年度计划",
    },
    reason="，原因：{reason}",
    instead_of="（原责任人：{owner}）",
    moved_from="（原定{planned}）",
)
ENGLISH = MinutesWords(
    language="en",
    colon=": ",
    comma=", ",
    semicolon="; ",
    stop=".",
    committee=" committee",
    no_union="Union committee",
    title="{body}: minutes",
    number="(meeting {number} of {year})",
    time="Time",
    place="Place",
    chair="Chair",
    recorder="Recorder",
    present="Present",
    absent="Absent",
    guests="Guests",
    not_told="(not filled in)",
    counted="{names} ({n})",
    fund="The fund",
    fund_text="Up to {day}, {spent} yuan were spent this year{budget}; {balance} yuan are left.",
    fund_budget=" of {budget} yuan budgeted",
    other="Other matters",
    follow_up="Follow-up: {text}",
    asked="{owner} is in charge",
    asked_until="{owner} is in charge, due {due}",
    still_open="not settled yet",
    settled="settled on {day}",
    owner="owner: {owner}",
    due="due: {due}",
    looked_over="Other points",
    looked_over_text="The committee also went over the state of these: {titles}.",
    more_decisions="Further decisions",
    decided="Decided: {text}",
    numbered="{n}. {text}",
    overview="What was decided",
    columns=("No.", "Decision", "Owner", "Due"),
    not_reached="Not reached",
    not_reached_text="There was no time for these points; the next meeting takes them first: {titles}.",
    sign_chair="Chair (signature)",
    sign_recorder="Recorder (signature)",
    decisions={
        DecisionKind.DONE: "“{title}” was held on {day}",
        DecisionKind.POSTPONED: "“{title}” is postponed to {planned}",
        DecisionKind.REASSIGNED: "{owner} takes over “{title}”",
        DecisionKind.CANCELLED: "“{title}” is cancelled",
        DecisionKind.ADDED: "“{title}” is added to the plan",
    },
    reason=", because: {reason}",
    instead_of=" from {owner}",
    moved_from=" (was {planned})",
)


def minutes_words(language: str) -> MinutesWords:
    """The words for ``language`` ("en", else Chinese)."""
    return ENGLISH if language == "en" else CHINESE
