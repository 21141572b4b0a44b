"""Conditions: what stands in brackets in the examples of data/conditions.toml, and a corpus of other sentences."""

import re

import pytest

from twotrack.lexicon import rows
from twotrack.mark.conditions import mark_conditions
from twotrack.model import ConditionMark, Report
from twotrack.reading import Reading, parse_report

CUES = rows("conditions", "cue", "id", "relation", "examples")


def reading_of(text: str) -> Reading:
    return parse_report(Report("t", text))


def marks_of(text: str) -> list[tuple[str, str, str]]:
    """(condition, relation, what it hangs on) of every mark."""
    reading = reading_of(text)
    marks = [mark for mark in mark_conditions(reading) if isinstance(mark, ConditionMark)]
    return [(text[m.start : m.end], m.relation, reading.tokens[m.governor].text) for m in marks]


@pytest.mark.parametrize(("relation", "example"), [(row["relation"], one) for row in CUES for one in row["examples"]])
def test_examples(relation: str, example: str) -> None:
    expected = re.search(r"\[(.*?)\]", example)
    assert expected
    assert [mark[:2] for mark in marks_of(example.replace("[", "").replace("]", ""))] == [(expected[1], relation)]


@pytest.mark.parametrize("example", [one for row in CUES for one in row.get("not_examples", ())])
def test_not_examples(example: str) -> None:
    assert marks_of(example) == []
