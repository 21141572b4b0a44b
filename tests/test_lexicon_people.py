"""The persons of data/people/*.toml: every row is whole, nobody shares an office for one, and who was who on known days.

"Lavrov said" in a report of 2021 can only be resolved to Russia's foreign minister where these rows are right.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from typing import NamedTuple

import pytest

from twotrack.lexicon import Row, rows

PEOPLE = files("twotrack") / "data" / "people"
FILES = tuple(sorted(f.name.removesuffix(".toml") for f in PEOPLE.iterdir() if f.name.endswith(".toml")))
ROLES = {"", "GOV", "GOV.HOS", "GOV.HOG", "GOV.MFA", "GOV.MOD", "LEG", "JUD", "MIL", "SPY", "COP", "OPP", "REB", "PTY"}
ROLES |= {"CVL", "ELI", "REL", "MED"}
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FOR_ONE = ("GOV.HOS", "GOV.HOG", "GOV.MFA", "GOV.MOD")
HANDOVER = 45  # days that two holders may share an office: source dates differ by election, oath and handover
# Offices that several hold at once: Bosnia has a presidency of three.
SHARED = {("BIH", "GOV.HOS")}
COVERED_ON = date(2021, 12, 31)
COVERED_STATES = 60
PERSON_KEYS = {"id", "name", "names", "family", "short", "gender", "offices"}
OFFICE_KEYS = {"of", "role", "title", "from", "until"}


class Held(NamedTuple):
    """An office as one row has it."""

    person: str
    of: str
    role: str
    since: date
    until: date

    def on(self, day: date) -> bool:
        return self.since <= day <= self.until


def persons() -> Iterator[tuple[str, Row]]:
    for file in FILES:
        for row in rows(f"people/{file}", "person"):
            yield file, row


@lru_cache
def held() -> tuple[Held, ...]:
    """Every office; one without `from` or `until` has no bound there."""
    return tuple(
        Held(row["id"], o["of"], o["role"], o.get("from", date.min), o.get("until", date.max))
        for _, row in persons()
        for o in row["offices"]
    )


def test_every_row_has_what_a_person_needs_and_nothing_else() -> None:
    for file, row in persons():
        where = f"{file}: {row.get('id')}"
        assert {"id", "name", "gender", "offices"} <= set(row) <= PERSON_KEYS, where
        assert row["gender"] in ("m", "f"), where
        assert row["offices"], where
        assert ID.fullmatch(row["id"]), where
        assert all(n and n == n.strip() for n in (row["name"], *row.get("names", ()), *row.get("short", ()))), where


def test_every_office_is_of_a_known_state_or_body_with_a_role_and_dates_in_order() -> None:
    known = {
        row["id"] for lexicon, table in (("states", "state"), ("organizations", "organization")) for row in rows(lexicon, table)
    }
    for file, row in persons():
        for office in row["offices"]:
            where = f"{file}: {row['id']}: {office}"
            assert {"of", "role", "title"} <= set(office) <= OFFICE_KEYS, where
            assert office["of"] in known or office["of"].startswith(("IGO.", "NGO.")), where
            assert office["role"] in ROLES, where
            assert all(type(office[key]) is date for key in ("from", "until") if key in office), where
            assert office.get("from", date.min) < office.get("until", date.max), where


def test_an_id_is_one_person_and_only_the_bodies_may_add_offices_to_it() -> None:
    found: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for file, row in persons():
        found[row["id"]].append((file, row))
    for person, given in found.items():
        if len(given) > 1:
            assert len(given) == 2, person
            assert {"bodies"} < {file for file, _ in given}, person
            assert len({row["gender"] for _, row in given}) == 1, person


def test_no_two_persons_hold_an_office_for_one_at_the_same_time() -> None:
    offices: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for one in held():
        if one.role in FOR_ONE and (one.of, one.role) not in SHARED:
            offices[one.of, one.role].append(one)
    clashes = [
        (a, b)
        for holders in offices.values()
        for a, b in combinations(holders, 2)
        if a.person != b.person and (min(a.until, b.until) - max(a.since, b.since)).days > HANDOVER
    ]
    assert clashes == []


def test_a_person_does_not_hold_the_same_office_twice_on_a_day() -> None:
    offices: dict[tuple[str, str, str], list[Held]] = defaultdict(list)
    for one in held():
        if one.role in FOR_ONE:
            offices[one.person, one.of, one.role].append(one)
    spans = [pair for same in offices.values() for pair in combinations(same, 2)]
    twice = [(a, b) for a, b in spans if min(a.until, b.until) > max(a.since, b.since)]
    assert twice == []


def test_enough_states_have_a_leader_a_foreign_and_a_defence_minister() -> None:
    covered: dict[str, set[str]] = defaultdict(set)
    for one in held():
        if one.on(COVERED_ON):
            covered[one.of].add(one.role)
    whole = [of for of, roles in covered.items() if roles & {"GOV.HOS", "GOV.HOG"} and {"GOV.MFA", "GOV.MOD"} <= roles]
    assert len(whole) >= COVERED_STATES


# Known from history, not from the rows: the person, a day in office, and the office.
ON_THE_DAY = """
harry-truman 1950-06-27 USA GOV.HOS
dwight-eisenhower 1956-10-31 USA GOV.HOS
john-foster-dulles 1956-10-31 USA GOV.MFA
anthony-eden 1956-10-31 GBR GOV.HOG
selwyn-lloyd 1956-10-24 GBR GOV.MFA
guy-mollet 1956-10-24 FRA GOV.HOG
christian-pineau 1956-10-24 FRA GOV.MFA
nikolai-bulganin 1956-11-05 SUN GOV.HOG
dmitri-shepilov 1956-10-13 SUN GOV.MFA
john-kennedy 1962-10-22 USA GOV.HOS
dean-rusk 1962-10-22 USA GOV.MFA
robert-mcnamara 1962-10-22 USA GOV.MOD
nikita-khrushchev 1962-10-28 SUN GOV.HOG
andrei-gromyko 1962-10-18 SUN GOV.MFA
u-thant 1962-10-24 IGO.UNO
fidel-castro 1962-10-26 CUB GOV.HOG
walter-ulbricht 1961-08-13 DDR GOV.HOS
konrad-adenauer 1961-08-13 DEU GOV.HOG
henry-kissinger 1973-10-20 USA GOV.MFA
leopoldo-galtieri 1982-04-02 ARG GOV.HOS
lord-carrington 1982-04-02 GBR GOV.MFA
francis-pym 1982-05-02 GBR GOV.MFA
margaret-thatcher 1982-05-02 GBR GOV.HOG
george-h-w-bush 1990-08-02 USA GOV.HOS
james-baker 1991-01-09 USA GOV.MFA
dick-cheney 1991-01-16 USA GOV.MOD
mikhail-gorbachev 1991-01-16 SUN GOV.HOS
javier-perez-de-cuellar 1991-01-12 IGO.UNO
hans-dietrich-genscher 1991-12-23 DEU GOV.MFA
slobodan-milosevic 1995-11-21 SRB GOV.HOS
slobodan-milosevic 1999-03-24 YUG GOV.HOS
madeleine-albright 1999-02-23 USA GOV.MFA
robin-cook 1999-02-23 GBR GOV.MFA
javier-solana 1999-03-24 IGO.NATO
igor-ivanov 1999-03-24 RUS GOV.MFA
yevgeny-primakov 1999-03-24 RUS GOV.HOG
colin-powell 2003-02-05 USA GOV.MFA
dominique-de-villepin 2003-02-14 FRA GOV.MFA
joschka-fischer 2003-02-08 DEU GOV.MFA
hans-blix 2003-02-14 IGO.UNO.MOVIC
mohamed-elbaradei 2003-02-14 IGO.IAEA
kofi-annan 2003-03-19 IGO.UNO
dmitry-medvedev 2008-08-12 RUS GOV.HOS
vladimir-putin 2008-08-08 RUS GOV.HOG
mikheil-saakashvili 2008-08-08 GEO GOV.HOS
nicolas-sarkozy 2008-08-12 FRA GOV.HOS
viktor-yanukovych 2014-02-20 UKR GOV.HOS
oleksandr-turchynov 2014-03-18 UKR GOV.HOS
arseniy-yatsenyuk 2014-03-18 UKR GOV.HOG
john-kerry 2015-07-14 USA GOV.MFA
laurent-fabius 2015-07-14 FRA GOV.MFA
philip-hammond 2015-07-14 GBR GOV.MFA
frank-walter-steinmeier 2015-02-12 DEU GOV.MFA
federica-mogherini 2015-07-14 IGO.EEC
rex-tillerson 2017-08-08 USA GOV.MFA
juan-guaido 2019-01-23 VEN OPP
vladimir-padrino-lopez 2019-01-23 VEN GOV.MOD
elmar-mammadyarov 2020-07-12 AZE GOV.MFA
jeyhun-bayramov 2020-09-27 AZE GOV.MFA
nikol-pashinyan 2020-11-10 ARM GOV.HOG
sviatlana-tsikhanouskaya 2021-05-23 BLR OPP
joe-biden 2021-12-07 USA GOV.HOS
antony-blinken 2022-01-21 USA GOV.MFA
lloyd-austin 2022-02-11 USA GOV.MOD
jake-sullivan 2022-02-11 USA GOV
wendy-sherman 2022-01-10 USA GOV
sergei-ryabkov 2022-01-10 RUS GOV
dmitry-peskov 2022-02-11 RUS GOV
sergey-lavrov 2022-01-21 RUS GOV.MFA
sergei-shoigu 2022-02-24 RUS GOV.MOD
liz-truss 2022-02-10 GBR GOV.MFA
ben-wallace 2022-02-11 GBR GOV.MOD
boris-johnson 2022-02-01 GBR GOV.HOG
annalena-baerbock 2022-02-07 DEU GOV.MFA
christine-lambrecht 2022-02-07 DEU GOV.MOD
jean-yves-le-drian 2022-02-08 FRA GOV.MFA
florence-parly 2022-02-08 FRA GOV.MOD
dmytro-kuleba 2022-02-24 UKR GOV.MFA
oleksii-reznikov 2022-02-24 UKR GOV.MOD
denys-shmyhal 2022-02-24 UKR GOV.HOG
jens-stoltenberg 2022-02-24 IGO.NATO
josep-borrell 2022-02-24 IGO.EEC
rafael-grossi 2022-03-04 IGO.IAEA
albin-kurti 2022-07-31 XKX GOV.HOG
andrei-belousov 2024-06-01 RUS GOV.MOD
mark-rutte 2024-10-02 IGO.NATO
kaja-kallas 2025-03-01 IGO.EEC
friedrich-merz 2025-05-10 DEU GOV.HOG
pete-hegseth 2025-06-22 USA GOV.MOD
xi-jinping 2015-09-03 CHN GOV.HOS
mohammad-javad-zarif 2015-07-14 IRN GOV.MFA
hassan-rouhani 2018-05-08 IRN GOV.HOG
benjamin-netanyahu 2010-05-31 ISR GOV.HOG
recep-tayyip-erdogan 2016-07-15 TUR GOV.HOS
"""

# Days on which someone no longer or not yet held the office.
NOT_ON_THE_DAY = """
vladimir-putin 2010-01-01 RUS GOV.HOS
mike-pompeo 2021-03-01 USA GOV.MFA
donald-trump 2022-02-24 USA GOV.HOS
angela-merkel 2021-12-31 DEU GOV.HOG
sergei-shoigu 2024-06-01 RUS GOV.MOD
petro-poroshenko 2019-09-01 UKR GOV.HOS
heiko-maas 2022-01-10 DEU GOV.MFA
dominic-raab 2021-12-01 GBR GOV.MFA
alexis-tsipras 2015-09-10 GRC GOV.HOG
mark-rutte 2024-09-01 IGO.NATO
alexei-navalny 2024-03-01 RUS OPP
"""


def known_facts(table: str) -> list[tuple[str, date, str, str]]:
    facts = [line.split() for line in table.split("\n") if line]
    return [(person, date.fromisoformat(day), of, role[0] if role else "") for person, day, of, *role in facts]


@pytest.mark.parametrize(("person", "day", "of", "role"), known_facts(ON_THE_DAY))
def test_who_held_office_on_a_known_day(person: str, day: date, of: str, role: str) -> None:
    assert (of, role) in {(one.of, one.role) for one in held() if one.person == person and one.on(day)}


@pytest.mark.parametrize(("person", "day", "of", "role"), known_facts(NOT_ON_THE_DAY))
def test_who_did_not_hold_office_on_a_known_day(person: str, day: date, of: str, role: str) -> None:
    offices = {(one.of, one.role): one.on(day) for one in held() if one.person == person and (one.of, one.role) == (of, role)}
    assert offices, "the person must be known with this office on other days"
    assert not any(one.on(day) for one in held() if one.person == person and (one.of, one.role) == (of, role))
