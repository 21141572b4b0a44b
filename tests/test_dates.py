"""Temporal expressions: one value with its phrasings, what must give nothing, and the calendar by properties."""

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twotrack.errors import Problem
from twotrack.lexicon import rows
from twotrack.mark.dates import calendar, feasts
from twotrack.mark.dates.marker import mark_dates
from twotrack.mark.dates.timewords import Expression, scan
from twotrack.model import DateMark, Report
from twotrack.reading import Reading, parse_report

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "dates.toml").read_text(encoding="utf-8"))
FRIDAY = date(2021, 12, 31)
CASES = [
    (date.fromisoformat(case.get("published", CORPUS["published"])), phrasing, case)
    for case in CORPUS["case"]
    for phrasing in case["phrasings"]
]


def reading_of(text: str, published: date | None = FRIDAY) -> Reading:
    return parse_report(Report("r", text, published=published))


def marks(text: str, published: date | None = FRIDAY) -> list[DateMark]:
    return [mark for mark in mark_dates(reading_of(text, published)) if isinstance(mark, DateMark)]


def values(text: str, published: date | None = FRIDAY) -> list[tuple[str, str]]:
    return [(mark.when.words, mark.value) for mark in marks(text, published)]


@pytest.mark.parametrize(("published", "phrasing", "case"), CASES, ids=[phrasing for _, phrasing, _ in CASES])
def test_corpus(published: date, phrasing: str, case: dict[str, str]) -> None:
    words = phrasing[phrasing.index("[") + 1 : phrasing.index("]")]
    found = {mark.when.words: mark for mark in marks(phrasing.replace("[", "").replace("]", ""), published)}
    assert words in found, f"found {sorted(found)}"
    when = found[words].when
    day = case["value"] if re.fullmatch(r"\d{4}-\d\d-\d\d", case["value"]) else None
    expected = (case["value"], case.get("start", day), case.get("end", day))
    assert (found[words].value, when.start and when.start.isoformat(), when.end and when.end.isoformat()) == expected


@pytest.mark.parametrize("sentence", [sentence for group in CORPUS["nothing"] for sentence in group["sentences"]])
def test_negative_corpus(sentence: str) -> None:
    assert values(sentence) == []


# --- the lexicon ------------------------------------------------------------------------------------------------------


def rules_in(sentence: str) -> list[str]:
    """The names of the rules that read something in a sentence, whatever they make of it."""
    found: list[str] = []

    def take(expression: Expression) -> bool:
        found.append(expression.rule.name)
        return True

    scan(sentence, 0, len(sentence), take)
    return found


RULES = rows("dates", "rule", "name", "pattern", "meaning", "examples")


@pytest.mark.parametrize("row", RULES, ids=[row["name"] for row in RULES])
def test_rule_finds_its_examples(row: dict[str, list[str]]) -> None:
    for sentence in row["examples"]:
        assert row["name"] in rules_in(sentence), sentence
    for sentence in row.get("not_examples", []):
        assert values(sentence) == [], sentence


@pytest.mark.parametrize("table", ["word", "holiday"])
def test_words_are_found_in_their_examples(table: str) -> None:
    for row in rows("dates", table, "examples"):
        for sentence in row["examples"]:
            assert values(sentence) or rules_in(sentence) == ["no date"] or row.get("class") == "COUNT", sentence
        for sentence in row.get("not_examples", []):
            assert values(sentence) == [], sentence


def test_words_of_tense_stand_in_their_examples() -> None:
    for row in rows("dates", "tense", "kind", "words", "examples"):
        for sentence in row["examples"]:
            lemmas = {token.lemma for token in reading_of(sentence).tokens} | {t.lower for t in reading_of(sentence).tokens}
            assert lemmas & set(row["words"]), sentence


# --- tense ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("They met on Wednesday.", "2021-12-29"),
        ("President Vladimir Putin Wednesday vowed to answer.", "2021-12-29"),
        ("They have not spoken since Wednesday.", "2021-12-29"),
        ("They would meet on Wednesday, he said.", "2022-01-05"),
        ("They agreed to meet on Wednesday.", "2022-01-05"),
        ("They managed to leave on Wednesday.", "2021-12-29"),
        ("They were forced to leave on Wednesday.", "2021-12-29"),
        ("The session is held on Wednesday.", "2022-01-05"),
        ("The deal signed on Wednesday is dead.", "2021-12-29"),
        ("The envoy arrives Wednesday.", "2022-01-05"),
        ("Wednesday's attack killed three.", "2021-12-29"),
        ("The move follows Wednesday's declaration.", "2021-12-29"),
        ("The envoy is due in Islamabad on Wednesday with a message.", "2022-01-05"),
        ("Indirect talks between Iran and the United States resume in Vienna on Wednesday.", "2022-01-05"),
        ("They gave Iran until Wednesday to answer.", "2022-01-05"),
        ("The session has been pushed back to Wednesday.", "2022-01-05"),
        ("The upcoming session on Wednesday matters.", "2022-01-05"),
        ("The attack of December 12 will be discussed.", "2021-12-12"),
        ("They met on January 10.", "2021-01-10"),
        ("The session originally planned for December 29 was dropped.", "2021-12-29"),
        ("The session originally planned for January 12 was dropped.", "2022-01-12"),
        ("They will meet on December 20.", "2022-12-20"),
    ],
)
def test_tense_and_words_choose_the_day(sentence: str, day: str) -> None:
    assert [mark.value for mark in marks(sentence)] == [day]


def test_a_month_is_the_last_or_the_coming_one_by_tense() -> None:
    assert values("He will visit Moscow in February and visited Kyiv in October.") == [
        ("February", "2022-02"),
        ("October", "2021-10"),
    ]


def test_next_and_last_weekday() -> None:
    monday = date(2022, 1, 3)
    assert values("They will meet next Thursday.", monday) == [("next Thursday", "2022-01-13")]
    assert values("They met last Monday.", monday) == [("last Monday", "2021-12-27")]
    assert values("They will meet this coming Thursday.", monday) == [("this coming Thursday", "2022-01-06")]


# --- lists, anchors, deadlines ----------------------------------------------------------------------------------------


def test_a_list_of_days_is_several_dates() -> None:
    text = "Three rounds of talks, on January 10, 12 and 13, are planned."
    assert values(text) == [("January 10", "2022-01-10"), ("12", "2022-01-12"), ("13", "2022-01-13")]
    assert values("Rounds on 10 and 12 January 2023 follow.") == [("10", "2023-01-10"), ("12 January 2023", "2023-01-12")]


def test_a_meeting_that_moves_has_two_dates() -> None:
    found = values("The summit was postponed from January 12 to January 19.")
    assert found == [("January 12", "2022-01-12"), ("January 19", "2022-01-19")]


def test_narrative_dates_hang_on_the_date_before_them_in_their_paragraph() -> None:
    text = "A convoy arrived on December 20. The next day it left. Two days later it came back."
    assert values(text) == [("December 20", "2021-12-20"), ("The next day", "2021-12-21"), ("Two days later", "2021-12-23")]


def test_a_narrative_date_finds_its_anchor_a_few_sentences_back() -> None:
    text = "A convoy arrived on December 20.\nThe next day it left."
    (first, mark) = marks(text)
    assert (mark.when.start, mark.when.how, mark.when.anchor) == (date(2021, 12, 21), "narrative", first.when.cite)
    between = "\nThe road was long.\nThe bridge was down.\nNobody slept.\nThe next day it left."
    (_, far) = marks("A convoy arrived on December 20." + between)
    assert (far.when.start, far.when.end, far.when.how) == (None, None, "undated")


@pytest.mark.parametrize(
    ("text", "how", "anchor"),
    [
        ("They signed it on [March 3, 2014].", "stated", None),
        ("They will meet in [2023].", "stated", None),
        ("They spoke [yesterday].", "published", None),
        ("They will meet [next month].", "published", None),
        ("They met [two weeks ago].", "published", None),
        ("They met on [Thursday].", "tense", None),
        ("They will meet on [January 10].", "tense", None),
        ("They met on December 20. [Two days later] they signed.", "narrative", "December 20"),
        ("They met on December 20. They spoke [the next day].", "narrative", "December 20"),
        (
            "The call was on December 20. The envoy left on December 27. [Two days after] the call, troops moved.",
            "event",
            "December 20",
        ),
        ("They spoke by phone on December 20.\n[A week after] the call they met.", "event", "December 20"),
        ("[Three days after] the call on December 20, troops moved.", "event", "December 20"),
        ("The raid took place on December 20. [The day after] the raid, envoys left.", "event", "December 20"),
        ("They will meet on January 10 at [3 p.m. GMT].", "sentence", "January 10"),
        ("They will answer [soon].", "undated", None),
        ("VIENNA, Dec. 30 (Agency) - Talks open here [tomorrow].", "dateline", "VIENNA, Dec. 30 (Agency) -"),
    ],
)
def test_a_date_says_how_it_came_by_its_days(text: str, how: str, anchor: str | None) -> None:
    start, end = text.index("["), text.index("]") - 1
    words = text[start + 1 : end + 1].removesuffix(" after")
    (mark,) = (m for m in marks(text.replace("[", "").replace("]", "")) if m.start == start and m.when.words == words)
    assert (mark.when.how, mark.when.anchor and mark.when.anchor.text) == (how, anchor)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The call was on December 20. The envoy left on December 27. Two days after the call, troops moved.", "2021-12-22"),
        ("They spoke by phone on December 20.\nA week after the call they met.", "2021-12-27"),
        ("Three days after the call on December 20, troops moved.", "2021-12-23"),
        ("The raid took place on December 20. The day before the raid, envoys left.", "2021-12-19"),
        ("VIENNA, Dec. 30 (Agency) - Talks open here tomorrow.", "2021-12-31"),
    ],
)
def test_what_is_counted_from_an_event_has_its_day(text: str, day: str) -> None:
    assert [str(m.when.start) for m in marks(text) if m.when.how in ("event", "dateline")] == [day]


def test_distance_from_an_event_is_dated_by_the_date_before_it() -> None:
    assert [mark.when.start for mark in marks("Two days after the call, troops moved.")] == [None]
    (_, mark) = marks("They spoke on December 20. Two days after the call, troops moved.")
    assert (mark.type, mark.value, mark.when.start) == ("DURATION", "P2D", date(2021, 12, 22))


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Iran must answer by Sunday night.", True),
        ("They want a deal by the end of the year.", True),
        ("They must leave within 10 days.", True),
        ("They will answer no later than January 31.", True),
        ("The ultimatum expires Sunday.", True),
        ("They set a deadline of January 5.", True),
        ("The ministry gave the staff until January 5 to leave.", True),
        ("By Monday, 500 people had fled.", False),
        ("They will meet on Sunday.", False),
    ],
)
def test_deadlines(sentence: str, due: bool) -> None:
    assert [mark.deadline for mark in marks(sentence)] == [due]


def test_a_verb_is_no_word_of_relation() -> None:
    assert values("The truce would last 72 hours.") == [("72 hours", "PT72H")]


def test_a_week_of_a_month_is_seven_days() -> None:
    (mark,) = marks("The session is set for the third week of January.")
    assert (mark.value, mark.when.start, mark.when.end) == ("2022-01", date(2022, 1, 15), date(2022, 1, 21))
    (mark,) = marks("The session was held in the last week of November.")
    assert (mark.when.start, mark.when.end) == (date(2021, 11, 24), date(2021, 11, 30))


def test_a_clock_time_takes_the_day_of_its_sentence() -> None:
    found = marks("They will meet at 3:30 p.m. (1430 GMT) on January 10.")
    assert [mark.value for mark in found] == ["2022-01-10T15:30", "2022-01-10T14:30Z", "2022-01-10"]


def test_head_is_the_token_that_the_expression_hangs_by() -> None:
    reading = reading_of("They will meet on Monday, January 10, in Geneva.")
    (mark,) = (m for m in mark_dates(reading) if isinstance(m, DateMark))
    assert reading.tokens[mark.head].text in ("Monday", "January")
    assert not mark.start <= reading.tokens[reading.tokens[mark.head].head].start < mark.end


# --- the day of publication -------------------------------------------------------------------------------------------


def test_without_a_day_of_publication_relative_dates_stay_open_with_one_problem() -> None:
    """Two relative dates, one without its year, and one that is whole."""
    reading = reading_of("They spoke on Thursday and will meet on January 10 or next month. War came in March 2014.", None)
    found = list(mark_dates(reading))
    dated = {m.when.words: m.when.start for m in found if isinstance(m, DateMark)}
    assert dated == {"Thursday": None, "January 10": None, "next month": None, "March 2014": date(2014, 3, 1)}
    (problem,) = (m for m in found if isinstance(m, Problem))
    assert "--published" in problem.message
    assert reading.report.text[problem.start : problem.end] == "Thursday"


def test_no_problem_where_no_date_needs_the_day_of_publication() -> None:
    assert not [m for m in mark_dates(reading_of("War came in 2014 and lasted two weeks.", None)) if isinstance(m, Problem)]


def test_a_dateline_with_its_year_stands_in_for_the_day_of_publication() -> None:
    found = values("GENEVA, January 10, 2022 (Agency) - The delegations met on Monday and will meet next week.", None)
    assert found == [("Monday", "2022-01-10"), ("next week", "2022-W03")]


# --- the calendar -----------------------------------------------------------------------------------------------------

DAYS = st.dates(date(1900, 1, 1), date(2059, 12, 31))
FORMATS = ("%B %-d, %Y", "%-d %B %Y", "%b %-d, %Y", "%A, %B %-d, %Y", "%Y-%m-%d", "%-d %b %Y")


@settings(max_examples=60, deadline=None)
@given(DAYS, st.sampled_from(FORMATS))
def test_every_printed_date_is_that_date(day: date, form: str) -> None:
    assert [mark.value for mark in marks(f"They met on {day.strftime(form)} in Geneva.")] == [day.isoformat()]


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(1, 6))
def test_a_weekday_is_within_a_week_of_publication(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    assert [mark.value for mark in marks(f"They met on {day:%A}.", published)] == [day.isoformat()]


PIECES = [
    *"abc 19.,:-–/\n'’\"()é\u200f\x07",
    "May ",
    "10 ",
    "days ",
    "last ",
    "year ",
    "the ",
    "to ",
    "1992-95",
    " p.m. ",
    "'90s ",
    "Friday ",
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_marks_cite_the_text(text: str) -> None:
    for mark in marks(text):
        assert text[mark.start : mark.end] == mark.when.words
        assert mark.when.start is None or mark.when.end is None or mark.when.start <= mark.when.end


@pytest.mark.parametrize("piece", ["last ", "10 ", "January ", "10, ", "the ", "day after ", "to ", "1", "May 10 to ", "' "])
def test_time_grows_with_the_length_of_hostile_text(piece: str) -> None:
    def spent(length: int) -> float:
        text = piece * (length // len(piece))
        start = process_time()
        scan(text, 0, len(text), lambda expression: False)
        return process_time() - start

    def least(length: int) -> float:
        return min(spent(length) for _ in range(3))  # a pause of the garbage collector costs more than the scan

    spent(1_000)
    assert least(80_000) < 16 * max(least(20_000), 0.01)


def test_calendar_arithmetic() -> None:
    assert calendar.shifted(FRIDAY, "M", 1) == (date(2022, 1, 1), date(2022, 1, 31), "month", "2022-01")
    assert calendar.shifted(FRIDAY, "W", 2).value == "2022-W02"
    assert calendar.same_day(date(2022, 1, 31), "M", 1) == date(2022, 2, 28)
    assert calendar.narrowed(calendar.month_of(2022, 4), "early").end == date(2022, 4, 10)
    assert calendar.narrowed(calendar.year_of(2022), "end").start == date(2022, 12, 1)
    assert calendar.nth_weekday(2021, 11, 3, 4) == date(2021, 11, 25)
    assert calendar.nth_weekday(2021, 5, 0, -1) == date(2021, 5, 31)


@pytest.mark.parametrize(
    ("year", "western", "orthodox"), [(2022, "04-17", "04-24"), (2024, "03-31", "05-05"), (2025, "04-20", "04-20")]
)
def test_easter(year: int, western: str, orthodox: str) -> None:
    assert (f"{feasts.easter(year):%m-%d}", f"{feasts.orthodox_easter(year):%m-%d}") == (western, orthodox)


@pytest.mark.parametrize(
    ("year", "nowruz", "passover", "new_year", "spring"),
    [
        (2020, "03-20", "04-09", "09-19", "01-25"),
        (2022, "03-21", "04-16", "09-26", "02-01"),
        (2023, "03-21", "04-06", "09-16", "01-22"),
        (2024, "03-20", "04-23", "10-03", "02-10"),
    ],
)
def test_feasts_of_other_calendars(year: int, nowruz: str, passover: str, new_year: str, spring: str) -> None:
    """The official Iranian calendar, the first days of Passover and of the Jewish year, and the spring festival in Beijing."""
    found = (
        feasts.nowruz_in(year),
        feasts.hebrew_in(year, 1, 15),
        feasts.hebrew_in(year, 7, 1),
        feasts.lunar_new_year_in(year),
    )
    assert [f"{day:%m-%d}" for day in found] == [nowruz, passover, new_year, spring]


def test_numeric_dates_follow_the_dates_that_the_report_writes_out() -> None:
    text = "The envoys met on 12 March 2022 and on 2 April. The text is dated 03/04/2022."
    assert values(text, date(2022, 5, 1))[-1] == ("03/04/2022", "2022-04-03")


@pytest.mark.parametrize(("outlet", "value"), [("Reuters", "2022-03-04"), ("AFP", "2022-04-03"), (None, "2022-03-04")])
def test_numeric_dates_are_read_as_the_outlet_writes_them(outlet: str | None, value: str) -> None:
    report = Report("r", "The text is dated 03/04/2022.", outlet=outlet, published=date(2022, 5, 1))
    marks = [mark for mark in mark_dates(parse_report(report)) if isinstance(mark, DateMark)]
    assert [mark.value for mark in marks] == [value]
