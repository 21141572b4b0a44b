"""Events whose parties the sentence calls by no state: the place tells it, or nothing does."""

import pytest

from twotrack import read
from twotrack.gazetteer import state_of_city
from twotrack.model import Event


def parties(text: str, kind: str) -> list[tuple[list[str | None], list[str | None]]]:
    """The states of source and target of the events of one type."""
    found = [claim for claim in read(text, fast=True).claims if isinstance(claim, Event) and claim.type == kind]
    return [([_state(a.id) for a in event.source], [_state(a.id) for a in event.target]) for event in found]


def _state(actor_id: str | None) -> str | None:
    return actor_id.partition(".")[0] if actor_id else None


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Police in Bishkek detained dozens of protesters on Monday.", "COERCE", [(["KGZ"], ["KGZ"])]),
        ("Kenyan police fired tear gas at demonstrators in Nairobi.", "ASSAULT", [(["KEN"], ["KEN"])]),
        ("Protesters stormed the Portuguese embassy in Bissau on Friday.", "ASSAULT", [(["GNB"], ["PRT"])]),
        ("Tajik jets bombed a market in the Kyrgyz town of Batken.", "ASSAULT", [(["TJK"], ["KGZ"])]),
        ("Peru deployed two battalions near the Ecuadorean border.", "MOBILIZE", [(["PER"], ["ECU"])]),
        ("Militants abducted two Italian oil workers at a terminal in Nigeria's delta.", "ASSAULT", [(["NGA"], ["ITA"])]),
        ("Gunmen killed four policemen in Russia's Dagestan region.", "ASSAULT", [(["RUS"], ["RUS"])]),
        ("Police in Novi Sad detained dozens of protesters on Monday.", "COERCE", [(["SRB"], ["SRB"])]),
        ("Israeli tanks pulled out of Ramallah before dawn.", "RETREAT", [(["ISR"], ["PSE"])]),
        ("Turkmenistan freed Norwegian Kari Lund on Sunday.", "RETREAT", [(["TKM"], ["NOR"])]),
        ("The South American presidents condemned Fiji.", "ACCUSE", [(["SAM"], ["FJI"])]),
    ],
)
def test_the_place_tells_the_states(text: str, kind: str, expected: list[tuple[list[str], list[str]]]) -> None:
    assert parties(text, kind) == expected


def test_the_states_stay_open_where_the_place_is_not_known() -> None:
    assert parties("Chadian soldiers killed villagers in Umm Qarn.", "ASSAULT") == [(["TCD"], [None])]


def test_the_states_stay_open_where_several_are_named() -> None:
    text = "Rebels attacked a convoy on the road that joins Mali and Niger."
    assert all(source == [None] for source, _ in parties(text, "ASSAULT"))


def test_a_month_is_no_town() -> None:
    assert parties("Malian troops attacked in March.", "ASSAULT") == [(["MLI"], [])]


def test_who_is_for_a_state_is_not_of_it() -> None:
    text = "Police in Tbilisi beat pro-European demonstrators on Sunday."
    assert parties(text, "ASSAULT") == [(["GEO"], ["GEO"])]


def test_a_settled_event_says_less_surely_who_it_was() -> None:
    plain, settled = (
        next(claim for claim in read(text, fast=True).claims if isinstance(claim, Event))
        for text in ("Kyrgyz police detained Kyrgyz protesters.", "Police in Bishkek detained protesters.")
    )
    assert settled.confidence < plain.confidence


@pytest.mark.parametrize(
    ("city", "state"),
    [("Garissa", "KEN"), ("QUITO", "ECU"), ("Kiev", "UKR"), ("Hyderabad", None), ("Zembla", None), ("", None)],
)
def test_cities_have_their_state(city: str, state: str | None) -> None:
    assert state_of_city(city) == state
