"""The fund of the demo year beside plain entries: decisions, claims with their papers, hand-outs, closed months.

Told in steps of one day each through the services people use, by the people who would do it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlmodel import Session, col, select

from unionboard.models import Activity, BudgetAmendment, Claim, FundEntry, FundSource, GiftForm, PaperKind
from unionboard.money import parse_yuan
from unionboard.services import budget, care_posting, ceiling_rules, claims, closing, fund, fund_papers, fund_policy, handouts, occasions
from unionboard.services.budget import AmendmentLine

Facts = dict[str, Any]
Step = Callable[[date, datetime], object]
"""What happens on a day, at a moment of it."""
_PAPERS = [["approval", "审批表"], ["invoice", "发票1张"], ["detail_list", "货品清单"]]
"""Behind every hand-out, before the signed list comes back."""


@dataclass
class FundStory:
    """The told facts of one year. ``visit_ids`` holds visits by the mark of the claim that gathers them, filled as they are recorded."""

    session: Session
    plan_id: int
    year: int
    told: Facts
    visit_ids: dict[str, list[int]] = field(default_factory=dict)

    def list_steps(self) -> list[tuple[date, Step]]:
        """All steps with their days, in the order in which they are told."""
        told = self.told
        steps: list[tuple[date, Step]] = [
            (self._day(told["policy"]["on"]), self._decide),
            (self._day(told["budget"]["adopted"]), self._adopt_budget),
        ]
        for facts in told["amendment"]:
            steps.append((self._day(facts["proposed"]), partial(self._propose, facts)))
            if "adopted" in facts:
                steps.append((self._day(facts["adopted"]), partial(self._adopt, facts)))
        for facts in told["handout"]:
            steps += self._steps_of_handout(facts)
        for facts in told["claim"]:
            steps.append((self._day(facts["on"]), partial(self._draft, facts)))
            steps += self._steps_of_claim(facts)
        for month in range(1, told["closing"]["last"] + 1):
            steps.append((date(self.year, month + 1, told["closing"]["day"]), partial(self._close, month)))
        return steps

    def _day(self, text: str) -> date:
        return date.fromisoformat(f"{self.year}-{text}")

    # --- decisions ----------------------------------------------------------------------------------------------------------------

    def _decide(self, day: date, now_utc: datetime) -> None:
        """From which sum the committee decides, which ceilings hold, and which occasions are visited in any case."""
        by: Facts = {"who": self.told["approver"], "now_utc": now_utc}
        above_fen = parse_yuan(self.told["policy"]["resolution_above"])
        fund_policy.save_policy(self.session, resolution_above_fen=above_fen, version=fund_policy.read_policy(self.session).version, **by)
        rules = ceiling_rules.adopt_samples(self.session, self.told["ceilings"]["samples"], **by)
        for own in self.told["ceilings"]["own"]:
            rule = next(rule for rule in rules if rule.sample == own["sample"])
            values = {"amount_fen": parse_yuan(own["yuan"]), "source": own["source"], "valid_from": day}
            ceiling_rules.save_rule(self.session, rule.id, version=rule.version, **values, **by)
        for code in self.told["must_visit"]["occasions"]:
            known = occasions.list_occasions(self.session)[code]
            occasions.save_occasion(self.session, code, name="", item=known.item, must_visit=True, version=known.version, **by)

    def _adopt_budget(self, day: date, now_utc: datetime) -> None:
        facts, by = self.told["budget"], {"who": self.told["cashier"], "now_utc": now_utc}
        budget.adopt_budget(self.session, self.year, adopted_on=day, resolution=facts["resolution"], today=day, version=None, **by)

    def _propose(self, facts: Facts, _day: date, now_utc: datetime) -> None:
        lines = [AmendmentLine(line["item"], FundSource.UNION_FUNDS, _read_change(line["yuan"])) for line in facts["lines"]]
        by = {"who": self.told["cashier"], "now_utc": now_utc}
        row = budget.propose_amendment(self.session, year=self.year, reason=facts["reason"], lines=lines, **by)
        facts["id"] = row.id

    def _adopt(self, facts: Facts, day: date, now_utc: datetime) -> None:
        row = self.session.exec(select(BudgetAmendment).where(BudgetAmendment.id == facts["id"])).one()
        by = {"who": self.told["cashier"], "now_utc": now_utc, "approver": self.told["approver"]}
        told = {"adopted_on": day, "today": day, "resolution": facts["resolution"]}
        budget.adopt_amendment(self.session, facts["id"], version=row.version, **told, **by)

    def _close(self, month: int, day: date, now_utc: datetime) -> None:
        note = self.told["closing"]["note"]
        by = {"who": self.told["cashier"], "now_utc": now_utc, "today": day}
        last = date(self.year, month + 1, 1)
        bank_fen = fund.read_book(self.session, self.year, as_of=date.fromordinal(last.toordinal() - 1)).balance_fen
        closing.close_month(self.session, self.year, month, bank_fen=bank_fen, note=note, **by)

    # --- hand-outs ----------------------------------------------------------------------------------------------------------------

    def _steps_of_handout(self, facts: Facts) -> list[tuple[date, Step]]:
        steps: list[tuple[date, Step]] = [(self._day(facts["on"]), partial(self._hand_out, facts))]
        steps += self._steps_of_claim(facts["claim"])
        return [*steps, (self._day(facts["signed"]["on"]), partial(self._count, facts))]

    def _hand_out(self, facts: Facts, day: date, now_utc: datetime) -> None:
        """Bought and handed out; a claim is drafted for it at once."""
        by: Facts = {"who": self.told["keeper"], "now_utc": now_utc}
        told = {name: facts[name] for name in ("title", "festival", "heads", "goods", "supplier")}
        activity_id = self._activity(facts["activity"])
        row = handouts.record_handout(
            self.session,
            **told,
            handed_on=day,
            unit_fen=parse_yuan(facts["yuan"]),
            source=FundSource(facts["source"]),
            activity_id=activity_id,
            reason=facts.get("over", ""),
            today=day,
            **by,
        )
        claim = care_posting.claim_handout(self.session, row.id or 0, year=self.year, handler=by["who"], **by)
        claim = claims.save_claim(
            self.session, claim.id, version=claim.version, payee=facts["supplier"], activity_id=activity_id, form=GiftForm.GOODS, **by
        )
        facts["id"] = row.id
        facts["claim"] |= {"id": claim.id, "handler": by["who"], "over": facts.get("over", "")}
        facts["claim"]["papers"] = _PAPERS + ([["resolution", "会议纪要"]] if "resolution" in facts["claim"] else [])

    def _count(self, facts: Facts, _day: date, now_utc: datetime) -> None:
        row = handouts.load_handout(self.session, facts["id"])
        by: Facts = {"who": self.told["keeper"], "now_utc": now_utc}
        handouts.set_signed(self.session, facts["id"], signed=facts["signed"]["count"], version=row.version, **by)
        seen = {"kind": PaperKind.SIGN_OFF, "name": "签领表", "place": "工会档案柜", "seen_by": self.told["cashier"]}
        fund_papers.note_paper(self.session, claim_id=facts["claim"]["id"], is_private=True, **seen, **by)

    # --- claims -------------------------------------------------------------------------------------------------------------------

    def _steps_of_claim(self, facts: Facts) -> list[tuple[date, Step]]:
        acts: dict[str, Callable[..., object]] = {
            "submitted": self._submit,
            "returned": self._return,
            "again": self._submit,
            "approved": self._approve,
            "withdrawn": self._withdraw,
            "paid": self._pay,
            "reversed": self._reverse,
            "filed": self._file,
        }
        days = {name: facts[name]["on"] if isinstance(facts[name], dict) else facts[name] for name in acts if name in facts}
        return [(self._day(day), partial(acts[name], facts)) for name, day in days.items()]

    def _draft(self, facts: Facts, _day: date, now_utc: datetime) -> None:
        by = {"who": facts["handler"], "now_utc": now_utc}
        if "visits" in facts:
            ids = tuple(self.visit_ids[facts["visits"]])
            facts["id"] = claims.gather_claim(self.session, year=self.year, visit_ids=ids, handler=facts["handler"], **by).id
            return
        told = {name: facts[name] for name in ("kind", "purpose", "item", "payee", "people", "participants", "winners") if name in facts}
        row = claims.save_claim(
            self.session,
            None,
            version=0,
            year=self.year,
            amount_fen=parse_yuan(facts["yuan"]),
            source=FundSource(facts.get("source", FundSource.UNION_FUNDS)),
            form=GiftForm(facts["form"]) if "form" in facts else None,
            activity_id=self._activity(facts["activity"]) if "activity" in facts else None,
            handler=facts["handler"],
            **told,
            **by,
        )
        facts["id"] = row.id

    def _submit(self, facts: Facts, day: date, now_utc: datetime) -> None:
        by: Facts = {"who": facts["handler"], "now_utc": now_utc}
        over = facts.get("over", "")
        claims.submit_claim(self.session, facts["id"], version=self._version(facts), over_reason=over, today=day, **by)
        for kind, name in facts.pop("papers", ()):
            is_private = kind in ("sign_off", "certificate", "receipt")
            seen = {"name": name, "seen_by": self.told["cashier"]}
            fund_papers.note_paper(self.session, kind=PaperKind(kind), claim_id=facts["id"], is_private=is_private, **seen, **by)

    def _return(self, facts: Facts, _day: date, now_utc: datetime) -> None:
        told = facts["returned"]
        by = {"who": told["by"], "now_utc": now_utc}
        claims.return_claim(self.session, facts["id"], version=self._version(facts), reason=told["reason"], **by)

    def _withdraw(self, facts: Facts, _day: date, now_utc: datetime) -> None:
        told = facts["withdrawn"]
        by = {"who": told["by"], "now_utc": now_utc}
        claims.withdraw_claim(self.session, facts["id"], version=self._version(facts), reason=told["reason"], **by)

    def _approve(self, facts: Facts, _day: date, now_utc: datetime) -> None:
        by = {"who": self.told["approver"], "now_utc": now_utc}
        claims.approve_claim(self.session, facts["id"], version=self._version(facts), resolution=facts.get("resolution", ""), **by)

    def _pay(self, facts: Facts, day: date, now_utc: datetime) -> None:
        by = {"who": self.told["cashier"], "now_utc": now_utc}
        claims.pay_claim(self.session, facts["id"], version=self._version(facts), paid_on=day, today=day, **by)

    def _reverse(self, facts: Facts, day: date, now_utc: datetime) -> None:
        entry_id = self.session.exec(select(FundEntry.id).where(FundEntry.claim_id == facts["id"])).one()
        by = {"who": self.told["cashier"], "now_utc": now_utc}
        fund.reverse_entry(self.session, entry_id or 0, booked_on=day, reason=facts["reversed"]["reason"], today=day, **by)

    def _file(self, facts: Facts, _day: date, now_utc: datetime) -> None:
        by = {"who": self.told["keeper"], "now_utc": now_utc}
        claims.file_claim(self.session, facts["id"], version=self._version(facts), reason=facts.get("file_reason", ""), **by)

    def _version(self, facts: Facts) -> int:
        return self.session.exec(select(Claim.version).where(Claim.id == facts["id"])).one()

    def _activity(self, title: str) -> int:
        found = select(Activity.id).where(Activity.plan_id == self.plan_id, Activity.title == title).order_by(col(Activity.id))
        return self.session.exec(found).first() or 0


def _read_change(text: str) -> int:
    """An amount with its sign, in fen."""
    return -parse_yuan(text.removeprefix("-")) if text.startswith("-") else parse_yuan(text)
