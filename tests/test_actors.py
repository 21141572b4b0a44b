"""Who is mentioned: the corpus of sentences, every lexicon row's examples, and what marks promise of any text."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twotrack.intake.text import report_of_text
from twotrack.lexicon import rows
from twotrack.mark.actors.marker import mark_actors
from twotrack.mark.actors.names import folded, plural_of
from twotrack.mark.actors.offices import called, composed, office_id, people, people_files, root_of, shared
from twotrack.model import ActorMark
from twotrack.reading import Reading, parse_report, with_marks

CORPUS = Path(__file__).parent / "corpus" / "actors.toml"
CASES = tomllib.loads(CORPUS.read_text(encoding="utf-8"))["case"]


@lru_cache(maxsize=512)
def reading(text: str, published: date | None = None) -> Reading:
    parsed = parse_report(report_of_text(text, published=published))
    return with_marks(parsed, mark_actors(parsed))


def shown(mark: ActorMark) -> str:
    """ "RUS.GOV+UKR.GOV", "?" for what is unresolved, "UKR@place"."""
    ids = "+".join(actor.id or "?" for actor in mark.actors)
    return f"{ids}@place" if mark.via == "place" else ids


def words(read: Reading, mark: ActorMark) -> str:
    return read.report.text[mark.start : mark.end]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_corpus(case: dict[str, Any]) -> None:
    read = reading(case["text"], case.get("published"))
    found = {words(read, mark): shown(mark) for mark in read.actors}
    expected = dict(case.get("expect", ()))
    assert {said: found.get(said) for said in expected} == expected, found
    for absent in case.get("absent", ()):
        start = case["text"].index(absent)
        over = [m for m in read.actors if m.start < start + len(absent) and start < m.end and m.actors[0].id]
        assert not over, found


def lexicon_rows() -> Iterator[tuple[str, str, str, bool]]:
    """(id, lexicon, sentence, whether the row must be found) of every example of the lexicons that name actors."""
    tables = [("states", "state"), ("organizations", "organization"), ("regions", "region")]
    for lexicon, table in [*tables, *((f"people/{file}", "person") for file in people_files())]:
        for row in rows(lexicon, table, "id"):
            yield from ((row["id"], lexicon, sentence, True) for sentence in row.get("examples", ()))
            yield from ((row["id"], lexicon, sentence, False) for sentence in row.get("not_examples", ()))


def is_found(row: str, sentence: str) -> bool:
    marks = reading(sentence).actors
    ids = {actor.id for mark in marks for actor in mark.actors} | {actor.person for mark in marks for actor in mark.actors}
    return any(i == row or (i or "").startswith(f"{row}.") for i in ids)


def test_lexicon_examples() -> None:
    wrong = [r for r in lexicon_rows() if is_found(r[0], r[2]) != r[3]]
    assert not wrong


def test_role_examples() -> None:
    """Each role's example names its role in a state or body; the code must stand in some actor's id."""
    wrong = []
    ranks = [row for row in rows("references", "reference", "kind", "examples") if "code" in row]
    for row in (*rows("roles", "role", "code", "words", "kind", "examples"), *ranks):
        for sentence in row["examples"]:
            ids = [actor.id or "" for mark in reading(sentence).actors for actor in mark.actors]
            if not any(f".{row['code']}" in i or not row["code"] for i in ids):
                wrong.append((row["code"], sentence, ids))
    assert not wrong


def test_names_within_other_names() -> None:
    """ "The Geneva Conventions forbid it": no state or body is marked in what is another name."""
    found = []
    for table in ("heads", "phrase"):
        for row in rows("not_actors", table, "examples"):
            for sentence in row["examples"]:
                found += [(sentence, shown(m)) for m in reading(sentence).actors if m.via in ("name", "place")]
    assert not found


def test_places_and_governments() -> None:
    """ "She flew to Cairo" has a place, "a message to Cairo" its government."""
    wrong = []
    for row in rows("places", "place", "kind", "words", "examples", "not_examples"):
        for sentence in (*row["examples"], *row["not_examples"]):
            governments = [shown(m) for m in reading(sentence).actors if shown(m).endswith(".GOV")]
            if bool(governments) == (sentence in row["examples"]):
                wrong.append((sentence, governments))
    assert not wrong


def ids_in(sentence: str) -> list[str]:
    return [actor.id or "?" for mark in reading(sentence).actors for actor in mark.actors]


def test_forms_of_states() -> None:
    """ "The emirate gave no reason" after Qatar: the state of the row once more; a half of a nation needs the other half."""
    for row in rows("references", "form", "words", "of", "examples"):
        for sentence in row["examples"]:
            assert max(ids_in(sentence).count(state) for state in row["of"]) >= 2, sentence
        for sentence in row.get("not_examples", ()):
            assert not set(ids_in(sentence)) & set(row["of"]), sentence


def test_titles_that_one_state_has() -> None:
    """ "Home Secretary Jane Roe" is Britain's where the report names Britain, and nobody's where it names India."""
    for row in rows("references", "title", "words", "of", "examples", "not_examples"):
        (state,) = row["of"]
        assert all(any(i.startswith(f"{state}.GOV") for i in ids_in(sentence)) for sentence in row["examples"])
        assert not any(i.startswith(state) for sentence in row["not_examples"] for i in ids_in(sentence))


def test_what_is_moved_or_a_thing_is_no_actor() -> None:
    """ "Russia has massed 90,000 troops": one actor; captured soldiers are actors of their own, and so are no tanks."""
    for row in rows("references", "moved", "verbs", "examples", "not_examples"):
        assert all("?" not in ids_in(sentence) for sentence in row["examples"])
        assert all("?" in ids_in(sentence) for sentence in row["not_examples"])
    for row in (row for row in rows("roles", "role", "code", "words", "kind") if row.get("thing")):
        assert all(ids_in(sentence) == [] for sentence in row["not_examples"])


def test_an_ordinary_surname_alone_is_nobody() -> None:
    """ "Smith told lawmakers that steel prices would rise": no minister of a state that the report does not name."""
    for row in rows("not_actors", "surname", "words", "examples"):
        for sentence in row["examples"]:
            found = reading(sentence, date(2012, 6, 1)).actors
            assert not [a.person for mark in found for a in mark.actors if a.person]


# --- what holds of any text -------------------------------------------------------------------------------------------

FRAGMENTS = [
    *(
        "Putin",
        "the Kremlin",
        "U.S.",
        "’s",
        "-",
        "(",
        "”",
        "“",
        "he",
        "it",
        "their",
        "of",
        "the two sides",
        "President",
        "Iran",
        "and",
    ),
    *("officials", "said", ",", "then", "\n", "his counterpart", "\u202e", "É", "Foreign Minister", "both", ".", "Washington"),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=40))
def test_marks_cite_the_text_and_stand_on_tokens(fragments: list[str]) -> None:
    text = "The ministers met on Monday to talk about the border and the weather.\n" + " ".join(fragments)
    read = reading(text, date(2021, 12, 31))
    starts, ends = {t.start for t in read.tokens}, {t.end for t in read.tokens}
    for mark in read.actors:
        assert mark.start in starts
        assert mark.end in ends
        assert mark.actors
        assert mark.start <= read.tokens[mark.head].start < mark.end
        assert all(read.report.text[a.start : a.end] == a.words for a in mark.actors)
    assert len(read.actors_at) == len(read.actors), "two marks with one head"


# --- ids, offices, names ----------------------------------------------------------------------------------------------


def test_ids_are_composed_of_state_and_role() -> None:
    assert composed("IRN", "GOV.MFA") == "IRN.GOV.MFA"
    assert composed("RUS.GOV", "GOV.MOD") == "RUS.GOV.MOD"
    assert composed("IGO.NATO", "GOV") == "IGO.NATO"
    assert (root_of("RUS.GOV.HOS"), root_of("IGO.NATO"), root_of("PSE.REB.HAMAS")) == ("RUS", "IGO.NATO", "PSE.REB.HAMAS")
    assert called("RUS.GOV") == "Government of Russia"


def test_an_office_is_the_one_held_on_the_day() -> None:
    obama = people()["barack-obama"]
    assert office_id(obama, date(2014, 3, 1)) == "USA.GOV.HOS"
    assert office_id(obama, date(2019, 3, 1)) == "USA.ELI"
    assert office_id(obama, date(2019, 3, 1), ["USA.GOV.HOS"]) == "USA.GOV.HOS"
    assert office_id(obama, date(2014, 3, 1), former=True) == "USA.ELI"


def test_without_a_day_offices_keep_what_they_share() -> None:
    assert shared(["USA.GOV.HOS", "USA.GOV.MFA"]) == "USA.GOV"
    assert shared(["USA.GOV.HOS"]) == "USA.GOV.HOS"
    assert shared(["USA.GOV", "RUS.GOV"]) is None


def test_folding_keeps_every_offset() -> None:
    assert folded("Erdoğan’s Türkiye – Łódź") == "Erdogan's Turkiye - Lodz"


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("secretary of state", "secretaries of state"),
        ("spokesman", "spokesmen"),
        ("attorney", "attorneys"),
        ("oligarch", "oligarchs"),
    ],
)
def test_plurals(one: str, many: str) -> None:
    assert plural_of(one) == many


def test_a_persons_mark_spans_title_and_apposition_and_hangs_on_one_head() -> None:
    read = reading("Sergei Lavrov, Russia's foreign minister, met two senior U.S. officials.", date(2022, 1, 28))
    lavrov, officials = read.actors
    assert [read.tokens[m.head].text for m in read.actors] == ["Lavrov", "officials"]
    assert (lavrov.actors[0].person, lavrov.via) == ("sergey-lavrov", "name")
    assert (officials.actors[0].anonymous, officials.actors[0].number, officials.via) == (True, "many", "composed")
