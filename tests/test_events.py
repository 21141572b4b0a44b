import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twotrack import read
from twotrack.find.events.finder import find_events
from twotrack.lexicon import rows
from twotrack.mark.actors.marker import mark_actors
from twotrack.mark.conditions import mark_conditions
from twotrack.model import Event, Report
from twotrack.ontology import cameo_types, modes, types
from twotrack.reading import Reading, parse_report, with_marks

VERBS, NOUNS, REFINEMENTS = (rows("verbs", table, "cameo", "examples") for table in ("verb", "noun", "refine"))


@lru_cache(maxsize=4096)
def reading(text: str) -> Reading:
    parsed = parse_report(Report("r", text))
    marked = with_marks(parsed, mark_actors(parsed))
    return with_marks(marked, mark_conditions(marked))


def events(text: str) -> list[Event]:
    return [one for one in find_events(reading(text)) if isinstance(one, Event)]


def first_words(row: Any) -> set[str]:
    """The lemmas that the rules of a row may start with."""
    lights = {phrase.split()[0] for phrase in row.get("light", ())}
    return lights | {phrase.split()[0] for phrase in row.get("verbs", row.get("nouns", ()))}


def by_row(row: Any, text: str) -> list[Event]:
    """The events of a text that have a row's type and start with one of its words."""
    if row.get("statement"):
        return [e for e in events(text) if e.type == row["type"] and any(f"+{verb}" in e.rule for verb in row["verbs"])]
    found = [e for e in events(text) if e.type == row["type"]]
    return [e for e in found if e.rule.removeprefix("verbs:").split("+")[0].split()[0] in first_words(row)]


CASES = [(row, text) for row in (*VERBS, *NOUNS) for text in row["examples"]]
COUNTER_CASES = [(row, text) for row in (*VERBS, *NOUNS) for text in row.get("not_examples", ())]


@pytest.mark.parametrize(("row", "text"), CASES, ids=[text for _, text in CASES])
def test_examples_of_the_lexicon(row: Any, text: str) -> None:
    found = by_row(row, text)
    assert found
    if row.get("mode"):
        assert row["mode"] in {event.mode for event in found}


@pytest.mark.parametrize(("row", "text"), COUNTER_CASES, ids=[text for _, text in COUNTER_CASES])
def test_counter_examples_of_the_lexicon(row: Any, text: str) -> None:
    assert not by_row(row, text)


@pytest.mark.parametrize("row", REFINEMENTS, ids=lambda row: f"{row['type']}-{row.get('mode', row['cameo'])}")
def test_refinements_of_the_lexicon(row: Any) -> None:
    found = [event for text in row["examples"] for event in events(text) if event.type == row["type"]]
    assert any(event.mode == row.get("mode") for event in found)


def test_silent_rows_give_no_event() -> None:
    texts = [text for row in rows("verbs", "silent", "verbs", "cameo", "examples") for text in row["examples"]]
    assert {
        text: [event.rule for event in events(text) if event.rule.count("+") or event.type != "ASSAULT"] for text in texts
    } == {text: [] for text in texts}


def test_every_type_has_rows() -> None:
    assert {row["type"] for row in (*VERBS, *NOUNS)} == set(types())


@pytest.mark.parametrize("row", [*VERBS, *NOUNS, *REFINEMENTS], ids=lambda row: f"{row['type']}-{row['cameo']}")
def test_code_mode_and_type_agree_with_the_ontology(row: Any) -> None:
    if not row.get("plover_only"):
        assert cameo_types()[row["cameo"]] == row["type"]
    if row.get("mode"):
        assert row["mode"] in modes()[row["type"]]


CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "events.toml").read_text(encoding="utf-8"))


def brief(event: Event) -> list[Any]:
    """An event as the corpus writes it, actors by their country or body."""
    names = [[short(a.id) if a.id else a.words for a in actors] for actors in (event.source, event.target)]
    return [event.type, event.mode or "", *names, event.status]


def short(actor_id: str) -> str:
    parts = actor_id.split(".")
    return ".".join(parts[:2]) if parts[0] in ("IGO", "NGO", "REB") else parts[0]


@pytest.mark.parametrize("case", CORPUS["sentence"], ids=lambda case: case["text"])
def test_corpus(case: Any) -> None:
    assert [brief(event) for event in events(case["text"])] == case["events"]


@pytest.mark.parametrize("text", [text for row in CORPUS["quiet"] for text in row["texts"]])
def test_quiet_sentences_give_no_event(text: str) -> None:
    assert [event.rule for event in events(text)] == []


PIECES = (
    "Russia ",
    "attacked ",
    "Iran ",
    "talks ",
    "with ",
    "the ",
    "“",
    "”",
    "(",
    ")",
    "\n",
    "\u202e",
    "\u200d",
    "x",
    ". ",
    "?",
    '"',
)
NASTY = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@settings(max_examples=60, deadline=None)
@given(NASTY)
def test_cites_hold_on_any_text(text: str) -> None:
    report = Report("r", text)
    parsed = parse_report(report)
    for event in find_events(with_marks(parsed, mark_actors(parsed))):
        assert isinstance(event, Event)
        for cite in (*event.cites, *([event.where] if event.where else [])):
            assert text[cite.start : cite.end] == cite.text
        for actor in (*event.source, *event.target):
            assert 0 <= actor.start < actor.end <= len(text)


def test_a_demand_and_a_threat_under_one_word_are_two_claims() -> None:
    found = events("The White House said Iran must end its support, and it would strike Iran if it failed.")
    assert len({event.id for event in found}) == len(found)


def test_a_long_sentence_is_cited_by_its_clause() -> None:
    text = "Iran attacked Iraq on Monday" + ", and the old market was quiet" * 30 + ", and nobody cared."
    assert [event.cites[0].text for event in events(text) if event.type == "ASSAULT"] == ["Iran attacked Iraq on Monday"]


def test_date_and_place_of_an_event() -> None:
    found = read("Iran and Oman held talks in Muscat on Thursday.", published="2021-12-31").claims
    event = next(claim for claim in found if isinstance(claim, Event))
    assert event.when is not None
    assert (event.when.words.split()[-1], event.when.start) == ("Thursday", date(2021, 12, 30))
    assert event.where is not None
    assert event.where.text == "Muscat"


def test_what_has_a_date_ahead_is_planned() -> None:
    found = read("The call sets the stage for talks between Russia and NATO on January 12.", published="2021-12-31").claims
    assert [(c.type, c.status) for c in found if isinstance(c, Event) and c.type == "CONSULT"] == [("CONSULT", "planned")]


def test_the_same_day_told_of_the_saying_is_not_the_events() -> None:
    found = read("Turkey said on Monday that Greece had attacked a ship.", published="2021-12-31").claims
    assert [c.when for c in found if isinstance(c, Event) and c.type == "ASSAULT"] == [None]
