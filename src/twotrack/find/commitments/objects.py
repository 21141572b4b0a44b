"""The objects of committing words: which are acts, what they ask, and of whom.

"rejected [an ultimatum] to hand over the guard" -> "hand over the guard"; "demanded [an apology] from Rome" -> of Rome.
"""

from twotrack.find.commitments.acts import noun_act, verb_act
from twotrack.find.commitments.announcements import Act
from twotrack.find.commitments.parties import is_party, owner
from twotrack.find.commitments.polarity import lemmas, polarity
from twotrack.lexicon import Row
from twotrack.model import Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, prep_objects

THEIR_OWN = lemmas("words", "own-acts-of-the-asked")


def asked_of(reading: Reading, i: int, noun: int, row: Row) -> tuple[int, ...]:
    """Whom an object concerns: "demanded an apology from [Rome]", "rejected [Cairo's] plan", "the exit of [all troops]"."""
    tokens = reading.tokens
    near = [
        *prep_objects(tokens, noun, "from", "by"),
        *prep_objects(tokens, i, "from", "to", "against", "of"),
        *children(tokens, i, "dative"),
    ]
    near = [n for n in near if tokens[n].pos in ("NOUN", "PROPN", "PRON")]
    if toward := tuple(n for n in near if row["kind"] == "demand" or is_party(reading, n)):
        return toward
    if row["kind"] == "refusal" or row["id"] == "accept":
        return owner(reading, noun)
    if row["kind"] != "demand":
        return ()
    doing = prep_objects(tokens, noun, "of", "by") if tokens[noun].lemma in THEIR_OWN else []
    return tuple(n for n in [*children(tokens, noun, "poss"), *doing] if is_party(reading, n))


def suits(tokens: Tokens, noun: int, row: Row) -> bool:
    """Whether an object is an act, as far as the row asks for it: "rejected the plan", not "rejected the claim"."""
    wanted, lemma = row.get("objects"), tokens[noun].lemma
    if tokens[noun].ent == "MONEY" or lemma in ("million", "billion"):
        return row["kind"] in ("commit", "demand", "refusal")
    if lemma in ("knife", "gun") or tokens[tokens[noun].head].lemma == "oppose":
        return tokens[tokens[noun].head].lemma == "oppose"
    if row["id"] == "accept":
        return lemma in lemmas("object")
    if wanted == "proposal":
        if lemma in ("threat", "warning", "charge"):
            return False
        return lemma in lemmas("object", "proposal") or polarity(tokens, noun) != 0
    if row["id"] == "offer" and tokens[tokens[noun].head].tag not in ("VBZ", "VBP"):  # "the region offers minerals"
        return lemma not in lemmas("words", "no-benefits")
    if wanted == "benefit" or (row["id"] in ("vow", "request") and lemma not in ("meeting", "session")):
        return polarity(tokens, noun) > 0 or (lemma in lemmas("object") and wanted != "benefit")
    if row["id"] == "consider":
        return polarity(tokens, noun) != 0 or lemma in lemmas("words", "meetings")
    if row["kind"] in ("threat", "plan"):
        return polarity(tokens, noun) < 0
    return row["id"] != "rule-out" or lemma in lemmas("object") or polarity(tokens, noun) != 0


def inner_act(reading: Reading, noun: int) -> Act | None:
    """What a rejected plan, demand or ultimatum asks: "an ultimatum to [hand over the guard]", "calls for [aid]"."""
    tokens = reading.tokens
    if tokens[noun].lemma not in (
        "plan",
        "demand",
        "call",
        "ultimatum",
        "proposal",
        "offer",
        "request",
        "appeal",
        "attempt",
        "bid",
        "move",
    ):
        return None
    for verb in tokens[noun].children:
        if (
            tokens[verb].dep in ("acl", "relcl", "ccomp")
            and tokens[verb].tag in ("VB", "VBP", "VBD")
            and _asks(tokens, verb)
            and verb > noun
        ):
            return Act(verb_act(reading, verb), verb)
    inner = prep_objects(tokens, noun, "for") if tokens[noun].lemma in ("call", "demand", "request", "appeal") else []
    return Act(noun_act(reading, inner[0]), inner[0]) if inner else None


def _asks(tokens: Tokens, verb: int) -> bool:
    """ "demands [to cut] the tariff", "that it [cut] the tariff", not "that it made"."""
    return any(tokens[c].lower in ("to", "that") and tokens[c].dep in ("aux", "mark") for c in tokens[verb].children)


def receiver(reading: Reading, noun: int, row: Row) -> tuple[int, ...]:
    """ "offered talks to [Britain]" where the parse hangs "to" on the talks."""
    given = prep_objects(reading.tokens, noun, "to", "for") if row["kind"] == "commit" else []
    return tuple(n for n in given if is_party(reading, n))


def without_source(reading: Reading, span: Span, noun: int, prepositions: tuple[str, ...] = ("from", "by")) -> Span:
    """ "demanded [an explanation] from the clerk": whom it is demanded from is no part of it."""
    tokens = reading.tokens
    cut = [
        c for c in tokens[noun].children if c > noun and tokens[c].lower in prepositions and tokens[c].dep in ("prep", "dative")
    ]
    return Span(span.start, tokens[cut[0] - 1].end) if cut and span.end > tokens[cut[0]].start else span
