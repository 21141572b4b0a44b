"""Meetings: sentences and what they tell of talks, calls, visits and summits."""

import tomllib
from pathlib import Path

import pytest

from expectations import matches
from twotrack import read
from twotrack.lexicon import rows
from twotrack.model import Meeting
from twotrack.reading import Reading

CASES = tomllib.loads((Path(__file__).parent / "corpus" / "meetings.toml").read_text(encoding="utf-8"))["case"]


def meetings(text: str) -> list[Meeting]:
    return [claim for claim in read(text, published="2021-12-31").claims if isinstance(claim, Meeting)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_meetings_of_a_sentence(case: dict) -> None:
    found = meetings(case["text"])
    assert len(found) == len(case["expect"])
    assert all(any(matches(meeting, row) for meeting in found) for row in case["expect"])


@pytest.mark.parametrize("row", rows("meetings", "format", "format", "examples"), ids=lambda row: row["format"])
def test_every_form_finds_its_examples(row: dict) -> None:
    assert [text for text in row["examples"] if row["format"] not in {m.format for m in meetings(text)}] == []
    assert [text for text in row.get("not_examples", []) if meetings(text)] == []


@pytest.mark.parametrize("row", rows("meetings", "fate", "status", "examples"), ids=lambda row: row["status"])
def test_every_fate_finds_its_examples(row: dict) -> None:
    assert [text for text in row["examples"] if row["status"] not in {m.status for m in meetings(text)}] == []


@pytest.mark.parametrize("table", ["noun", "predicate", "stance"])
def test_every_standing_finds_its_examples(table: str) -> None:
    for row in rows("meetings", table, "status", "words", "examples"):
        assert [text for text in row["examples"] if row["status"] not in {m.status for m in meetings(text)}] == []
        assert [text for text in row.get("not_examples", []) if meetings(text)] == []


@pytest.mark.parametrize("table", ["elsewhere", "private"])
def test_what_is_no_diplomacy_is_no_meeting(table: str) -> None:
    for row in rows("meetings", table, "words", "not_examples"):
        assert [text for text in row["not_examples"] if meetings(text)] == []


@pytest.mark.parametrize("text", [text for row in rows("meetings", "travel", "examples") for text in row["examples"]])
def test_who_travels_for_talks_takes_part_in_them(text: str) -> None:
    assert [(m.status, len(m.parties)) for m in meetings(text)] == [("scheduled", 2)]


def test_the_same_meeting_in_other_words_is_one(reading: Reading) -> None:
    """Envoys meet again

    Iran and Oman will hold talks in Muscat on January 10. The talks on January 10 are the third this year.
    Iranian officials called the meeting next month a first step.
    """
    found = [claim for claim in reading.claims if isinstance(claim, Meeting)]
    assert [(m.format, m.status, len(m.cites) > 1) for m in found] == [("talks", "scheduled", True)]
