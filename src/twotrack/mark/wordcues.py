"""What a word itself says of whether its event took place: "will meet", "did not sign", "possible sanctions".

The words are data/factuality.toml.
"""

from functools import lru_cache
from typing import cast

from twotrack.lexicon import rows
from twotrack.model import Status, Token
from twotrack.syntax import SUBJECTS, Tokens, is_verb

MAX_JOINED = 12  # verbs joined to each other that share one auxiliary; longer chains are lists without any
BE = frozenset({"is", "are", "was", "were", "been", "be", "'s", "'re", "’s", "’re", "am", "being"})
CLAUSAL = frozenset({"mark", "aux", "nsubj", "nsubjpass"})  # what only a clause has, whatever its head was tagged as
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "last"})


@lru_cache
def cue_words(table: str) -> dict[str, Status]:
    """Word -> status of one table of data/factuality.toml; tables without a status give "actual"."""
    return {
        word: cast(Status, row.get("status", "actual"))
        for row in rows("factuality", table, "words", "examples")
        for word in row["words"]
    }


def own_cues(tokens: Tokens, i: int) -> set[Status]:
    """The statuses that a verb or an event noun gives itself."""
    token = tokens[i]
    if (is_verb(token) and token.dep not in ("amod", "compound")) or any(tokens[c].dep in CLAUSAL for c in token.children):
        return verb_cues(tokens, i)
    found: set[Status] = set()
    modifiers = cue_words("modifier")
    for c in token.children:
        if tokens[c].dep in ("amod", "det", "nmod", "compound", "advmod", "neg") and tokens[c].lower in modifiers:
            if tokens[c].lower != "any" or not _within_negation(tokens, i):
                found.add(modifiers[tokens[c].lower])
            else:
                found.add("negated")
    return found


def _within_negation(tokens: Tokens, i: int) -> bool:
    head = tokens[i].head
    return any(tokens[c].dep == "neg" for c in tokens[head].children)


def verb_cues(tokens: Tokens, i: int) -> set[Status]:
    """Modals, negation, progressive, conjunctions, and a bare infinitive of purpose."""
    found: set[Status] = set()
    modals, conjunctions = cue_words("modal"), cue_words("conjunction")
    helpers = helpers_of(tokens, i)
    for helper in helpers:
        if helper in modals:
            found.add("planned" if helper == "would" and _is_backshifted(tokens, i) else modals[helper])
    if any(tokens[c].dep == "neg" for c in tokens[i].children) and not _is_not_only(tokens, i):
        found.add("negated")
    for c in tokens[i].children:
        child = tokens[c]
        if child.dep == "mark" and child.lower in conjunctions and _conjunction_counts(tokens, i, child):
            found.add(conjunctions[child.lower])
        elif child.lower == "should" and c == _first(tokens, i) and tokens[i].dep == "advcl":
            found.add("hypothetical")
        elif child.dep in ("nsubj", "nsubjpass", "dobj", "advmod") and _is_none(tokens, child):
            found.add("negated")
    return found | _aspect(tokens, i, helpers)


def _conjunction_counts(tokens: Tokens, i: int, conjunction: Token) -> bool:
    """ "until" and "once" are open only before a present: "until the troops leave", not "until the troops left"."""
    if conjunction.lower in ("until", "once"):
        return tokens[i].tag in ("VBZ", "VBP", "VB") or any(tokens[c].tag in ("VBZ", "VBP") for c in tokens[i].children)
    return True


def _aspect(tokens: Tokens, i: int, helpers: list[str]) -> set[Status]:
    if tokens[i].tag == "VBG" and BE & set(helpers):
        return {"ongoing"}
    if tokens[i].lemma in cue_words("lasting") and (
        {"has", "have", "'ve", "’ve"} & set(helpers) or tokens[i].tag in ("VBZ", "VBP")
    ):
        return {"ongoing"}
    return set()


def helpers_of(tokens: Tokens, i: int) -> list[str]:
    """Auxiliaries of a verb; one joined to another without its own shares that one's."""
    for _ in range(MAX_JOINED):
        own = [tokens[c].lower for c in tokens[i].children if tokens[c].dep in ("aux", "auxpass")]
        if own or tokens[i].dep != "conj" or any(tokens[c].dep in SUBJECTS for c in tokens[i].children):
            return own
        if tokens[i].tag in ("VBD", "VBZ") or tokens[i].head == i or not is_verb(tokens[tokens[i].head]):
            return own
        i = tokens[i].head
    return []


def _is_backshifted(tokens: Tokens, i: int) -> bool:
    """ "said it would withdraw": what was "will" when it was said; not so with a condition or an indefinite subject."""
    head = tokens[tokens[i].head]
    if tokens[i].dep != "ccomp" or head.lemma not in cue_words("backshift"):
        return False
    if any(
        tokens[c].dep == "advcl" and any(tokens[g].lower in ("if", "unless") for g in tokens[c].children)
        for c in tokens[i].children
    ):
        return False
    subject = next((c for c in tokens[i].children if tokens[c].dep in SUBJECTS), None)
    return subject is not None and (tokens[subject].pos in ("PROPN", "PRON") or is_definite(tokens, subject))


def _is_not_only(tokens: Tokens, i: int) -> bool:
    nots = [c for c in tokens[i].children if tokens[c].dep == "neg"]
    return any(n + 1 < len(tokens) and tokens[n + 1].lower in ("only", "just", "merely") for n in nots)


def _first(tokens: Tokens, i: int) -> int:
    return tokens[i].children[0] if tokens[i].children else i


def _is_none(tokens: Tokens, token: Token) -> bool:
    if token.lower in ("nobody", "none", "nothing", "never"):
        return True
    return any(tokens[c].lower in ("no", "neither") and tokens[c].dep in ("det", "neg") for c in token.children)


def is_definite(tokens: Tokens, i: int) -> bool:
    """Whether a noun is a known one: "the attack", "its attack"."""
    return any(tokens[c].lower in DEFINITE or tokens[c].dep == "poss" for c in tokens[i].children)
