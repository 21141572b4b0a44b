import pytest

from twotrack.lexicon import rows
from twotrack.mark.factuality import status_of
from twotrack.model import Report
from twotrack.reading import Reading, parse_report

TABLES = (
    "governor",
    "modal",
    "modifier",
    "conjunction",
    "lasting",
    "occurrence",
    "backshift",
    "assertive",
    "telling",
    "accusation",
    "clausal",
    "untrue",
    "ending",
)


def reading(text: str) -> Reading:
    return parse_report(Report("r", text))


def status_at(text: str, word: str) -> str:
    read = reading(text)
    at = [token.i for token in read.tokens if token.text == word]
    return status_of(read, at[-1])


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [tuple(e) for table in TABLES for row in rows("factuality", table, "words") for e in row["examples"]],
)
def test_examples_of_the_lexicon(text: str, word: str, status: str) -> None:
    assert status_at(text, word) == status


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [tuple(e) for table in TABLES for row in rows("factuality", table, "words") for e in row.get("not_examples", ())],
)
def test_counter_examples_of_the_lexicon(text: str, word: str, status: str) -> None:
    assert status_at(text, word) != status


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Russia has massed 90,000 soldiers on its border with Ukraine.", "massed", "ongoing"),
        ("Russia has massed 90,000 soldiers on its border, raising fears of an invasion.", "invasion", "hypothetical"),
        ("The spokesman said there were no plans to recall the ambassador.", "recall", "negated"),
        ("Qatar did not rule out closing its embassy.", "closing", "hypothetical"),
        ("Georgia demanded that Russia not deploy missiles.", "deploy", "hypothetical"),
        ("He said sanctions would destroy relations.", "destroy", "hypothetical"),
        ("The United States imposed sanctions on Belarus to force it to release prisoners.", "release", "hypothetical"),
        ("The United States imposed sanctions on Belarus to force it to release prisoners.", "imposed", "actual"),
        ("Berlin condemned the attack on the ship.", "attack", "actual"),
        ("Berlin will condemn the attack on the ship.", "attack", "actual"),
        ("The general, who ordered the attack, denied any role.", "ordered", "actual"),
        ("Egypt did not sign the agreement.", "sign", "negated"),
        ("The ministers were scheduled to meet on Friday.", "meet", "planned"),
        ("Ankara accused Athens of violating its airspace.", "violating", "hypothetical"),
        ("Fighter jets are bombing the town.", "bombing", "ongoing"),
        ("Police stopped protesters from reaching the palace.", "reaching", "negated"),
        ("Warsaw said Minsk had expelled two diplomats.", "expelled", "actual"),
        ("Did Israel strike the plant?", "strike", "hypothetical"),
        ("The minister said the army would not attack first.", "attack", "negated"),
    ],
)
def test_news(text: str, word: str, status: str) -> None:
    assert status_at(text, word) == status
