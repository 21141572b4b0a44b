"""The report that the project was conceived from. It is not part of the project; the tests skip where it is absent."""

import os
from functools import lru_cache
from pathlib import Path

import pytest

from expectations import matches
from twotrack import read
from twotrack.reading import Reading

SEED = Path(os.environ.get("TWOTRACK_SEED", Path(__file__).parents[2] / "shared" / "seed" / "two-tracks.txt"))
pytestmark = pytest.mark.skipif(not SEED.is_file(), reason="the first report is not here")


@lru_cache
def first_report() -> Reading:
    return read(SEED.read_text(encoding="utf-8"), published="2021-12-31")


HELD = {
    "phone call": {"kind": "event", "type": "CONSULT", "mode": "phone", "source": ["USA", "RUS"], "when": "2021-12-30", "status": "actual"},
    "troops": {"kind": "event", "type": "MOBILIZE", "source": ["RUS"], "target": ["UKR"], "status": "ongoing"},
    "guarantees": {"kind": "commitment", "act_kind": "demand", "party": ["RUS"], "toward": ["USA", "IGO.NATO"], "act": "legal guarantees"},
    "sanctions": {"kind": "commitment", "act_kind": "threat", "party": ["USA"], "act": "sanctions", "condition": "Russia invaded Ukraine"},
    "NATO activity": {"kind": "commitment", "act_kind": "threat", "act": "NATO activity", "condition": "Russia invaded Ukraine"},
    "breakdown": {"kind": "commitment", "act_kind": "warning", "party": ["RUS"], "act": "breakdown", "condition": "sanctions", "relation": "if"},
    "normalisation": {"kind": "commitment", "party": ["RUS"], "act": "normalization", "condition": "success of these negotiations"},
    "no decision": {"kind": "commitment", "party": ["USA"], "act": "decision on Ukraine", "condition": "Ukraine at the table"},
    "consultation": {"kind": "commitment", "party": ["USA"], "act": "consult"},
    "January 10": {"kind": "meeting", "parties": ["USA", "RUS"], "when": "2022-01-10", "status": "scheduled"},
    "January 12": {"kind": "meeting", "parties": ["RUS", "IGO.NATO"], "when": "2022-01-12", "status": "scheduled"},
    "January 13": {"kind": "meeting", "parties": ["IGO.OSCE"], "when": "2022-01-13", "status": "scheduled"},
    "official": {"kind": "statement", "speaker": "USA", "content": "The two leaders recognized", "direct": True, "anonymous": True},
    "readout": {"kind": "statement", "speaker": "RUS", "content": "constructive", "via": ("readout",)},
    "translation": {"kind": "statement", "speaker": "RUS", "content": "we will behave", "direct": True, "via": ("translation",)},
    "route": {"kind": "commitment", "party": ["USA"], "act": "two paths", "condition": "Russia's actions"},
}  # fmt: skip
NOT_HELD = {
    "invasion": {"kind": "event", "type": "ASSAULT", "status": "actual"},
    "sanctions": {"kind": "event", "type": "SANCTION", "status": "actual"},
    "held talks": {"kind": "meeting", "status": "held", "when": "2022-01-10"},
}


@pytest.mark.parametrize("name", HELD)
def test_the_first_report_holds(name: str) -> None:
    assert any(matches(claim, HELD[name]) for claim in first_report().claims)


@pytest.mark.parametrize("name", NOT_HELD)
def test_the_first_report_does_not_hold(name: str) -> None:
    assert [claim for claim in first_report().claims if matches(claim, NOT_HELD[name])] == []


def test_a_place_is_no_actor() -> None:
    assert [mark for mark in first_report().actors if mark.via != "place" for a in mark.actors if "Delaware" in a.words] == []
