"""When events took place: their own dates, and those of the clauses that they are told beside."""

from datetime import date

import pytest

from twotrack import read
from twotrack.model import Event

PUBLISHED = date(2014, 5, 9)  # a Friday

DATED = [
    ("On May 7 two Chinese ships rammed a Vietnamese cutter and fired water cannon at it.", "ASSAULT", "2014-05-07"),
    ("On May 7 Chinese ships fired at a Vietnamese cutter, injuring six sailors.", "ASSAULT", "2014-05-07"),
    ("Chad protested on Thursday, a day after Libya shelled its garrison.", "ASSAULT", "2014-05-07"),
    ("Two days after Turkish jets bombed a camp in Syria, France on Tuesday condemned Turkey.", "ASSAULT", "2014-05-04"),
    ("Greece sent a note last night, hours after Turkey expelled its envoy.", "SANCTION", "2014-05-08"),
    ("Israel struck Lebanon on Saturday as Hezbollah fired rockets at Haifa.", "ASSAULT", "2014-05-03"),
    ("Peru recalls the raid of Thursday, May 1, when Chilean jets bombed a Peruvian base.", "ASSAULT", "2014-05-01"),
    ("Thousands of Kenyans marched on Tuesday to denounce Uganda.", "ACCUSE", "2014-05-06"),
]
UNDATED = [
    ("Chad has asked France, under a treaty of 1976, for ammunition.", "REQUEST"),  # the treaty's year
    ("Mali said on Monday that Niger had expelled its envoy.", "SANCTION"),  # when it was said
    ("Iran met Oman on Monday and will expel the Turkish envoy.", "SANCTION"),  # another time
    ("Chad protested on Thursday after Libya had shelled its garrison.", "ASSAULT"),  # nobody says how long after
]


def when(text: str, kind: str) -> set[date | None]:
    """The first days of a text's events of a type; None for those without a date."""
    found = [claim for claim in read(text, published=PUBLISHED, fast=True).claims if isinstance(claim, Event)]
    return {event.when.start if event.when else None for event in found if event.type == kind}


@pytest.mark.parametrize(("text", "kind", "day"), DATED, ids=[text for text, *_ in DATED])
def test_an_event_has_the_date_of_what_it_is_told_beside(text: str, kind: str, day: str) -> None:
    assert when(text, kind) == {date.fromisoformat(day)}


@pytest.mark.parametrize(("text", "kind"), UNDATED, ids=[text for text, _ in UNDATED])
def test_what_is_told_of_another_time_has_no_date(text: str, kind: str) -> None:
    assert when(text, kind) == {None}


def test_a_date_that_was_counted_says_from_which_words() -> None:
    found = read("Chad protested on Thursday, a day after Libya shelled its garrison.", published=PUBLISHED, fast=True)
    (shelled,) = [claim for claim in found.claims if isinstance(claim, Event) and claim.type == "ASSAULT"]
    assert shelled.when is not None
    assert shelled.when.how == "event"
    assert shelled.when.anchor is not None
    assert shelled.when.anchor.text == "Thursday"


def test_a_day_before_the_calendar_is_none() -> None:
    text = "Chile bombed the port on 9999-12-31, a day before Peru attacked a ship."
    assert None in when(text, "ASSAULT")
