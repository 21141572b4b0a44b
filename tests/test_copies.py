"""Reports that are one report, against independent ones: the families in tests/copies, and what holds for any text."""

import random
import re
import sys
import time
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twotrack.citing import cited_outlets
from twotrack.copies import Likeness, anchors_in_order, common_in_order, compare
from twotrack.families import Family, families
from twotrack.fingerprints import Fingerprint, content_words, fingerprint, normalised, running_text, stemmed
from twotrack.lexicon import rows

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from family_sets import COPIES, Sample, label, samples, spun

SAMPLES = samples()
PRINTS = {one.id: fingerprint(one.text, one.id, one.published) for one in SAMPLES}
ORIGINALS = {one.family: one for one in SAMPLES if one.kind == "original"}
BY_LABEL = {
    wanted: [(a, b) for a, b in combinations(SAMPLES, 2) if label(a, b) == wanted]
    for wanted in ("copy", "digest", "independent", "other")
}
DAY = date(2022, 1, 10)


def likeness(a: Sample, b: Sample) -> Likeness:
    return compare(PRINTS[a.id], PRINTS[b.id])


def body(sample: Sample) -> list[str]:
    return sample.text.split("\n", 1)[1].split()


def changed(a: Sample, b: Sample) -> float:
    """The share of a's words that b does not keep in order."""
    left, right = body(a), body(b)
    kept = sum(block.size for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks())
    return 1 - kept / len(left)


# --- the labelled families --------------------------------------------------------------------------------------------


def test_the_set_is_what_it_says_it_is() -> None:
    assert len(ORIGINALS) >= 13
    for family, original in ORIGINALS.items():
        kinds = {one.kind for one in SAMPLES if one.family == family}
        assert {"reprint", "trimmed", "independent"} <= kinds
        assert 130 <= len(body(original)) <= 300
        assert "{" not in "".join(one.text for one in SAMPLES if one.family == family)


@pytest.mark.parametrize(("kind", "share"), [("spun20", 0.2), ("spun35", 0.35), ("spun50", 0.5)])
def test_rewritings_change_as_many_words_as_their_name_says(kind: str, share: float) -> None:
    shares = sorted(changed(ORIGINALS[one.family], one) for one in SAMPLES if one.kind == kind)
    assert len(shares) >= 12
    assert abs(shares[len(shares) // 2] - share) < 0.05
    assert share - 0.09 < shares[0]
    assert shares[-1] < share + 0.14


def test_choices_of_a_text() -> None:
    assert spun("{Talks|Discussions} {ended||broke up} {late}", 0) == "Talks ended {late}"
    assert spun("{Talks|Discussions} {ended||broke up}", 1) == "Discussions ended"
    assert spun("{Talks|Discussions} {ended||broke up}", 2) == "Discussions broke up"


@pytest.mark.parametrize("sample", [one for one in SAMPLES if one.kind in ("reprint", "trimmed")], ids=lambda one: one.id)
def test_another_headline_or_a_cut_makes_no_other_report(sample: Sample) -> None:
    assert likeness(ORIGINALS[sample.family], sample).kind == "reprint"


@pytest.mark.parametrize(
    "sample", [one for one in SAMPLES if one.kind in COPIES - {"original", "reprint", "trimmed"}], ids=lambda one: one.id
)
def test_reworded_copies_are_one_report_with_their_original(sample: Sample) -> None:
    assert likeness(ORIGINALS[sample.family], sample).kind in ("edited", "reworded")


def test_independent_reports_of_an_event_stay_apart_though_they_share_its_quotations() -> None:
    pairs = BY_LABEL["independent"]
    assert len(pairs) > 250
    assert [(a.id, b.id) for a, b in pairs if likeness(a, b).kind != "independent"] == []


def test_other_events_stay_apart_and_bulletins_of_other_days_are_no_copies() -> None:
    alike = {(a.id, b.id): likeness(a, b) for a, b in BY_LABEL["other"] if not likeness(a, b).independent}
    assert {one.kind for one in alike.values()} == {"possibly derived"}
    assert all("other figures" in one.why for one in alike.values())
    assert all(a.startswith("daily-bulletin/") and b.startswith("daily-bulletin/") for a, b in alike)


def test_every_copy_comes_into_its_family_and_nothing_else() -> None:
    found = {one.first.split("/")[0]: one for one in families(PRINTS.values()) if len(one.members) > 1}
    wanted = {name: {one.id for one in SAMPLES if one.family == name and one.kind in COPIES} for name in ORIGINALS}
    assert {name: {member.report for member in one.members} for name, one in found.items()} == wanted


# --- how families are made --------------------------------------------------------------------------------------------


def ids(made: tuple[Family, ...]) -> list[list[str]]:
    return [[member.report for member in one.members] for one in made]


def sentences(topic: int, count: int) -> str:
    """Sentences of a topic that no other topic shares a word with."""
    rng = random.Random(topic)
    words = [f"{''.join(rng.choices('bcdfgklmnprstvz', k=4))}o{topic}{n}x" for n in range(count * 12)]
    return " ".join(" ".join(words[n * 12 : n * 12 + 12]).capitalize() + "." for n in range(count))


def seen(name: str, text: str, day: date | None = DAY) -> Fingerprint:
    return fingerprint(text, name, day)


FLASH = (
    "Presidents Anders and Bouchard agreed overnight on a ceasefire along the Sarn river and on talks in Oslo from Sunday, "
    "their offices announced."
)


def test_a_flash_does_not_tie_together_two_reports_that_begin_with_it() -> None:
    flash = seen("flash", FLASH)
    one = seen("one", f"{FLASH} {sentences(1, 12)}", DAY + timedelta(1))
    other = seen("other", f"{FLASH} {sentences(2, 12)}", DAY + timedelta(1))
    assert compare(flash, one).one_report
    assert compare(flash, other).one_report
    assert compare(one, other).independent
    made = families([flash, one, other])
    assert sorted(map(len, ids(made))) == [1, 2]
    alone = next(family for family in made if len(family.members) == 1)
    assert not alone.independent
    assert [member.report for member in alone.derived_from] == ["flash"]


def test_a_roundup_does_not_tie_together_the_reports_that_it_holds() -> None:
    first, second = seen("first", sentences(3, 10)), seen("second", sentences(4, 10))
    roundup = seen("roundup", f"{sentences(3, 10)}\n{sentences(4, 10)}", DAY + timedelta(1))
    late = seen("late", sentences(4, 9), DAY + timedelta(2))
    made = {family.first: family for family in families([late, roundup, second, first])}
    assert set(made) == {"first", "second"}
    assert {member.report for member in made["second"].members} - {"roundup"} == {"second", "late"}
    assert all(family.independent for family in made.values())


def test_copies_are_looked_for_within_days_but_the_same_words_always() -> None:
    text = sentences(5, 10)
    original = seen("original", text)
    edited = f"{text} {sentences(6, 2)}"
    assert ids(families([original, seen("edited", edited, DAY + timedelta(5))])) == [["original", "edited"]]
    assert ids(families([original, seen("edited", edited, DAY + timedelta(6))])) == [["original"], ["edited"]]
    assert ids(families([original, seen("edited", edited, DAY + timedelta(6))], days=None)) == [["original", "edited"]]
    assert ids(families([original, seen("again", text, DAY + timedelta(90))])) == [["original", "again"]]


def test_a_report_without_a_date_is_compared_with_all() -> None:
    text = sentences(7, 10)
    between = [seen(f"b{n}", sentences(20 + n, 8), DAY + timedelta(10 * n)) for n in range(3)]
    late = seen("late", f"{text} {sentences(8, 1)}", DAY + timedelta(40))
    assert ["undated", "late"] in ids(families([*between, late, seen("undated", text, None)]))


def test_nobody_and_nothing() -> None:
    assert families([]) == ()


@settings(max_examples=25, deadline=None)
@given(st.permutations([one.id for one in SAMPLES if one.family in ("border-talks", "daily-bulletin", "fishing-rights")]))
def test_families_do_not_depend_on_the_order_of_adding(order: list[str]) -> None:
    assert families(PRINTS[name] for name in order) == families(PRINTS[name] for name in sorted(order))


# --- what is compared -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("On Jan. 10 the U.S. sent 1,500 troops.", "On January 10 the US sent 1500 troops."),
        ("Three envoys warned Iran’s ministers", "3 envoy warns Iran ministers"),
        ("The talks in Sept. were held", "talk september held"),
    ],
)
def test_spellings_that_are_the_same(one: str, same: str) -> None:
    assert content_words(normalised(one)) == content_words(normalised(same))


def test_light_stemming_keeps_short_words() -> None:
    assert [stemmed(word) for word in ("warned", "warning", "repeatedly", "ships", "gas", "red")] == [
        "warn", "warn", "repeat", "ship", "gas", "red",
    ]  # fmt: skip


def test_quotations_headline_and_byline_are_cut() -> None:
    lead = "The envoy said “we will not go” and left. She called it “a farce”."
    text = f"Talks end\nBy Ann Doe and Robert Smith\n{lead}\nThe port stays shut."
    whole, unquoted = running_text(text)
    assert "Talks end" not in whole
    assert "we will not go" in whole
    assert " ".join(unquoted.split()) == "The envoy said and left. She called it . The port stays shut."


def test_reports_that_share_only_a_long_quotation_are_independent() -> None:
    speech = "We shall keep the bridge open for bread and medicine, nothing else, until the last tank is gone from the river"
    one = fingerprint(f"{sentences(30, 6)} “{speech},” the minister said.")
    other = fingerprint(f"The minister spoke. “{speech}.” {sentences(31, 6)}")
    assert compare(one, other).independent


def test_a_statement_that_is_nothing_but_a_quotation_is_recognised_by_its_words() -> None:
    speech = " ".join(f"word{n}" for n in range(60))
    one = fingerprint(f"Statement of the minister\n“{speech}.”")
    other = fingerprint(f"“{speech}.” The ministry sent this.")
    assert compare(one, other).kind == "reprint"
    assert compare(one, fingerprint(f"“{speech[::-1]}.”")).independent


def test_short_flashes_are_copies_only_in_the_same_order() -> None:
    other = "Talks in Oslo from Sunday follow a ceasefire on the Sarn, a river where Anders and Bouchard agreed to stop."
    assert compare(fingerprint(FLASH), fingerprint(FLASH.replace("overnight ", ""))).one_report
    assert compare(fingerprint(FLASH), fingerprint(other)).independent


def test_likeness_says_why() -> None:
    original = ORIGINALS["border-talks"]
    distant = next(one for one in SAMPLES if one.family == "border-talks" and one.kind == "distant")
    found = likeness(original, distant)
    assert re.fullmatch(
        r"1\d% of the shorter one's word pairs in the other, and [67]\d% of names and figures in the same order", found.why
    )


def test_names_and_figures_in_order_need_enough_of_them() -> None:
    few = fingerprint("The envoy met Anders in Oslo. " + sentences(40, 8))
    assert anchors_in_order(few, few) == 0.0


def test_longest_common_subsequence() -> None:
    assert common_in_order([1, 2, 3, 4, 5], [9, 1, 3, 2, 4, 8]) == 3
    assert common_in_order([], [1]) == 0
    assert common_in_order([1, 1, 1], [1, 1]) == 2


def test_stop_words_are_passed_over_in_their_examples() -> None:
    for row in rows("stopwords", "stopword", "kind", "words", "examples"):
        for example in row["examples"]:
            said = re.findall(r"[a-z']+", example.lower())
            assert set(said) & set(row["words"])
            left = {stem for stem, _ in content_words(normalised(example))}
            assert not left & set(row["words"])


# --- any text ---------------------------------------------------------------------------------------------------------

PIECES = [
    *("Iran", "warned", "Iraq", "talks", "on Jan. 10", "“we will", "go”", '"', "'", "\n"),
    *("U.S.", "1,000", "中文", "🙂", "\ud800", "—", "the"),
]
CITING = ["Reuters", "told", "according to the", "Axios reported", "AFP", "RFE/RL said"]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_text_is_a_reprint_of_itself(text: str) -> None:
    assert compare(fingerprint(text), fingerprint(text)) == Likeness("reprint", 1.0, "the same words throughout")


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_likeness_is_symmetric_and_a_share(one: str, other: str) -> None:
    a, b = fingerprint(one), fingerprint(other)
    assert compare(a, b) == compare(b, a)
    assert 0.0 <= compare(a, b).containment <= 1.0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.none() | st.dates(DAY, DAY + timedelta(20))), max_size=8), st.randoms())
def test_every_report_is_in_one_family_whatever_the_order(texts: list[tuple[str, date | None]], rng: random.Random) -> None:
    prints = [fingerprint(text, f"r{n}", day) for n, (text, day) in enumerate(texts)]
    made = families(prints)
    assert sorted(name for names in ids(made) for name in names) == sorted(one.report for one in prints)
    rng.shuffle(prints)
    assert families(prints) == made


def test_texts_without_latin_letters_are_not_all_the_same() -> None:
    assert compare(fingerprint("……"), fingerprint("!!")).independent
    assert compare(fingerprint("和平会谈"), fingerprint("制裁")).independent


HOSTILE = {
    "one line of words": "Iran warned Iraq of 12 strikes ",
    "quotes": "\"a\" 'b' “ ” ",
    "open quotes": "“Iran ",
    "capitals": "Aa ",
    "initials": "a.b.c.d.",
    "digits": "1,000,",
    "lines": "x\n",
    "no spaces": "ab'",
    "outlets": "told the state news agency Reuters and AFP, ",
    "cues": "according to the the the ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=list(HOSTILE))
def test_time_grows_with_length(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        one = fingerprint(text)
        compare(one, fingerprint(f"{text} Oslo"))
        cited_outlets(text)
        return time.process_time() - start

    seconds(1_000)
    short, long = seconds(20_000), seconds(160_000)
    assert long < 24 * max(short, 0.02)


def test_many_reports_with_the_same_phrases_take_linear_time() -> None:
    def seconds(count: int) -> float:
        shared = sentences(50, 2)
        prints = [fingerprint(f"{shared} {sentences(100 + n, 5)}", f"r{n}", DAY) for n in range(count)]
        start = time.process_time()
        assert len(families(prints)) == count
        return time.process_time() - start

    seconds(20)
    assert seconds(600) < 10 * max(seconds(150), 0.05)


# --- outlets that a report cites ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", rows("outlets", "outlet", "id", "names", "examples"), ids=lambda row: row["id"])
def test_every_outlet_is_found_in_its_examples(row: dict[str, object]) -> None:
    for example in row["examples"]:  # type: ignore[attr-defined]
        assert row["id"] in {one.outlet for one in cited_outlets(example)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The talks were put off, Axios reported on Friday.", [("axios", "reported")]),
        ("The plan was first reported by the New York Times.", [("nyt", "first reported by")]),
        ("According to Russia's Interfax news agency, the envoy left.", [("interfax", "according to")]),
        ("The minister told Reuters and AFP that he would resign.", [("reuters", "told"), ("afp", "told")]),
        ("In an interview with the German weekly Der Spiegel he was blunt.", [("spiegel", "interview with")]),
        ("A Bloomberg report said the bank would close.", [("bloomberg", "report")]),
        ("The ship has sailed, says the Straits Times.", [("straitstimes", "says")]),
        ("The ministry denied it, Kyodo said, citing officials.", [("kyodo", "said")]),
    ],
)
def test_outlets_that_are_cited(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.outlet, one.cue) for one in cited_outlets(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "MOSCOW (Reuters) - The envoy left on Monday.",
        "Reuters could not verify the video.",
        "The envoy worked for CNN before he joined the ministry.",
        "She told Dawn Butler that the vote was lost.",
        "Photo: AFP",
        "He was told at dawn that the guardian of the shrine had fled.",
    ],
)
def test_an_outlet_that_is_only_named_is_not_cited(text: str) -> None:
    assert cited_outlets(text) == ()


def test_digests_name_their_source() -> None:
    for one in SAMPLES:
        if one.kind == "digest" and "has the" not in one.text and "was first with" not in one.text:
            source = ORIGINALS[one.family].outlet
            assert [cited.outlet for cited in cited_outlets(one.text, {source: "source"})] == ["source"], one.id


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES + CITING),
        max_size=40,
    )
)
def test_cites_of_outlets_hold(words: list[str]) -> None:
    text = " ".join(words)
    for one in cited_outlets(text):
        assert text[one.cite.start : one.cite.end] == one.cite.text
