"""Grades: what corroborates and what does not. Sources are handmade, each with what the grade looks at and nothing else."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twotrack.ledger.grading import grade, independent_families, on_record
from twotrack.model import Actor, Cite, Claim, Event, Source, Statement

CITE = Cite(0, 33, "Russia expelled two US diplomats.")
RUSSIA = Actor("RUS", "Russia", "Russia", 0, 6)
OFFICIAL = Actor(None, None, "a senior official", 0, 6, anonymous=True)


def deed() -> Event:
    return Event("e", "COERCE", None, None, (RUSSIA,), (), None, None, "actual", -5.0, (CITE,), 0.9, "test")


def words(speaker: Actor | None, anonymous: bool = False) -> Statement:
    return Statement("s", speaker, CITE, CITE, (), False, anonymous, (), None, "said", (CITE,), 0.9, "test")


def source(
    family: str,
    claim: Claim | None = None,
    *,
    letter: str = "C",
    outlet: str | None = None,
    independent: bool = True,
    said_by: Actor | None = None,
    leans_on: Iterable[str] = (),
    report: str | None = None,
) -> Source:
    return Source(
        claim or deed(), report or family, outlet, date(2022, 1, 10), None, None, family, independent, letter,
        said_by=said_by, leans_on=tuple(leans_on),
    )  # fmt: skip


def on(family: str) -> Source:
    """A report of that family that tells the deed in its own voice."""
    return source(family)


def off(family: str) -> Source:
    """A report of that family that has the deed from an official who is not named."""
    return source(family, said_by=OFFICIAL)


@pytest.mark.parametrize(
    ("sources", "digit"),
    [
        ([on("a"), on("b"), on("c")], 1),
        ([on("a"), off("b"), off("c")], 1),  # one on the record is enough
        ([on("a"), on("b")], 2),
        ([on("a"), off("b")], 2),
        ([on("a")], 3),
        ([off("a"), off("b")], 3),
        ([off("a"), off("b"), off("c"), off("d"), off("e")], 3),  # many who are not named may be one who is not named
        ([off("a")], 4),
        ([source("a", independent=False)], 6),
        ([], 6),
    ],
)
def test_the_digit_counts_independent_families_and_who_stands_for_it(sources: list[Source], digit: int) -> None:
    assert grade(sources, disputed=False).digit == digit


@pytest.mark.parametrize(
    ("sources", "digit"),
    [
        ([on("a"), on("b"), on("c")], 2),
        ([on("a"), on("b")], 3),
        ([on("a"), off("b"), off("c")], 5),  # one alone on the record, and contradicted
        ([on("a"), off("b")], 5),
        ([off("a"), off("b")], 5),
        ([on("a")], 5),
    ],
)
def test_what_is_contradicted_falls(sources: list[Source], digit: int) -> None:
    assert grade(sources, disputed=True).digit == digit
    assert grade(sources, disputed=True).why.endswith("sources contradict each other")


def test_copies_count_once() -> None:
    copies = [source("a", report=f"copy {n}", outlet=f"Outlet {n}") for n in range(6)]
    assert grade(copies, disputed=False).digit == 3
    assert grade([*copies, on("b")], disputed=False).digit == 2


def test_what_may_be_derived_never_counts() -> None:
    derived = [source(f"digest {n}", independent=False) for n in range(4)]
    assert grade([on("a"), *derived], disputed=False).digit == 3
    assert grade([off("a"), *derived], disputed=False).digit == 4  # nor does it stand on the record for another
    assert independent_families([on("a"), *derived]) == {"a"}


def test_who_passes_on_what_another_outlet_in_the_entry_reported_does_not_count() -> None:
    first = source("a", outlet="Meridian Wire")
    passed_on = source("b", outlet="The Gulf Post", leans_on=["Meridian Wire"])
    assert independent_families([first, passed_on]) == {"a"}
    assert grade([first, passed_on], disputed=False).digit == 3


def test_who_leans_on_an_outlet_that_the_entry_does_not_have_counts() -> None:
    passed_on = source("b", outlet="The Gulf Post", leans_on=["Meridian Wire"])
    assert independent_families([source("a", outlet="The Herald"), passed_on]) == {"a", "b"}


def test_an_outlet_that_cites_itself_leans_on_nobody() -> None:
    own = source("a", outlet="Meridian Wire", leans_on=["Meridian Wire"])
    assert independent_families([own, source("b", outlet="The Herald")]) == {"a", "b"}


def test_a_family_that_also_tells_it_in_its_own_right_counts() -> None:
    own = source("b", outlet="The Gulf Post")
    passed_on = source("b", outlet="The Gulf Post", leans_on=["Meridian Wire"])
    assert independent_families([source("a", outlet="Meridian Wire"), passed_on, own]) == {"a", "b"}


@pytest.mark.parametrize(
    ("one", "stands"),
    [
        (source("a"), True),
        (source("a", said_by=RUSSIA), True),
        (source("a", said_by=OFFICIAL), False),
        (source("a", words(RUSSIA)), True),
        (source("a", words(OFFICIAL, anonymous=True)), False),
        (source("a", words(None)), False),  # "it was reported that": nobody stands for it
    ],
)
def test_who_is_on_the_record(one: Source, stands: bool) -> None:
    assert on_record(one) is stands


def test_the_letter_is_that_of_the_best_outlet() -> None:
    assert str(grade([source("a", letter="D"), source("b", letter="B"), source("c", letter="F")], disputed=False)) == "B1"
    assert str(grade([source("a", letter="F")], disputed=False)) == "F3"


def test_the_grade_says_how_it_came_about() -> None:
    found = grade([on("a"), off("b"), source("c", independent=False)], disputed=False)
    assert found.why == "2 independent families, 1 on the record"
    assert grade([off("a")], disputed=False).why == "1 independent family, 0 on the record"


SOURCES = st.lists(
    st.builds(
        source,
        st.sampled_from("abcd"),
        st.sampled_from([deed(), words(RUSSIA), words(OFFICIAL, anonymous=True), words(None)]),
        letter=st.sampled_from("ABCDEF"),
        outlet=st.sampled_from([None, "Meridian Wire", "The Gulf Post", "The Herald"]),
        independent=st.booleans(),
        said_by=st.sampled_from([None, RUSSIA, OFFICIAL]),
        leans_on=st.sets(st.sampled_from(["Meridian Wire", "The Gulf Post"])),
    ),
    min_size=1,
    max_size=7,
)


@given(sources=SOURCES, order=st.randoms(use_true_random=False), disputed=st.booleans())
def test_the_order_of_sources_does_not_matter(sources: list[Source], order: object, disputed: bool) -> None:
    mixed = list(sources)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    assert grade(mixed, disputed) == grade(sources, disputed)


@given(sources=SOURCES)
def test_a_contradiction_never_makes_a_grade_better(sources: list[Source]) -> None:
    assert grade(sources, disputed=True).digit >= grade(sources, disputed=False).digit


@given(sources=SOURCES, copy=st.integers(0, 6))
def test_one_more_copy_changes_nothing(sources: list[Source], copy: int) -> None:
    one = sources[copy % len(sources)]
    again = source(one.family, one.claim, letter=one.letter, outlet=one.outlet, independent=one.independent,
                   said_by=one.said_by, leans_on=one.leans_on, report="a copy")  # fmt: skip
    assert grade([*sources, again], disputed=False) == grade(sources, disputed=False)


@given(sources=SOURCES)
def test_nothing_that_rests_on_the_unnamed_alone_reaches_two(sources: list[Source]) -> None:
    unnamed = [one for one in sources if not on_record(one)]
    assert grade(unnamed, disputed=False).digit >= 3


@given(sources=SOURCES)
def test_only_two_families_that_stand_on_their_own_reach_two(sources: list[Source]) -> None:
    if grade(sources, disputed=False).digit <= 2:
        assert len({one.family for one in sources if one.independent}) >= 2
