"""Which state a town lies in: "Garissa" is Kenya's, and "Managua" the capital of Nicaragua.

Cities are GeoNames', in data/cities.txt, which tools/cities.py writes; capitals are those of data/states.toml, by years.
"""

import unicodedata
from datetime import date
from functools import lru_cache
from importlib.resources import files

from twotrack.lexicon import Row, rows


def state_of_city(name: str) -> str | None:
    """The ISO 3166 alpha-3 code of a city's state today, in whatever case it is written; None for no such city, or several."""
    return _cities().get(name.casefold())


def state_of_capital(name: str, day: date | None) -> str | None:
    """The code of the state that a town is the capital of in the year of a day, in whatever case, with accents or without."""
    states = _capitals().get(_plain(name), ())
    held = (row["id"] for row in states if day is None or row.get("from", 0) <= day.year <= row.get("until", 9999))
    return next(held, None)


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    lines = (files("twotrack") / "data" / "cities.txt").read_text(encoding="utf-8").splitlines()
    split = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name: state for state, *names in split for name in names}


@lru_cache(maxsize=1)
def _capitals() -> dict[str, list[Row]]:
    """Capital -> its states, the latest first."""
    found: dict[str, list[Row]] = {}
    for row in rows("states", "state", "id", "name"):
        for town in row.get("capital", ()):
            found.setdefault(_plain(town), []).append(row)
    return {town: sorted(states, key=lambda row: -row.get("until", 9999)) for town, states in found.items()}


def _plain(name: str) -> str:
    """A name in lower case without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)).casefold()
