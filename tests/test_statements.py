"""Statements: speaker, content, status, anonymity and chain, on sentences as reports have them."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from twotrack import read
from twotrack.find.statements.carriers import media
from twotrack.find.statements.finder import find_statements
from twotrack.lexicon import rows
from twotrack.mark.attribution.marker import mark_attribution
from twotrack.model import Actor, ActorMark, DateMark, Report, Statement, When
from twotrack.reading import Reading, parse_report, with_marks

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "statements.toml").read_text(encoding="utf-8"))["case"]
COUNTRIES = {
    "Iran": "IRN",
    "Iraq": "IRQ",
    "Poland": "POL",
    "Putin": "RUS.GOV.HOS",
    "Kremlin": "RUS.GOV",
    "Biden": "USA.GOV.HOS",
}


def reading(text: str) -> Reading:
    """A reading whose actors are the few names above, so that these tests hang on no lexicon of actors."""
    parsed = parse_report(Report("r", text))
    found = []
    for token in parsed.tokens:
        if (name := COUNTRIES.get(token.text)) is not None:
            start = token.start - 4 if text[max(0, token.start - 4) : token.start].lower() == "the " else token.start
            actor = Actor(name, token.text, text[start : token.end], start, token.end)
            found.append(ActorMark(start, token.end, token.i, (actor,), "name"))
    parsed = with_marks(parsed, found)
    return with_marks(parsed, mark_attribution(parsed))


def statements(text: str) -> list[Statement]:
    return [found for found in find_statements(reading(text)) if isinstance(found, Statement)]


def seen(found: Statement, expected: dict[str, Any], text: str) -> dict[str, Any]:
    """A statement in the words of the corpus, with the keys that a case may leave out only where it has them."""
    words = found.speaker.words if found.speaker else ""
    named = expected["speaker"] if words and found.speaker and words in expected["speaker"] else words
    made = {
        "speaker": named,
        "cue": found.cue.text,
        "content": found.content.text,
        "parts": [part.text for part in found.parts],
    }
    made |= {"status": found.status, "via": list(found.via), "direct": found.direct, "anonymous": found.anonymous}
    return made


DEFAULTS: dict[str, Any] = {"parts": [], "status": "said", "via": [], "direct": False, "anonymous": False}


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case["text"][:40])
def test_corpus(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if "fails" in case:
        request.applymarker(pytest.mark.xfail(reason=case["fails"], strict=True))
    text = case["text"]
    expected = [DEFAULTS | one for one in case["statements"]]
    found = statements(text)
    assert [seen(one, want, text) for one, want in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected)
    for one in found:
        for cite in (one.cue, one.content, *one.parts, *one.cites):
            assert text[cite.start : cite.end] == cite.text


def test_date_of_the_cue_not_of_the_content() -> None:
    text = "The ministry said on Friday that the talks would open on Monday."
    parsed = reading(text)
    marks = []
    for token in parsed.tokens:
        if token.text in ("Friday", "Monday"):
            when = When(date(2022, 1, 7), date(2022, 1, 7), token.text)
            marks.append(DateMark(token.start, token.end, token.i, when, "DATE", "2022-01-07"))
    (found,) = [one for one in find_statements(with_marks(parsed, marks)) if isinstance(one, Statement)]
    assert found.when is not None
    assert found.when.words == "Friday"


def test_ids_and_cites() -> None:
    text = "Iran and Iraq said they would reopen the crossing."
    first, second = statements(text)
    assert (first.id, second.id) == ("r-s14", "r-s14-2")
    assert first.speaker is not None
    assert first.speaker.id == "IRN"
    assert [cite.text for cite in first.cites] == [text]
    assert first.rule == "statement:say+bare"
    assert 0 < first.confidence < 1


def test_thought_is_a_statement_of_known_actors_only() -> None:
    assert [found.cue.text for found in statements("Poland wants the pipeline closed.")] == ["wants"]
    assert statements("My neighbour wants the pipeline closed.") == []


def test_unresolved_speaker_stays_visible() -> None:
    (found,) = statements("The warlord said the town was his.")
    assert found.speaker is not None
    assert (found.speaker.id, found.speaker.words) == (None, "The warlord")


@pytest.mark.parametrize("table", ["anonymous", "anonymity"])
def test_anonymity_rows(table: str) -> None:
    for row in rows("cues", table, "examples"):
        for example in row["examples"]:
            assert any(found.anonymous for found in statements(example)), example
        for example in row.get("not_examples", ()):
            found = statements(example)
            assert found, example
            assert not any(one.anonymous for one in found), example


def test_media_rows() -> None:
    assert media()["summary"] == "readout"
    for row in rows("cues", "medium", "via", "nouns", "examples"):
        for example in row["examples"]:
            assert any(row["via"] in found.via for found in statements(example)), example
        for example in row.get("not_examples", ()):
            assert not any(row["via"] in found.via for found in statements(example)), example


def test_status_rows() -> None:
    expected = {"denial": "denied", "refusal": "declined", "telling": "declined"}
    for row in rows("cues", "helping", "role", "words", "examples"):
        if row["role"] in expected:
            for example in row["examples"]:
                assert [found.status for found in statements(example)] == [expected[row["role"]]], example
            for example in row.get("not_examples", ()):
                assert all(found.status == "said" for found in statements(example)), example


def test_nothing_without_marks() -> None:
    parsed = replace(reading("Iran said it was ready."), attributions=())
    assert list(find_statements(parsed)) == []


@pytest.mark.parametrize(
    ("text", "content", "via"),
    [
        (
            "The ministry provided the following readout: Iran told Iraq that the border would be shut.",
            "that the border would be shut",
            ("readout", "according to the ministry"),
        ),
        (
            "The following is attributable to Spokesperson Jane Roe: Poland met the envoy. Poland stressed that the pact stands.",
            "that the pact stands",
            ("according to Spokesperson Jane Roe",),
        ),
        (
            "Poland said in a statement that the road was shut. It said the bridge would follow.",
            "the bridge would follow",
            ("statement",),
        ),
        (
            "Reuters reported, citing two officials, that Poland had said it would go.",
            "it would go",
            ("according to two officials, anonymous", "according to Reuters"),
        ),
    ],
)
def test_what_carries_words_from_outside_their_sentence(text: str, content: str, via: tuple[str, ...]) -> None:
    assert [found.via for found in statements(text) if found.content.text == content] == [via]


def test_a_medium_does_not_go_on_with_another_speaker() -> None:
    text = (
        "Angela Merkel met Vladimir Putin. Putin said in an interview that the talks failed. She said that nobody had listened."
    )
    said = {c.content.text: c.via for c in read(text, fast=True).claims if isinstance(c, Statement)}
    assert said == {"that the talks failed": ("interview",), "that nobody had listened": ()}
