import pytest

from twotrack.lexicon import rows
from twotrack.mark.conditions import mark_conditions
from twotrack.mark.factuality import status_of
from twotrack.model import Report
from twotrack.reading import Reading, parse_report, with_marks

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
    parsed = parse_report(Report("r", text))
    return with_marks(parsed, mark_conditions(parsed))


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


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Togo would lift the blockade in return for a Beninese withdrawal from the coast.", "withdrawal", "hypothetical"),
        ("Togo would lift the blockade in return for a Beninese withdrawal from the coast.", "lift", "hypothetical"),
        ("Mali said it would not hold talks until the rebels left the town.", "left", "hypothetical"),
        ("Mali will respect the truce provided that the rebels halted their raids.", "halted", "hypothetical"),
        ("Mali will respect the truce provided the rebels leave the town.", "leave", "hypothetical"),
        ("Should Togo attack the port, Benin would close its border.", "attack", "hypothetical"),
        ("Benin freed two pilots in return for the release of nine sailors.", "release", "actual"),
        ("Libya did not sign the treaty until Malta paid a ransom.", "paid", "actual"),
        ("Libya will not sign unless Malta returns the islands that it occupied.", "occupied", "actual"),
        ("Oslo may punish anyone who attacks the pipeline.", "attacks", "hypothetical"),
        ("Oslo could retaliate by expelling the envoy.", "expelling", "hypothetical"),
        ("Oslo retaliated by expelling the envoy.", "expelling", "actual"),
        ("Oslo will leave the islands if Riga signs the treaty.", "leave", "hypothetical"),
        ("Oslo denied that the embargo would hurt and said it had closed the border.", "closed", "actual"),
    ],
)
def test_conditions(text: str, word: str, status: str) -> None:
    assert status_at(text, word) == status
