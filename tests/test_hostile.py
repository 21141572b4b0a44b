"""Text from the news is hostile: whatever it holds, cites hold, time grows with length, and nothing of it is run."""

import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twotrack import read
from twotrack.model import Actor, Cite, When
from twotrack.reading import Reading
from twotrack.render import to_html, to_markdown

LEAD = "Iran warned Iraq on Monday that it would act if Iraq did not withdraw its troops. "
PIECES = [
    "Iran", "President Doe", "said", "that", "“We will not go", "” he said", '"', "'", "‘two", "if", "unless", "will", "strike", "Iraq", "the United States",
    "and", "on Monday", "January 10", "next month", "talks", "with", "according to", "a senior official", "demanded", "they", "(", ")", "[", ",", ".", "!",
    "\n", "\n\n", "• ", "What's next:", "\t", "…", "—", "Ü", "中文", "🙂", "‮", "​", "<script>", "*", "#", "|", "é", "1,000", "$5",
]  # fmt: skip


def spans(value: object) -> Iterator[Cite | Actor]:
    """Every cite and actor within a value."""
    if isinstance(value, Cite | Actor):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    if is_dataclass(value):
        for field in fields(value):
            yield from spans(getattr(value, field.name))


def assert_cites_hold(reading: Reading) -> None:
    text = reading.report.text
    for claim in reading.claims:
        for span in spans(claim):
            assert text[span.start : span.end] == (span.text if isinstance(span, Cite) else span.words)
    for mark in reading.dates:
        assert isinstance(mark.when, When)
        assert text[mark.start : mark.end] == mark.when.words
    for problem in reading.problems:
        assert 0 <= problem.start <= problem.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
def test_every_cite_holds_whatever_the_text_is(words: str) -> None:
    assert_cites_hold(read(LEAD + words, published="2021-12-31"))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_no_text_at_all_breaks_a_reading(words: str) -> None:
    assert_cites_hold(read(LEAD + words, published=None))


GROWING = {
    "words": lambda n: LEAD * (n // len(LEAD)),
    "no space": lambda n: LEAD + "x" * n,
    "brackets": lambda n: LEAD + "(" * (n // 2) + ")" * (n // 2),
    "quotes": lambda n: LEAD + '"' * n,
    "open quotes": lambda n: LEAD + "“if " * (n // 4),
    "lines": lambda n: LEAD + "\n\nx" * (n // 3),
    "bullets": lambda n: LEAD + "\n• x" * (n // 4),
    "conditions": lambda n: LEAD + "if Iraq would act " * (n // 18),
    "names": lambda n: LEAD + "Iran and " * (n // 9),
    "dates": lambda n: LEAD + "on January 10, " * (n // 15),
    "asterisks": lambda n: LEAD + "*" * n,
    "links": lambda n: LEAD + "[" * n,
}
SIZE = 6_000  # characters; doubling it may at most triple the time, where quadratic work would make it four times as long
LONGEST = 3.0
NOISE = 0.3  # processor seconds that a shared machine may add


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_length_and_not_with_its_square(name: str) -> None:
    def seconds(size: int) -> float:
        text = GROWING[name](size)
        before = time.process_time()
        read(text, published="2021-12-31")
        return time.process_time() - before

    seconds(1000)
    small = min(seconds(SIZE), seconds(SIZE))
    assert seconds(2 * SIZE) < LONGEST * small + NOISE


def test_markup_in_a_report_is_shown_and_not_run() -> None:
    text = "Envoys <img src=x onerror=alert(1)> meet\n\nIran <script>alert(1)</script> said that [it](javascript:x) `would` *act* on Monday."
    reading = read(text, published="2021-12-31")
    page = to_html(reading.brief(), reading)
    assert "<script>" not in page.split("</style>")[1]
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>" not in to_markdown(reading.brief())
