"""Joined verbs under the verb that their form goes with."""

import pytest

from twotrack.layout import layout
from twotrack.model import Token
from twotrack.parse import parse


def word(text: str, form: str) -> tuple[Token, Token]:
    """The token of a form, and its head."""
    tokens, _ = parse(text, layout(text)[0])
    token = next(one for one in tokens if one.lower == form)
    return token, tokens[token.head]


@pytest.mark.parametrize(
    ("text", "verb", "head"),
    [
        ("Turkey's ministry has denied that the airline was part of the problem, and has invited Poland.", "invited", "denied"),
        ("Iran denied that it would hurt the ships and said the strait was open.", "said", "denied"),
        ("The ministry denied that it had lost a jet, and accused the army of lying.", "accused", "denied"),
    ],
)
def test_verbs_go_with_the_verb_of_their_form(text: str, verb: str, head: str) -> None:
    token, above = word(text, verb)
    assert (token.dep, above.lower) == ("conj", head)
    assert token.i in above.children


def test_what_is_said_together_stays_together() -> None:
    token, above = word("Norway said that the talks had failed and had hurt both sides.", "hurt")
    assert above.lower == "failed", token


def test_who_shoots_kills_and_not_who_tells_of_it() -> None:
    token, above = word("The premier recalled the day when Chilean soldiers shot at a boat, killing one man.", "killing")
    assert (token.dep, above.lower) == ("advcl", "shot")
