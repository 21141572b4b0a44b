"""Which state a city lies in: "Garissa" is Kenya's. Names are GeoNames', in data/cities.txt, which tools/cities.py writes."""

from functools import lru_cache
from importlib.resources import files


def state_of_city(name: str) -> str | None:
    """The ISO 3166 alpha-3 code of a city's state today, in whatever case it is written; None for no such city, or several."""
    return _cities().get(name.casefold())


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    lines = (files("twotrack") / "data" / "cities.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name: state for state, *names in rows for name in names}
