"""Are two claims about the same thing? Compares two traits and says how alike they are and why. Looks at nothing else.

Claims of one kind are weighed by type, parties, days and words. What contradicts (other speakers, days far apart, a deed done
and a deed supposed) rules a pair out; what differs and can be disputed (figures, a date by a day or two, whether it happened)
does not, since sources that disagree about one thing still tell of one thing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from twotrack.ledger.traits import Party, Trait, stems
from twotrack.ontology import types

# The least weight that makes two claims one, and all weights below: set on the example case (examples/), checked on the cases
# in benchmarks/cases, which nobody looked at meanwhile.
SAME = 0.75

EVENT_DAYS = 2  # sources give another day for one deed: time zones, "overnight"
EVENT_REACH = 4  # days between the beginnings of stretches that overlap
TOLD_DAYS = 3  # a deed without a date is told within days
STATEMENT_DAYS = 4
REPEATED_DAYS = 30  # the same quotation, word for word, told again
VERBATIM, ENOUGH_WORDS = 0.85, 3  # share of the shorter one's words; stems that a quotation must have to be known again
COMMITMENT_DAYS = 30  # a demand is repeated for weeks; whoever repeats it later than that makes it anew
MEETING_DAYS = 45  # talks are announced that long before
REACH = {"event": EVENT_REACH, "statement": REPEATED_DAYS, "commitment": COMMITMENT_DAYS, "meeting": MEETING_DAYS}

# Claims that share less than this part of the shorter one's words are the same by nothing below but day and party.
SHARED = 0.25
SPEAKER_WEIGHT, SPOKEN_WEIGHT = 0.25, 1.1  # of who speaks, and of the likeness of the words

HAPPENED = frozenset({"actual", "ongoing", "denied", "negated"})  # one deed, told as done or as not done
LEAST_WORDS = 0.2  # likeness of the words without which two deeds of one day, kind and parties are two
RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})
# Stems that say what kind of words were spoken, which the types say already.
SPEAKING = frozenset(stems("demand ask accuse reject agree promise offer warn condemn deny"))
VERBAL = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"})
# Days by which meetings are moved: what is put off is told with its old day, its new one, or none; what is
# called off has no new one, but a weekday may be taken for the wrong week.
MOVED = {"postponed": MEETING_DAYS, "cancelled": 7}
ACT_GROUPS = {
    "threat": "threat", "warning": "threat", "promise": "promise", "agreement": "promise", "plan": "promise",
    "demand": "demand", "refusal": "refusal",
}  # fmt: skip


ROUNDING = 1e-6  # sums in another order
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sameness:
    """How alike two claims are, 0 to 1, and why; from SAME on they are about the same thing. `against` rules it out."""

    score: float
    why: str
    against: bool = False


def same(a: Trait, b: Trait) -> Sameness:
    """Whether two claims are about the same thing; the order of the two does not matter."""
    if a.kind != b.kind:
        return _no("a claim of another kind")
    if a.day and b.day and abs((a.day - b.day).days) > REACH[a.kind]:
        return _no("on other days")
    return COMPARED[a.kind](a, b)


def _no(why: str) -> Sameness:
    return Sameness(0.0, why, against=True)


def may_be_same(trait: Trait, shared: Counts, sizes: Counts, alone: NDArray[np.bool_], apart: Counts) -> NDArray[np.bool_]:
    """Which of many claims of the kind may reach SAME with this one [claims]: none that does is left out.

    `shared` is how many words each has in common with it, of `sizes`; `alone`: day and parties may do; `apart` is in days.
    """
    own = len(trait.words | trait.condition)
    less = np.maximum(np.minimum(sizes, own), 1)
    likely = alone | (shared > 0) & (shared >= SHARED * less)
    if trait.kind == "statement":
        words = (shared / less + shared / np.maximum(sizes + own - shared, 1)) / 2
        enough = SPEAKER_WEIGHT + SPOKEN_WEIGHT * words >= SAME - ROUNDING
        likely &= (shared >= VERBATIM * less - ROUNDING) | enough & (apart <= STATEMENT_DAYS)
    found: NDArray[np.bool_] = likely & (apart <= REACH[trait.kind])
    return found


# --- parties ------------------------------------------------------------------------------------------------------------

SAME_PARTY, WITHIN, SAME_STATE = 1.0, 0.85, 0.5


UNKNOWN = 0.6  # of a party that is named and not resolved: it may be the other one


def kinship(a: Party, b: Party) -> float:
    """How near two parties are: 1 the same, WITHIN where one belongs to the other (RUS, RUS.GOV.HOS), SAME_STATE, 0."""
    if a.person and a.person == b.person:
        return SAME_PARTY
    if not a.id or not b.id:
        return SAME_PARTY if set(a.words.split()) & set(b.words.split()) else UNKNOWN
    return _related(a.id, b.id)


@lru_cache(maxsize=1 << 14)
def _related(a: str, b: str) -> float:
    if a == b:
        return SAME_PARTY
    if a.startswith(f"{b}.") or b.startswith(f"{a}."):
        return WITHIN
    left, right = a.split("."), b.split(".")
    shared = 2 if left[0] in ("IGO", "NGO", "MNC") else 1
    return SAME_STATE if left[:shared] == right[:shared] else 0.0


def nearest(a: tuple[Party, ...], b: tuple[Party, ...]) -> float | None:
    """The nearest kinship of two groups; None where one of them names nobody."""
    return max(kinship(x, y) for x in a for y in b) if a and b else None


def shared_parties(a: tuple[Party, ...], b: tuple[Party, ...]) -> float:
    """How many of the smaller group are in the other, by kinship, 0 to 1; of groups of one size the lesser share."""
    if not a or not b:
        return 0.0
    if len(a) == len(b):
        return min(_share(a, b), _share(b, a))
    return _share(*sorted((a, b), key=len))


def _share(less: tuple[Party, ...], more: tuple[Party, ...]) -> float:
    return sum(max(kinship(x, y) for y in more) for x in less) / len(less)


# --- words and days -----------------------------------------------------------------------------------------------------


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Words in common, 0 to 1: the mean of their share in the shorter and in both together. One word alone tells little."""
    shared = len(a & b)
    if not shared:
        return 0.0
    found = (shared / min(len(a), len(b)) + shared / len(a | b)) / 2
    return found if min(len(a), len(b)) > 1 else found / 2


def days_apart(a: Trait, b: Trait) -> int | None:
    """Days between the two, 0 where they overlap; None where a day is not known."""
    first, second = _span(a), _span(b)
    if first is None or second is None:
        return None
    return max((second[0] - first[1]).days, (first[0] - second[1]).days, 0)


def _span(one: Trait) -> tuple[date, date] | None:
    if one.first and one.last:
        return one.first, one.last
    return (one.told, one.told) if one.told else None


def told_apart(a: Trait, b: Trait) -> int | None:
    """Days between the two reports."""
    return abs((a.told - b.told).days) if a.told and b.told else None


def _in_common(a: frozenset[str], b: frozenset[str]) -> str:
    return f"words in common: {', '.join(sorted(a & b)[:8])}" if a & b else "no words in common"


# --- events -------------------------------------------------------------------------------------------------------------


def _events(a: Trait, b: Trait) -> Sameness:
    if not (a.status == b.status or {a.status, b.status} <= HAPPENED):
        return _no(f"{a.status} and {b.status}")
    apart = days_apart(a, b)
    dated = bool(a.first and b.first)
    if apart is None or apart > (EVENT_DAYS if dated else TOLD_DAYS):
        return _no("on other days")
    parties = _event_parties(a, b)
    if parties is None:
        return _no("other parties")
    if a.condition and b.condition and not a.condition & b.condition:
        return _no("at another place")
    verbal = a.type in VERBAL or b.type in VERBAL
    words = likeness(a.words - SPEAKING, b.words - SPEAKING) if verbal else likeness(a.words, b.words)
    met = a.type == b.type == "CONSULT" and dated and not apart
    if words < LEAST_WORDS and not met:
        return Sameness(0.0, "other words")
    kind = 1.0 if a.type == b.type else 0.5 if types()[a.type] == types()[b.type] else 0.0
    near = 0.2 if dated and not apart else 0.1 if not apart else 0.0
    score = 0.3 * kind + 0.25 * parties + 0.45 * words + near
    return Sameness(min(score, 1.0), f"{a.type} and {b.type}, {_in_common(a.words, b.words)}")


def _event_parties(a: Trait, b: Trait) -> float | None:
    """How near the parties are; None where they contradict. Of what is done together, told from either side, all count."""
    mutual = RECIPROCAL.issuperset((a.type, b.type)) or bool(a.whom) != bool(b.whom)
    if mutual and min(len(a.who + a.whom), len(b.who + b.whom)) > 1:
        found = shared_parties(a.who + a.whom, b.who + b.whom)
        return found if found >= SAME_STATE else None
    near = [found for found in (nearest(a.who, b.who), nearest(a.whom, b.whom)) if found is not None]
    if not near:
        return 0.3
    return None if min(near) == 0.0 else sum(near) / len(near)


# --- statements ---------------------------------------------------------------------------------------------------------


def _statements(a: Trait, b: Trait) -> Sameness:
    apart = told_apart(a, b)
    shared = len(a.words & b.words)
    verbatim = shared >= ENOUGH_WORDS and shared >= VERBATIM * min(len(a.words), len(b.words))
    if apart is None or apart > (REPEATED_DAYS if verbatim else STATEMENT_DAYS):
        return _no("told on other days")
    if a.anonymous != b.anonymous:
        return _no("one speaker is named and one is not")
    near = nearest(a.who, b.who)
    persons = {party.person for party in (*a.who, *b.who) if party.person}
    if near is not None and (near < UNKNOWN or len(persons) > 1):
        return _no("another speaker")
    if min(len(a.words), len(b.words)) < ENOUGH_WORDS - 1 and a.words != b.words:
        return Sameness(0.0, "too few words to tell")
    words = max(likeness(a.words, b.words), 0.7 if verbatim else 0.0)
    score = SPEAKER_WEIGHT * (UNKNOWN if near is None else near) + SPOKEN_WEIGHT * words
    return Sameness(min(score, 1.0), f"the same speaker, {_in_common(a.words, b.words)}")


# --- commitments --------------------------------------------------------------------------------------------------------


def _commitments(a: Trait, b: Trait) -> Sameness:
    if ACT_GROUPS[a.type] != ACT_GROUPS[b.type]:
        return _no(f"a {a.type} and a {b.type}")
    apart = told_apart(a, b)
    if apart is None or apart > COMMITMENT_DAYS:
        return _no("told on other days")
    who, whom = nearest(a.who, b.who), nearest(a.whom, b.whom)
    if who == 0.0 or whom == 0.0:
        return _no("other parties")
    words = likeness(a.words | a.condition, b.words | b.condition)
    act = likeness(a.words, b.words)
    if a.condition and b.condition and not a.condition & b.condition:
        act /= 2
    due = 0.25 if a.first and a.first == b.first else 0.0
    near = 0.25 * (UNKNOWN if who is None else who) + 0.1 * (UNKNOWN if whom is None else whom)
    score = near + 0.9 * max(act, words) + due
    return Sameness(min(score, 1.0), f"{a.type} and {b.type} of the same party, {_in_common(a.words, b.words)}")


# --- meetings -----------------------------------------------------------------------------------------------------------


def _meetings(a: Trait, b: Trait) -> Sameness:
    if (a.type == "call") != (b.type == "call"):
        return _no(f"a {a.type} and a {b.type}")
    parties = shared_parties(a.who, b.who)
    if a.who and b.who and parties < SAME_STATE:
        return _no("other parties")
    if a.condition and b.condition and not a.condition & b.condition:
        return _no("at another place")
    apart = days_apart(a, b)
    if apart is None or apart > MEETING_DAYS:
        return _no("on other days")
    if apart and (a.type == "visit") != (b.type == "visit"):
        return _no("a visit, and a meeting on another day")
    moved = any(apart <= MOVED.get(one.status, 0) for one in (a, b))
    if a.first and b.first and apart and not moved:
        return Sameness(0.0, "on other days")  # which rules nothing out: between them may stand that it was put off
    near = 0.5 if a.first and b.first and not apart else 0.3 if moved or not apart else 0.15
    place = 0.25 if a.condition & b.condition else 0.0
    score = 0.4 * (parties if a.who and b.who else 0.5) + near + place + 0.2 * likeness(a.words, b.words)
    when = "on one day" if not apart else f"{apart} days apart"
    return Sameness(min(score, 1.0), f"{a.type} and {b.type} of the same parties, {when}")


COMPARED: dict[str, Callable[[Trait, Trait], Sameness]] = {
    "event": _events,
    "statement": _statements,
    "commitment": _commitments,
    "meeting": _meetings,
}
