"""What only looks like a date: "April Ryan", "the Sunday Times", "Theresa May", "may", "2000 troops", "$1990"."""

from twotrack.mark.dates.timewords import Expression, value_of
from twotrack.model import Token
from twotrack.syntax import Tokens

CURRENCY = frozenset({"$", "€", "£", "¥", "#", "no", "us$", "-", "+", "±"})
NAMED = frozenset({"PERSON", "ORG", "WORK_OF_ART", "FAC", "PRODUCT", "LAW"})
BARE = frozenset({"month", "weekday", "year", "season", "holiday"})  # rules that one ambiguous word satisfies
DATING = frozenset({"in", "since", "of", "until", "from", "by", "during", "after", "before", "(", "and"})


def is_trap(tokens: Tokens, expression: Expression, first: int, last: int) -> bool:
    """True for words that are part of a name, a verb, or a number that counts something: "May I", "the Sunday Times"."""
    if expression.words[0].lower == "last" and tokens[first].pos == "VERB":
        return True  # "the truce would last 72 hours": what follows may be a duration
    if expression.rule.meaning == "duration":
        return _is_rate(tokens, expression, first)
    name, after = expression.rule.name, tokens[last + 1] if last + 1 < len(tokens) else None
    if name == "near day":
        return len(expression.words) == 1 and _is_title(tokens, first)
    if name == "day alone":
        return len(expression.words) == 2 and after is not None and after.pos in ("NOUN", "PROPN", "ADJ", "NUM")
    if name == "year":
        return len(expression.words) == 1 and _is_number(tokens, expression, last)
    return name in BARE and _is_name(tokens, expression, first, last)


def _is_name(tokens: Tokens, expression: Expression, first: int, last: int) -> bool:
    """ "April Ryan", "Theresa May", "they may": words that are now and then a date's."""
    before = tokens[first - 1] if first else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after and _goes_on(tokens[last], after):
        return True
    if len(expression.words) > 1:
        return False
    if expression.rule.name == "month" and before and _ends_a_name(before, tokens[first]):
        return True
    if expression.rule.name == "holiday" and before and before.pos == "PROPN" and before.ent == "PERSON":
        return True  # "Zahid Eid"
    verb = tokens[first].tag in ("MD", "VB", "VBP") or tokens[first].pos in ("VERB", "AUX")
    return verb and expression.words[0].lower in ("may", "march")


def _is_title(tokens: Tokens, only: int) -> bool:
    """ "USA Today", "a brighter tomorrow": a newspaper's name, a noun."""
    before = tokens[only - 1] if only else None
    if before is None or before.sentence != tokens[only].sentence:
        return False
    named = tokens[only].text[:1].isupper() and before.pos == "PROPN" and before.end + 1 == tokens[only].start
    return named or (before.pos == "ADJ" and only > 1 and tokens[only - 2].tag in ("DT", "PRP$"))


def _is_rate(tokens: Tokens, expression: Expression, first: int) -> bool:
    """ "Four flights a week", "$16 an hour": no stretch of time."""
    per = len(expression.words) == 2 and expression.words[0].lower in ("a", "an")
    return (
        per and first > 0 and tokens[first - 1].pos in ("NOUN", "NUM", "SYM") and expression.before not in ("after", "before")
    )


def _goes_on(last: Token, after: Token) -> bool:
    """A name that begins with a date's word: "Sunday Times", "April Ryan"."""
    return last.ent in NAMED and after.ent == last.ent and after.text[:1].isupper() and after.start == last.end + 1


def _ends_a_name(before: Token, only: Token) -> bool:
    """A name that ends with it: "Theresa May"."""
    if before.end + 1 != only.start or before.pos != "PROPN":
        return False
    return before.ent == "PERSON" or (before.dep == "compound" and before.head == only.i and not before.ent)


def _is_number(tokens: Tokens, expression: Expression, last: int) -> bool:
    """Four digits that count something: "$1990", "2000 troops"."""
    year = value_of("YEAR", expression.words[0].lower)
    if expression.before in CURRENCY or expression.after in ("%", "percent", "per"):
        return True
    follows = tokens[last + 1] if last + 1 < len(tokens) else None
    if not isinstance(year, float) or follows is None:
        return not isinstance(year, float)
    counted = follows.tag == "NNS" and tokens[last].head == follows.i and year % 50 == 0  # numbers of people are round
    dating = expression.before in DATING and 1400 <= year < 2100
    return counted or not (1900 <= year <= 2059 or dating)
