"""Persons and their offices, and what an actor id is called: "Vladimir Putin" on 2021-12-31 -> RUS.GOV.HOS.

Ids are made of a state, body or region and CAMEO role codes: `composed("IRN", "GOV.MFA")` -> "IRN.GOV.MFA".
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import takewhile
from typing import NamedTuple

from twotrack.lexicon import rows

# Which office names a person who holds several on one day: the Chinese president also leads the party and the army.
RANK = ("GOV.HOS", "GOV.HOG", "GOV.MFA", "GOV.MOD", "GOV", "LEG", "JUD", "MIL", "SPY", "OPP", "REB", "PTY")
CALLED = {
    "GOV": "Government of {}",
    "GOV.HOS": "Head of state of {}",
    "GOV.HOG": "Head of government of {}",
    "GOV.MFA": "Foreign ministry of {}",
    "GOV.MOD": "Defence ministry of {}",
    "MIL": "Armed forces of {}",
    "LEG": "Parliament of {}",
    "JUD": "Judiciary of {}",
    "OPP": "Opposition of {}",
    "REB": "Rebels of {}",
    "PTY": "Parties of {}",
    "SPY": "Intelligence services of {}",
    "COP": "Police of {}",
    "MED": "Media of {}",
    "BUS": "Business of {}",
    "CVL": "People of {}",
    "EDU": "Universities of {}",
    "ELI": "Former officials of {}",
}

ARTICLED = ("United ", "Soviet ", "Democratic Republic", "Czech Republic")
ARTICLED_ENDS = ("Republic", "Emirates", "Islands", "Philippines", "Netherlands", "Bahamas", "Maldives", "Comoros", "Gambia")


class Office(NamedTuple):
    """An office held: `id` is an actor id such as "RUS.GOV.HOS"; `until` is None where it is still held."""

    id: str
    title: str
    since: date | None
    until: date | None

    def held(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Person(NamedTuple):
    """Someone who holds or held office. `surnames` are what the person is called alone: "Erdoğan"."""

    id: str
    name: str
    names: tuple[str, ...]
    surnames: tuple[str, ...]
    gender: str
    offices: tuple[Office, ...]


@lru_cache
def people_files() -> tuple[str, ...]:
    """The lexicons of persons, by the part of the world: ("africa", "americas", ...)."""
    folder = files("twotrack") / "data" / "people"
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


@lru_cache
def people() -> dict[str, Person]:
    """The persons of the lexicons by id."""
    found: dict[str, Person] = {}
    for file in people_files():
        for row in rows(f"people/{file}", "person", "id", "name", "gender", "offices"):
            offices = tuple(
                Office(composed(o["of"], o["role"]), o.get("title", ""), o.get("from"), o.get("until")) for o in row["offices"]
            )
            names = (row["name"], *row.get("names", ()))
            surnames = (row.get("family") or row["name"].split()[-1], *row.get("short", ()))
            known = found.get(row["id"])
            if known:
                offices, names = (*known.offices, *offices), (*known.names, *names)
            found[row["id"]] = Person(row["id"], row["name"], names, surnames, row["gender"], offices)
    return found


@lru_cache
def first_name_gender() -> dict[str, str]:
    """The gender of a first name that the persons of the lexicons share: {"sergei": "m"}."""
    found: dict[str, set[str]] = {}
    for person in people().values():
        given = [w for w in person.name.split() if w not in person.surnames]
        if given:
            found.setdefault(given[0].lower(), set()).add(person.gender)
    return {name: next(iter(genders)) for name, genders in found.items() if len(genders) == 1}


@lru_cache
def state_names() -> dict[str, str]:
    """What a state, body or region is called by its id."""
    found = {row["id"]: row["name"] for row in rows("regions", "region", "id", "name")}
    found.update({row["id"]: row["name"] for row in rows("organizations", "organization", "id", "name")})
    found.update({row["id"]: row["name"] for row in rows("states", "state", "id", "name")})
    return found


def is_body(actor: str) -> bool:
    """Whether an id is that of an organisation or armed group and not of a state or region: "IGO.NATO", "PSE.REB.HAMAS"."""
    return root_of(actor) not in _states()


@lru_cache
def regions() -> frozenset[str]:
    """The ids of parts of the world: {"WST", "EUR", ...}."""
    return frozenset(row["id"] for row in rows("regions", "region", "id", "name"))


@lru_cache
def _states() -> frozenset[str]:
    return regions() | {row["id"] for row in rows("states", "state", "id", "name")}


@lru_cache(maxsize=4096)
def root_of(actor: str) -> str:
    """The state, body or region of an id: "RUS.GOV.HOS" -> "RUS", "IGO.NATO" -> "IGO.NATO"."""
    parts = actor.split(".")
    known = state_names()
    longest = next((n for n in range(len(parts), 0, -1) if ".".join(parts[:n]) in known), 0)
    return ".".join(parts[: longest or (1 if len(parts[0]) == 3 and parts[0] not in ("IGO", "NGO", "REB") else 2)])


def composed(of: str, role: str) -> str:
    """The id of a role in a state or body: ("USA.GOV", "GOV.MFA") -> "USA.GOV.MFA"; a body's officials speak for the body."""
    root = root_of(of)
    if not role or role.startswith("="):  # "Chinese State Councillor": no office but a word for any state
        return of
    if root not in _states() or role == of:
        return root
    made = f"{root}.{role}"
    return of if of.startswith(f"{made}.") else made


def called(actor: str, name: str | None = None) -> str | None:
    """What an actor id is called: "RUS.GOV" -> "Government of Russia"."""
    if known := state_names().get(actor):
        return known
    root = root_of(actor)
    state, role = state_names().get(root), actor[len(root) + 1 :]
    if state is None:
        return name
    while role and role not in CALLED:
        role = role.rpartition(".")[0]
    article = "the " if state.startswith(ARTICLED) or state.endswith(ARTICLED_ENDS) else ""
    return CALLED[role].format(article + state) if role else state


def rank(office: str) -> int:
    """How high an office stands in RANK; lower is higher."""
    role = office[len(root_of(office)) + 1 :]
    return next((n for n, code in enumerate(RANK) if role == code), len(RANK))


def office_id(person: Person, day: date | None, wanted: Iterable[str] = (), former: bool = False) -> str | None:
    """The actor id of a person on a day. `wanted` are the ids that the words give: "President" -> ("USA.GOV.HOS",).

    A title in the text stands where the person held that office at any time; without a day it is the only office, or
    what the offices have in common: "USA.GOV".
    """
    if not person.offices:
        return None
    if former:
        return f"{root_of(_last(person).id)}.ELI"
    if titled := [o for o in person.offices if o.id in wanted]:
        return titled[0].id
    if day is None:
        return shared([o.id for o in person.offices])
    held = sorted((o for o in person.offices if o.held(day)), key=lambda o: rank(o.id))
    if held:
        return held[0].id
    return f"{root_of(_last(person).id)}.ELI"


def shared(ids: list[str]) -> str | None:
    """What ids have in common: ["USA.GOV.HOS", "USA.GOV.MFA"] -> "USA.GOV"."""
    same = takewhile(lambda parts: len(set(parts)) == 1, zip(*(i.split(".") for i in ids), strict=False))
    return ".".join(parts[0] for parts in same) or None


def _last(person: Person) -> Office:
    return max(person.offices, key=lambda o: (o.until or date.max, o.since or date.min))


def in_office(person: Person, day: date) -> bool:
    """Whether a person holds any office on a day."""
    return any(o.held(day) for o in person.offices)


@lru_cache
def holders() -> dict[str, tuple[tuple[Office, str], ...]]:
    """Who held an office: {"RUS.GOV.HOS": ((Office(...), "vladimir-putin"), ...)}."""
    found: dict[str, list[tuple[Office, str]]] = {}
    for person in people().values():
        for office in person.offices:
            found.setdefault(office.id, []).append((office, person.id))
    return {office: tuple(held) for office, held in found.items()}


def holder(office: str, day: date | None) -> Person | None:
    """The one person who holds an office on a day, None where the lexicons name none or several."""
    if day is None:
        return None
    found = {person for o, person in holders().get(office, ()) if o.held(day)}
    return people()[found.pop()] if len(found) == 1 else None
