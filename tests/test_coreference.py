"""Whom pronouns and definite phrases mean: short texts with the right answer or the right refusal; the score by itself."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from twotrack.intake.text import report_of_text
from twotrack.mark.actors.coreference import Entity, Memory, Place, Seen, clear, clear_group, ranked, score
from twotrack.mark.actors.marker import mark_actors
from twotrack.model import ActorMark
from twotrack.reading import Reading, parse_report, with_marks

CORPUS = Path(__file__).parent / "corpus" / "coreference.toml"
CASES = tomllib.loads(CORPUS.read_text(encoding="utf-8"))["case"]


def read(case: dict[str, Any]) -> Reading:
    parsed = parse_report(report_of_text(case["text"], published=case.get("published")))
    return with_marks(parsed, mark_actors(parsed))


def who(mark: ActorMark) -> str:
    return "+".join(actor.id or actor.name or "?" for actor in mark.actors)


def marked(reading: Reading, words: str) -> str | None:
    """Who the words are, "words#2" the second time that a mark has just these words."""
    said, _, nth = words.partition("#")
    found = [who(m) for m in reading.actors if reading.report.text[m.start : m.end] == said]
    return found[int(nth or 1) - 1] if len(found) >= int(nth or 1) else None


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_corpus(case: dict[str, Any]) -> None:
    reading = read(case)
    expected = dict(case.get("expect", ()))
    assert {words: marked(reading, words) for words in expected} == expected
    assert {words: marked(reading, words) for words in case.get("none", ())} == dict.fromkeys(case.get("none", ()))


def entity(name: str, *seen: Seen) -> Entity:
    return Entity(None, name, "person", seen=list(seen))


def test_a_subject_outranks_an_object_of_the_same_sentence() -> None:
    subject, other = entity("Biden", Seen(0, 1, 1.3, True)), entity("Putin", Seen(0, 4, 0.4, False))
    assert [e.name for _, e in ranked([other, subject], Place(1, 0, 9))] == ["Biden", "Putin"]


def test_two_alike_are_refused() -> None:
    pair = [entity("Lavrov", Seen(0, 1, 0.4, False)), entity("Kuleba", Seen(0, 4, 0.4, False))]
    assert clear(ranked(pair, Place(1, 0, 9))) is None


def test_a_group_with_a_third_as_near_is_refused() -> None:
    three = [entity(name, Seen(0, n, 0.4, False)) for n, name in enumerate(("A", "B", "C"))]
    assert clear_group(ranked(three, Place(1, 0, 9)), 2) is None
    assert [e.name for e in clear_group(ranked(three, Place(1, 0, 9)), 3) or ()] == ["A", "B", "C"]


def test_what_comes_later_or_was_long_ago_scores_nothing() -> None:
    assert score(entity("Biden", Seen(0, 9, 1.0, True)), Place(0, 0, 3)) == 0
    assert score(entity("Biden", Seen(0, 9, 1.0, True)), Place(30, 0, 300)) == 0


def test_memory_keeps_titles_by_their_last_word_too() -> None:
    memory = Memory()
    minister = memory.note(("named", "Jane Roe"), entity("Jane Roe"), Seen(0, 2, 1.0, True))
    memory.entitle(minister, "foreign minister")
    assert memory.titled("minister") == [minister]
