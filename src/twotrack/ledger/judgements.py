"""People's verdicts on claims and entries: `judgements.jsonl`, one a line, only ever added to. Reads, writes, anchors them.

A verdict carries the words that it is about and where they stand, so that it holds when reports are read again by other
finders: it goes to the claim that now stands there. One that finds none is kept and told (`twotrack check`).
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_type_hints

from twotrack.errors import TwotrackError
from twotrack.ledger.case import JUDGEMENTS_FILE, Case
from twotrack.ledger.failures import appended
from twotrack.ledger.traits import told_in
from twotrack.lexicon import actor_names
from twotrack.model import Actor, Claim, When

Verdict = Literal["accept", "reject", "correct", "same-as", "not-same"]
PAIRED = ("same-as", "not-same")
ACTORS = ("source", "target", "party", "toward", "parties", "speaker")
DAYS = ("when", "deadline")
NAMED = ("type", "mode", "cameo", "status", "act_kind", "relation", "strength", "format")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The claim that a verdict is about, and its words: `text[start:end]` of its report was `quote`."""

    id: str
    report: str
    kind: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict: on what, by whom, when (UTC) and why. `whole`: on the entry that the claim belongs to, not on it alone."""

    at: str
    by: str
    verdict: Verdict
    on: Anchor
    why: str = ""
    whole: bool = True
    other: Anchor | None = None
    field: str | None = None
    value: str | None = None


# --- the file -----------------------------------------------------------------------------------------------------------


def read_judgements(case: Case) -> tuple[Judgement, ...]:
    """The verdicts of a case, oldest first. Raises TwotrackError that names the line which is none."""
    path = case.folder / JUDGEMENTS_FILE
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # a quotation may hold what Python takes for line ends
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise TwotrackError(f"{path} cannot be read ({error}); put a copy in its place.") from None
    return tuple(_judgement(path, number, line) for number, line in enumerate(lines, 1) if line.strip())


def _judgement(path: Path, number: int, line: str) -> Judgement:
    try:
        found = json.loads(line)
        other = found.pop("other", None)
        made = Judgement(on=Anchor(**found.pop("on")), other=Anchor(**other) if other else None, **found)
        _check(made)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise TwotrackError(f"{path}, line {number} is no judgement ({error}); correct it or take it out.") from None
    return made


def _check(made: Judgement) -> None:
    """Raises ValueError for a record that nothing could be done with."""
    if made.verdict not in get_args(Verdict):
        raise ValueError(f"{made.verdict!r} is no verdict")
    for anchor in anchors(made):
        if not all(isinstance(text, str) for text in (anchor.id, anchor.report, anchor.kind, anchor.quote)):
            raise ValueError("id, report, kind and quote are texts")
        if not all(isinstance(place, int) for place in (anchor.start, anchor.end)):
            raise ValueError("start and end are whole numbers")
    if not all(isinstance(text, str) for text in (made.at, made.by, made.why)) or not isinstance(made.whole, bool):
        raise ValueError("at, by and why are texts, and whole is true or false")
    if made.verdict in PAIRED and made.other is None:
        raise ValueError(f"{made.verdict} has no other")
    if made.verdict == "correct" and not (isinstance(made.field, str) and isinstance(made.value, str)):
        raise ValueError("correct has no field and value")


def add_judgement(case: Case, judgement: Judgement) -> None:
    """Adds a verdict at the end of the file, and has it on the disk before it returns."""
    line = json.dumps(asdict(judgement), ensure_ascii=False) + "\n"
    appended(case.folder / JUDGEMENTS_FILE, line)


def now() -> str:
    """This moment, as judgements carry it: "2022-01-12T09:30:00Z"."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def digest(judgements: Sequence[Judgement]) -> str:
    """Changes when a verdict is added, taken out or edited."""
    return sha256(json.dumps([asdict(one) for one in judgements], sort_keys=True).encode()).hexdigest()[:16]


def anchors(judgement: Judgement) -> tuple[Anchor, ...]:
    """What a verdict is about: one claim, or two."""
    return (judgement.on, judgement.other) if judgement.other else (judgement.on,)


# --- where a verdict belongs now ----------------------------------------------------------------------------------------


def anchor_of(claim: Claim, report: str) -> Anchor:
    """The anchor of a claim."""
    cite = told_in(claim)[0]
    return Anchor(claim.id, report, claim.kind, cite.start, cite.end, cite.text)


def anchored(anchor: Anchor, live: Iterable[Claim]) -> str | None:
    """The claim that an anchor belongs to, of the claims now found in its report: the same id, or else the same words."""
    same_kind = [claim for claim in live if claim.kind == anchor.kind]
    if any(claim.id == anchor.id for claim in same_kind):
        return anchor.id
    shares = {claim.id: _shared(anchor, claim) for claim in same_kind}
    best = max(shares, key=lambda id_: (shares[id_], id_), default=None)
    return best if best is not None and shares[best] >= HALF else None


HALF = 0.5  # of the longer of the two: with less in common the verdict may have been about another thing


def _shared(anchor: Anchor, claim: Claim) -> float:
    cite = told_in(claim)[0]
    common = min(anchor.end, cite.end) - max(anchor.start, cite.start)
    return max(common, 0) / max(anchor.end - anchor.start, cite.end - cite.start, 1)


# --- corrections --------------------------------------------------------------------------------------------------------


def correction(judgements: Iterable[Judgement]) -> Callable[[Claim], Claim] | None:
    """What applies these corrections to a claim, the latest of a field; None where there are none."""
    latest = {one.field: one.value for one in judgements if one.verdict == "correct" and one.field and one.value is not None}
    return partial(_corrected, latest) if latest else None


def _corrected(values: Mapping[str, str], claim: Claim) -> Claim:
    for field, value in values.items():
        claim = corrected(claim, field, value)
    return claim


def corrected(claim: Claim, field: str, value: str) -> Claim:
    """The claim with one field as a person has it: corrected(meeting, "when", "2022-01-12").

    Days are ISO 8601, two with ".." between them are a stretch; actors are ids with commas between them; "" empties a field.
    Raises TwotrackError for a field that the claim does not have or a value that it cannot have.
    """
    known = {one.name for one in fields(claim)} & {*ACTORS, *DAYS, *NAMED}
    if field not in known:
        raise TwotrackError(f"A {claim.kind} has no {field!r} to correct; it has {', '.join(sorted(known))}.")
    made: Any = (
        _days(value) if field in DAYS else _actors(claim, field, value) if field in ACTORS else _named(claim, field, value)
    )
    return replace(claim, **{field: made})


def _days(value: str) -> When | None:
    if not value:
        return None
    first, _, last = value.partition("..")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise TwotrackError(f"{value!r} is no day; write it as 2022-01-12, or 2022-01-12..2022-01-14.") from None
    if end < start:
        raise TwotrackError(f"{value!r} ends before it begins; write the earlier day first.")
    return When(start, end, value)


def _actors(claim: Claim, field: str, value: str) -> Any:
    names, cite = actor_names(), claim.cites[0]
    made = []
    for id_ in filter(None, (part.strip().upper() for part in value.split(","))):
        if id_ not in names and id_.split(".")[0] not in names:
            raise TwotrackError(f"{id_!r} is no actor id; states have ISO 3166 codes, as in RUS or RUS.GOV.")
        made.append(Actor(id_, names.get(id_, id_), id_, cite.start, cite.start))
    return (made[0] if made else None) if field == "speaker" else tuple(made)


def _named(claim: Claim, field: str, value: str) -> str | None:
    hint = get_type_hints(type(claim))[field]
    allowed, may_be_empty = _literals(hint), isinstance(hint, UnionType) and type(None) in get_args(hint)
    if not value and not may_be_empty:
        raise TwotrackError(f"{field} cannot be empty; give one of {', '.join(allowed) or 'its values'}.")
    if value and allowed and value not in allowed:
        raise TwotrackError(f"{field} cannot be {value!r}; it is one of {', '.join(allowed)}.")
    return value or None


def _literals(hint: Any) -> list[str]:
    """The words that a Literal type allows, also as one of several types; none where any text will do."""
    return [item for arg in get_args(hint) for item in ([arg] if isinstance(arg, str) else _literals(arg))]
