"""Whether a date looks back or ahead: the tense and the words of the clause that it stands in.

"They met on Thursday" looks back; "they will meet on Thursday", "talks set for Thursday", "plan to meet Thursday" look ahead.
"""

from functools import lru_cache

from twotrack.lexicon import rows
from twotrack.model import Token
from twotrack.syntax import Tokens, is_negated, is_verb

ADJACENT, DIRECT = 2, 1  # a date right after its verb ("met on Thursday"); one that hangs on it ("met the envoy on Thursday")
PLANNED = frozenset({"plan", "expect", "await"})  # "planned a rally on Saturday": the day is the rally's
UNDONE_WITH_OFF = frozenset({"call", "put"})  # "called off"; "called Thursday's visit a success" undoes nothing
LEAVING = frozenset({"go", "fly", "leave", "travel", "head", "return", "come", "depart", "sail"})
HEADLINE = 25  # tokens; longer sentences without a verb are lists or broken parses
MAX_CLIMB = 12  # governors looked at; deeper than any clause of a report, and a bound on broken parses


@lru_cache
def _words(kind: str) -> frozenset[str]:
    """Words of one kind of the lexicon's [[tense]] rows: "ahead", "governed", "modal", "future", "reporting"."""
    return frozenset(
        w for row in rows("dates", "tense", "kind", "words", "examples") if row["kind"] == kind for w in row["words"]
    )


def direction(tokens: Tokens, first: int, head: int) -> tuple[int, int]:
    """(-1 back, 1 ahead, 0 unknown; ADJACENT, DIRECT or 0) for an expression from token `first` on with this head."""
    verb = _verb_before(tokens, first, head)
    if verb is not None and tokens[verb].tag in ("VBD", "MD", "VB") and (sign := _of_verb(tokens, verb)):
        return sign, ADJACENT
    i, strength = head, DIRECT
    listed = tokens[head].dep == "conj"  # "on May 3 in Bern and May 4 in Rome": a day that joins others has their verb
    for _ in range(MAX_CLIMB):
        token = tokens[i]
        if is_verb(token) and token.pos != "ADP":
            return _at_verb(tokens, i, head, strength)
        if found := _at_word(tokens, i):
            return found
        if _is_agreed(tokens, i):
            return 1, 0
        if token.pos in ("NOUN", "PROPN") and i != head:
            strength = strength if listed else 0
            if any(tokens[c].lemma in _words("ahead") for c in token.children if c < i):
                return 1, DIRECT  # "the upcoming session on Wednesday"
        if token.head == i:
            return (1, 0) if token.lemma in _words("occasion") and not _has_verb(tokens, i) else (0, 0)
        i = token.head
    return 0, 0


def _has_verb(tokens: Tokens, i: int) -> bool:
    """Whether the sentence of a token has a verb: "Next: summit in Sochi on Thursday" has none, and is to come."""
    first = last = i
    while first > 0 and tokens[first - 1].sentence == tokens[i].sentence:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].sentence == tokens[i].sentence:
        last += 1
    return last - first > HEADLINE or any(is_verb(token) for token in tokens[first : last + 1])


def _at_word(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """The direction that a word between a date and its verb gives: "since", "gave them until", "moved to", "scheduled"."""
    token = tokens[i]
    if token.lemma in _words("ahead"):
        return 1, 0 if _is_once(tokens, i) else DIRECT
    if token.lower == "since":
        return -1, DIRECT
    if token.lower in _words("timetable") and (i == 0 or tokens[i - 1].tag not in ("DT", "PRP$", "JJ", "POS", "NN")):
        return 1, 0
    governor = tokens[token.head]
    above = (governor.lemma, tokens[governor.head].lemma if governor.pos == "ADV" else "")  # "pushed back to February"
    until = token.lower in ("until", "till") and not _words("grace").isdisjoint(above)
    moved = token.lower in ("to", "until", "till", "for") and not _words("moved").isdisjoint(above)
    return (1, DIRECT) if until or moved else None


def _is_agreed(tokens: Tokens, i: int) -> bool:
    """ "Agreed to a meeting of their ministers on Thursday": what is agreed to is to come."""
    above = tokens[tokens[i].head]
    return tokens[i].lemma in _words("occasion") and above.lower == "to" and tokens[above.head].lemma in ("agree", "consent")


def _is_once(tokens: Tokens, i: int) -> bool:
    """ "Initially due on December 29": planned for a day that may have passed."""
    return any(tokens[c].lower in _words("once") for c in tokens[i].children)


def _at_verb(tokens: Tokens, verb: int, head: int, strength: int) -> tuple[int, int]:
    """The direction that a date has by the verb above it."""
    stated = (c for c in tokens[verb].children if tokens[c].dep in ("nsubj", "acomp", "attr", "oprd"))
    if any(tokens[c].lemma in _words("ahead") for c in stated) and tokens[verb].tag not in ("VBD", "VBN"):
        return 1, DIRECT  # "the deadline is Monday", "he is due in Islamabad on Friday"
    if _is_undone(tokens, verb, head):
        return 1, DIRECT
    if tokens[verb].lower in ("is", "are") and any(tokens[c].lower == "off" for c in tokens[verb].children):
        return 1, DIRECT  # "the visit on Tuesday is off"
    if not _is_present(tokens, verb):
        return _of_verb(tokens, verb), 0 if _is_once(tokens, verb) else strength
    # "The move follows Tuesday's declaration": a present tense says nothing of a date that is another noun's.
    return 0 if tokens[head].dep == "poss" else _of_verb(tokens, verb), 0


def _is_undone(tokens: Tokens, verb: int, head: int) -> bool:
    """ "Cancelled Thursday's visit", "called off Thursday's visit", "declined to attend Sunday's talks": days to come."""
    if tokens[head].dep not in ("poss", "nmod", "compound"):
        return False
    above = tokens[verb].head if tokens[verb].dep == "xcomp" else verb
    if tokens[above].lemma not in UNDONE_WITH_OFF:
        return tokens[above].lemma in _words("undone")
    return any(tokens[c].lower == "off" for c in tokens[above].children)


def is_moved(tokens: Tokens, preposition: int) -> bool:
    """ "Postponed from January 12 to January 19": two days of one meeting, not a stretch."""
    return preposition >= 0 and tokens[tokens[preposition].head].lemma in _words("moved")


def is_limit(tokens: Tokens, head: int, before: str) -> bool:
    """Whether a date is a deadline by its noun or verb: "a deadline of Friday", "gave them until Friday"."""
    i = head
    for _ in range(3):
        i = tokens[i].head
        if tokens[i].lemma in _words("limit"):
            return True
        if before in ("until", "till") and tokens[i].lemma in _words("grace"):
            return True
        if is_verb(tokens[i]) and before not in ("until", "till"):
            return any(tokens[c].dep == "nsubj" and tokens[c].lemma in _words("limit") for c in tokens[i].children)
    return False


def _verb_before(tokens: Tokens, first: int, head: int) -> int | None:
    """The verb right before an expression, or before its "on": "said Monday", "met on Monday"."""
    if tokens[head].dep in ("compound", "nmod", "nummod", "amod", "poss"):  # "said Monday's talks"
        return None
    i = first - 1
    if i > 0 and tokens[i].lower in ("on", "late", "early"):
        i -= 1
    same = i >= 0 and tokens[i].sentence == tokens[first].sentence
    return i if same and tokens[i].pos == "VERB" and tokens[i].tag != "VBG" else None


def _of_verb(tokens: Tokens, verb: int) -> int:
    """The direction of one verb by its auxiliaries, its form and, for infinitives and participles, its governor."""
    token = tokens[verb]
    helpers = {tokens[c].lower for c in token.children if tokens[c].dep in ("aux", "auxpass")}
    lemma_ahead = token.lemma in _words("ahead")
    if lemma_ahead and token.dep == "acl" and token.tag in ("VBN", "VBD") and _had(tokens, token.head):
        return 0  # "a summit planned for April 3 had been called off": it may be past, it may be to come
    if helpers and (sign := _of_helpers(tokens, verb, helpers)) is not None:
        return sign
    if "to" in helpers:
        unmet = "have" in helpers or tokens[verb].lower == "had" or tokens[verb].lemma == "have"
        return 0 if unmet and tokens[tokens[verb].head].lemma == "be" else _of_infinitive(tokens, verb)  # "was to have met"
    if token.tag == "VBD":
        if _names_date(tokens, verb):
            return 1
        planned = token.lemma in PLANNED and any(tokens[c].dep == "dobj" for c in token.children)
        return (
            1
            if planned or (lemma_ahead and any(tokens[c].lower in ("for", "until", "till", "to") for c in token.children))
            else -1
        )
    if token.tag == "VBN":
        return 1 if lemma_ahead or helpers else -1  # "is held on Monday" looks ahead, "the deal signed on Monday" back
    if token.tag == "VBG" and not helpers:
        return _of_governor(tokens, verb)
    return _of_present(token, lemma_ahead)


def _of_helpers(tokens: Tokens, verb: int, helpers: set[str]) -> int | None:
    """The direction that auxiliaries give: "will" and "would" ahead, "has" and "was" back; None where they give none."""
    if "could" in helpers and _none_could(tokens, verb):
        return -1
    if helpers & _words("future") or (helpers & _words("modal") and not helpers & {"have", "'ve"}):
        return 1
    if _is_backshifted(tokens, verb, helpers) or _is_called_off(tokens, verb, helpers):
        return 1
    if helpers & {"have", "has", "had", "'ve", "was", "were", "did", "been", "'d"}:
        return 1 if tokens[verb].lemma in _words("ahead") and tokens[verb].tag == "VBN" else -1
    return None


def _is_backshifted(tokens: Tokens, verb: int, helpers: set[str]) -> bool:
    """ "Told the Diet that he was going to Washington on Monday": a plan, as it is told in the past."""
    above = tokens[tokens[verb].head]
    himself = any(tokens[c].dep == "nsubj" and tokens[c].tag == "PRP" for c in tokens[verb].children)
    beside = any(tokens[c].dep == "advcl" for c in tokens[verb].children)  # "was leaving when the bomb fell": no plan
    told = tokens[verb].dep == "ccomp" and above.tag == "VBD" and above.lemma in _words("reporting") and himself and not beside
    return told and tokens[verb].tag == "VBG" and tokens[verb].lemma in LEAVING and bool(helpers & {"was", "were"})


def _is_called_off(tokens: Tokens, verb: int, helpers: set[str]) -> bool:
    """ "Has cancelled a visit that was to have begun on Monday", "were to have met on Monday, but it has been put off"."""
    be = tokens[tokens[verb].head]
    if not {"to", "have"} <= helpers or be.lemma != "be":
        return False
    joined = [tokens[c] for c in be.children if tokens[c].dep == "conj"]
    undoing = [tokens[tokens[be.head].head]] if be.dep == "relcl" else joined
    undone = _words("undone") | _words("moved") | UNDONE_WITH_OFF
    return any(t.lemma in undone and any(tokens[c].lower in ("has", "have") for c in t.children) for t in undoing)


def _had(tokens: Tokens, noun: int) -> bool:
    """Whether what a noun does or undergoes is told in the past perfect."""
    return any(tokens[c].lower == "had" for c in tokens[tokens[noun].head].children)


def _none_could(tokens: Tokens, verb: int) -> bool:
    """ "Neither could be reached on Wednesday": what could not be is past."""
    below = (c for n in tokens[verb].children if tokens[n].dep in ("nsubj", "nsubjpass") for c in tokens[n].children)
    return is_negated(tokens, verb) or any(tokens[c].lower in ("neither", "no", "none") for c in below)


def _names_date(tokens: Tokens, verb: int) -> bool:
    """ "Gave October 12 as the new date"."""
    after = (n for c in tokens[verb].children if tokens[c].lower == "as" for n in tokens[c].children)
    return any(tokens[n].lemma == "date" and any(tokens[c].lower == "new" for c in tokens[n].children) for n in after)


def _of_present(token: Token, lemma_ahead: bool) -> int:
    """A present tense: "the talks open Monday" looks ahead, "he says" does not."""
    if token.tag in ("VBZ", "VBP", "VB", "VBG", "MD"):
        return 0 if token.lemma in _words("reporting") and not lemma_ahead else 1
    return 0


def _is_present(tokens: Tokens, verb: int) -> bool:
    """ "The talks open in June", "they are worth", "it is providing": a weak hint, a timetable's or of what is true now."""
    helpers = {tokens[c].lower for c in tokens[verb].children if tokens[c].dep in ("aux", "auxpass")}
    if tokens[verb].tag == "VBG":
        return bool(helpers) and helpers <= {"is", "are", "am", "'s", "'re", "'m"}
    return tokens[verb].tag in ("VBZ", "VBP") and not helpers


def _of_infinitive(tokens: Tokens, verb: int) -> int:
    """ "Plans to meet Monday" looks ahead, "managed to leave Monday" back, as does a purpose: "met to mark Friday's day"."""
    token, i = tokens[verb], tokens[verb].head
    if token.dep not in ("xcomp", "ccomp", "advcl", "acl", "relcl"):
        return 1
    for _ in range(MAX_CLIMB):
        governor = tokens[i]
        if "had" in {tokens[c].lower for c in governor.children}:
            return 0  # "had been due to expire Friday": it may have, it may have been put off
        if i == tokens[verb].head and governor.tag == "VBD" and token.dep == "advcl":
            return -1  # a purpose: "extended their offers to acquire the maker Friday"
        if governor.lemma in _words("intent") or (governor.lemma in _words("ahead") and governor.lower != "due"):
            return 1
        if is_verb(governor):
            if governor.lemma in _words("governed") and governor.tag in ("VBD", "VBN"):
                return -1
            return -1 if governor.tag == "VBD" and token.dep in ("advcl", "acl", "relcl") else 1
        i = governor.head
        if tokens[i].head == i and not is_verb(tokens[i]):
            break
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
