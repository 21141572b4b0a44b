"""Words as data: reads the lexicons in data/*.toml and checks their rows. What a row means is its user's business.

Every row of a lexicon carries `examples` and may carry `not_examples`; one test runs them all.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from twotrack.errors import LexiconError

Row = Mapping[str, Any]


@lru_cache
def rows(lexicon: str, table: str, *required: str) -> tuple[Row, ...]:
    """The rows `[[table]]` of data/<lexicon>.toml, e.g. rows("labels", "label", "kind", "pattern").

    Raises LexiconError where the file is no TOML, has no such table, or a row lacks a required key.
    """
    found = _tables(lexicon).get(table)
    if not isinstance(found, list):
        raise LexiconError(f"Lexicon {lexicon}.toml has no [[{table}]].")
    for number, row in enumerate(found, 1):
        if missing := [key for key in required if key not in row]:
            raise LexiconError(f"Lexicon {lexicon}.toml, [[{table}]] number {number}: {', '.join(missing)} missing.")
    return tuple(found)


@lru_cache
def _tables(lexicon: str) -> Mapping[str, Any]:
    """The parsed file, kept since most lexicons have several tables."""
    path = files("twotrack") / "data" / f"{lexicon}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"Lexicon {lexicon}.toml cannot be read: {error}.") from error


@lru_cache
def section_labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(kind, pattern over the label in lower case) of every section label: ("next", "what's next|...")."""
    return tuple((row["kind"], re.compile(row["pattern"])) for row in rows("labels", "label", "kind", "pattern", "examples"))


@lru_cache
def actor_names() -> Mapping[str, str]:
    """Names by id of states and organizations: "IRN" -> "Iran", "IGO.NATO" -> "NATO"."""
    listed = (*rows("states", "state", "id", "name"), *rows("organizations", "organization", "id", "name"))
    return {row["id"]: row["name"] for row in listed}


@lru_cache
def outlet_names() -> Mapping[str, str]:
    """Names by id of outlets: "reuters" -> "Reuters"."""
    return {row["id"]: row["name"] for row in rows("outlets", "outlet", "id", "name", "kind")}


@lru_cache
def outlet_letter(name: str | None) -> str:
    """How reliable an outlet is held to be, A to F, by its kind: "Reuters" -> "B"; F where it is not known."""
    kind = _outlet_kinds().get((name or "").casefold())
    return next((str(row["letter"]) for row in rows("outlets", "reliability", "kind", "letter") if row["kind"] == kind), "F")


@lru_cache
def _outlet_kinds() -> Mapping[str, str]:
    listed = rows("outlets", "outlet", "id", "name", "kind")
    return {name.casefold(): row["kind"] for row in listed for name in (row["name"], *row.get("names", ()))}
