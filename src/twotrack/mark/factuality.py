"""Whether what a clause or an event noun tells took place: "Russia refused to withdraw" has no withdrawal.

ConText's idea on a parse: cues have a scope, and the scope is what hangs on them. From the word asked about upwards, each
head may be a cue for what it governs ("demanded that", "the threat of"), and each word may carry its own ("will", "not",
"possible"). A clause that a report presents as a fact ends the climb: relative clauses, "after the attack", "condemned the
attack". The words are data/factuality.toml.
"""

from twotrack.mark.suppositions import is_bound, is_supposed
from twotrack.mark.wordcues import cue_words, helpers_of, is_definite, own_cues, verb_cues
from twotrack.model import Status
from twotrack.reading import Reading
from twotrack.syntax import SUBJECTS, Tokens, is_verb

# Where several cues meet, the first of these wins: what is demanded and negated ("demanded that it not attack") is demanded.
PRECEDENCE: tuple[Status, ...] = ("denied", "hypothetical", "negated", "planned", "ongoing")
UNDER_NEGATION: dict[Status, Status] = {
    "actual": "negated",
    "planned": "negated",
    "ongoing": "negated",
    "negated": "hypothetical",
    "denied": "hypothetical",
}
ARGUMENTS = frozenset(
    {"ccomp", "xcomp", "acl", "dobj", "oprd", "attr", "csubj", "csubjpass", "advcl", "nsubjpass", "nsubj", "relcl", "compound"}
)
COMPOUNDING = frozenset({"plan", "threat", "proposal", "offer", "demand"})  # "a ceasefire proposal"
MAX_CLIMB = 12  # heads above the word asked about; keeps the climb linear, and no sentence of news needs more
PAST = frozenset({"has", "have", "had", "was", "were", "did", "is", "are"})


def status_of(reading: Reading, i: int) -> Status:
    """The status of what token i, a verb or an event noun, heads: "planned" at "meet" in "They will meet in Geneva"."""
    tokens = reading.tokens
    found = set(own_cues(tokens, i))
    if _is_question(tokens, reading.sentences[tokens[i].sentence].last):
        found.add("hypothetical")
    at = i
    for _ in range(MAX_CLIMB):
        above = tokens[at].head
        if above == at or not _climb(tokens, at, above, found):
            break
        at = above
    status: Status = next((status for status in PRECEDENCE if status in found), "actual")
    return _under_conditions(reading, i, status)


def _under_conditions(reading: Reading, i: int, status: Status) -> Status:
    """ "Until the troops left" tells of no departure; what "will be lifted if they leave" is not yet planned."""
    if not reading.conditions:
        return status
    if status == "planned" and is_bound(reading, i):
        return "hypothetical"
    return "hypothetical" if status in ("actual", "ongoing", "planned") and is_supposed(reading, i) else status


def _is_question(tokens: Tokens, last: int) -> bool:
    return any(token.text == "?" for token in tokens[max(0, last - 2) : last])


# --- cues above it ----------------------------------------------------------------------------------------------------


def _climb(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    """Takes what the head says of its dependent; False where the climb ends: the clause below is presented as a fact."""
    dep = tokens[at].dep
    if dep == "conj":
        return _climb_conjunct(tokens, at, above, found)
    if dep in ("prep", "agent", "dative", "mark", "prt"):
        return _climb_preposition(tokens, at, above, found)
    if dep in ("pobj", "pcomp"):
        return True
    return dep in ARGUMENTS and _climb_argument(tokens, at, above, found)


def _climb_conjunct(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    """A joined word shares what governs the first; a joined clause with its own subject stands for itself."""
    if is_verb(tokens[at]) and any(tokens[c].dep in SUBJECTS for c in tokens[at].children):
        return tokens[above].dep in ("ccomp", "advcl") and tokens[above].head != above
    if not is_verb(tokens[at]):
        found |= {s for s in own_cues(tokens, above) if s != "negated"}
    elif any(_opens_condition(tokens, c, at) for c in tokens[above].children):
        found.add("hypothetical")
    return True


def _opens_condition(tokens: Tokens, c: int, at: int) -> bool:
    """ "If X attacks and Y [responds]"; "provided X [leaves]", which the parse may hang on the main verb as a preposition."""
    if tokens[c].lower in ("provided", "providing"):
        return c < at
    return tokens[c].dep == "mark" and tokens[c].lower in cue_words("conjunction")


def _climb_preposition(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    if tokens[at].lower in ("by", "through") and any(tokens[c].dep == "pcomp" for c in tokens[at].children):
        found |= verb_cues(tokens, above) if is_verb(tokens[above]) else set()  # "could retaliate by imposing sanctions"
        return is_verb(tokens[above])
    phrase = f"{_key(tokens, above)} {tokens[at].lower}"
    governors = cue_words("governor")
    status = governors.get(phrase) or governors.get(tokens[at].lower)
    if status is None and tokens[above].dep == "dobj":
        status = governors.get(f"{_key(tokens, tokens[above].head)} {tokens[at].lower}")
    if status is None and tokens[at].lower in ("of", "for", "on", "to") and not is_verb(tokens[above]):
        status = governors.get(tokens[above].lemma)
    if status:
        _govern(tokens, above, status, found)
        return status not in ("denied",)
    return not is_verb(tokens[above]) and tokens[above].pos == "NOUN" and tokens[at].lower in ("of", "on")


def _climb_argument(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    dep = tokens[at].dep
    if dep == "relcl":  # a fact about its noun, unless it is "a plan to follow" or "anyone who attacks"
        found |= {"hypothetical"} if _is_infinitive(tokens, at) or _is_anyone(tokens, above) else set()
        return False
    if dep in ("nsubj", "nsubjpass"):
        return _climb_subject(tokens, at, above, found)
    if dep == "compound":
        return tokens[above].lemma in COMPOUNDING and _climb_argument_of(tokens, at, above, found)
    if dep == "advcl" or (dep == "acl" and _is_infinitive(tokens, at)):
        return _climb_adverbial(tokens, at, above, found)
    return _climb_argument_of(tokens, at, above, found)


def _climb_subject(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    """ "Sanctions would be a mistake": a bare subject shares its verb's doubt; "the talks will be held" that of "held"."""
    if is_verb(tokens[at]) or not is_verb(tokens[above]):
        return False
    happens = tokens[above].lemma in cue_words("occurrence")
    if tokens[at].dep == "nsubjpass":
        status = cue_words("governor").get(_key(tokens, above))
        if status and status != "actual":
            _govern(tokens, above, status, found)
            return True
    if (happens and tokens[above].lemma != "be") or not is_definite(tokens, at):
        found |= {status for status in verb_cues(tokens, above) if status not in ("ongoing",) or happens}
        return happens
    return False


def _climb_adverbial(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    if _is_infinitive(tokens, at):
        status = cue_words("governor").get(_key(tokens, above), "hypothetical")
        _govern(tokens, above, status, found)
        return status == "actual"
    return False


def _climb_argument_of(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    """A complement or object of a governor ("demanded that", "demanded a ceasefire"), or of a word that is none."""
    status = _status_below(tokens, at, above)
    if status:
        _govern(tokens, above, status, found)
        return True
    if tokens[at].dep in ("ccomp", "xcomp", "acl", "csubj", "csubjpass", "oprd"):
        return _climb_told(tokens, at, above, found)
    if not is_verb(tokens[above]):
        return False
    if tokens[at].dep == "dobj" and tokens[above].lemma in cue_words("ending") and is_definite(tokens, at):
        return False  # "until Israel ends its siege": there is one
    shared = tokens[above].lemma in cue_words("occurrence") or not is_definite(tokens, at)
    if shared:
        found |= verb_cues(tokens, above)
    return shared


def _status_below(tokens: Tokens, at: int, above: int) -> Status | None:
    """What a head says of this dependent, None where it says nothing of it."""
    dep, key = tokens[at].dep, _key(tokens, above)
    if (dep == "dobj" and key in cue_words("clausal")) or (dep == "ccomp" and _is_asserted(tokens, key, at)):
        return None
    status = cue_words("governor").get(key)
    return "denied" if status == "negated" and tokens[at].lemma in cue_words("accusation") else status


def _climb_told(tokens: Tokens, at: int, above: int, found: set[Status]) -> bool:
    """A clause below a word that tells it as a fact ("said that"): the climb goes on, for "did not say that"."""
    if _is_infinitive(tokens, at) and tokens[at].dep == "xcomp":
        found.add("planned" if _is_be_to(tokens, above) else "hypothetical")
    elif tokens[at].dep == "ccomp":
        found |= {"hypothetical"} if _is_negative(tokens, above) else set()
    elif tokens[at].dep == "xcomp":  # "must stop arming the rebels"
        found |= verb_cues(tokens, above) & {"hypothetical"}
    elif tokens[at].dep == "acl" and _is_called_false(tokens, above):
        found.add("denied")
    return tokens[at].dep != "acl" or tokens[above].lemma in cue_words("accusation")


def _is_called_false(tokens: Tokens, i: int) -> bool:
    """ "Reports that its army had bombed a village were false"."""
    verb = tokens[i].head
    if tokens[i].dep != "nsubj" or tokens[i].lemma not in cue_words("accusation"):
        return False
    return any(tokens[c].lower in cue_words("untrue") for c in tokens[verb].children)


def _govern(tokens: Tokens, above: int, status: Status, found: set[Status]) -> None:
    """Adds what a governor says; under negation an actual becomes negated, and a negated one open: "did not rule out"."""
    if _is_negative(tokens, above):
        status = UNDER_NEGATION.get(status, status)
    if status == "negated" and "negated" in found:
        status = "hypothetical"
    if status != "actual":
        found.add(status)
    if status in ("actual", "ongoing") and is_verb(tokens[above]):
        found |= verb_cues(tokens, above)


def _is_negative(tokens: Tokens, i: int) -> bool:
    return any(tokens[c].dep == "neg" or (tokens[c].dep == "det" and tokens[c].lower == "no") for c in tokens[i].children)


def _is_infinitive(tokens: Tokens, i: int) -> bool:
    return tokens[i].tag == "VB" and any(tokens[c].lower == "to" and tokens[c].dep == "aux" for c in tokens[i].children)


def _is_anyone(tokens: Tokens, i: int) -> bool:
    """ "Any ship that", "anyone who", "whoever": nobody is said to have done it."""
    return tokens[i].lower.startswith("any") or any(tokens[c].lower in ("any", "whatever") for c in tokens[i].children)


def _is_asserted(tokens: Tokens, key: str, at: int) -> bool:
    """ "warned that troops had crossed", "told them that it will not attend": the clause keeps its own status."""
    if key in cue_words("assertive") and _is_told_as_past(tokens, at):
        return True
    finite = tokens[at].tag != "VB" or (bool(helpers_of(tokens, at)) and not _is_infinitive(tokens, at))
    return finite and key in cue_words("telling")


def _is_told_as_past(tokens: Tokens, i: int) -> bool:
    helpers = set(helpers_of(tokens, i))
    return not helpers & cue_words("modal").keys() and (tokens[i].tag == "VBD" or bool(helpers & PAST))


def _is_be_to(tokens: Tokens, i: int) -> bool:
    return tokens[i].lemma in ("be", "go")


def _key(tokens: Tokens, i: int) -> str:
    """A governor's lemma with its particle: "rule out"."""
    particle = next((tokens[c].lower for c in tokens[i].children if tokens[c].dep == "prt"), "")
    return f"{tokens[i].lemma} {particle}" if particle else tokens[i].lemma
