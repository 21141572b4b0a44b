"""One field of a claim as a person has it: which fields can be corrected, and what their values can be. Pure."""

from dataclasses import fields, replace
from datetime import date
from types import UnionType
from typing import Any, get_args, get_type_hints

from twotrack.errors import TwotrackError
from twotrack.lexicon import actor_names
from twotrack.model import Actor, Claim, When

ACTORS = ("source", "target", "party", "toward", "parties", "speaker")
DAYS = ("when", "deadline")
NAMED = ("type", "mode", "cameo", "status", "act_kind", "relation", "strength", "format")


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
