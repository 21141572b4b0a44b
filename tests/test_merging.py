"""Which claims are one entry: pairs that are about the same thing and pairs that are not, and what holds for any claims."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from itertools import permutations
from types import SimpleNamespace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from twotrack.ledger.merging import Groups, Index, Pair, Verdicts, components, entries_in, keys, pair_of, reasons
from twotrack.ledger.postings import Held, packed
from twotrack.ledger.regrouping import near
from twotrack.ledger.sameness import SAME, same
from twotrack.ledger.traits import Party, Trait, stems, trait_from, trait_json, trait_of
from twotrack.model import Actor, Cite, Claim, Commitment, Event, Meeting, Report, Statement, When

NAMES = {
    "RUS": "Russia", "RUS.GOV.MFA": "the Russian foreign ministry", "USA": "the United States", "USA.GOV.HOS": "Joe Biden",
    "IRN": "Iran", "IRN.GOV": "Tehran", "QAT": "Qatar", "ISR": "Israel", "IGO.NATO": "NATO", "IGO.EEC": "the European Union",
    "UKR": "Ukraine",
}  # fmt: skip


# --- claims ---------------------------------------------------------------------------------------------------------------


def cite(words: str) -> Cite:
    return Cite(0, len(words), words)


def who(*ids: str) -> tuple[Actor, ...]:
    return tuple(Actor(one, NAMES[one], NAMES[one], 0, len(NAMES[one])) for one in ids)


def days(first: str | None, last: str | None = None) -> When | None:
    return When(date.fromisoformat(first), date.fromisoformat(last or first), "that day") if first else None


def event(
    words: str, kind: str, by: str, to: str | None = None, on: str | None = "2022-01-10", status: str = "actual",
    where: str | None = None, until: str | None = None,
) -> Event:  # fmt: skip
    target = who(to) if to else ()
    place = cite(where) if where else None
    return Event("", kind, None, None, who(by), target, days(on, until), place, status, 0.0, (cite(words),), 0.9, "test")  # type: ignore[arg-type]


def said(words: str, by: str | None, anonymous: bool = False) -> Statement:
    speaker = who(by)[0] if by else Actor(None, None, "a senior official", 0, 17, anonymous=True) if anonymous else None
    return Statement("", speaker, cite("said"), cite(words), (), True, anonymous, (), None, "said", (cite(words),), 0.9, "test")


def commitment(
    act: str, kind: str, by: str, to: str | None = None, condition: str | None = None, due: str | None = None
) -> Commitment:
    hangs_on = cite(condition) if condition else None
    return Commitment("", kind, who(by), who(to) if to else (), cite(act), hangs_on, "if" if condition else None, days(due),  # type: ignore[arg-type]
                      "firm", who(by)[0], (cite(act),), 0.9, "test")  # fmt: skip


def meeting(
    words: str, *parties: str, on: str | None = "2022-01-10", where: str | None = None, form: str = "talks",
    status: str = "scheduled",
) -> Meeting:  # fmt: skip
    place = cite(where) if where else None
    return Meeting("", who(*parties), form, days(on), place, status, (cite(words),), 0.9, "test")  # type: ignore[arg-type]


def told(claim: Claim, published: str | None = "2022-01-11", report: str = "r", place: int = 0) -> Trait:
    """The trait of a claim in a report of that day."""
    day = date.fromisoformat(published) if published else None
    return trait_of(replace(claim, id=f"{report}-{place}"), Report(report, "", published=day), place)


def entries(traits: Iterable[Trait], verdicts: Verdicts = Verdicts()) -> set[frozenset[str]]:  # noqa: B008
    """The entries as sets of claims."""
    return {
        frozenset(one.claim for one in entry) for group in components(traits, verdicts) for entry in entries_in(group, verdicts)
    }


def one_entry(a: Trait, b: Trait) -> bool:
    return len(entries([replace(a, report="a", claim="a-0"), replace(b, report="b", claim="b-0")])) == 1


# --- pairs ----------------------------------------------------------------------------------------------------------------

EXPELLED = event("Russia expelled two American diplomats.", "COERCE", "RUS", "USA")
SEIZED = event("Iran seized a tanker with twelve sailors.", "COERCE", "IRN")
CALLED = event("Joe Biden telephoned Russia's president about Ukraine.", "CONSULT", "USA.GOV.HOS", "RUS")
PATIENCE = said("Our patience with these endless negotiations is running out", "RUS")
WAR = said("We do not want a war, and nobody in our government is planning one", "RUS")
REPLY = commitment("answer new sanctions with military measures", "threat", "RUS", "USA")
WITHDRAW = commitment("withdraw its troops from the border", "demand", "USA", "RUS")
GENEVA = meeting("The two sides will hold talks in Geneva.", "USA", "RUS", where="in Geneva")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # the same deed in other words, by a ministry for its state
        (told(EXPELLED), told(event("The foreign ministry ordered two US diplomats out.", "COERCE", "RUS.GOV.MFA", "USA"))),
        # another day, as overnight deeds have
        (told(EXPELLED), told(replace(EXPELLED, when=days("2022-01-11")))),
        # a deed whose date is not given, told on the next day
        (told(EXPELLED), told(replace(EXPELLED, when=None))),
        # denied, which is a dispute about one deed
        (told(SEIZED), told(event("Iran had not seized any tanker, nor twelve sailors.", "COERCE", "IRN", status="denied"))),
        # other figures, which is a dispute too
        (told(SEIZED), told(event("Iran seized a tanker with twenty sailors.", "COERCE", "IRN"))),
        # on the telephone, told from the other side
        (told(CALLED), told(event("Russia's president and Joe Biden spoke by telephone about Ukraine.", "CONSULT", "RUS", "USA"))),
        # the same words in two reports
        (told(WAR), told(WAR, "2022-01-12")),
        # an excerpt of what was said
        (told(WAR), told(said("nobody in our government is planning a war", "RUS"), "2022-01-12")),
        # a quotation, word for word, three weeks later
        (told(WAR), told(WAR, "2022-02-01")),
        # what one report calls a threat, another calls a warning
        (told(REPLY), told(commitment("answer any new sanctions with military measures", "warning", "RUS", "USA"))),
        # a demand, said again next week
        (told(WITHDRAW), told(commitment("withdraw all troops from the border", "demand", "USA", "RUS"), "2022-01-18")),
        # planned, then held
        (told(GENEVA, "2022-01-03"), told(replace(GENEVA, status="held"))),
        # a ministry for its state, no place
        (told(GENEVA), told(meeting("American and Russian envoys meet on Monday.", "USA", "RUS.GOV.MFA"))),
        # put off to another day
        (told(GENEVA), told(replace(GENEVA, status="postponed", when=days("2022-01-17")), "2022-01-12")),
    ],
)  # fmt: skip
def test_claims_about_one_thing_are_one_entry(a: Trait, b: Trait) -> None:
    assert one_entry(a, b)
    assert one_entry(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # another doer, another target
        (told(EXPELLED), told(event("Iran expelled two American diplomats.", "COERCE", "IRN", "USA"))),
        (told(EXPELLED), told(event("Russia expelled two Israeli diplomats.", "COERCE", "RUS", "ISR"))),
        # who does it to whom
        (told(EXPELLED), told(event("The United States expelled two Russian diplomats.", "COERCE", "USA", "RUS"))),
        # the next time
        (told(EXPELLED), told(replace(EXPELLED, when=days("2022-01-16")), "2022-01-17")),
        (told(replace(EXPELLED, when=None)), told(replace(EXPELLED, when=None), "2022-01-17")),
        # done, and only thought of
        (told(SEIZED), told(replace(SEIZED, status="planned"))),
        (told(SEIZED), told(replace(SEIZED, status="hypothetical"))),
        # at another place
        (told(replace(SEIZED, where=cite("off Fujairah"))), told(replace(SEIZED, where=cite("in the Red Sea")))),
        # two deeds of one day
        (told(EXPELLED), told(event("Russia closed the consulate in Seattle to US citizens.", "COERCE", "RUS", "USA"))),
        # two accusations of one day
        (told(event("Russia accused NATO of broken promises.", "ACCUSE", "RUS", "IGO.NATO")),
         told(event("Russia accused NATO of jamming its radars.", "ACCUSE", "RUS", "IGO.NATO"))),
        # the same words from others
        (told(WAR), told(said("We do not want a war, and nobody in our government is planning one", "UKR"))),
        # a name, and a briefing without one
        (told(WAR), told(said("We do not want a war, and nobody in our government is planning one", None, anonymous=True))),
        # one speaker on two things
        (told(WAR), told(PATIENCE)),
        # like words, but weeks later
        (told(PATIENCE), told(said("Our patience with sanctions over these islands is running out", "RUS"), "2022-01-25")),
        # a threat is no promise, and no one else's
        (told(REPLY), told(commitment("answer new sanctions with military measures", "promise", "RUS", "USA"))),
        (told(REPLY), told(commitment("answer new sanctions with military measures", "threat", "IRN", "USA"))),
        # what is demanded is another thing
        (told(WITHDRAW), told(commitment("release the crew of the tanker", "demand", "USA", "RUS"))),
        # the demand of another season
        (told(WITHDRAW), told(WITHDRAW, "2022-03-20")),
        # two rounds
        (told(GENEVA), told(replace(GENEVA, when=days("2022-01-12")))),
        # a call is no talks
        (told(GENEVA), told(meeting("The two sides spoke by telephone.", "USA", "RUS", form="call"))),
        # other parties, another place
        (told(GENEVA), told(meeting("NATO and Ukraine will hold talks in Geneva.", "IGO.NATO", "UKR", where="in Geneva"))),
        (told(GENEVA), told(meeting("The two sides will hold talks in Vienna.", "USA", "RUS", where="in Vienna"))),
        # a meeting, and the event of it
        (told(GENEVA), told(event("The two sides held talks in Geneva.", "CONSULT", "USA", "RUS", where="in Geneva"))),
    ],
)  # fmt: skip
def test_claims_about_two_things_are_two_entries(a: Trait, b: Trait) -> None:
    assert not one_entry(a, b)
    assert not one_entry(b, a)


def test_a_chain_of_likenesses_is_no_entry() -> None:
    """A vague report is like each of two rounds, and the rounds are not each other's."""
    first, third = told(GENEVA, "2022-01-09", "a"), told(replace(GENEVA, when=days("2022-01-12")), "2022-01-09", "c")
    vague = told(replace(GENEVA, when=None), "2022-01-10", "b")
    found = entries([first, vague, third])
    assert {frozenset({"a-0", "b-0"}), frozenset({"c-0"})} == found or {frozenset({"a-0"}), frozenset({"b-0", "c-0"})} == found


def test_two_claims_of_one_report_may_be_one_entry() -> None:
    assert len(entries([told(EXPELLED, place=0), told(EXPELLED, place=1)])) == 1


def test_each_further_claim_of_an_entry_has_its_reason() -> None:
    found = [told(EXPELLED, report=report) for report in "abc"]
    why = reasons(found, Verdicts(same=frozenset({("a-0", "c-0")})))
    assert set(why) == {"b-0", "c-0"}
    assert "like a-0" in why["b-0"]
    assert stems("diplomats")[0] in why["b-0"]
    assert "a person judged them the same" in why["c-0"]


# --- what people say --------------------------------------------------------------------------------------------------------


def verdicts(same_: Collection[Pair] = (), other: Collection[Pair] = ()) -> Verdicts:
    return Verdicts(frozenset(pair_of(*pair) for pair in same_), frozenset(pair_of(*pair) for pair in other))


def test_people_may_join_what_is_far_apart_and_part_what_is_alike() -> None:
    a, b = told(EXPELLED, report="a"), told(EXPELLED, report="b")
    far = told(commitment("close the consulates", "threat", "RUS"), "2022-06-01", "far")
    assert entries([a, b, far], verdicts([("a-0", "far-0")], [("a-0", "b-0")])) == {
        frozenset({"a-0", "far-0"}),
        frozenset({"b-0"}),
    }


@pytest.mark.parametrize("first", ["a", "b", "c"])
def test_who_joins_by_verdict_does_not_bring_together_what_people_parted(first: str) -> None:
    """a and b are alike; c is judged the same as a and not the same as b, whichever of the three was told first."""
    told_on = dict.fromkeys("abc", "2022-01-11") | {first: "2022-01-10"}
    a, b = (told(EXPELLED, told_on[report], report) for report in "ab")
    c = told(event("Moscow closed the consulate in Seattle.", "COERCE", "RUS", "USA"), told_on["c"], "c")
    found = entries([a, b, c], verdicts([("a-0", "c-0")], [("b-0", "c-0")]))
    assert found == {frozenset({"a-0", "c-0"}), frozenset({"b-0"})}


def test_entries_do_not_depend_on_the_order_in_which_verdicts_are_kept() -> None:
    """p and q are judged the same as t; u is like p, and its speaker rules out that it is like t."""
    p, q = told(WAR, "2022-01-10", "p"), told(PATIENCE, "2022-01-10", "q")
    t = told(said("The sanctions will stay until the fleet has left", "USA"), "2022-01-11", "t")
    u = told(WAR, "2022-01-12", "u")
    pairs = [("p-0", "t-0"), ("q-0", "t-0")]
    found = [entries([p, q, t, u], Verdicts(same=order)) for order in permutations(pairs)]  # type: ignore[arg-type]
    assert found[0] == found[1]


# --- any claims -----------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2022, 1, 8), date(2022, 1, 16))
STEMS = st.sets(st.sampled_from(["expel", "diplomat", "2", "close", "consulate", "talk", "border", "troop"]), max_size=5)
PARTIES = st.lists(
    st.builds(Party, st.sampled_from(["RUS", "RUS.GOV", "RUS.GOV.HOS", "USA", "USA.GOV"]), st.sampled_from([None, "joe-biden"]), st.just(""))
    | st.builds(Party, st.none(), st.none(), st.sampled_from(["", "envoy", "chief envoy"])),
    max_size=2,
).map(tuple)  # fmt: skip
TYPES = {
    "event": (["COERCE", "CONSULT", "ACCUSE"], ["actual", "denied", "planned"]),
    "statement": (["said", "denied"], ["said"]),
    "commitment": (["threat", "warning", "promise", "demand"], ["firm", "possible"]),
    "meeting": (["talks", "call", "visit"], ["scheduled", "held", "postponed"]),
}


CONDITIONS = st.sets(st.sampled_from(["geneva", "vienna", "sanction"]), max_size=1)  # statements have none


@st.composite
def trait(draw: st.DrawFn, number: int = 0, live: bool | None = None) -> Trait:
    kind = draw(st.sampled_from(sorted(TYPES)))
    types, statuses = TYPES[kind]
    first = draw(st.none() | DAYS)
    return Trait(
        f"{number:02d}", draw(st.sampled_from("ghk")), number, kind, draw(st.sampled_from(types)), draw(st.sampled_from(statuses)),
        draw(st.none() | DAYS), first, draw(st.just(first) | DAYS.filter(lambda day: day >= first)) if first else None,
        draw(PARTIES), draw(PARTIES) if kind in ("event", "commitment") else (), frozenset(draw(STEMS)),
        frozenset(draw(CONDITIONS) if kind != "statement" else ()), draw(st.booleans()),
        draw(st.booleans()) if live is None else live,
    )  # fmt: skip


@st.composite
def alike(draw: st.DrawFn, live: bool | None = None, most: int = 9) -> list[Trait]:
    """Claims of which many are like others: each is new, or an earlier one with something changed."""
    found: list[Trait] = []
    for number in range(draw(st.integers(2, most))):
        one = draw(trait(number, live))
        if found and draw(st.integers(0, 3)):
            base = draw(st.sampled_from(found))
            kept = draw(st.sets(st.sampled_from(["words", "who", "whom", "first", "told", "condition", "anonymous", "status"])))
            changed = {name: getattr(one, name) for name in kept}
            if "first" in kept:
                changed["last"] = one.last
            if base.kind != one.kind:
                changed.pop("status", None)
            if base.kind == "statement":
                changed.pop("condition", None)
            one = replace(base, claim=one.claim, place=number, report=one.report, live=one.live, **changed)
        found.append(one)
    return found


@settings(max_examples=30, deadline=None)
@given(found=alike(), order=st.randoms(use_true_random=False))
def test_entries_are_a_partition_and_the_order_of_claims_does_not_matter(found: list[Trait], order: object) -> None:
    made = entries(found)
    assert sorted(claim for entry in made for claim in entry) == sorted(one.claim for one in found)
    mixed = list(found)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    assert entries(mixed) == made


@settings(max_examples=60, deadline=None)
@given(found=alike(), data=st.data())
def test_verdicts_that_do_not_contradict_each_other_are_kept(found: list[Trait], data: st.DataObject) -> None:
    pairs = st.tuples(*[st.sampled_from([one.claim for one in found])] * 2).filter(lambda pair: pair[0] != pair[1])
    judged = verdicts(data.draw(st.lists(pairs, max_size=3)), data.draw(st.lists(pairs, max_size=3)))
    groups = Groups([one.claim for one in found])
    for a, b in judged.same:
        groups.join(a, b)
    assume(not any(groups.together(a, b) for a, b in judged.other))
    entry_of = {claim: entry for entry in entries(found, judged) for claim in entry}
    assert [(a, b) for a, b in judged.same if entry_of[a] != entry_of[b]] == []
    assert [(a, b) for a, b in judged.other if entry_of[a] == entry_of[b]] == []


@settings(max_examples=30, deadline=None)
@given(found=alike())
def test_claims_that_are_gone_do_not_change_how_others_are_told_apart(found: list[Trait]) -> None:
    live = {one.claim for one in found if one.live}
    with_gone = {entry & live for entry in entries(found)} - {frozenset()}
    assert with_gone == entries(one for one in found if one.live)


@settings(max_examples=60, deadline=None)
@given(found=alike(most=3))
def test_likeness_is_the_same_from_either_side(found: list[Trait]) -> None:
    a, b = found[:2]
    assert (same(a, b).score, same(a, b).against) == (same(b, a).score, same(b, a).against)
    assert 0 <= same(a, b).score <= 1


@settings(max_examples=60, deadline=None)
@given(found=alike(most=3))
def test_claims_that_are_the_same_can_be_found_by_each_other(found: list[Trait]) -> None:
    a, b = found[:2]
    if same(a, b).score >= SAME:
        assert set(keys(a)) & set(keys(b))


@given(found=alike(most=6))
def test_no_claim_that_is_the_same_is_passed_over_in_the_ledger(found: list[Trait]) -> None:
    for a, *others in permutations(found, 2):
        rows = [SimpleNamespace(id=b.claim, day=b.day, keys=packed(b)) for b in others if b.day and b.kind == a.kind]
        wanted = {b.claim for b in Index(others).near(a) if same(a, b).score >= SAME}
        assert wanted <= set(near(a, a.day, Held(rows)) if a.day else ())


@given(one=trait())
def test_a_trait_is_kept_whole(one: Trait) -> None:
    assert trait_from(one.claim, one.kind, trait_json(one), one.live) == one


# --- what is compared -----------------------------------------------------------------------------------------------------


def test_words_are_compared_without_names_and_dates_and_in_one_form() -> None:
    found = told(event("Russia expelled two American diplomats that day.", "COERCE", "RUS"))
    assert found.words == set(stems("expelled two American diplomats"))
    assert stems("negotiations") == stems("talks") == stems("a dialogue")


def test_of_a_commitment_the_one_who_is_bound_is_compared_not_the_one_who_says_so() -> None:
    claim = replace(commitment("keep the pipeline shut", "threat", "RUS"), speaker=who("QAT")[0])
    assert [party.id for party in told(claim).who] == ["RUS"]


def test_the_day_of_a_deed_is_when_it_was_and_of_words_when_they_were_told() -> None:
    told_on, was_on = date(2022, 1, 11), date(2022, 1, 10)
    assert told(EXPELLED).day == was_on
    assert told(replace(EXPELLED, when=None)).day == told_on
    assert told(WAR).day == told(commitment("leave", "demand", "USA", due="2022-01-10")).day == told_on
