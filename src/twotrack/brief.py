"""Reading -> Brief: the bottom line, what happened, who says and wants what, what is next, how it is sourced.

Every line carries a cite; a line without one cannot be built. Rendering is `render.py`'s work.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from twotrack.model import Actor, Cite, Claim, Commitment, Event, Meeting, Report, Statement
from twotrack.reading import Reading
from twotrack.wording import (
    as_sentence,
    commitment_words,
    day_words,
    event_words,
    meeting_words,
    quoted,
    side_of,
    statement_words,
)

MOST_A_SIDE = 6  # statements listed for one side; a brief is read in a minute, all of them are in --json
LEAD_SENTENCES = 4  # the first sentences of a report, where news style puts its point
VERBAL = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})  # told by commitments, where there is one
STATUS_WORDS = {
    "ongoing": "ongoing",
    "negated": "did not happen",
    "denied": "denied",
    "planned": "planned",
    "historical": "in the past",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a brief with the words that it rests on. `group` is the side that it belongs to, `tag` its kind.

    In the brief of a case `report` is the one that is cited, `source` its outlet and day, `entry` the ledger's entry.
    """

    text: str
    cite: Cite
    more: tuple[Cite, ...] = ()
    group: str = ""
    tag: str = ""
    report: str = ""
    source: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of a brief; `empty` is what a reader is told where it has no lines."""

    title: str
    lines: tuple[Line, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief of one report or of a case: its title, what is known of it as a whole, its parts."""

    title: str
    facts: tuple[str, ...]
    parts: tuple[Part, ...]


def brief_of(reading: Reading) -> Brief:
    """The brief of one report, in the order in which a reader needs it."""
    return Brief(
        reading.report.title or "Untitled report",
        _facts(reading.report),
        (
            Part("Bottom line", tuple(_bottom_line(reading)), "Nothing in this report could be read as news of a crisis."),
            Part("What happened", tuple(_happened(reading))),
            Part("What each side says", tuple(_said(reading))),
            Part("What each side wants, and on what condition", tuple(_wants(reading))),
            Part("What is next", tuple(_next(reading))),
            Part("How it is sourced", tuple(_sourced(reading))),
            Part("What could not be resolved", tuple(_unresolved(reading))),
        ),
    )


def _facts(report: Report) -> tuple[str, ...]:
    """What is known of the report itself; what is not known is said, since it is a finding too."""
    return (
        f"Outlet: {report.outlet or 'not named'}",
        f"By: {report.byline or 'not named'}",
        f"Published: {report.published.isoformat() if report.published else 'not known (give --published)'}",
    )


C = TypeVar("C", bound=Claim)


def _of(reading: Reading, kind: type[C]) -> list[C]:
    return [claim for claim in reading.claims if isinstance(claim, kind)]


# --- the bottom line --------------------------------------------------------------------------------------------------


def _bottom_line(reading: Reading) -> Iterator[Line]:
    """The weightiest deed and, after it, the weightiest condition that a party has announced."""
    events = [e for e in _of(reading, Event) if e.status in ("actual", "ongoing") and (e.source or e.target)]
    conditions = [c for c in _of(reading, Commitment) if c.party and c.act_kind != "plan"]
    if events:
        event = max(events, key=lambda e: _event_weight(reading, e))
        yield _event_line(event)
    if conditions:
        commitment = max(conditions, key=_commitment_weight)
        yield Line(as_sentence(commitment_words(commitment)), commitment.cites[0])


def _event_weight(reading: Reading, event: Event) -> float:
    """News style puts the point first; a deed between two known sides outweighs one with a side unknown."""
    early = reading.sentence_at(event.cites[0].start) < LEAD_SENTENCES
    known = {side_of(actor) for actor in (*event.source, *event.target) if actor.id}
    return 4 * early + 3 * min(len(known), 2) + abs(event.intensity) / 5 + event.confidence / 2 - (event.type in VERBAL)


def _commitment_weight(claim: Commitment) -> float:
    kinds = {"threat": 3.0, "demand": 2.5, "warning": 2.0, "promise": 2.0, "refusal": 1.5, "agreement": 2.5, "plan": 0.0}
    known = any(actor.id for actor in claim.party) + any(actor.id for actor in claim.toward)
    return kinds[claim.act_kind] + 2 * (claim.condition is not None) + known + claim.confidence


# --- the parts --------------------------------------------------------------------------------------------------------


def _happened(reading: Reading) -> Iterator[Line]:
    """Deeds in text order; verbal acts that a commitment of the same sentence tells are left to it, hypotheses too."""
    told = {reading.sentence_at(cite.start) for claim in _of(reading, Commitment) for cite in (claim.act, *claim.cites)}
    for event in _of(reading, Event):
        if event.status in ("hypothetical", "planned") or (
            event.type in VERBAL and reading.sentence_at(event.cites[0].start) in told
        ):
            continue
        yield _event_line(event)
    for meeting in _of(reading, Meeting):
        if meeting.status == "held":
            yield Line(as_sentence(meeting_words(meeting)), meeting.cites[0], meeting.cites[1:], tag="meeting")


def _event_line(event: Event) -> Line:
    return Line(as_sentence(event_sentence(event)), event.cites[0], event.cites[1:], tag=event_tag(event))


def event_tag(event: Event) -> str:
    """Type and mode: "CONSULT phone"."""
    return event.type + (f" {event.mode}" if event.mode else "")


def event_sentence(event: Event) -> str:
    """A deed in words with its day, its place, and whether it was done."""
    details = [day_words(event.when), f"at {quoted(event.where)}" if event.where else "", STATUS_WORDS.get(event.status, "")]
    extra = ", ".join(detail for detail in details if detail)
    return event_words(event) + (f" ({extra})" if extra else "")


def _said(reading: Reading) -> Iterator[Line]:
    """Statements by side, those of known actors first, at most MOST_A_SIDE each."""
    by_side: dict[str, list[Statement]] = {}
    for claim in _of(reading, Statement):
        by_side.setdefault(side_of(claim.speaker), []).append(claim)
    for side, claims in sorted(by_side.items(), key=lambda item: not any(c.speaker and c.speaker.id for c in item[1])):
        for claim in claims[:MOST_A_SIDE]:
            yield Line(
                statement_words(claim),
                claim.content,
                claim.parts + claim.cites,
                side,
                "" if claim.status == "said" else claim.status,
            )
        if rest := claims[MOST_A_SIDE:]:
            yield Line(f"… and {len(rest)} more.", rest[0].content, tuple(claim.content for claim in rest[1:]), side)


def _wants(reading: Reading) -> Iterator[Line]:
    by_side: dict[str, list[Commitment]] = {}
    for claim in _of(reading, Commitment):
        if claim.act_kind != "plan":
            by_side.setdefault(side_of(claim.party[0] if claim.party else None), []).append(claim)
    for side, claims in by_side.items():
        for claim in claims:
            yield Line(as_sentence(commitment_words(claim)), claim.act, claim.cites, side, claim.act_kind)


def _next(reading: Reading) -> Iterator[Line]:
    """Meetings still to come and announced plans, dated ones first and by date."""
    meetings = [m for m in _of(reading, Meeting) if m.status != "held"]
    for meeting in sorted(meetings, key=lambda m: (m.when is None or m.when.start is None, str(m.when and m.when.start))):
        yield Line(as_sentence(meeting_words(meeting)), meeting.cites[0], meeting.cites[1:], tag=meeting.status)
    for claim in _of(reading, Commitment):
        if claim.act_kind == "plan":
            yield Line(as_sentence(commitment_words(claim)), claim.act, claim.cites, tag="plan")
    for event in _of(reading, Event):
        if event.status == "planned" and event.type not in VERBAL:
            yield _event_line(event)


def _sourced(reading: Reading) -> Iterator[Line]:
    """What an editor asks first: who is not named, what came through a readout or a translation."""
    statements = _of(reading, Statement)
    if anonymous := [claim for claim in statements if claim.anonymous]:
        text = f"{len(anonymous)} of {len(statements)} statements come from speakers who are not named."
        yield Line(text, anonymous[0].cites[0], tuple(claim.cites[0] for claim in anonymous[1:]), tag="anonymous")
    chains: dict[str, list[Statement]] = {}
    for claim in statements:
        for link in claim.via:
            chains.setdefault(link, []).append(claim)
    for link, claims in chains.items():
        if link != "anonymous":
            text = f"{len(claims)} of {len(statements)} statements came through: {link}."
            yield Line(text, claims[0].cites[0], tuple(claim.cites[0] for claim in claims[1:]), tag="chain")


def _unresolved(reading: Reading) -> Iterator[Line]:
    """Names and dates that stay as the report's words, each once, and the problems with a place in the text."""
    seen: set[str] = set()
    for actor in _actors_in(reading.claims):
        if actor.id is None and not actor.anonymous and actor.words not in seen:
            seen.add(actor.words)
            yield Line(f"Who is {quoted(_cite(reading, actor))}?", _cite(reading, actor), tag="actor")
    for mark in reading.dates:
        if mark.type == "DATE" and mark.when.start is None and mark.when.words not in seen:
            seen.add(mark.when.words)
            yield Line(f"When is “{mark.when.words}”?", reading.report.cite(mark.start, mark.end), tag="date")
    for problem in reading.problems:
        if problem.end > problem.start:
            yield Line(problem.message, reading.report.cite(problem.start, problem.end), tag="problem")


def _cite(reading: Reading, actor: Actor) -> Cite:
    return reading.report.cite(actor.start, actor.end)


def _actors_in(claims: tuple[Claim, ...]) -> Iterator[Actor]:
    for claim in claims:
        if isinstance(claim, Event):
            yield from (*claim.source, *claim.target)
        elif isinstance(claim, Commitment):
            yield from (*claim.party, *claim.toward)
        elif isinstance(claim, Meeting):
            yield from claim.parties
        elif claim.speaker:
            yield claim.speaker
