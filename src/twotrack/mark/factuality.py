"""Whether what a clause or an event noun tells took place: "Russia refused to withdraw" has no withdrawal.

ConText's idea on a parse: cues have a scope, and the scope is what hangs on them. From the word asked about upwards, each
head may be a cue for what it governs ("demanded that", "the threat of"), and each word may carry its own ("will", "not",
"possible"). A clause that a report presents as a fact ends the climb: relative clauses, "after the attack", "condemned the
attack". The words are data/factuality.toml.
"""

from functools import lru_cache
from typing import cast

from twotrack.lexicon import rows
from twotrack.model import Status, Token
from twotrack.reading import Reading
from twotrack.syntax import SUBJECTS, Tokens, is_verb

"""Where several cues meet, the first of these wins: what is demanded and negated ("demanded that it not attack") is demanded."""
PRECEDENCE: tuple[Status, ...] = ("denied", "hypothetical", "negated", "planned", "ongoing")
MAX_CLIMB = 12  # heads above the word asked about; deeper ones never changed a status in 2,400 sentences of news
BE = frozenset({"is", "are", "was", "were", "been", "be", "'s", "'re", "’s", "’re", "am", "being"})
PAST = frozenset({"has", "have", "had", "was", "were", "did", "is", "are"})
CLAUSAL = frozenset({"mark", "aux", "nsubj", "nsubjpass"})  # what only a clause has, whatever its head was tagged as
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "last"})


@lru_cache
def _words(table: str) -> dict[str, Status]:
    """Word -> status of one table of data/factuality.toml; tables without a status give "actual"."""
    return {
        word: cast(Status, row.get("status", "actual"))
        for row in rows("factuality", table, "words", "examples")
        for word in row["words"]
    }


def status_of(reading: Reading, i: int) -> Status:
    """The status of what token i, a verb or an event noun, heads: "planned" at "meet" in "They will meet in Geneva"."""
    tokens = reading.tokens
    found = set(_own_cues(tokens, i))
    if _is_question(tokens, reading.sentences[tokens[i].sentence].last):
        found.add("hypothetical")
    at = i
    for _ in range(MAX_CLIMB):
        above = tokens[at].head
        if above == at or not _climb(tokens, at, above, i, found):
            break
        at = above
    return _strongest(found, twice=False)


def _strongest(found: set[Status], *, twice: bool) -> Status:
    return next((status for status in PRECEDENCE if status in found), "actual")


def _is_question(tokens: Tokens, last: int) -> bool:
    return any(token.text == "?" for token in tokens[max(0, last - 2) : last])


# --- cues at the word itself ------------------------------------------------------------------------------------------


def _own_cues(tokens: Tokens, i: int) -> set[Status]:
    token = tokens[i]
    if (is_verb(token) and token.dep not in ("amod", "compound")) or any(tokens[c].dep in CLAUSAL for c in token.children):
        return _verb_cues(tokens, i)
    found: set[Status] = set()
    modifiers = _words("modifier")
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


def _verb_cues(tokens: Tokens, i: int) -> set[Status]:
    """Modals, negation, progressive, conjunctions, and a bare infinitive of purpose."""
    found: set[Status] = set()
    modals, conjunctions = _words("modal"), _words("conjunction")
    helpers = _helpers(tokens, i)
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
    if tokens[i].lemma in _words("lasting") and (
        {"has", "have", "'ve", "’ve"} & set(helpers) or tokens[i].tag in ("VBZ", "VBP")
    ):
        return {"ongoing"}
    return set()


def _helpers(tokens: Tokens, i: int) -> list[str]:
    """Auxiliaries of a verb; one joined to another without its own shares that one's."""
    for _ in range(MAX_CLIMB):
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
    if tokens[i].dep != "ccomp" or head.lemma not in _words("backshift"):
        return False
    if any(
        tokens[c].dep == "advcl" and any(tokens[g].lower in ("if", "unless") for g in tokens[c].children)
        for c in tokens[i].children
    ):
        return False
    subject = next((c for c in tokens[i].children if tokens[c].dep in SUBJECTS), None)
    return subject is not None and (tokens[subject].pos in ("PROPN", "PRON") or _is_definite(tokens, subject))


def _is_not_only(tokens: Tokens, i: int) -> bool:
    nots = [c for c in tokens[i].children if tokens[c].dep == "neg"]
    return any(n + 1 < len(tokens) and tokens[n + 1].lower in ("only", "just", "merely") for n in nots)


def _first(tokens: Tokens, i: int) -> int:
    return tokens[i].children[0] if tokens[i].children else i


def _is_none(tokens: Tokens, token: Token) -> bool:
    if token.lower in ("nobody", "none", "nothing", "never"):
        return True
    return any(tokens[c].lower in ("no", "neither") and tokens[c].dep in ("det", "neg") for c in token.children)


def _is_definite(tokens: Tokens, i: int) -> bool:
    return any(tokens[c].lower in DEFINITE or tokens[c].dep == "poss" for c in tokens[i].children)


# --- cues above it ----------------------------------------------------------------------------------------------------


def _climb(tokens: Tokens, at: int, above: int, i: int, found: set[Status]) -> bool:
    """Takes what the head says of its dependent; False where the climb ends: the clause below is presented as a fact."""
    dep = tokens[at].dep
    if dep == "conj":
        return _climb_conjunct(tokens, at, above, found)
    if dep in ("prep", "agent", "dative", "mark", "prt"):
        return _climb_preposition(tokens, at, above, found)
    if dep in ("pobj", "pcomp"):
        return _climb_into_preposition(tokens, at, above, found)
    if dep in (
        "ccomp",
        "xcomp",
        "acl",
        "dobj",
        "oprd",
        "attr",
        "csubj",
        "csubjpass",
        "advcl",
        "nsubjpass",
        "nsubj",
        "relcl",
        "compound",
    ):
        return _climb_argument(tokens, at, above, found)
    return False


def _climb_conjunct(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    """A joined word shares what governs the first; a joined clause with its own subject stands for itself."""
    if is_verb(tokens[at]) and any(tokens[c].dep in SUBJECTS for c in tokens[at].children):
        return tokens[above].dep in ("ccomp", "advcl") and tokens[above].head != above
    if not is_verb(tokens[at]):
        found |= {s for s in _own_cues(tokens, above) if s != "negated"}
    elif any(tokens[c].dep == "mark" and tokens[c].lower in _words("conjunction") for c in tokens[above].children):
        found.add("hypothetical")
    return True


def _climb_preposition(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    phrase = f"{_key(tokens, above)} {tokens[at].lower}"
    governors = _words("governor")
    status = governors.get(phrase) or governors.get(tokens[at].lower)
    if status is None and tokens[above].dep == "dobj":
        status = governors.get(f"{_key(tokens, tokens[above].head)} {tokens[at].lower}")
    if status is None and tokens[at].lower in ("of", "for", "on", "to") and not is_verb(tokens[above]):
        status = governors.get(tokens[above].lemma)
    if status:
        _govern(tokens, above, status, found)
        return status not in ("denied",)
    return not is_verb(tokens[above]) and tokens[above].pos == "NOUN" and tokens[at].lower in ("of", "on")


def _climb_into_preposition(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    return True


def _climb_argument(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    dep, head = tokens[at].dep, tokens[above]
    if dep == "relcl":
        return _climb_relative(tokens, at, found)
    if dep in ("nsubj", "nsubjpass"):
        return _climb_subject(tokens, at, above, found)
    if dep == "compound":
        return head.lemma in ("plan", "threat", "proposal", "offer", "demand") and _climb_argument_of(tokens, at, above, found)
    if dep == "advcl" or (dep == "acl" and _is_infinitive(tokens, at)):
        return _climb_adverbial(tokens, at, above, found)
    return _climb_argument_of(tokens, at, above, found)


def _climb_relative(tokens: Tokens, at: int, found: set[Status]) -> bool:
    if _is_infinitive(tokens, at):
        found.add("hypothetical")
    return False


def _climb_subject(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    """ "Sanctions would be a mistake": a bare subject shares its verb's doubt; "the talks will be held" that of "held"."""
    if is_verb(tokens[at]) or not is_verb(tokens[above]):
        return False
    happens = tokens[above].lemma in _words("occurrence")
    if tokens[at].dep == "nsubjpass":
        status = _words("governor").get(_key(tokens, above))
        if status and status != "actual":
            _govern(tokens, above, status, found)
            return True
    if (happens and tokens[above].lemma != "be") or not _is_definite(tokens, at):
        found |= {status for status in _verb_cues(tokens, above) if status not in ("ongoing",) or happens}
        return happens
    return False


def _climb_adverbial(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    if _is_infinitive(tokens, at):
        status = _words("governor").get(_key(tokens, above), "hypothetical")
        _govern(tokens, above, status, found)
        return status == "actual"
    return False


def _climb_argument_of(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    """A complement or object of a governor; a clause told as a fact ("said that ...") keeps the climb, an object ends it."""
    dep, key = tokens[at].dep, _key(tokens, above)
    status = _words("governor").get(key)
    clausal = dep in ("ccomp", "xcomp", "acl", "csubj", "csubjpass", "oprd")
    if dep == "dobj" and key in _words("clausal"):
        status = None
    if status == "negated" and tokens[at].lemma in _words("accusation"):
        status = "denied"
    if status and not (dep == "ccomp" and _is_asserted(tokens, key, at)):
        _govern(tokens, above, status, found)
        return True
    if clausal:
        if _is_infinitive(tokens, at) and dep == "xcomp":
            found.add("planned" if _is_be_to(tokens, above) else "hypothetical")
        elif dep == "ccomp" and _is_negative(tokens, above):
            found.add("hypothetical")
        return dep != "acl" or tokens[above].lemma in _words("accusation")
    if dep in ("dobj", "attr") and is_verb(tokens[above]):
        happens = tokens[above].lemma in _words("occurrence")
        if happens or not _is_definite(tokens, at):
            found |= _verb_cues(tokens, above)
        return happens or not _is_definite(tokens, at)
    return False


def _govern(tokens: Tokens, above: int, status: Status, found: set[Status]) -> None:
    """Adds what a governor says; under negation an actual becomes negated, and a negated one open: "did not rule out"."""
    negative = _is_negative(tokens, above)
    if negative:
        status = {
            "actual": "negated",
            "planned": "negated",
            "ongoing": "negated",
            "negated": "hypothetical",
            "denied": "hypothetical",
        }.get(status, status)  # type: ignore[assignment]
    if status == "negated" and "negated" in found:
        status = "hypothetical"
    if status != "actual":
        found.add(status)
    if status in ("actual", "ongoing") and is_verb(tokens[above]):
        found |= _verb_cues(tokens, above)


def _is_negative(tokens: Tokens, i: int) -> bool:
    return any(tokens[c].dep == "neg" or (tokens[c].dep == "det" and tokens[c].lower == "no") for c in tokens[i].children)


def _is_infinitive(tokens: Tokens, i: int) -> bool:
    return tokens[i].tag == "VB" and any(tokens[c].lower == "to" and tokens[c].dep == "aux" for c in tokens[i].children)


def _is_asserted(tokens: Tokens, key: str, at: int) -> bool:
    """ "warned that troops had crossed", "told them that it will not attend": the clause keeps its own status."""
    if key in _words("assertive") and _is_told_as_past(tokens, at):
        return True
    return (key in _words("telling") and tokens[at].tag != "VB") or (
        key in _words("telling") and bool(_helpers(tokens, at)) and not _is_infinitive(tokens, at)
    )


def _is_told_as_past(tokens: Tokens, i: int) -> bool:
    helpers = set(_helpers(tokens, i))
    return not helpers & _words("modal").keys() and (tokens[i].tag == "VBD" or bool(helpers & PAST))


def _is_be_to(tokens: Tokens, i: int) -> bool:
    return tokens[i].lemma in ("be", "go")


def _key(tokens: Tokens, i: int) -> str:
    """A governor's lemma with its particle: "rule out"."""
    particle = next((tokens[c].lower for c in tokens[i].children if tokens[c].dep == "prt"), "")
    return f"{tokens[i].lemma} {particle}" if particle else tokens[i].lemma
