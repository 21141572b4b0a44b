"""Which row of the verb lexicon a word matches: "imposed sanctions on Iraq" -> the row of "impose" with the object "sanction".

A phrase of the lexicon is a verb, then particles, prepositions or words below it ("call off", "take part in"). Of several rows
that match, the one with most matched words wins, and the earlier row at equal length. The words are data/verbs.toml.
"""

from typing import NamedTuple

from twotrack.find.events.eventwords import Entry, noun_rows, verb_entries
from twotrack.find.events.fitting import fits, object_heads, wanted_object
from twotrack.lexicon import Row
from twotrack.reading import Reading
from twotrack.syntax import Tokens, is_verb

BELOW = frozenset(
    {"prt", "prep", "advmod", "acomp", "dobj", "oprd", "attr", "pobj", "dative", "ccomp", "npadvmod", "xcomp", "agent"}
)
# What a match weighs: a row that asks for more wins.
SCORE_SUBJECT, SCORE_OBJECT, SCORE_BEFORE, SCORE_WITH, SCORE_WORD = 5, 4, 3, 2, 2
MAX_LIGHT = 6  # heads between an event noun and its verb: "took part in a round of talks" has four


class Match(NamedTuple):
    """A row at a token. `kind`: "verb", "verb+object", "light" (a noun with its verb), "noun" (a noun by itself)."""

    row: Row
    trigger: int
    kind: str
    rule: str
    preposition: int | None  # the token that the phrase ends with, where that is a preposition
    objects: tuple[int, ...]
    carrier: int  # the verb that has the subject and the tense: the light verb of an event noun


def match_verb(reading: Reading, i: int) -> Match | None:
    """The row of the verb lexicon that token i matches best, which may be a silent one; None where there is none."""
    tokens = reading.tokens
    best: tuple[int, int] | None = None
    found: Match | None = None
    for entry in verb_entries().get(tokens[i].lemma, ()):
        end = _phrase_end(tokens, i, entry.rest)
        if end is None:
            continue
        match = _fitting(reading, i, entry, end)
        if match is None:
            continue
        rank = (_score(match, entry), -entry.number)
        if best is None or rank > best:
            best, found = rank, match
    return found


def _score(match: Match, entry: Entry) -> int:
    score = SCORE_WORD * len(entry.rest) + (SCORE_OBJECT if match.kind == "verb+object" else 0)
    score += SCORE_SUBJECT if any(entry.row.get(key) for key in ("military", "civil")) else 0
    return score + (SCORE_WITH if "with" in entry.row else 0) + (SCORE_BEFORE if "before" in entry.row else 0)


def _fitting(reading: Reading, i: int, entry: Entry, end: int) -> Match | None:
    """The match of a phrase whose row fits here."""
    tokens, row = reading.tokens, entry.row
    preposition = end if tokens[end].dep in ("prep", "agent", "dative") and end != i else None
    objects = object_heads(tokens, i, preposition)
    hit = wanted_object(reading, row, objects)
    if (hit is None or row.get("plain")) and not _has_no_other_particle(tokens, i, entry):
        return None
    if ("objects" in row and hit is None) or not fits(reading, i, row, objects):
        return None
    words = " ".join((tokens[i].lemma, *entry.rest))
    rule = f"verbs:{words}" if hit is None else f"verbs:{words}+{tokens[hit].lemma}"
    return Match(row, i, "verb" if hit is None else "verb+object", rule, preposition, tuple(objects), i)


def _has_no_other_particle(tokens: Tokens, i: int, entry: Entry) -> bool:
    """ "Backed out" is not "backed", "called out" no call."""
    return all(tokens[c].lower in entry.rest for c in tokens[i].children if tokens[c].dep == "prt")


def _phrase_end(tokens: Tokens, verb: int, rest: tuple[str, ...]) -> int | None:
    """The token that ends a phrase below this verb, the verb itself for one word; None where the phrase is not there."""
    at = last = verb
    for word in rest:
        found = _below(tokens, verb, word)
        if found is None and last != verb:
            found = _below(tokens, last, word)
        if found is None:
            return None
        at = last = found
    return at


def _below(tokens: Tokens, i: int, word: str) -> int | None:
    for c in tokens[i].children:
        if tokens[c].dep in BELOW and c > i and (tokens[c].lower == word or tokens[c].lemma == word):
            return c
    for c in tokens[i].children:  # "pull out of": the second preposition may hang on the first
        if tokens[c].dep in ("prt", "acomp", "advmod") and c > i:
            for g in tokens[c].children:
                if tokens[g].dep == "prep" and tokens[g].lower == word:
                    return g
    return None


# --- a phrase at a noun -----------------------------------------------------------------------------------------------


def match_noun(reading: Reading, i: int) -> Match | None:
    """The row of an event noun at token i: with the light verb that it is the object of, or by itself."""
    tokens, name = reading.tokens, _hyphenated(reading.tokens, i)
    for row in noun_rows().get(name, noun_rows().get(tokens[i].lemma, ())):
        if not _noun_fits(tokens, i, row) or (row["type"] == "THREATEN" and _is_label(tokens, i)):
            continue
        carrier, phrase = _light_verb(tokens, i, row)
        if carrier is not None:
            return Match(row, i, "light", f"verbs:{phrase}+{name}", None, (), carrier)
        if row.get("bare") and tokens[i].lemma not in row.get("light_only", ()):
            return Match(row, i, "noun", f"verbs:{name}", None, (), i)
    return None


def _hyphenated(tokens: Tokens, i: int) -> str:
    """ "build-up", which the parse has as three words."""
    return f"{tokens[i - 2].lower}-{tokens[i].lemma}" if i > 1 and tokens[i - 1].text == "-" else tokens[i].lemma


def _noun_fits(tokens: Tokens, i: int, row: Row) -> bool:
    if row.get("plural") and tokens[i].tag not in ("NNS", "NNPS") and tokens[i].lemma == "talk":
        return False
    if tokens[i].dep == "compound" or tokens[i].ent == "DATE":  # "in March 2021"
        return False
    below = [*tokens[i].children, *(g for c in tokens[i].children if tokens[c].dep == "prep" for g in tokens[c].children)]
    near = {form for c in below for form in (tokens[c].lower, tokens[c].lemma)}
    if "with" in row and not near.intersection(row["with"]) and not _joint_verb(tokens, i, row):
        return False
    return not near.intersection(row.get("not_with", ()))


def _is_label(tokens: Tokens, i: int) -> bool:
    """ "Called the dam a threat to Egypt", "as a threat": what somebody thinks of a thing, and no act."""
    return tokens[i].dep in ("attr", "oprd") or tokens[tokens[i].head].lower == "as"


def _joint_verb(tokens: Tokens, i: int, row: Row) -> bool:
    """ "conducted drills with Japan": the preposition may hang on the verb."""
    head = tokens[tokens[i].head]
    return tokens[i].dep == "dobj" and any(tokens[c].dep == "prep" and tokens[c].lower in row["with"] for c in head.children)


def _light_verb(tokens: Tokens, i: int, row: Row) -> tuple[int | None, str]:
    """The verb that lends an event noun its subject: "held" for "talks" in "held a round of talks"."""
    at = i
    for _ in range(MAX_LIGHT):
        token, above = tokens[at], tokens[at].head
        if above == at:
            return None, ""
        if token.dep in ("dobj", "nsubjpass") or (token.dep == "pobj" and is_verb(tokens[tokens[above].head])):
            verb = above if token.dep != "pobj" else tokens[above].head
            phrase = _light_phrase(tokens, verb, row["light"], None if token.dep != "pobj" else tokens[above].lower)
            return (verb, phrase) if phrase else (None, "")
        if token.dep not in ("conj", "pobj") and not (token.dep == "prep" and token.lower in ("of", "in")):
            return (above, tokens[above].lemma) if token.dep == "acl" and tokens[above].lemma in row["light"] else (None, "")
        at = above
    return None, ""


def _light_phrase(tokens: Tokens, verb: int, light: list[str], preposition: str | None) -> str:
    """Which phrase of the row this verb is; without particle or preposition for most."""
    for phrase in light:
        first, *rest = phrase.split()
        if tokens[verb].lemma != first:
            continue
        if preposition is None and (not rest or _phrase_end(tokens, verb, tuple(rest)) is not None):
            return phrase
        if preposition is not None and rest and rest[-1] == preposition and _phrase_end(tokens, verb, tuple(rest)) is not None:
            return phrase
    return ""
