"""Holds claims against what a careful reader expects of a report: `[[expect]]` and `[[absent]]` rows of TOML files."""

from collections.abc import Iterable, Mapping
from typing import Any

from twotrack.model import Actor, Cite, Claim, Event, Statement, When

Row = Mapping[str, Any]


def is_under(actor: Actor, wanted: str) -> bool:
    """Whether an actor is the wanted one or a part of it: "USA.GOV.HOS" is under "USA"."""
    return actor.id is not None and (actor.id == wanted or actor.id.startswith(wanted + "."))


def holds(value: Any, wanted: Any) -> bool:
    """Whether a field of a claim holds what a row wants of it."""
    if isinstance(wanted, list):  # every wanted party is there
        return all(any(is_under(actor, one) for actor in value) for one in wanted)
    if isinstance(value, Actor):
        return is_under(value, wanted)
    if isinstance(value, Cite):
        return _says(value.text.replace("’", "'").lower(), wanted.lower())
    if isinstance(value, When):
        return value.start is not None and value.start.isoformat() == wanted
    return bool(value == wanted)


def _says(found: str, wanted: str) -> bool:
    """Whether found words hold the wanted ones, or are at least half of them: "a truce" of "accept a truce"."""
    return wanted in found or (found in wanted and 2 * len(found.split()) >= len(wanted.split()))


def matches(claim: Claim, row: Row) -> bool:
    """Whether a claim has every field that a row names; of an event without target, whose parties all act, any may be it."""
    together = isinstance(claim, Event) and not claim.target
    fields = {key: "source" if key == "target" and together else key for key in row if key != "gap"}
    return all(any(holds(value, row[key]) for value in _values(claim, field)) for key, field in fields.items())


def _values(claim: Claim, field: str) -> list[Any]:
    """What a field of a claim holds: of a content in several parts, each."""
    parts = claim.parts if isinstance(claim, Statement) and field == "content" else ()
    return [getattr(claim, field, None), *parts]


def missed(claims: Iterable[Claim], rows: Iterable[Row]) -> list[Row]:
    """The rows that no claim matches."""
    claims = list(claims)
    return [row for row in rows if not any(matches(claim, row) for claim in claims)]
