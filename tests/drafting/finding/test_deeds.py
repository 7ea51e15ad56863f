"""What one check-off tells, and several of a kind together."""

from datetime import date
from decimal import Decimal

from tests.drafting.makers import check_offs, facts_of, make_deed, make_done, make_entry, make_records
from unionboard.drafting.facts import DeedFacts, GroupFacts
from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.drafting.records import ActivityRecord

HERE = (Source("check_off", 11),)


def deed_of(activity: ActivityRecord) -> DeedFacts:
    return groups_of(activity)[0].deeds[0]


def groups_of(*activities: ActivityRecord) -> tuple[GroupFacts, ...]:
    return facts_of(make_records(*activities)).sections[0].groups


def value_of(figure: Figure | None) -> object:
    return None if figure is None else figure.value


def test_people_of_a_deed_are_fields_of_its_check_off_and_their_share_is_computed() -> None:
    told = deed_of(make_done(deed=make_deed(participants=43, eligible=58)))

    present = Figure(43, Unit.PERSON, Rule.FIELD, "check_off.participants", HERE)
    eligible = Figure(58, Unit.PERSON, Rule.FIELD, "check_off.eligible", HERE)
    assert (told.present, told.eligible) == (present, eligible)
    assert told.turnout == Figure(Decimal("74.1"), Unit.PERCENT, Rule.RATE, parts=(present, eligible))


def test_what_was_not_recorded_is_none_and_so_is_nought() -> None:
    told = deed_of(make_done(deed=make_deed(participants=0, figures={"prizes": 0})))

    assert (told.present, told.eligible, told.turnout, told.person_times, told.figures) == (None, None, None, None, {})


def test_one_day_has_no_second_day() -> None:
    days = date(2026, 5, 8), date(2026, 5, 12)

    one, several = (deed_of(make_done(deed=make_deed(done_on=days[0], done_to=day))) for day in days)

    assert (one.from_on.value, one.to_on, value_of(several.to_on)) == (days[0], None, days[1])


def test_shares_of_a_congress_name_part_and_whole() -> None:
    figures = {"delegates_due": 32, "delegates_present": 30, "proposals_received": 17, "proposals_answered": 16}

    told = deed_of(make_done("召开教代会", deed=make_deed(figures=figures)))

    assert {name: rate.value for name, rate in told.rates.items()} == {"delegates": Decimal("93.8"), "answered": Decimal("94.1")}
    assert told.rates["answered"].parts == (told.figures["proposals_answered"], told.figures["proposals_received"])


def test_share_of_votes_is_of_all_that_were_cast() -> None:
    told = deed_of(make_done("召开教代会", deed=make_deed(figures={"votes_for": 28, "votes_against": 1, "votes_abstained": 1})))

    assert (told.rates["passed"].value, told.rates["passed"].parts[1].value) == (Decimal("93.3"), 30)


def test_votes_for_alone_are_no_share() -> None:
    assert deed_of(make_done("召开教代会", deed=make_deed(figures={"votes_for": 28}))).rates == {}


def test_spending_counts_corrections_and_no_income() -> None:
    entries = (make_entry(1, 30_000), make_entry(2, -10_000), make_entry(3, 5_000, direction="in"))

    spent = deed_of(make_done(entries=entries)).spent

    assert spent == Figure(20_000, Unit.FEN, Rule.SUM, "fund_entry.amount_fen", (Source("fund_entry", 1), Source("fund_entry", 2)))


def test_spending_that_was_taken_back_is_none() -> None:
    assert deed_of(make_done(entries=(make_entry(1, 30_000), make_entry(2, -30_000)))).spent is None


def test_deeds_are_grouped_by_kind_and_area_the_weightiest_kind_first() -> None:
    groups = groups_of(
        make_done("春游", id=1, deed=make_deed(id=1)),
        make_done("乒乓球比赛", id=2, deed=make_deed(id=2)),
        make_done("召开工代会", id=3, deed=make_deed(id=3)),
        make_done("篮球比赛", id=4, deed=make_deed(id=4)),
    )

    assert [(group.kind, group.times.sources) for group in groups] == [
        ("congress", check_offs(3)),
        ("contest", check_offs(2, 4)),
        ("event", check_offs(1)),
    ]


def test_attendances_of_a_group_cover_only_deeds_with_a_head_count() -> None:
    (group,) = groups_of(
        make_done("篮球赛", id=1, deed=make_deed(id=1, participants=20)),
        make_done("排球赛", id=2, deed=make_deed(id=2, participants=26, person_times=84)),
        make_done("棋类比赛", id=3, deed=make_deed(id=3)),
    )

    field = "check_off.person_times|check_off.participants"
    assert group.attended == Figure(104, Unit.PERSON_TIME, Rule.SUM, field, check_offs(1, 2))
    assert (group.times.value, group.counted) == (3, 2)


def test_turnout_of_a_group_is_over_deeds_that_have_both_figures() -> None:
    (group,) = groups_of(
        make_done("篮球赛", id=1, deed=make_deed(id=1, participants=20, eligible=40)),
        make_done("排球赛", id=2, deed=make_deed(id=2, participants=30, eligible=40)),
        make_done("棋类比赛", id=3, deed=make_deed(id=3, participants=50)),
    )

    assert value_of(group.turnout) == Decimal("62.5")


def test_group_is_compared_with_the_same_kind_and_area_a_year_earlier() -> None:
    before = make_records(make_done("跳绳比赛", deed=make_deed(id=91)), make_done("春游", id=5, deed=make_deed(id=92)))

    (group,) = facts_of(make_records(make_done("篮球赛")), before=before).sections[0].groups

    assert group.last_year is not None
    assert (group.last_year.now, group.last_year.before.sources) == (group.times, check_offs(91))


def test_weight_rests_on_the_deed_alone_and_grows_with_what_it_tells() -> None:
    plain, praised = (
        make_done("歌咏比赛"),
        make_done("歌咏比赛", deed=make_deed(participants=60, award="二等奖", award_level="city", result="演出两场")),
    )

    assert deed_of(plain).weight < deed_of(praised).weight == groups_of(praised, make_done("棋类比赛", id=9))[0].deeds[0].weight
