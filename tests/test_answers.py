"""Whom an event is to where its own words do not say: who made an offer, who was called in, who does the harm that is blamed."""

import pytest

from twotrack import read
from twotrack.model import Actor, Event


def pairs(text: str, kind: str) -> list[tuple[set[str], set[str]]]:
    """Source and target, as states or bodies, of a text's events of a type."""
    found = [claim for claim in read(text, published="2021-03-01", fast=True).claims if isinstance(claim, Event)]
    return [({_party(a) for a in e.source}, {_party(a) for a in e.target}) for e in found if e.type == kind]


def _party(actor: Actor) -> str:
    """A state, or a body by its whole name."""
    return actor.id if actor.id and actor.id.startswith("IGO") else actor.state


ANSWERS = [
    ("Norway offered to cut its catch. Iceland turned the offer down.", "REJECT", "ISL", "NOR"),
    ("Greece demanded that Turkey withdraw its ship. Ankara rejected the demand on Tuesday.", "REJECT", "TUR", "GRC"),
    ("Oman proposed a truce for the holidays. The proposal was rejected by Qatar.", "REJECT", "QAT", "OMN"),
]


@pytest.mark.parametrize(("text", "kind", "source", "target"), ANSWERS, ids=[text for text, *_ in ANSWERS])
def test_an_answer_is_to_whoever_made_what_it_answers(text: str, kind: str, source: str, target: str) -> None:
    assert pairs(text, kind) == [({source}, {target})]


def test_an_answer_to_nothing_told_before_has_no_target() -> None:
    assert pairs("Fishing went on in Norway. Iceland turned the offer down.", "REJECT") == [({"ISL"}, set())]


def test_who_was_called_in_is_told_off_whatever_it_is_over() -> None:
    text = "Chile summoned the Peruvian ambassador and lodged a protest over the ramming of a Chilean trawler."
    assert pairs(text, "ACCUSE") == [({"CHL"}, {"PER"}), ({"CHL"}, {"PER"})]


def test_to_condemn_harm_blames_whoever_does_it() -> None:
    assert pairs("Brazil condemned the violation of Ecuadorean territory.", "ACCUSE") == [({"BRA"}, set())]
    assert pairs("Brazil condemned the Peruvian attack on Ecuador.", "ACCUSE") == [({"BRA"}, {"PER"})]
    assert pairs("Brazil condemned the killing of two Ecuadoreans by Peru.", "ACCUSE") == [({"BRA"}, {"PER"})]


def test_a_text_speaks_for_those_who_issue_it() -> None:
    text = "The African Union adopted a resolution calling on Mali to free the minister."
    assert pairs(text, "REQUEST") == [({"IGO.AU"}, {"MLI"})]
    assert pairs("A resolution urging Mali to hold a vote was adopted by the African Union.", "REQUEST") == [
        ({"IGO.AU"}, {"MLI"})
    ]


def test_what_is_told_twice_in_one_clause_is_one_event() -> None:
    assert pairs("Thousands of Kenyans marched through Nairobi to protest against Uganda.", "PROTEST") == [({"KEN"}, {"UGA"})]


def test_a_relative_clause_acts_on_what_it_hangs_on() -> None:
    assert pairs("The Greek tanker that Iran seized was freed.", "COERCE") == [({"IRN"}, {"GRC"})]
    assert pairs("Sudan lost the area, which Chad seized on Monday.", "COERCE") == [({"TCD"}, set())]


def test_who_is_accused_of_something_did_it() -> None:
    assert pairs("Peru accused Ecuador of moving troops to the border.", "MOBILIZE") == [({"ECU"}, set())]


def test_all_who_are_accused_are_accused() -> None:
    assert pairs("Chile accused Ecuador and Bolivia of attacking Peru.", "ACCUSE") == [({"CHL"}, {"ECU", "BOL"})]


def test_two_groups_of_nobody_are_not_one() -> None:
    found = pairs("Rebels killed four villagers while militants killed two farmers.", "ASSAULT")
    assert len(found) == 2
