"""Demands and threats that no word names, but an auxiliary tells: "Iran must go, Paris said", "it would strike if attacked"."""

from functools import lru_cache

from twotrack.find.events.coding import Match, match_verb
from twotrack.find.events.fitting import clauses_below
from twotrack.find.events.within import actors_in
from twotrack.lexicon import Row, rows
from twotrack.reading import Reading
from twotrack.syntax import Tokens, is_negated, subjects

MUST = frozenset({"must", "should"})
WILL = frozenset({"will", "would"})
HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "REJECT"})  # deeds that are threatened
ANSWERING = frozenset({"answer", "respond", "retaliate", "react"})  # to an act that is yet to come
OWN = ("of", "by", "from")  # what follows the head of those who act
SAYING = frozenset({"say", "state", "add", "declare", "stress", "insist", "tell", "reiterate"})


@lru_cache
def _told_row(auxiliary: str) -> Row:
    """The row of what is demanded or threatened by an auxiliary alone: "must", "would"."""
    told = (row for row in rows("verbs", "verb", "verbs", "type", "cameo", "examples") if row.get("statement"))
    return next(row for row in told if auxiliary in row["verbs"])


def demanded(reading: Reading, verb: int) -> Match | None:
    """ "The White House said Iran must end its support": a demand without a word for it."""
    tokens = reading.tokens
    said, heads = tokens[verb].head, subjects(tokens, verb)
    if tokens[verb].dep == "ccomp" and tokens[said].lemma in SAYING and any(n in reading.actors_at for n in heads):
        return Match(_told_row("must"), said, "must", f"verbs:{tokens[said].lemma}+must", None, tuple(heads), said)
    return None


def threatened(reading: Reading, verb: int) -> Match | None:
    """ "It would use force if talks failed, the premier said": a threat without a word for it."""
    tokens = reading.tokens
    said = tokens[verb].head
    answers = tokens[verb].lemma in ANSWERING
    if tokens[verb].dep != "ccomp" or tokens[said].lemma not in SAYING or not (answers or _has_condition(tokens, verb)):
        return None
    speaking, acting = (
        {a.state for n in subjects(tokens, at) for a in actors_in(reading, n, OWN, places=True)} for at in (said, verb)
    )
    deed = next((m for n in (verb, *clauses_below(tokens, verb)) if (m := match_verb(reading, n)) and "type" in m.row), None)
    if deed is None or deed.row["type"] not in HOSTILE or is_negated(tokens, verb) or not speaking & acting - {""}:
        return None
    rule = f"verbs:{tokens[said].lemma}+would {deed.rule.removeprefix('verbs:')}"
    return Match(_told_row("would"), said, "would", rule, None, deed.objects, said)


def _has_condition(tokens: Tokens, verb: int) -> bool:
    """Whether "if" or "unless" opens a clause below a verb."""
    clauses = [c for at in (verb, *clauses_below(tokens, verb)) for c in tokens[at].children if tokens[c].dep == "advcl"]
    return any(tokens[g].lower in ("if", "unless") for c in clauses for g in tokens[c].children)
