"""A person judges: checks the verdict, anchors it to the claim's words, writes it down; and what needs a person's eye."""

from dataclasses import replace
from typing import Any, cast, get_args

from sqlalchemy import Engine

from twotrack.detail import detail
from twotrack.errors import TwotrackError
from twotrack.ledger.case import Case
from twotrack.ledger.corrections import corrected
from twotrack.ledger.judgements import (
    PAIRED,
    Anchor,
    Judgement,
    Verdict,
    add_judgement,
    anchor_of,
    now,
    read_judgements,
)
from twotrack.ledger.store import reports_in
from twotrack.ledger.verdicts import judged_now
from twotrack.model import Source
from twotrack.wording import shortened

MAX_QUOTE = 80  # characters of a lost verdict's words that are shown


def judge(ledger: Engine, case: Case, id_: str, verdict: str, value: str | None, *, why: str, by: str) -> str:
    """Writes a verdict down and says what was written. Raises TwotrackError where it cannot be one."""
    if verdict not in get_args(Verdict):
        raise TwotrackError(f"{verdict!r} is no verdict; give {', '.join(get_args(Verdict))}.")
    if not by.strip():
        raise TwotrackError("A verdict has a name; give it with --by.")
    source, whole = _judged(ledger, case, id_)
    made = Judgement(now(), by.strip(), cast(Verdict, verdict), anchor_of(source.claim, source.report), why, whole)
    if verdict in PAIRED:
        made = replace(made, other=_other(ledger, case, verdict, value))
    elif verdict == "correct":
        field, given = _assignment(value)
        corrected(source.claim, field, given)
        made = replace(made, field=field, value=given)
    elif value:
        raise TwotrackError(f"{verdict} takes nothing after it; give the reason with -m.")
    add_judgement(case, made)
    return f"{id_}: {verdict}{f' {value}' if value else ''}, by {by.strip()}."


def _judged(ledger: Engine, case: Case, id_: str) -> tuple[Source, bool]:
    """The claim that a verdict is anchored to, and whether it is on the whole entry."""
    found = detail(ledger, case, id_)
    own = next((source for source in found.sources if source.claim.id == id_), found.sources[0])
    return own, id_ == found.entry.id


def _other(ledger: Engine, case: Case, verdict: str, value: str | None) -> Anchor:
    if not value:
        raise TwotrackError(f"{verdict} needs the other id: twotrack judge ID {verdict} OTHER --by NAME.")
    source, _ = _judged(ledger, case, value)
    return anchor_of(source.claim, source.report)


def _assignment(value: str | None) -> tuple[str, str]:
    field, equals, given = (value or "").partition("=")
    if not equals or not field.strip():
        raise TwotrackError("correct needs a field and its value: twotrack judge ID correct when=2022-01-12 --by NAME.")
    return field.strip(), given.strip()


# --- what needs a person ------------------------------------------------------------------------------------------------


def checked(ledger: Engine, case: Case) -> list[str]:
    """One line for each thing that the program cannot settle by itself."""
    lost = judged_now(ledger, read_judgements(case)).lost
    lines = [
        f'{one.verdict} by {one.by}, {one.at[:10]}: no claim has its words now: "{_quote(one)}" ({one.on.report})'
        for one in lost
    ]
    undated: list[Any] = []
    unnamed: list[Any] = []
    for held in reports_in(ledger):
        if held.report.published is None:
            undated.append(held.report.id)
        if held.report.outlet is None:
            unnamed.append(held.report.id)
    lines += [f"{id_} has no date; add it again with --published." for id_ in undated]
    return lines + [f"{id_} names no outlet; add it again with --outlet, or it counts as F." for id_ in unnamed]


def _quote(one: Judgement) -> str:
    return f"“{shortened(one.on.quote, MAX_QUOTE)}” ({one.on.report})"
