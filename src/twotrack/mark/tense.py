"""Whether a date looks back or ahead: the tense and the words of the clause that it stands in.

"They met on Thursday" looks back; "they will meet on Thursday", "talks set for Thursday", "plan to meet Thursday" look ahead.
"""

from functools import lru_cache

from twotrack.lexicon import rows
from twotrack.model import Token
from twotrack.syntax import Tokens, is_verb

MAX_CLIMB = 12  # governors looked at; deeper than any clause of a report, and a bound on broken parses


@lru_cache
def _words(kind: str) -> frozenset[str]:
    """Words of one kind of the lexicon's [[tense]] rows: "ahead", "governed", "modal", "future", "reporting"."""
    return frozenset(w for row in rows("dates", "tense", "kind", "words", "examples") if row["kind"] == kind for w in row["words"])


def direction(tokens: Tokens, first: int, head: int) -> tuple[int, bool]:
    """(-1 back, 1 ahead, 0 unknown; whether the date hangs on the verb itself) for an expression from token `first` on."""
    if verb := _verb_before(tokens, first):
        if (found := _of_verb(tokens, verb)) and tokens[verb].tag in ("VBD", "MD", "VB"):
            return found, True
    i, direct = head, True
    for _ in range(MAX_CLIMB):
        token = tokens[i]
        if is_verb(token) and token.pos != "ADP":
            return _of_verb(tokens, i), direct
        if token.lemma in _words("ahead"):
            return 1, True
        if token.lower == "since":
            return -1, True
        if token.pos in ("NOUN", "PROPN") and i != head:
            direct = False
        if token.head == i:
            return 0, False
        i = token.head
    return 0, False


def _verb_before(tokens: Tokens, first: int) -> int | None:
    """The verb right before an expression, or before its "on": "said Monday", "met on Monday"."""
    i = first - 1
    if i > 0 and tokens[i].lower in ("on", "late", "early"):
        i -= 1
    same = 0 <= i and tokens[i].sentence == tokens[first].sentence
    return i if same and tokens[i].pos == "VERB" and tokens[i].tag != "VBG" else None


def _of_verb(tokens: Tokens, verb: int) -> int:
    """The direction of one verb by its auxiliaries, its form and, for infinitives and participles, its governor."""
    token = tokens[verb]
    helpers = {tokens[c].lower for c in token.children if tokens[c].dep in ("aux", "auxpass")}
    lemma_ahead = token.lemma in _words("ahead")
    if helpers & _words("future") or (helpers & _words("modal") and not helpers & {"have", "'ve"}):
        return 1
    if helpers & {"have", "has", "had", "'ve", "was", "were", "did", "been", "'d"}:
        return 1 if lemma_ahead and token.tag == "VBN" else -1
    if "to" in helpers:
        return _of_infinitive(tokens, verb)
    if token.tag == "VBD":
        return 1 if lemma_ahead and any(tokens[c].lower == "for" for c in token.children) else -1
    if token.tag == "VBN":
        return 1 if lemma_ahead else 0 if helpers else -1
    if token.tag == "VBG" and not helpers:
        return _of_governor(tokens, verb)
    return _of_present(token, lemma_ahead)


def _of_present(token: Token, lemma_ahead: bool) -> int:
    """A present tense: "the talks open Monday" looks ahead, "he says" does not."""
    if token.tag in ("VBZ", "VBP", "VB", "VBG", "MD"):
        return 0 if token.lemma in _words("reporting") and not lemma_ahead else 1
    return 0


def _of_infinitive(tokens: Tokens, verb: int) -> int:
    """ "Plans to meet Monday" looks ahead; "managed to leave Monday" has the direction of "managed"."""
    head = tokens[verb].head
    if head != verb and is_verb(tokens[head]) and tokens[head].lemma in _words("governed"):
        return _of_verb(tokens, head)
    return 1


def _of_governor(tokens: Tokens, verb: int) -> int:
    """A bare "-ing" form has the direction of the verb above it."""
    i = verb
    for _ in range(MAX_CLIMB):
        if tokens[i].head == i:
            return 0
        i = tokens[i].head
        if is_verb(tokens[i]) and tokens[i].tag != "VBG":
            return _of_verb(tokens, i)
        if tokens[i].lemma in _words("ahead"):
            return 1
    return 0
