"""Whether an act harms or helps the other side: "lift the ban" helps, "halt talks" harms, "hold a vote" does neither.

The verb's own sign, or its direction (start, stop) times the sign of what it is about; all from data/commitments.toml.
"""

from functools import lru_cache

from twotrack.lexicon import rows
from twotrack.syntax import Tokens, children, is_negated, is_verb


@lru_cache
def lemmas(table: str, row: str | None = None) -> frozenset[str]:
    """Lemmas of a table of data/commitments.toml, all of it or one row: lemmas("act", "harm-verb")."""
    found = rows("commitments", table, "id", "lemmas", "examples")
    return frozenset(lemma for one in found if row in (None, one["id"]) for lemma in one["lemmas"])


STARTS = lemmas("words", "beginnings")
MEETINGS = lemmas("words", "meetings")
CALENDAR = lemmas("words", "calendar-verbs")
ENEMIES = lemmas("words", "enemies")
REASONS = frozenset({"over", "after", "because", "despite", "amid", "during", "following", "since"})  # not what is acted on


def polarity(tokens: Tokens, head: int) -> int:
    """-1 for an act that harms the other side, 1 for one that helps it, 0 for neither: "lift the ban" 1, "halt talks" -1."""
    if is_verb(tokens[head]) and tokens[head].pos != "NOUN":
        return _verb_polarity(tokens, head, 0)
    return _noun_polarity(tokens, head)


def _verb_polarity(tokens: Tokens, verb: int, depth: int) -> int:
    lemma = tokens[verb].lemma
    if lemma == "continue" and depth == 0 and (inner := children(tokens, verb, "xcomp")):
        return _verb_polarity(tokens, inner[0], 1)
    if lemma in CALENDAR and any(
        tokens[n].lemma in MEETINGS
        for c in (verb, *children(tokens, verb, "prep"))
        for n in children(tokens, c, "dobj", "pobj")
    ):
        return 0
    direction = _direction(tokens, verb)
    about = object_polarity(tokens, verb)
    if lemma == "treat" and _as_enemy(tokens, verb):
        return -1
    if direction < 0 and about:
        return -about
    if lemma in lemmas("act", "harm-verb"):
        return 1 if is_negated(tokens, verb) and depth else -1
    if lemma in ("ease", "lift", "relax", "waive", "release", "free"):
        return 1
    if direction < 0:
        idle = lemma in ("give", "leave", "drop") or not children(tokens, verb, "dobj", "nsubjpass", "xcomp")
        return -about if about else 0 if idle else -1
    if direction > 0:
        return about
    if lemma in lemmas("act", "help-verb"):
        return 1
    return 0


def _direction(tokens: Tokens, verb: int) -> int:
    """1 for a verb that starts something, -1 for one that stops it, as "bring the troops home" does; 0 for others."""
    homeward = any(tokens[c].lower == "home" for c in tokens[verb].children)
    starts = tokens[verb].lemma in lemmas("act", "start-verb")
    return -1 if starts and homeward else starts - (tokens[verb].lemma in lemmas("act", "stop-verb"))


def _as_enemy(tokens: Tokens, verb: int) -> bool:
    """ "will be treated as [hostile]"."""
    return any(tokens[g].lemma in ENEMIES for c in children(tokens, verb, "prep") for g in tokens[c].children)


def object_polarity(tokens: Tokens, verb: int) -> int:
    """Of the first thing below a verb that has one: "impose [sanctions]", "put an end to [the siege]"."""
    below = ("dobj", "prep", "pobj", "xcomp", "dative", "attr", "nsubj", "prt", "ccomp")
    todo = [*children(tokens, verb, "nsubjpass"), *(c for c in children(tokens, verb, *below) if c > verb)]
    todo = [c for c in todo if tokens[c].lower not in REASONS]
    for _ in range(6):
        if not todo:
            break
        n = todo.pop(0)
        if found := (_verb_polarity(tokens, n, 1) if is_verb(tokens[n]) else _noun_polarity(tokens, n)):
            return found
        todo = [c for c in tokens[n].children if tokens[c].dep in ("pobj", "prep", "pcomp", "dobj")] + todo
    return 0


def _noun_polarity(tokens: Tokens, noun: int) -> int:
    lemma = tokens[noun].lemma
    if lemma in lemmas("words", "endings"):
        inner = [g for c in children(tokens, noun, "prep") for g in children(tokens, c, "pobj")]
        return -_noun_polarity(tokens, inner[0]) if inner and _noun_polarity(tokens, inner[0]) else 1
    if lemma in STARTS:
        inner = [g for c in children(tokens, noun, "prep") for g in children(tokens, c, "pobj")]
        return _noun_polarity(tokens, inner[0]) if inner else int(lemma in ("restoration", "resumption"))
    if lemma in lemmas("act", "harm-noun") and not any(
        tokens[c].lemma in ("humanitarian", "diplomatic", "confidence") for c in tokens[noun].children
    ):
        return -1
    if lemma in lemmas("act", "help-noun"):
        return 1
    return 0
