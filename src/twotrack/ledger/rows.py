"""A reading as rows of the ledger, and claims from their JSON again."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from twotrack.jsonform import reading_json
from twotrack.ledger.identity import version_of
from twotrack.model import Actor, Claim, Commitment, Event, Meeting, Report, Statement, When
from twotrack.reading import Reading

KINDS: dict[str, type[Event | Statement | Commitment | Meeting]] = {
    "event": Event,
    "statement": Statement,
    "commitment": Commitment,
    "meeting": Meeting,
}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """What one reading puts into each table."""

    report: Row
    claims: list[Row]
    actors: list[Row]
    problems: list[Row]


def rows_of(reading: Reading, finder: str) -> Rows:
    """The rows of a reading by that version of the finders."""
    report, starts = reading.report, [sentence.start for sentence in reading.sentences]
    claims: list[Row] = []
    actors: list[Row] = []
    ids: dict[str, int] = {}
    for place, (claim, data) in enumerate(zip(reading.claims, reading_json(reading)["claims"], strict=True)):
        given = ids[claim.id] = ids.get(claim.id, 0) + 1
        own = claim.id if given == 1 else f"{claim.id}~{given}"  # two claims of one id would be one row
        first = claim.cites[0].start
        at = bisect_right(starts, first)
        when = when_of(claim)
        claims.append(
            {"id": own, "report": report.id, "place": place, "kind": claim.kind, "sentence": starts[at - 1] if at else first,
             "first_day": when and when.start, "last_day": when and when.end, "finder": finder, "gone": None,
             "claim": data | {"id": own}}
        )  # fmt: skip
        actors.extend(_actor_rows(own, claim))
    told = [
        {"report": report.id, "place": n, "message": problem.message, "start": problem.start, "end": problem.end}
        for n, problem in enumerate(reading.problems)
    ]
    return Rows(report_row(report, finder), claims, actors, told)


def report_row(report: Report, finder: str) -> Row:
    """A report's row, added now."""
    return {
        "id": report.id, "version_of": version_of(report), "url": report.url, "title": report.title, "outlet": report.outlet,
        "byline": report.byline, "published": report.published, "lang": report.lang, "text": report.text,
        "added": datetime.now(UTC).replace(tzinfo=None), "finder": finder,
    }  # fmt: skip


def when_of(claim: Claim) -> When | None:
    """The days that a claim is about: "talks on January 10", "leave by Sunday"."""
    return claim.deadline if isinstance(claim, Commitment) else claim.when


def actors_of(claim: Claim) -> Iterator[tuple[str, Actor]]:
    """(role, actor) of each who takes part: "Iran demanded that Iraq withdraw" has ("party", Iran), ("toward", Iraq)."""
    of: type = type(claim)
    for name in _field_names(of):
        value = getattr(claim, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Actor):
                yield name, item


@lru_cache
def _field_names(of: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(of))


def _actor_rows(claim_id: str, claim: Claim) -> Iterator[Row]:
    for place, (role, actor) in enumerate(actors_of(claim)):
        if actor.id or actor.person:  # who is unresolved stays in the claim itself
            yield {"claim": claim_id, "place": place, "role": role, "actor": actor.id, "person": actor.person}


def claim_of(data: Mapping[str, Any], text: str) -> Claim:
    """A claim from its JSON and the text of its report. Fields of another version that this one lacks are left out."""
    kind: Any = KINDS[data["kind"]]
    claim: Claim = _builder(kind)(data, text)
    return claim


Builder = Callable[[Any, str], Any]


@lru_cache
def _builder(hint: Any) -> Builder:
    """What makes a value of this type from its JSON; worked out once a type, since a ledger has hundreds of thousands."""
    if is_dataclass(hint) and isinstance(hint, type):
        return partial(_built, hint, tuple((name, _builder(own)) for name, own in _hints(hint)), ("text", str) in _hints(hint))
    if get_origin(hint) is tuple:
        return partial(_built_tuple, _builder(get_args(hint)[0]))
    return (lambda value, _: date.fromisoformat(value)) if hint is date else (lambda value, _: value)


def _built(of: type, parts: tuple[tuple[str, Builder], ...], has_text: bool, value: Mapping[str, Any], text: str) -> Any:
    kept = {name: None if (own := value[name]) is None else build(own, text) for name, build in parts if name in value}
    if has_text and "text" not in value:  # a date's cite is stored without its words
        kept["text"] = text[value["start"] : value["end"]]
    return of(**kept)


def _built_tuple(build: Builder, value: Iterable[Any], text: str) -> tuple[Any, ...]:
    return tuple(build(item, text) for item in value)


@lru_cache
def _hints(of: type) -> tuple[tuple[str, Any], ...]:
    """Field -> what it holds where it is not None: ("speaker", Actor) for Actor | None."""
    return tuple((name, _held(hint)) for name, hint in get_type_hints(of).items())


def _held(hint: Any) -> Any:
    if isinstance(hint, UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return str if get_origin(hint) is Literal else hint
