"""The claims of one entry -> the entry: what leads it, its days and status, what its sources tell differently, its grade. Pure.

Claims from one family count once. What a report tells in its own voice and what it says that somebody said are kept apart.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType

from twotrack.fingerprints import NUMBERS
from twotrack.ledger.corrections import DAYS, corrected
from twotrack.ledger.grading import grade, independent_families
from twotrack.ledger.rows import actors_of, when_of
from twotrack.ledger.traits import status_of, stems, told_in, type_of
from twotrack.model import Claim, Commitment, Entry, Event, Meeting, Source, Statement, Telling, Variant, When

# A number and the thing counted: "100,000 Russian troops" -> 100,000 and the words up to three on.
FIGURE = re.compile(
    rf"(?<![\w.])(\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{'|'.join(NUMBERS)})\b[-\s]+((?:[a-z][\w-]*[\s-]+){{0,2}}[a-z][\w-]*)",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:1[89]|20)\d\d")
HAPPENED, NOT_HAPPENED = frozenset({"actual", "ongoing"}), frozenset({"denied", "negated"})


def entry_of(
    id_: str, sources: Sequence[Source], judged: str | None = None, corrections: Mapping[str, str] = MappingProxyType({})
) -> Entry:
    """The entry of these sources, as a person judged and corrected it (field -> value).

    Sources that are not live count only where none is: an entry that nobody tells any more still says what it was. What people
    correct is how the entry is led, dated and told; what the sources told stays as it is.
    """
    live = [one for one in sources if one.live] or list(sources)
    told = sorted(live, key=_order)
    best = max(told, key=_worth)
    lead = best.claim
    for field, value in corrections.items():
        lead = corrected(lead, field, value)
    when = _when(lead, told) if corrections.keys().isdisjoint(DAYS) else when_of(lead)
    variants = tuple(_variants(told))
    published = sorted(one.published for one in told if one.published)
    own_voice = any(one.said_by is None for one in told)
    return Entry(
        id=id_,
        kind=lead.kind,
        type=type_of(lead),
        status=_status(told, lead) if "status" not in corrections else status_of(lead),
        first_day=when.start if when else None,
        last_day=when.end if when else None,
        known=published[0] if published else None,
        latest=published[-1] if published else None,
        lead=lead,
        report=best.report,
        outlet=best.outlet,
        published=best.published,
        reports=len({one.report for one in told}),
        families=len({one.family for one in told}),
        independent=len(independent_families(told)),
        grade=grade(told, bool(variants)),
        disputed=bool(variants),
        live=any(one.live for one in sources) and judged != "rejected",
        judged=judged,
        corrected=tuple(sorted(corrections)),
        said_by=() if own_voice else tuple(dict.fromkeys(one.said_by.name or one.said_by.words for one in told if one.said_by)),
        anonymous=not any(_named(one) for one in told),
        variants=variants,
    )


def _when(lead: Claim, told: Sequence[Source]) -> When | None:
    """When an entry is about: as its lead has it, or the first that has a day; a meeting may be moved, and the last counts."""
    days = [(one.published or date.min, when) for one in told if (when := when_of(one.claim)) and when.start]
    if isinstance(lead, Meeting) and days:
        return max(days, key=lambda day: day[0])[1]
    own = when_of(lead)
    return own if own and own.start else days[0][1] if days else None


def _order(one: Source) -> tuple[date, str, int, str]:
    return one.published or date.max, one.report, one.claim.cites[0].start, one.claim.id


def _named(one: Source) -> bool:
    if isinstance(one.claim, Statement):
        return not one.claim.anonymous
    return one.said_by is None or not one.said_by.anonymous


def _worth(one: Source) -> tuple[bool, bool, int, bool, bool, float, int]:
    """What makes a claim tell the thing best: a report's own voice or a name, a day, known parties, a rule that explains it,
    sureness, many words."""
    actors = [actor for _, actor in actors_of(one.claim)]
    when = when_of(one.claim)
    known = sum(1 for actor in actors if actor.id)
    direct = isinstance(one.claim, Statement) and one.claim.direct
    return (
        _named(one),
        bool(when and when.start),
        min(known, 3),
        direct,
        not one.claim.rule.startswith("model:"),
        round(one.claim.confidence, 1),
        len(one.claim.cites[0].text),
    )


# --- status -------------------------------------------------------------------------------------------------------------


def _status(told: Sequence[Source], lead: Claim) -> str:
    """Of a meeting, what was told last; of a deed, that it happened where anybody tells so; else the lead's."""
    if isinstance(lead, Meeting):
        return _latest_status([one for one in told if isinstance(one.claim, Meeting)])
    if isinstance(lead, Event):
        found = [one.claim.status for one in told if isinstance(one.claim, Event)]
        return next((status for status in ("actual", "ongoing") if status in found), lead.status)
    return lead.strength if isinstance(lead, Commitment) else lead.status


def _latest_status(told: Sequence[Source]) -> str:
    """The status in the last reports; of several told on one day the most definite one: held over scheduled."""
    rank = {"proposed": 0, "scheduled": 1, "refused": 2, "postponed": 3, "cancelled": 4, "held": 5}
    last = max(told, key=lambda one: (one.published or date.min, rank.get(getattr(one.claim, "status", ""), 0)))
    return str(getattr(last.claim, "status", ""))


# --- what is told differently -------------------------------------------------------------------------------------------


def _variants(told: Sequence[Source]) -> Iterator[Variant]:
    """Where families contradict each other: whether it happened, on which day, how many."""
    kind = told[0].claim.kind
    if kind == "event":
        yield from _differing("status", told, _happened)
    if kind in ("event", "meeting"):
        moved = any(getattr(one.claim, "status", "") == "postponed" for one in told)
        if not moved:
            yield from _differing("day", told, _day, apart=_no_overlap)
    counted = {one.claim.id: figures(one.claim) for one in told}
    for thing in sorted({thing for found in counted.values() for thing in found}):
        words = next(found[thing][1] for found in counted.values() if thing in found)
        yield from _differing(f"number of {words}", told, partial(_figure, counted, thing))


def _happened(one: Source) -> str | None:
    status = getattr(one.claim, "status", "")
    return "happened" if status in HAPPENED else "did not happen" if status in NOT_HAPPENED else None


def _day(one: Source) -> str | None:
    when = when_of(one.claim)
    if when is None or when.start is None or when.end is None or when.granularity != "day":
        return None
    return when.start.isoformat() if when.start == when.end else f"{when.start.isoformat()} to {when.end.isoformat()}"


def _no_overlap(values: Iterable[str]) -> bool:
    """Whether two of these days or stretches of days have none in common."""
    spans = [tuple(value.split(" to ")) for value in values]
    return any(a[-1] < b[0] or b[-1] < a[0] for a in spans for b in spans)


def _differing(
    field: str,
    told: Sequence[Source],
    value_of: Callable[[Source], str | None],
    apart: Callable[[Iterable[str]], bool] = lambda values: len(set(values)) > 1,
) -> Iterator[Variant]:
    """The variant of a field where different families have different values for it."""
    found: dict[str, list[Source]] = defaultdict(list)
    for one in told:
        if value := value_of(one):
            found[value].append(one)
    families = {one.family for sources in found.values() for one in sources}
    if len(found) > 1 and len(families) > 1 and apart(found):
        tellings = [
            Telling(
                value,
                tuple(one.claim.id for one in sources),
                tuple(dict.fromkeys(one.outlet or one.report for one in sources)),
            )
            for value, sources in found.items()
        ]
        yield Variant(field, tuple(tellings))


def _figure(counted: Mapping[str, Mapping[str, tuple[str, str]]], thing: str, one: Source) -> str | None:
    found = counted[one.claim.id].get(thing)
    return found[0] if found else None


def figures(claim: Claim) -> dict[str, tuple[str, str]]:
    """What a claim counts, by stem: "massed 100,000 Russian troops" -> {"troop": ("100000", "troops")}."""
    found: dict[str, tuple[str, str]] = {}
    for cite in told_in(claim):
        for match in FIGURE.finditer(cite.text):
            number = NUMBERS.get(match[1].lower(), match[1].replace(",", ""))
            words = [word for word in match[2].split() if word.islower() and stems(word)]
            if words and not YEAR.fullmatch(number):
                word = next((word for word in words if word.endswith("s")), words[0])  # things that are counted are many
                found.setdefault(stems(word)[0], (number, word))
    return found
