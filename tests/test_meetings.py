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


# --- level, host, mediator ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", rows("meetings", "level", "level", "words", "examples"), ids=lambda row: row["level"])
def test_every_level_finds_its_examples(row: dict) -> None:
    assert [text for text in row["examples"] if row["level"] not in {m.level for m in meetings(text)}] == []
    assert [text for text in row.get("not_examples", []) if row["level"] in {m.level for m in meetings(text)}] == []


@pytest.mark.parametrize("row", rows("meetings", "task", "task", "words", "examples"), ids=lambda row: row["task"])
def test_who_hosts_or_mediates_is_no_party(row: dict) -> None:
    for text in row["examples"]:
        (meeting,) = meetings(text)
        done = getattr(meeting, row["task"])
        assert done is not None, text
        assert (done.id or "").startswith("OMN"), text
        assert sorted(party.id or "" for party in meeting.parties) == ["CHL", "PER"], text


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Kazakhstan's president received the Uzbek foreign minister on Monday.", "leaders"),
        ("The deputy foreign ministers of Laos and Japan met on Monday.", "officials"),
        ("Ministerial talks between Laos and Japan will be held on January 10.", "ministers"),
        ("Working-level talks between Laos and Japan will be held on January 10.", "officials"),
        ("Talks between Laos and Japan will be held on January 10.", None),
    ],
)
def test_the_level_is_that_of_the_highest(text: str, level: str | None) -> None:
    assert [meeting.level for meeting in meetings(text)] == [level]


def test_unnamed_hosts_and_mediators_stay_open() -> None:
    (meeting,) = meetings("Laos and Japan will hold talks in Hanoi on January 10.")
    assert (meeting.host, meeting.mediator) == (None, None)


# --- days ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status", "day"),
    [
        ("Talks between Laos and Japan, last held in 2019, will be held on January 10.", "scheduled", "2022-01-10"),
        ("The visit of Laos's president to Tokyo, announced on Tuesday, will begin on January 10.", "scheduled", "2022-01-10"),
        ("Laos said on Tuesday it would meet Japan on January 10.", "scheduled", "2022-01-10"),
        ("Laos's president flies to Tokyo on Monday, where he will meet Japan's prime minister.", "scheduled", "2022-01-03"),
        ("Laos and Japan suspended talks, which had been due to start on January 10.", "postponed", "2022-01-10"),
        ("Laos cancelled Tuesday's meeting with Japan.", "cancelled", "2022-01-04"),
        ("Laos called off Tuesday's meeting with Japan.", "cancelled", "2022-01-04"),
        ("Japan declined to attend Tuesday's talks with Laos.", "refused", "2022-01-04"),
        (
            "Talks between Laos and Japan that were to begin on January 5 will now begin on January 10.",
            "postponed",
            "2022-01-10",
        ),
        ("Laos has proposed that the foreign ministers of Laos and Japan meet on January 10.", "proposed", "2022-01-10"),
        (
            "The foreign ministers of Laos and Japan were to have met on Tuesday, but Laos pulled out.",
            "cancelled",
            "2021-12-28",
        ),
        ("Laos has invited Japan to talks in February.", "proposed", "2022-02-01"),
        ("Laos and Japan will hold their first talks in six years on January 10.", "scheduled", "2022-01-10"),
        ("The prime ministers of Laos and Japan will meet in two weeks' time.", "scheduled", "2022-01-10"),
        ("The presidents of Laos and Peru will talk by phone on Tuesday.", "scheduled", "2022-01-04"),
        ("The foreign ministers of Laos and Japan, meeting on Tuesday, signed a treaty.", "held", "2021-12-28"),
        ("Japan's foreign minister was in Lima on Tuesday, where he met his Peruvian counterpart.", "held", "2021-12-28"),
        ("A second meeting of the presidents of Laos and Peru is planned for the summer.", "scheduled", "2022-06-01"),
        ("The president of Laos will be received at the Elysee on Tuesday.", "scheduled", "2022-01-04"),
        ("The president of Peru arrived in Vientiane on Tuesday at the start of a four-day visit.", "held", "2021-12-28"),
        ("Laos and Japan put off Tuesday's talks. They will now be held on January 10.", "postponed", "2022-01-10"),
        ("Laos and Japan will send their foreign ministers to Lima on Tuesday to meet Peru's.", "scheduled", "2022-01-04"),
    ],
)
def test_a_meeting_has_its_own_day(text: str, status: str, day: str) -> None:
    found = [(m.status, str(m.when.start) if m.when else None) for m in meetings(text)]
    assert found == [(status, day)]
