"""What became of commitments: deeds told later that are the act, the condition, or the contrary. Every outcome names its entry.

A deed counts where it was first told after the commitment, within HORIZON, by parties that fit, in words that fit: the party's
own act keeps a threat or a promise, the other side's act meets a demand, and what the condition names triggers it. What is told
as not done breaks a promise. Silence breaks nothing: a deadline that passes without a word makes a commitment lapsed, and that
is said where it is looked at (views.py), since it depends on the day.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, and_, delete, or_, select, update

from twotrack.ledger.postings import Held, packed, unpacked
from twotrack.ledger.sameness import SAME_STATE, likeness, nearest
from twotrack.ledger.schema import claim_entries, entries, outcomes
from twotrack.ledger.traits import Trait, trait_from
from twotrack.ledger.writing import chunked

HORIZON, DAY = timedelta(days=90), timedelta(days=1)
ALIKE = 0.4  # likeness of an act's words and a deed's; set on the example case
SHARED = 2  # words that they must share
WORDS = frozenset({"THREATEN", "REQUEST", "ACCUSE"})  # types of events that are said, and repeat what they are about
HAPPENED, NOT_HAPPENED = frozenset({"actual", "ongoing", "held"}), frozenset({"negated", "denied", "cancelled"})
# An entry is compared by its lead; statements are neither pledges nor evidence.
WITH_LEAD = entries.join(claim_entries, claim_entries.c.claim == entries.c.lead)
TELLING = and_(entries.c.live, entries.c.kind.in_(("event", "commitment", "meeting")))
# The last that applies is what became of a commitment.
RANK = ("triggered", "refused", "kept", "broken", "withdrawn")


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as outcomes see it: its lead's trait, when it was first told, and whether sources contradict each other."""

    id: str
    trait: Trait
    known: date | None
    disputed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What an entry shows of a commitment."""

    entry: str
    shown_by: str
    outcome: str
    why: str


def settle_outcomes(connection: Connection, touched: Collection[str]) -> None:
    """Finds anew what touched entries show, and what shows the outcome of touched commitments."""
    affected = _clear(connection, touched)
    new = _told(connection, touched)
    pairs = _pairs(connection, new.values())
    told = new | _told(connection, {id_ for pair in pairs for id_ in pair} - set(new))
    found = {shown for pledge, deed in pairs for shown in _shown(told[pledge], told[deed])}
    if found:
        rows = [{"entry": one.entry, "shown_by": one.shown_by, "outcome": one.outcome, "why": one.why} for one in _once(found)]
        for part in chunked({row["entry"] for row in rows}):
            connection.execute(
                delete(outcomes).where(outcomes.c.entry.in_(part), outcomes.c.shown_by.in_([r["shown_by"] for r in rows]))
            )
        connection.execute(outcomes.insert(), rows)
    pledges = {one.id for one in new.values() if one.trait.kind == "commitment"}
    _write(connection, affected | {one.entry for one in found} | pledges)


def _once(found: Iterable[Shown]) -> list[Shown]:
    """One outcome for each pair of entries, the gravest."""
    best: dict[tuple[str, str], Shown] = {}
    for one in sorted(found, key=lambda one: (RANK.index(one.outcome), one.why)):
        best[one.entry, one.shown_by] = one
    return list(best.values())


def _clear(connection: Connection, touched: Collection[str]) -> set[str]:
    """Takes out what touched entries show and are shown by; returns the commitments that lose something by it."""
    affected: set[str] = set()
    for part in chunked(touched):
        own = or_(outcomes.c.entry.in_(part), outcomes.c.shown_by.in_(part))
        affected |= set(connection.execute(select(outcomes.c.entry).where(own)).scalars())
        connection.execute(delete(outcomes).where(own))
    return affected


# --- what might show it -------------------------------------------------------------------------------------------------


def _told(connection: Connection, ids: Collection[str]) -> dict[str, Told]:
    """Entries by id, of those that are pledges or may be evidence."""
    columns = (entries.c.id, entries.c.kind, entries.c.known, entries.c.disputed, entries.c.lead, claim_entries.c.trait)
    wanted = select(*columns).select_from(WITH_LEAD).where(TELLING)
    return {
        row.id: Told(row.id, trait_from(row.lead, row.kind, row.trait), row.known, row.disputed)
        for part in chunked(ids)
        for row in connection.execute(wanted.where(entries.c.id.in_(part)))
    }


def _pairs(connection: Connection, new: Iterable[Told]) -> list[tuple[str, str]]:
    """Pairs of a commitment and a deed told after it, within HORIZON, one of them new, that share words enough: (id, id)."""
    known = [one for one in new if one.known is not None]
    pledges = [one for one in known if one.trait.kind == "commitment"]
    deeds = [one for one in known if _evidence(one)]
    later = _first_told(connection, ("event", "meeting"), pledges, DAY, HORIZON)
    earlier = _first_told(connection, ("commitment",), deeds, -HORIZON, -DAY)
    found = {(one.id, deed) for one in pledges for deed in _sharing(one, later, 1, HORIZON.days)}
    return sorted(found | {(pledge, one.id) for one in deeds for pledge in _sharing(one, earlier, -HORIZON.days, -1)})


def _first_told(
    connection: Connection, kinds: Sequence[str], around: Sequence[Told], first: timedelta, last: timedelta
) -> Held:
    """Entries of these kinds that were first told so long after one of those given."""
    days = [one.known for one in around if one.known]
    if not days:
        return Held(())
    wanted = select(entries.c.id, entries.c.known.label("day"), claim_entries.c["keys"]).select_from(WITH_LEAD)
    told = entries.c.known.between(min(days) + first, max(days) + last)
    return Held(connection.execute(wanted.where(entries.c.live, entries.c.kind.in_(kinds), told)).all())


def _sharing(one: Told, held: Held, first: int, last: int) -> list[str]:
    """Those that share words enough with an entry and were first told so many days after it."""
    if one.known is None:
        return []
    after = held.after(one.known)
    shared = held.postings.shared(unpacked(packed(one.trait)))
    return held.named((shared >= SHARED) & (after >= first) & (after <= last))


def _shown(pledge: Told, deed: Told) -> Iterator[Shown]:
    """What a deed shows of a pledge that it was told after."""
    if _evidence(deed) and not _earlier(deed, pledge):
        yield from _outcome(pledge, deed)


def _evidence(one: Told) -> bool:
    """Whether an entry tells of a deed: a threat or a demand made once more shows nothing of what became of it."""
    return (
        one.trait.kind in ("event", "meeting") and one.trait.type not in WORDS and one.trait.status in HAPPENED | NOT_HAPPENED
    )


def _earlier(deed: Told, pledge: Told) -> bool:
    """Whether the deed was done before it was promised: background, told later."""
    return deed.trait.first is not None and pledge.known is not None and deed.trait.first < pledge.known


def _outcome(pledge: Told, deed: Told) -> Iterator[Shown]:
    act, condition = _alike(pledge.trait.words, deed.trait.words), _alike(pledge.trait.condition, deed.trait.words)
    happened = deed.trait.status in HAPPENED
    doer = pledge.trait.whom if pledge.trait.type == "demand" else pledge.trait.who
    fits = nearest(doer, deed.trait.who)
    if act and (fits is None or fits >= SAME_STATE):
        yield Shown(pledge.id, deed.id, _act_outcome(pledge, deed, happened), f"the act: {', '.join(act)}{_doubt(deed)}")
    elif condition and happened and not act:
        yield Shown(pledge.id, deed.id, "triggered", f"the condition: {', '.join(condition)}{_doubt(deed)}")


def _act_outcome(pledge: Told, deed: Told, happened: bool) -> str:
    if deed.trait.type == "REJECT":
        return "refused"
    if deed.trait.type == "CONCEDE" and pledge.trait.type in ("threat", "demand", "refusal"):
        return "withdrawn" if pledge.trait.type != "refusal" else "broken"
    kept = happened if pledge.trait.type != "refusal" else not happened
    return "kept" if kept else "broken"


def _alike(a: frozenset[str], b: frozenset[str]) -> list[str]:
    """The words in common, where they are enough."""
    shared = sorted(a & b)
    return shared if len(shared) >= SHARED and likeness(a, b) >= ALIKE else []


def _doubt(deed: Told) -> str:
    return "; sources contradict each other" if deed.disputed else ""


def _write(connection: Connection, ids: Collection[str]) -> None:
    """Sets what became of these commitments."""
    for part in chunked(ids):
        shown: dict[str, set[str]] = defaultdict(set)
        for row in connection.execute(select(outcomes).where(outcomes.c.entry.in_(part))):
            shown[row.entry].add(row.outcome)
        by_outcome: dict[str, list[str]] = defaultdict(list)
        for id_ in part:
            by_outcome[max(shown[id_], key=RANK.index) if shown[id_] else "open"].append(id_)
        for outcome, own in by_outcome.items():
            connection.execute(
                update(entries).where(entries.c.id.in_(own), entries.c.kind == "commitment").values(outcome=outcome)
            )
