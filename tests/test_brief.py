"""The brief: every line rests on words of the report, the parts stand in order, and each rendering shows them all."""

import io
import re

import pytest
from rich.console import Console

from twotrack import read
from twotrack.brief import Line, Part
from twotrack.model import Actor, Cite, When
from twotrack.reading import Reading
from twotrack.render import to_html, to_markdown, to_terminal
from twotrack.wording import day_words, joined, quoted, shortened, side_of

REPORT = """Envoys meet in Muscat

Iran's foreign minister met his Omani counterpart in Muscat on Thursday, a senior Omani official said on condition of anonymity.

"We will reopen our embassy if Oman lifts its ban on flights," Iranian Foreign Minister Hossein Amir-Abdollahian told reporters.

The two sides will hold another round of talks on January 10. Wakanda did not take part.
"""


@pytest.fixture(scope="module")
def muscat() -> Reading:
    return read(REPORT, published="2021-12-31")


def lines(reading: Reading, title: str) -> list[Line]:
    return list(next(part for part in reading.brief().parts if part.title == title).lines)


def test_every_line_rests_on_words_of_the_report(muscat: Reading) -> None:
    found = [line for part in muscat.brief().parts for line in part.lines]
    assert len(found) > 5
    assert all(muscat.report.text[c.start : c.end] == c.text != "" for line in found for c in (line.cite, *line.more))


def test_a_line_without_a_cite_cannot_be_built() -> None:
    with pytest.raises(TypeError):
        Line("Somebody did something.")  # type: ignore[call-arg]


def test_the_parts_stand_in_the_order_of_need(muscat: Reading) -> None:
    assert [part.title for part in muscat.brief().parts] == [
        "Bottom line",
        "What happened",
        "What each side says",
        "What each side wants, and on what condition",
        "What is next",
        "How it is sourced",
        "What could not be resolved",
    ]


def test_what_a_side_wants_comes_with_its_condition(muscat: Reading) -> None:
    (line,) = [line for line in lines(muscat, "What each side wants, and on what condition") if line.tag == "promise"]
    assert line.group == "Iran"
    assert "“reopen our embassy”, if “Oman lifts its ban on flights”" in line.text


def test_what_is_next_has_its_day(muscat: Reading) -> None:
    assert any("10 January 2022" in line.text and line.tag == "scheduled" for line in lines(muscat, "What is next"))


def test_anonymous_sources_are_counted(muscat: Reading) -> None:
    assert any("not named" in line.text for line in lines(muscat, "How it is sourced"))


def test_what_is_not_known_of_the_report_is_said() -> None:
    assert read(REPORT).brief().facts == ("Outlet: not named", "By: not named", "Published: not known (give --published)")


def test_without_a_day_of_publication_relative_dates_stay_unresolved() -> None:
    reading = read(REPORT)
    assert [line.text for line in lines(reading, "What could not be resolved") if line.tag == "date"] == [
        "When is “Thursday”?",
        "When is “January 10”?",
    ]
    assert len([p for p in reading.problems if "--published" in p.message]) == 1


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("colour", [True, False])
def test_the_terminal_shows_every_line_within_its_width(muscat: Reading, width: int, colour: bool) -> None:
    out = io.StringIO()
    to_terminal(muscat.brief(), Console(file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False))
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert ("\x1b[" in out.getvalue()) == colour
    assert max(map(len, plain.splitlines())) <= width
    assert not any(line != line.rstrip() for line in plain.splitlines())
    flat = " ".join(plain.split())
    assert all(" ".join(line.text.split()) in flat for part in muscat.brief().parts for line in part.lines)


def test_the_page_links_every_line_to_a_sentence_that_is_there(muscat: Reading) -> None:
    page = to_html(muscat.brief(), muscat)
    links = re.findall(r'href="#(s\d+)"', page)
    assert len(links) == sum(len(part.lines) for part in muscat.brief().parts)
    assert set(links) <= set(re.findall(r'<span id="(s\d+)">', page))


def test_markdown_has_a_heading_for_each_part_that_says_something(muscat: Reading) -> None:
    shown = [part.title for part in muscat.brief().parts if part.lines or part.empty]
    assert re.findall(r"^## (.*)$", to_markdown(muscat.brief()), re.MULTILINE) == shown


def test_a_report_of_nothing_says_so() -> None:
    brief = read("The soup was warm and the bread was fresh, and so the evening passed quietly.").brief()
    assert isinstance(brief.parts[0], Part)
    assert brief.parts[0].empty in to_markdown(brief)


@pytest.mark.parametrize(
    ("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (["a", "a"], "a")]
)
def test_lists_in_words(words: list[str], expected: str) -> None:
    assert joined(words) == expected


def test_words_are_cut_at_a_word() -> None:
    assert shortened("one two three", 9) == "one two …"
    assert quoted(Cite(0, 11, "“one two,”")) == "“one two”"


def test_unresolved_days_keep_their_words() -> None:
    assert day_words(When(None, None, "last spring")) == "“last spring”"
    assert day_words(None) == ""


@pytest.mark.parametrize(
    ("actor_id", "side"),
    [("IRN.GOV.MFA", "Iran"), ("IGO.NATO", "NATO"), ("IGO.UNO.SC", "UN Security Council"), (None, "the envoy")],
)
def test_sides(actor_id: str | None, side: str) -> None:
    assert side_of(Actor(actor_id, None, "the envoy", 0, 9)) == side
