"""The records behind a sentence of the summary, as they may be shown: activities with papers, lines of the ledger, of visits a count."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from unionboard.drafting.figures import Source
from unionboard.models import Activity, CheckOff, Evidence, FundEntry, Occurrence
from unionboard.services import ledger
from unionboard.services.activities import ActivityView, find_activity
from unionboard.services.evidence import list_evidence
from unionboard.services.fund_years import signed_amount
from unionboard.services.ledger import EntryView

ACTIVITIES_READ, ENTRIES_READ = 3, 12
"""So many are read whole; of further activities only what they are called, of further entries only their sum."""
_OF_ACTIVITIES = frozenset({"activity", "check_off", "occurrence", "evidence"})


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a sentence or a figure.

    ``activities`` and ``entries`` are the first of them by day, ``more_activities`` are id and title of the others.
    ``in_fen`` and ``out_fen`` are the sums of all ``entry_count`` entries. Care visits are only counted: no name, kind or day.
    ``others`` are numbers of further records by noun; ``titles`` what an activity's record is called, by source.
    """

    activities: tuple[ActivityView, ...]
    more_activities: tuple[tuple[int, str], ...]
    papers: Mapping[int, tuple[Evidence, ...]]  # by activity
    entries: tuple[EntryView, ...]
    entry_count: int
    in_fen: int
    out_fen: int
    visits: int
    others: Mapping[str, int]
    titles: Mapping[Source, str]


def trace_records(session: Session, sources: Iterable[Source], *, as_of: date) -> Behind:
    """The records of ``sources`` with activities as they stood on ``as_of``; those that are gone meanwhile are left out."""
    ids = sort_ids(sources)
    owners = find_owners(session, ids)
    heads = _list_heads(session, owners.values())
    views = tuple(find_activity(session, id_, today=as_of) for id_, _title in heads[:ACTIVITIES_READ])
    entries = ledger.list_known(session, ids["fund_entry"], limit=ENTRIES_READ)
    titles = dict(heads)
    return Behind(
        activities=views,
        more_activities=heads[ACTIVITIES_READ:],
        papers=_list_papers(session, views),
        entries=entries,
        entry_count=len(ids["fund_entry"]),
        **_sum_entries(session, ids["fund_entry"]),
        visits=len(ids["care_visit"]),
        others=Counter({noun: len(of) for noun, of in ids.items() if of and noun not in _OF_ACTIVITIES | {"fund_entry", "care_visit"}}),
        titles={source: titles[id_] for source, id_ in owners.items() if id_ in titles} | _name_entries(entries),
    )


def sort_ids(sources: Iterable[Source]) -> dict[str, list[int]]:
    """Numbers of records by noun, each once, in the order given; of other nouns none."""
    ids: dict[str, list[int]] = defaultdict(list)
    for source in dict.fromkeys(sources):
        ids[source.noun].append(source.id)
    return ids


def find_owners(session: Session, ids: Mapping[str, Sequence[int]]) -> dict[Source, int]:
    """The activity each record belongs to (``ids``: see ``sort_ids``); of records that belong to none, nothing."""
    queries = {
        "check_off": select(CheckOff.id, CheckOff.activity_id).where(col(CheckOff.id).in_(ids["check_off"])),
        "occurrence": select(Occurrence.id, Occurrence.activity_id).where(col(Occurrence.id).in_(ids["occurrence"])),
        "evidence": select(Evidence.id, CheckOff.activity_id)
        .join(CheckOff, col(CheckOff.id) == Evidence.check_off_id)
        .where(col(Evidence.id).in_(ids["evidence"])),
    }
    found = {Source("activity", id_): id_ for id_ in ids["activity"]}
    for noun, query in queries.items():
        if ids[noun]:
            found |= {Source(noun, id_ or 0): activity_id for id_, activity_id in session.exec(query)}
    return found


def _list_heads(session: Session, ids: Iterable[int]) -> tuple[tuple[int, str], ...]:
    wanted = set(ids)
    if not wanted:
        return ()
    stands = select(Activity.id, Activity.title).where(col(Activity.id).in_(wanted), col(Activity.removed).is_(False))
    query = stands.order_by(col(Activity.starts_on), col(Activity.id))
    return tuple((id_ or 0, title) for id_, title in session.exec(query))


def _list_papers(session: Session, views: Iterable[ActivityView]) -> dict[int, tuple[Evidence, ...]]:
    owner = {record.id: view.id for view in views for record in view.records}
    papers: dict[int, list[Evidence]] = defaultdict(list)
    for paper in list_evidence(session, list(owner)):
        papers[owner[paper.check_off_id]].append(paper)
    return {id_: tuple(of) for id_, of in papers.items()}


def _sum_entries(session: Session, ids: Iterable[int]) -> dict[str, int]:
    sums = {"in": 0, "out": 0}
    wanted = list(ids)
    if wanted:
        for direction, fen in session.exec(select(FundEntry.direction, signed_amount()).where(col(FundEntry.id).in_(wanted))):
            sums[str(direction)] += fen
    return {"in_fen": sums["in"], "out_fen": sums["out"]}


def _name_entries(entries: Iterable[EntryView]) -> dict[Source, str]:
    return {Source("fund_entry", entry.id): entry.purpose for entry in entries}
