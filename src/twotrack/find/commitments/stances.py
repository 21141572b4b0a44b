"""Set phrases that take a stand: "all options are [on the table]", "is [out of the question]", "would rule nothing out".

"A pullout is out of the question" refuses; "a blockade is on the table" threatens; "will not hesitate to" threatens.
"""

from collections.abc import Iterator

from twotrack.find.commitments.acts import noun_act, verb_act
from twotrack.find.commitments.announcements import Announcement
from twotrack.find.commitments.parties import is_party, is_watcher
from twotrack.find.commitments.polarity import polarity
from twotrack.find.commitments.voices import voice
from twotrack.mark.clauses import readable_tokens
from twotrack.model import ActKind, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, auxiliaries, children, is_negated, is_verb, objects, prep_objects, subjects

CONFIDENCE = 0.75  # estimated like those in data/commitments.toml


def find_stances(reading: Reading, used: frozenset[int]) -> Iterator[Announcement]:
    """What "on the table", "out of the question", "no question of" and "rule nothing out" announce."""
    for token in readable_tokens(reading):
        if token.lower in ("table", "question"):
            found = _of_place(reading, token.i)
        elif token.lemma == "rule" and is_verb(token):
            found = _nothing_ruled_out(reading, token.i)
        else:
            continue
        if found and found.act_head not in used:
            yield found


def _of_place(reading: Reading, noun: int) -> Announcement | None:
    """ "[Military action] is not on the table"; "there is no question of [lifting the ban]"."""
    tokens = reading.tokens
    before = tuple(tokens[n].lower for n in range(max(0, noun - 3), noun))
    verb = _be_above(tokens, noun)
    if verb is None:
        return None
    if before[-1:] == ("no",) and children(tokens, verb, "expl"):
        inner = [v for c in children(tokens, noun, "prep") for v in children(tokens, c, "pcomp", "pobj")]
        return _stance(reading, verb, inner[0], "refusal") if inner else None
    refused = before == ("out", "of", "the") or (before[-2:] == ("off", "the") and tokens[noun].lower == "table")
    open_to = before[-2:] == ("on", "the") and tokens[noun].lower == "table"
    if not (refused or open_to):
        return None
    refused = refused or is_negated(tokens, verb)
    own = _subject(tokens, verb)
    if own is None:
        return None
    every = tokens[own].lemma == "option" and any(tokens[c].lower in ("all", "every") for c in tokens[own].children)
    if refused:
        return _stance(reading, verb, own, "refusal")
    harms = min(polarity(tokens, n) for n in (own, *prep_objects(tokens, own, "of"))) < 0
    return _stance(reading, verb, own, "threat") if every or harms else None


def _be_above(tokens: Tokens, noun: int) -> int | None:
    """The form of "be" that a set phrase stands behind."""
    n = noun
    for _ in range(4):
        n = tokens[n].head
        if tokens[n].lemma in ("be", "remain", "stay"):
            return n
    return None


def _subject(tokens: Tokens, verb: int) -> int | None:
    """What is on the table; of "it is out of the question to leave", the leaving."""
    own = subjects(tokens, verb)
    if own and tokens[own[0]].lower == "it":
        return next((c for c in children(tokens, verb, "xcomp", "ccomp", "advcl", "csubj") if c > verb), None)
    return own[0] if own and tokens[own[0]].pos in ("NOUN", "PROPN", "VERB") else None


def _stance(reading: Reading, verb: int, head: int, kind: ActKind) -> Announcement | None:
    tokens = reading.tokens
    speaker = voice(reading, verb).speaker
    if speaker is None or not is_party(reading, speaker) or is_watcher(reading, speaker):
        return None
    act = verb_act(reading, head) if is_verb(tokens[head]) and tokens[head].pos != "NOUN" else noun_act(reading, head)
    return Announcement(kind, verb, (speaker,), (), act, head, "possible" if kind == "threat" else "firm", "stance", CONFIDENCE)


def _nothing_ruled_out(reading: Reading, verb: int) -> Announcement | None:
    """ "The premier said she would [rule nothing out]"."""
    tokens = reading.tokens
    nothing = [n for n in objects(tokens, verb) if tokens[n].lower == "nothing"]
    out = [c for c in children(tokens, verb, "prt", "advmod", "prep") if tokens[c].lower == "out"]
    own = [n for n in subjects(tokens, verb) if is_party(reading, n)]
    if not (nothing and out and own) or "if" in auxiliaries(tokens, verb):
        return None
    speaker = voice(reading, verb).speaker
    party = (speaker,) if speaker is not None and tokens[own[0]].pos == "PRON" else tuple(own)
    act = Span(tokens[verb].start, tokens[max(*nothing, *out)].end)
    return Announcement("threat", verb, party, (), act, verb, "possible", "stance", CONFIDENCE)
