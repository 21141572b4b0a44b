"""The learned tagger beside the rules: loaded when first used, offsets hold, contents and sources go to their own cues."""

import subprocess
import sys
from itertools import pairwise

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twotrack.errors import TwotrackError
from twotrack.learned.encoder import load_encoder
from twotrack.mark.attribution.combined import combined, mark_attribution_learned
from twotrack.mark.attribution.contents import Draft
from twotrack.mark.attribution.decoding import best_tags, tagged
from twotrack.mark.attribution.inputs import tagger_input, windows
from twotrack.mark.attribution.quotations import quote_map
from twotrack.mark.attribution.tagger import Scores, WindowScores
from twotrack.model import AttributionMark, Report
from twotrack.reading import Reading, parse_report

WORDS = ["Iran", "said", "“We go.” —", "ROSSI:", "that", "“We will", "” he", '"', "warned", "of", "war", "according to", "officials", ".", ",", "\n\n", "🙂", "中文", "İ", "\u200b", "x" * 300]  # fmt: skip


def reading(text: str) -> Reading:
    return parse_report(Report("r", text))


def attributions(text: str) -> list[AttributionMark]:
    return [mark for mark in mark_attribution_learned(reading(text)) if isinstance(mark, AttributionMark)]


def drawn(text: str) -> list[tuple[str, str, list[str]]]:
    """(source, cue, parts of the content) of every attribution."""
    return [
        (
            text[slice(*mark.source)] if mark.source else "",
            text[slice(*mark.cue)],
            [text[slice(*part)] for part in mark.content],
        )
        for mark in attributions(text)
    ]


LOADS = """
import sys
from twotrack import read
read("Iran warned that it would act. The minister said talks were over.", fast={fast})
print(any(name.split(".")[0] in ("onnxruntime", "tokenizers") for name in sys.modules))
"""


@pytest.mark.parametrize("fast", [True, False])
def test_fast_loads_no_learned_part(fast: bool) -> None:
    done = subprocess.run([sys.executable, "-c", LOADS.format(fast=fast)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(not fast)


def test_a_part_that_is_not_installed_says_what_to_do() -> None:
    with pytest.raises(TwotrackError, match="fast"):
        load_encoder("no-such-part")


def test_pieces_have_their_characters() -> None:
    text = "Tehran's  offer 🙂 café"
    pieces = load_encoder("attribution").pieces(text)
    assert [text[span.start : span.end] for span in pieces.spans] == ["Tehran", "'", "s", "offer", "🙂", "café"]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=150), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)))
def test_spans_lie_in_the_text_whatever_it_is(text: str) -> None:
    parsed = reading(text)
    starts = {token.start for token in parsed.tokens}
    for mark in mark_attribution_learned(parsed):
        assert isinstance(mark, AttributionMark)
        assert 0 <= mark.confidence <= 1
        assert parsed.tokens[mark.cue_head].start >= mark.cue.start
        for span in (mark.cue, *mark.content, *([mark.source] if mark.source else [])):
            assert 0 <= span.start < span.end <= len(text)
            assert span.start in starts or text[span.start] in "\"“'‘"


def test_windows_cover_every_piece_and_overlap_within_a_paragraph() -> None:
    parsed = reading("The minister said that the talks would go on in the spring. " * 60)
    given_ = tagger_input(parsed, load_encoder("attribution").pieces(parsed.report.text), quote_map(parsed), (), ())
    found = list(windows(parsed, given_, 100))
    assert {n for one in found for n in one} == set(range(len(given_.ids)))
    assert all(len(one) <= 100 for one in found)
    assert all(second.start < first.stop <= second.stop for first, second in pairwise(found))


def test_windows_that_are_cut_between_paragraphs_share_nothing() -> None:
    parsed = reading("\n\n".join(["The minister said that the talks would go on in the spring, and left."] * 40))
    given_ = tagger_input(parsed, load_encoder("attribution").pieces(parsed.report.text), quote_map(parsed), (), ())
    found = list(windows(parsed, given_, 100))
    assert all(first.stop == second.start for first, second in pairwise(found))
    firsts = [parsed.sentences[parsed.tokens[int(given_.tokens[one.start])].sentence] for one in found]
    assert [given_.tokens[one.start] for one in found] == [sentence.first for sentence in firsts]


def test_windows_cut_a_sentence_that_is_too_long_for_one() -> None:
    parsed = reading("and " * 500)
    given_ = tagger_input(parsed, load_encoder("attribution").pieces(parsed.report.text), quote_map(parsed), (), ())
    found = list(windows(parsed, given_, 100))
    assert {n for one in found for n in one} == set(range(500))
    assert all(0 < len(one) <= 100 for one in found)


def test_a_word_longer_than_a_window_is_passed_over() -> None:
    text = "The minister said that talks would go on. " + "/".join("qzxj"[n % 4] for n in range(190))
    assert len(load_encoder("attribution").pieces(text).ids) > 300
    assert drawn(text) == [("The minister", "said", ["that talks would go on"])]


@pytest.mark.parametrize(
    ("likely", "tags"),
    [
        ([0, 1, 2, 0], [0, 1, 2, 0]),
        ([1, 1, 2, 2], [1, 1, 2, 2]),
        ([0, 0, 0, 0], [0, 0, 0, 0]),
    ],
)
def test_the_likeliest_tags_where_they_are_possible(likely: list[int], tags: list[int]) -> None:
    table = [[0.0 if tag == one else -5.0 for tag in range(3)] for one in likely]
    assert best_tags(table, 0.0) == tags


def test_no_inside_without_a_first() -> None:
    assert best_tags([[-0.1, -3.0, -4.0], [-4.0, -3.0, -0.1], [-4.0, -5.0, -0.1]], 0.0) in ([0, 1, 2], [1, 2, 2])
    assert best_tags([], 0.0) == []


def scores_of(tags: list[tuple[int, int, int]], links: list[tuple[float, float, float]]) -> Scores:
    """Scores with sure tags, and links by word for each of three cues at words 0, 3 and 6."""
    table = numpy.full((len(tags), 3, 3), -9.0, dtype=numpy.float32)
    for n, row in enumerate(tags):
        for part, tag in enumerate(row):
            table[n, part, tag] = -0.01
    queries, keys = numpy.zeros((len(tags), 3, 3)), numpy.zeros((len(tags), 3, 3))
    for cue, word in enumerate((0, 3, 6)):
        queries[word, :, cue] = 3**0.5
    for n, row in enumerate(links):
        keys[n] = numpy.array(row) + 3.0  # against the bias of links
    tokens = numpy.arange(len(tags))
    return Scores(tokens, table, numpy.zeros(len(tags), dtype=numpy.int64), (WindowScores(0, queries, keys),))


def test_a_content_goes_to_the_cue_that_it_links_to() -> None:
    """Words: cue, content, source, cue, content, content, with the first content and the source linked to the second cue."""
    outside, cue, content, more, source = (0, 0, 0), (0, 0, 1), (1, 0, 0), (2, 0, 0), (0, 1, 0)
    found = tagged(
        scores_of(
            [cue, content, source, cue, content, more, outside],
            [(-6, -6, -6), (-6, 6, -6), (-6, 6, -6), (-6, -6, -6), (-6, 6, -6), (-6, 6, -6), (-6, -6, -6)],
        )
    )
    assert [(one.cue, one.source, one.content) for one in found] == [((3,), {2}, {1, 4, 5})]


def draft(head: int, cue: set[int], content: set[int], precision: float) -> Draft:
    return Draft(head, frozenset(cue), frozenset(), frozenset(content), precision, "say+that")


def test_of_the_rules_the_nested_and_the_surest_stay() -> None:
    by_tagger = draft(1, {1}, {2, 3, 4, 5}, 0.8)
    same_cue, nested = draft(1, {0, 1}, {2, 3}, 0.99), draft(3, {3}, {4, 5}, 0.5)
    surest, unsure = draft(10, {10}, {11, 12}, 0.99), draft(20, {20}, {21}, 0.4)
    assert combined([by_tagger], [same_cue, nested, surest, unsure]) == [by_tagger, nested, surest]
