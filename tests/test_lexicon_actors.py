"""The actor lexicons of names that are not persons': ids, shapes, and that no name has two meanings unawares."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files

import pycountry
import pytest

from twotrack.lexicon import Row, rows


def listed(ids: str) -> set[str]:
    return set(ids.split())


STATES = rows("states", "state", "id", "name", "names", "adjectives", "people", "capital", "examples")
ORGANIZATIONS = rows("organizations", "organization", "id", "name", "names", "kind", "definite", "examples")
ROLES = rows("roles", "role", "code", "kind", "words", "examples")
OUTLETS = rows("outlets", "outlet", "id", "name", "names", "domains", "kind", "country", "order", "examples")
STATE_IDS = {row["id"] for row in STATES}

# Names that two rows share. The year of the report decides between a former state and its successor (the successor where it
# does not); between others the first row of the file is the one that the press means more often.
AMBIGUOUS = {
    "Moscow": {"RUS", "SUN"},
    "Kremlin": {"RUS.GOV", "SUN.GOV"},
    "Lubyanka": {"RUS.SPY", "SUN.SPY"},
    "Belgrade": {"SRB", "SCG", "YUG"},
    "Prague": {"CZE", "CSK"},
    "Congolese": {"COD", "COG"},
    "Dominican": {"DOM", "DMA"},
    "Dominicans": {"DOM", "DMA"},
}

# No states, though ISO 3166 has codes for them: dependencies that seldom act on their own in reports.
DEPENDENCIES = listed(
    "ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK CUW CXR CYM FLK FRO GGY GIB GLP GUF GUM HMD IMN IOT JEY MAF MNP MSR MTQ MYT "
    "NCL NFK NIU PCN PYF REU SGS SHN SJM SPM SXM TCA TKL UMI VGB VIR WLF"
)
# The capital is named like the state, mostly means something else (Brussels, Male, Victoria), or there is none.
WITHOUT_CAPITAL = listed("ATG BEL COK DJI ESH HKG LUX MAC MCO MDV PRI SGP SMR STP SYC UAR VAT")
WITHOUT_INHABITANTS = listed("SCG UAR VAT")
KINDS = "alliance|un|regional|union|financial|court|format|ngo|armed group|company|party|religious"
CODES = listed("GOV GOV.HOS GOV.HOG GOV.MFA GOV.MOD MIL COP LEG JUD OPP PTY REB SPY MED BUS CVL EDU UAF CRM ELI")
ID = r"((IGO|NGO|REB|MNC)(\.[A-Z0-9]+)+|[A-Z]{3}\.(REB|PTY|GOV|MIL|OPP|CRM)\.[A-Z0-9]+)"
METONYM = r"[A-Z]{3}\.(GOV(\.(HOS|HOG|MFA|MOD))?|MIL|LEG|SPY|COP|JUD|MED)"


def named(row: Row) -> Iterator[tuple[str, str]]:
    """Every name of a state or body, with the actor that it names."""
    for key in ("names", "adjectives", "people", "capital"):
        for name in row.get(key, ()):
            yield name, row["id"]
    for actor, words in row.get("metonyms", {}).items():
        for name in words:
            yield name, actor


def repeated(values: Iterator[str]) -> list[str]:
    return [value for value, n in Counter(values).items() if n > 1]


@pytest.mark.parametrize("table", [STATES, ORGANIZATIONS, OUTLETS], ids=["states", "organizations", "outlets"])
def test_an_id_stands_once(table: tuple[Row, ...]) -> None:
    assert repeated(row["id"] for row in table) == []


@pytest.mark.parametrize("table", [STATES, ORGANIZATIONS, OUTLETS], ids=["states", "organizations", "outlets"])
def test_names_are_spelled_as_names(table: tuple[Row, ...]) -> None:
    for row in table:
        assert row["name"] in row["names"] or row["name"].removeprefix("The ") in row["names"], row["id"]
        assert repeated(iter(row["names"])) == []
        for name in row["names"]:
            assert name == name.strip(), name
            assert any(c.isupper() for c in name) or row["id"] in ("dpa", "euronews"), f"{name} is found only by its capitals"


@pytest.mark.parametrize("table", [STATES, ORGANIZATIONS, ROLES, OUTLETS], ids=["states", "organizations", "roles", "outlets"])
def test_examples_are_sentences(table: tuple[Row, ...]) -> None:
    for row in table:
        assert row["examples"], row
        for sentence in (*row["examples"], *row.get("not_examples", ())):
            assert re.fullmatch(r"\S.* .*[.?]", sentence), sentence


@pytest.mark.parametrize("table", [STATES, ORGANIZATIONS, OUTLETS], ids=["states", "organizations", "outlets"])
def test_every_example_has_a_name_of_its_row(table: tuple[Row, ...]) -> None:
    for row in table:
        for sentence in row["examples"]:
            assert any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence) for name, _ in named(row)), sentence


def test_every_example_of_a_role_has_a_word_of_its_row() -> None:
    for row in ROLES:
        stems = [re.escape(word.removesuffix("man").removesuffix("y")) for word in (*row["words"], *row.get("plural", ()))]
        for sentence in row["examples"]:
            assert any(re.search(rf"\b{stem}", sentence.lower()) for stem in stems), sentence


def test_a_name_has_one_meaning_unless_it_is_listed() -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for row in (*STATES, *ORGANIZATIONS):
        for name, actor in named(row):
            meanings[name].add(actor)
    assert {name: actors for name, actors in meanings.items() if len(actors) > 1} == AMBIGUOUS


# --- states -----------------------------------------------------------------------------------------------------------


def test_state_ids_are_iso_codes() -> None:
    codes = {c.alpha_3 for c in pycountry.countries} | {c.alpha_3 for c in pycountry.historic_countries}
    assert STATE_IDS - codes == {"XKX", "UAR"}


def test_every_state_of_the_world_is_there() -> None:
    assert {c.alpha_3 for c in pycountry.countries} - STATE_IDS == DEPENDENCIES
    assert len(STATES) >= 195


def test_former_states_are_there_with_their_years() -> None:
    years = {row["id"]: (row["from"], row["until"]) for row in STATES if "until" in row}
    assert years == {
        "SUN": (1922, 1991),
        "YUG": (1918, 2003),
        "SCG": (2003, 2006),
        "CSK": (1918, 1992),
        "DDR": (1949, 1990),
        "VDR": (1955, 1975),
        "UAR": (1958, 1971),
        "YMD": (1967, 1990),
    }


def test_states_have_adjectives_inhabitants_and_capitals() -> None:
    assert {row["id"] for row in STATES if not row["capital"]} == WITHOUT_CAPITAL
    assert {row["id"] for row in STATES if not row["people"]} == WITHOUT_INHABITANTS
    assert {row["id"] for row in STATES if not row["adjectives"]} == {"SCG", "UAR"}


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("British", "GBR"), ("Britons", "GBR"), ("Dutch", "NLD"), ("Filipinos", "PHL"), ("Saudis", "SAU"), ("U.S.", "USA"),
        ("North Koreans", "PRK"), ("Burmese", "MMR"), ("Kiev", "UKR"), ("Kyiv", "UKR"), ("Nigerien", "NER"), ("Danes", "DNK"),
        ("Nigerian", "NGA"), ("Emirati", "ARE"), ("Swiss", "CHE"), ("Türkiye", "TUR"), ("Ivorian", "CIV"), ("Malagasy", "MDG"),
    ],
)  # fmt: skip
def test_words_of_a_nation(word: str, state: str) -> None:
    assert [actor for row in STATES for name, actor in set(named(row)) if name == word] == [state]


@pytest.mark.parametrize(
    ("word", "actor"),
    [
        ("Kremlin", "RUS.GOV"), ("Foggy Bottom", "USA.GOV.MFA"), ("Zhongnanhai", "CHN.GOV"), ("Knesset", "ISR.LEG"),
        ("Downing Street", "GBR.GOV"), ("Pentagon", "USA.MIL"), ("Blue House", "KOR.GOV.HOS"),
        ("Quai d'Orsay", "FRA.GOV.MFA"),
        ("Rashtrapati Bhavan", "IND.GOV.HOS"), ("Bankova", "UKR.GOV.HOS"), ("ISI", "PAK.SPY"), ("Quds Force", "IRN.MIL"),
    ],
)  # fmt: skip
def test_metonyms(word: str, actor: str) -> None:
    assert actor in [found for row in STATES for name, found in named(row) if name == word]


def test_metonyms_are_of_their_state() -> None:
    for row in STATES:
        for actor, words in row.get("metonyms", {}).items():
            assert re.fullmatch(METONYM, actor), actor
            assert actor.startswith(row["id"]), actor
            assert words, actor


# --- organizations ----------------------------------------------------------------------------------------------------


def test_organizations_have_well_formed_ids_and_kinds() -> None:
    assert len(ORGANIZATIONS) >= 230
    for row in ORGANIZATIONS:
        assert re.fullmatch(ID, row["id"]), row["id"]
        assert re.fullmatch(KINDS, row["kind"]), row["id"]
        assert row["id"][:3] in STATE_IDS | {"IGO", "NGO", "REB", "MNC"}, row["id"]


def test_words_that_refer_back_are_common_nouns() -> None:
    for row in ORGANIZATIONS:
        for word in row["definite"]:
            assert not word.startswith("the "), row["id"]
            assert word.isascii(), row["id"]


@pytest.mark.parametrize(
    ("body", "count", "some", "none"),
    [
        ("IGO.NATO", 32, {"USA", "TUR", "FIN", "SWE"}, {"UKR", "AUT"}),
        ("IGO.EEC", 27, {"FRA", "HRV", "CYP"}, {"GBR", "NOR"}),
        ("IGO.UNO.P5", 5, {"RUS", "CHN"}, {"DEU"}),
        ("IGO.P5PLUS1", 6, {"DEU", "RUS"}, {"IRN"}),
        ("IGO.GCC", 6, {"QAT", "OMN"}, {"YEM", "IRQ"}),
        ("IGO.ASEAN", 11, {"MMR", "TLS"}, {"PNG"}),
        ("IGO.LAS", 22, {"SYR", "SOM"}, {"IRN", "TUR"}),
    ],
)
def test_members(body: str, count: int, some: set[str], none: set[str]) -> None:
    members = next(set(row["members"]) for row in ORGANIZATIONS if row["id"] == body)
    assert len(members) == count
    assert some <= members
    assert not none & members


def test_members_are_states() -> None:
    for row in ORGANIZATIONS:
        assert set(row.get("members", ())) <= STATE_IDS, row["id"]
        assert repeated(iter(row.get("members", ()))) == [], row["id"]


def test_names_of_states_and_bodies_load_fast() -> None:
    """Both files are read at every start; a kilobyte of TOML takes about a third of a millisecond."""
    data = files("twotrack") / "data"
    assert sum(len((data / f"{name}.toml").read_bytes()) for name in ("states", "organizations")) < 200_000


# --- roles ------------------------------------------------------------------------------------------------------------


def test_role_codes_and_kinds() -> None:
    assert {row["code"] for row in ROLES} == CODES | {""}
    assert {row["kind"] for row in ROLES} == {"office", "member", "body", "group"}
    assert all(row.get("many", True) is True for row in ROLES)


def test_a_role_word_stands_once_in_lower_case_and_without_accents() -> None:
    references = [word for row in rows("references", "reference", "words") for word in row["words"]]
    assert repeated(iter([*references, *(word for row in ROLES for word in row["words"])])) == []
    for row in ROLES:
        for word in (*row["words"], *row.get("plural", ())):
            assert word == word.lower(), word
            assert word.isascii(), word


@pytest.mark.parametrize(
    ("word", "code", "kind"),
    [
        ("foreign minister", "GOV.MFA", "office"), ("secretary of state", "GOV.MFA", "office"), ("spokesman", "GOV", "member"),
        ("secretary-general", "", "office"), ("troops", "MIL", "group"), ("parliament", "LEG", "body"),
        ("foreign ministry", "GOV.MFA", "body"), ("protester", "CVL", "group"), ("supreme leader", "GOV.HOS", "office"),
        ("crown prince", "GOV", "office"), ("dissident", "OPP", "member"), ("analyst", "EDU", "member"),
        ("king", "GOV.HOS", "office"), ("rebel", "REB", "group"),
    ],
)  # fmt: skip
def test_role_words(word: str, code: str, kind: str) -> None:
    assert [(row["code"], row["kind"]) for row in ROLES if word in row["words"]] == [(code, kind)]


# --- outlets ----------------------------------------------------------------------------------------------------------


def test_outlets() -> None:
    assert len(OUTLETS) >= 130
    for row in OUTLETS:
        assert row["country"] in STATE_IDS, row["id"]
        assert row["order"] in ("DMY", "MDY"), row["id"]
        assert row["kind"] in ("agency", "newspaper", "broadcaster", "state media", "magazine", "site"), row["id"]
        assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) for domain in row["domains"]), row["id"]


def test_a_domain_or_name_is_of_one_outlet() -> None:
    assert repeated(domain for row in OUTLETS for domain in row["domains"]) == []
    assert repeated(name for row in OUTLETS for name in {n.lower().removeprefix("the ") for n in row["names"]}) == []


def test_state_media_and_agencies_of_the_world() -> None:
    assert len({row["country"] for row in OUTLETS if row["kind"] == "state media"}) >= 25
    assert len([row for row in OUTLETS if row["kind"] == "agency"]) >= 30
