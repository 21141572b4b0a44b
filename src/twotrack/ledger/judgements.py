"""People's verdicts on claims and entries: `judgements.jsonl`, one a line, only ever added to. Reads, writes, anchors them.

A verdict carries the words that it is about and where they stand, so that it holds when reports are read again by other
finders: it goes to the claim that now stands there. One that finds none is kept and told (`twotrack check`).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal, get_args

from twotrack.errors import TwotrackError
from twotrack.ledger.case import JUDGEMENTS_FILE, Case
from twotrack.ledger.failures import appended
from twotrack.ledger.traits import told_in
from twotrack.model import Claim

Verdict = Literal["accept", "reject", "correct", "same-as", "not-same"]
PAIRED = ("same-as", "not-same")


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


def corrections(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Field -> value, the latest of each field."""
    return {one.field: one.value for one in judgements if one.verdict == "correct" and one.field and one.value is not None}
