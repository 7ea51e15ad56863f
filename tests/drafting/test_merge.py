"""Three-way merge of a section: what was generated, what people made of it, what the records give now."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unionboard.drafting.alignment import align, pair_texts
from unionboard.drafting.document import join_sentences
from unionboard.drafting.merge import Conflict, Settled, merge, write_out
from unionboard.drafting.phrases import Sentence

SPORTS = Sentence("5月20日，举办趣味运动会，60人参加。", key="deed:1")
SPORTS_NEW = replace(SPORTS, text="5月20日，举办趣味运动会，63人参加。")
CHECKUP = Sentence("9月14日，组织教职工体检，58人参加，参检率92%。", key="deed:2")
CHECKUP_NEW = replace(CHECKUP, text="9月14日，组织教职工体检，61人参加，参检率97%。")
GAP = Sentence("【待补充：效果】", key="gap")
LECTURE = Sentence("10月8日，举办师德宣讲，41人参加。", key="deed:3")
BASE = (SPORTS, CHECKUP, GAP)


def merged(mine: str, *new: Sentence, base: tuple[Sentence, ...] = BASE) -> str:
    """The text after a merge without conflicts."""
    segments = merge(base, mine, new)
    assert [segment for segment in segments if isinstance(segment, Conflict)] == []
    return write_out(segments)


def conflicts(mine: str, *new: Sentence, base: tuple[Sentence, ...] = BASE) -> list[tuple[str, str, str | None]]:
    """Key, people's words and the new words of each conflict."""
    found = [segment for segment in merge(base, mine, new) if isinstance(segment, Conflict)]
    return [(one.key, one.mine, one.new.text if one.new else None) for one in found]


def test_untouched_sentence_takes_the_new_words() -> None:
    assert merged(f"{SPORTS.text}{CHECKUP.text}大家都说好。", SPORTS, CHECKUP_NEW, GAP) == f"{SPORTS.text}{CHECKUP_NEW.text}大家都说好。"


def test_untouched_sentence_goes_with_its_record() -> None:
    assert merged(f"{SPORTS.text}大家都说好。{CHECKUP.text}", CHECKUP, GAP) == f"大家都说好。{CHECKUP.text}"


def test_new_sentence_comes_where_the_records_have_it() -> None:
    assert merged(f"{SPORTS.text}{CHECKUP.text}大家都说好。", SPORTS, LECTURE, CHECKUP, GAP) == (
        f"{SPORTS.text}{LECTURE.text}{CHECKUP.text}大家都说好。"
    )


def test_new_sentence_stands_behind_what_people_added_to_the_one_before() -> None:
    assert merged(f"{SPORTS.text}大家都说好。{CHECKUP.text}", SPORTS, LECTURE, CHECKUP) == (
        f"{SPORTS.text}大家都说好。{LECTURE.text}{CHECKUP.text}"
    )


def test_changed_sentence_stays_while_the_records_say_the_same_of_it() -> None:
    own = CHECKUP.text.replace("参检率92%", "参检率达92%，为大家筑起健康防线")

    assert merged(f"{SPORTS.text}{own}", SPORTS_NEW, CHECKUP, GAP) == f"{SPORTS_NEW.text}{own}"


def test_sentence_both_changed_is_a_conflict_and_keeps_peoples_words_until_they_choose() -> None:
    own = CHECKUP.text.replace("。", "，大家都很满意。")

    segments = merge(BASE, f"{SPORTS.text}{own}", (SPORTS_NEW, CHECKUP_NEW, GAP))

    assert segments == (
        Settled("deed:1", SPORTS_NEW.text, sentence=SPORTS_NEW),
        Conflict("deed:2", CHECKUP, own, CHECKUP_NEW),
    )
    assert write_out(segments) == f"{SPORTS_NEW.text}{own}"
    assert write_out(segments, {"deed:2": CHECKUP_NEW.text}) == f"{SPORTS_NEW.text}{CHECKUP_NEW.text}"
    assert write_out(segments, {"deed:2": ""}) == SPORTS_NEW.text


def test_changed_sentence_whose_record_is_gone_is_a_conflict() -> None:
    own = SPORTS.text.replace("。", "，热闹非凡。")

    assert conflicts(f"{own}{CHECKUP.text}", CHECKUP, GAP) == [("deed:1", own, None)]


def test_both_changed_to_the_same_words_is_none() -> None:
    assert merged(f"{SPORTS.text}{CHECKUP_NEW.text}{GAP.text}", SPORTS, CHECKUP_NEW, GAP) == f"{SPORTS.text}{CHECKUP_NEW.text}{GAP.text}"


def test_sentence_people_took_out_stays_out_while_the_records_say_the_same() -> None:
    assert merged(SPORTS.text, SPORTS_NEW, CHECKUP, GAP) == SPORTS_NEW.text


def test_sentence_people_took_out_is_asked_about_when_its_records_change() -> None:
    assert conflicts(SPORTS.text, SPORTS, CHECKUP_NEW, GAP) == [("deed:2", "", CHECKUP_NEW.text)]


def test_section_the_records_no_longer_give_leaves_what_people_wrote() -> None:
    assert merged(f"{SPORTS.text}大家都说好。{CHECKUP.text}{GAP.text}") == "大家都说好。"


def test_sentence_people_wrote_before_the_records_gave_it_is_not_doubled() -> None:
    assert merged(f"{SPORTS.text}{LECTURE.text}{CHECKUP.text}", SPORTS, CHECKUP, LECTURE) == f"{SPORTS.text}{LECTURE.text}{CHECKUP.text}"


def test_order_people_chose_stays_and_moved_sentences_follow_their_records() -> None:
    assert merged(f"{CHECKUP.text}{SPORTS.text}", SPORTS_NEW, CHECKUP, LECTURE, base=(SPORTS, CHECKUP)) == (
        f"{CHECKUP.text}{LECTURE.text}{SPORTS_NEW.text}"
    )


def test_line_breaks_of_people_stay_and_an_unfinished_line_is_not_run_into() -> None:
    assert merged(f"{SPORTS.text}\n{CHECKUP.text}大家都说好", SPORTS_NEW, CHECKUP, LECTURE, base=(SPORTS, CHECKUP)) == (
        f"{SPORTS_NEW.text}\n{CHECKUP.text}大家都说好\n{LECTURE.text}"
    )


NUMBERED = tuple(
    Sentence(text, key=key, label=f"{n}.", opens=True)
    for n, (key, text) in enumerate([("late", "2项逾期未办。"), ("missed", "校务公开栏缺1次。"), ("weak", "维权工作没有记录。")], start=1)
)


def test_numbers_count_anew_when_a_sentence_goes_and_people_added_one() -> None:
    mine = "1.2项逾期未办。\n2.校务公开栏缺1次，因为公告栏在维修。\n3.维权工作没有记录。\n4.自己加的一条。"
    late, missed, weak = NUMBERED

    told = merged(mine, replace(missed, label="1."), replace(weak, label="2."), base=(late, missed, weak))

    assert told == "1.校务公开栏缺1次，因为公告栏在维修。\n2.维权工作没有记录。\n3.自己加的一条。"


def test_own_words_of_a_conflict_need_no_number() -> None:
    late, missed, weak = NUMBERED
    segments = merge(
        NUMBERED, "1.3项逾期。\n2.校务公开栏缺1次。\n3.维权工作没有记录。", (replace(late, text="1项逾期未办。"), missed, weak)
    )

    assert write_out(segments, {"late": "1.1项逾期，年内补上。"}).splitlines()[0] == "1.1项逾期，年内补上。"


def test_drafts_of_before_keys_are_merged_by_their_words() -> None:
    base = tuple(replace(one, key="") for one in (SPORTS, CHECKUP))
    own = CHECKUP.text.replace("。", "，大家都很满意。")

    assert merged(f"{SPORTS.text}{own}", SPORTS, CHECKUP, base=base) == f"{SPORTS.text}{own}"
    assert conflicts(f"{SPORTS.text}{own}", SPORTS, CHECKUP_NEW, base=base) == [("deed:2", own, CHECKUP_NEW.text)]


def test_english_sentences_are_merged_alike() -> None:
    base = (Sentence("On 20 May, 60 people came.", key="a"), Sentence("The check-up reached 58.", key="b"))
    new = (replace(base[0], text="On 20 May, 63 people came."), base[1], Sentence("A lecture was held.", key="c"))

    assert merged("On 20 May, 60 people came. Everybody liked it. The check-up reached 58.", *new, base=base) == (
        "On 20 May, 63 people came. Everybody liked it. The check-up reached 58. A lecture was held."
    )


def test_sentences_of_a_text_know_what_they_stand_for() -> None:
    own = CHECKUP.text.replace("。", "，大家都很满意。")

    shown = align(f"{SPORTS.text}自己的话。{own}", BASE)

    assert [(one.text, one.sentence, one.is_edited) for one in shown] == [
        (SPORTS.text, SPORTS, False),
        ("自己的话。", None, True),
        (own, CHECKUP, True),
    ]


@pytest.mark.parametrize(
    ("mine", "theirs", "pairs"),
    [
        (["甲乙丙丁"], ["甲乙丙戊", "甲乙丙丁"], [1]),
        (["乙", "甲"], ["甲", "乙"], [1, 0]),
        (["甲甲甲一", "甲甲甲二"], ["甲甲甲三", "甲甲甲四"], [0, 1]),
        (["全新的话"], ["别的句子"], [None]),
        ([], ["甲"], []),
    ],
    ids=["equal-before-alike", "moved", "alike-in-order", "not-alike", "nothing"],
)
def test_sentences_are_paired_equal_first_then_alike(mine: list[str], theirs: list[str], pairs: list[int | None]) -> None:
    assert pair_texts(mine, theirs) == pairs


# --- whatever people do and however the records move on --------------------------------------------------------------------

KEYS = ["趣味运动会", "教职工体检", "师德宣讲会", "合唱比赛", "读书沙龙", "急救培训", "插花活动"]


def sentence_of(key: str, n: int) -> Sentence:
    return Sentence(f"{KEYS.index(key) + 1}月{n}日，举办{key}，{n * 7}人参加。", key=key)


@st.composite
def drafts(draw: st.DrawFn) -> tuple[Sentence, ...]:
    """A generated section: some activities, each told by a number that its records give, in the order of ``KEYS``."""
    keys = [key for key in KEYS if draw(st.booleans())]
    return tuple(sentence_of(key, draw(st.integers(1, 2))) for key in keys)


@st.composite
def edits(draw: st.DrawFn, base: tuple[Sentence, ...]) -> tuple[str, list[str], set[str], set[str]]:
    """A text people made of ``base``, the words that are theirs alone, keys they changed and keys they took out."""
    told: list[str] = []
    own: list[str] = []
    changed: set[str] = set()
    gone: set[str] = set()
    for place in range(len(base) + 1):
        for _ in range(draw(st.integers(0, 1))):
            own.append(f"「自己{len(own)}」")
            told.append(draw(st.sampled_from(["", "\n"])) + f"{own[-1]}写的话" + draw(st.sampled_from(["。", "\n", "！"])))
        if place == len(base):
            break
        deed = draw(st.sampled_from(["keep", "keep", "change", "drop"]))
        if deed == "drop":
            gone.add(base[place].key)
            continue
        text = base[place].text
        if deed == "change":
            changed.add(base[place].key)
            own.append(f"「自己{len(own)}」")
            text = text.replace("。", f"，{own[-1]}。")
        told.append(draw(st.sampled_from(["", "", "\n"])) + text)
    return "".join(told), own, changed, gone


@given(st.data())
@settings(max_examples=150)
def test_no_word_of_people_is_ever_lost_over_two_refreshes(data: st.DataObject) -> None:
    base, new, newer = (data.draw(drafts()) for _ in range(3))
    mine, own, _changed, _gone = data.draw(edits(base))

    once = write_out(merge(base, mine, new))
    unresolved = any(isinstance(segment, Conflict) for segment in merge(base, mine, new))
    twice = write_out(merge(base, mine, newer) if unresolved else merge(new, once, newer))

    assert [words for words in own if once.count(words) != 1 or twice.count(words) != 1] == []


@given(st.data())
@settings(max_examples=150)
def test_untouched_sentences_are_those_of_the_new_draft_and_no_others(data: st.DataObject) -> None:
    base, new = data.draw(drafts()), data.draw(drafts())
    mine, _own, changed, gone = data.draw(edits(base))
    known = {sentence.key for sentence in base}

    told = write_out(merge(base, mine, new))

    untouched = [sentence.text for sentence in new if sentence.key not in known or sentence.key not in changed | gone]
    assert [told.count(text) for text in untouched] == [1] * len(untouched)
    left = {sentence.text for sentence in base if sentence.key not in changed} - {sentence.text for sentence in new}
    assert [text for text in left if text in told] == []


@given(drafts(), drafts())
@settings(max_examples=60)
def test_text_nobody_touched_becomes_the_new_draft(base: tuple[Sentence, ...], new: tuple[Sentence, ...]) -> None:
    assert write_out(merge(base, join_sentences(base), new)) == join_sentences(new)


@given(st.data())
@settings(max_examples=100)
def test_refresh_without_changed_records_changes_nothing(data: st.DataObject) -> None:
    base = data.draw(drafts())
    mine, *_ = data.draw(edits(base))

    segments = merge(base, mine, base)

    assert write_out(segments) == "\n".join(line for line in mine.splitlines() if line)
    assert not any(isinstance(segment, Conflict) for segment in segments)


@given(st.data())
@settings(max_examples=150)
def test_merging_again_changes_nothing(data: st.DataObject) -> None:
    base, new = data.draw(drafts()), data.draw(drafts())
    mine, *_ = data.draw(edits(base))
    segments = merge(base, mine, new)
    picks = {
        one.key: data.draw(st.sampled_from([one.mine, one.new.text if one.new else ""])) for one in segments if isinstance(one, Conflict)
    }

    once = write_out(segments, picks)

    again = merge(new, once, new)
    assert write_out(again) == once
    assert not any(isinstance(segment, Conflict) for segment in again)


@given(st.data())
@settings(max_examples=60)
def test_choosing_the_new_words_everywhere_gives_the_new_draft(data: st.DataObject) -> None:
    """Where people added nothing of their own and set no line break."""
    base, new = data.draw(drafts()), data.draw(drafts())
    shuffled = random.Random(data.draw(st.integers(0, 9)))
    mine = "".join(one.text.replace("。", "，很好。") if shuffled.random() < 0.5 else one.text for one in base)
    segments = merge(base, mine, new)
    kept = {one.text for one in segments if isinstance(one, Settled) and one.sentence is not None and one.text != one.sentence.text}

    told = write_out(segments, {one.key: one.new.text if one.new else "" for one in segments if isinstance(one, Conflict)})

    for words in kept:
        told = told.replace(words, words.replace("，很好。", "。"))
    assert told == join_sentences(new)
