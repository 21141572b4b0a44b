"""Whether a phrase that looks like an actor is one: "in Russian", "elected president", "massed 100,000 troops" are not.

Questions to the parse around a mention; whom it means is not asked here.
"""

from collections.abc import Sequence
from functools import lru_cache

from twotrack.gazetteer import state_of_city
from twotrack.lexicon import rows
from twotrack.mark.actors.links import is_place, place_words
from twotrack.mark.actors.mention import Mention
from twotrack.mark.actors.offices import first_name_gender
from twotrack.model import Token
from twotrack.syntax import conjunction_head

INFORMED = frozenset({"familiar", "briefed", "with", "close", "involved", "knowledgeable", "directly", "who"})


@lru_cache
def things() -> frozenset[str]:
    """Role words for equipment, which acts only for the state named with it: {"tank", "warship", ...}."""
    return frozenset(word for row in rows("roles", "role", "words") if row.get("thing") for word in row["words"])


@lru_cache
def moving() -> frozenset[str]:
    """Verbs whose object is moved about by their subject: {"mass", "deploy", ...}."""
    return frozenset(verb for row in rows("references", "moved", "verbs") for verb in row["verbs"])


def is_unnamed_thing(tokens: Sequence[Token], m: Mention) -> bool:
    """ "Two tanks", "has massed 100,000 troops", "choose sides": of nobody named, and no actor of their own."""
    if m.role is None:
        return False
    if m.role_word in things() or (m.role.id == "=SIDE" and m.many and not m.determiner and not m.count):
        return True
    head = tokens[conjunction_head(tokens, m.head)]
    moved = head.dep == "dobj" and tokens[head.head].lemma in moving() and m.determiner != "the"
    return moved and m.many and m.role.id == "MIL" and m.owner is None


def is_unknown_place(tokens: Sequence[Token], m: Mention) -> bool:
    """A name that no lexicon has, or only as a surname, where a place is named: "out of Stanley", "in Sochi", "in Lagos"."""
    if m.sort not in ("unknown", "person") or m.role or m.gender or m.of:
        return False
    if m.names:
        namesake = all(n.kind == "surname" for n in m.names) and tokens[m.core].ent == "GPE"
        return namesake and state_of_city(m.spelled) is not None and is_place(tokens, m)
    return m.spelled.split()[0].lower() not in first_name_gender() and is_place(tokens, m)


def is_indefinite(tokens: Sequence[Token], m: Mention) -> bool:
    """ "An IRA", "a NATO": letters that are a word of another kind."""
    bodies = all(n.kind in ("organization", "metonym", "adjective") for n in m.names)
    return bodies and m.sort == "name" and tokens[m.first].lower in ("a", "an")


def is_language(tokens: Sequence[Token], m: Mention) -> bool:
    """ "in Russian", "speaks Russian"."""
    token = tokens[m.core]
    if m.sort != "adjective" and not all(n.kind in ("people", "adjective") for n in m.names):
        return False
    spoken = (
        tokens[token.head].lower in ("in", "into", "speak", "speaks", "spoke", "from") or tokens[token.head].lemma == "speak"
    )
    return token.dep in ("pobj", "dobj") and spoken and m.first == m.core and token.tag in ("JJ", "NN", "NNP")


def is_direction(tokens: Sequence[Token], m: Mention) -> bool:
    """ "The western Lviv region", "the western coast": a part of a country, unlike "western governments"."""
    token = tokens[m.core]
    noun = tokens[token.head]
    return m.sort == "adjective" and token.text.islower() and (noun.pos == "PROPN" or noun.lower in place_words("part"))


def is_other_gulf(tokens: Sequence[Token], m: Mention) -> bool:
    """ "The Tonkin Gulf": another than the region that is called so alone."""
    before = tokens[max(m.core - 1, 0)]
    named = before.pos == "PROPN" and before.dep == "compound" and before.head == m.core
    return named and tokens[m.core].text == "Gulf" and before.text not in ("Persian", "Arabian")


def is_predicate(tokens: Sequence[Token], m: Mention) -> bool:
    """ "She is a negotiator", "as a negotiator": what someone is or becomes, no mention of anyone."""
    head = tokens[m.head]
    return head.dep in ("attr", "oprd", "acomp") or (head.dep == "pobj" and tokens[head.head].lower == "as")


def is_bare_office(tokens: Sequence[Token], m: Mention) -> bool:
    """ "Elected president", "run for president of Egypt": the office, and no one in it."""
    office = m.role is not None and m.role.kind == "office" and not m.many
    subject = tokens[m.head].dep in ("nsubj", "nsubjpass", "appos")
    return office and not subject and m.first == m.core - len(m.role_word.split()) + 1 and tokens[m.core].text.islower()


def takes_part(tokens: Sequence[Token], m: Mention) -> bool:
    """Whether an unnamed group acts or is acted on; "a convoy of tanks", "told reporters" name no actor."""
    token = tokens[m.head]
    while token.dep == "conj" and token.head != token.i:
        token = tokens[token.head]
    if m.role and m.role.id == "MED":
        return token.dep in ("nsubj", "nsubjpass")
    agent = token.dep == "pobj" and tokens[token.head].lower in ("by", "against")
    return agent or token.dep in ("nsubj", "nsubjpass", "dobj")


def is_informed(tokens: Sequence[Token], m: Mention) -> bool:
    """ "A person familiar with the matter", "people briefed on the talks": sources, unlike other people."""
    return m.last + 1 < len(tokens) and tokens[m.last + 1].lower in INFORMED
