"""Imperatives in quotations, addressed to a party: “[Take your ships] out of our waters,” the emir told Doha.

An imperative to nobody in particular ("Let us be clear", "Look at the map") demands nothing.
"""

from collections.abc import Iterator

from twotrack.find.commitments.acts import verb_act, with_not
from twotrack.find.commitments.announcements import Announcement
from twotrack.find.commitments.parties import is_party, is_watcher
from twotrack.find.commitments.polarity import lemmas
from twotrack.find.commitments.voices import voice
from twotrack.model import Quote
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, is_negated, objects, prep_objects

CONFIDENCE = 0.65  # estimated like those in data/commitments.toml
OPENERS = frozenset({"please", "do", "not", "n't", "n’t", "never", "now", "just", "so", "and", "but", "stop", "immediately"})
MAX_BEFORE = 5  # tokens between the start of a quotation or sentence and its imperative: “Mr President, do not now [go]”


def find_imperatives(reading: Reading, used: frozenset[int]) -> Iterator[Announcement]:
    """The imperatives of all quotations, with the one who speaks and the one spoken to."""
    tokens = reading.tokens
    for sentence in reading.sentences:
        for n in range(sentence.first, sentence.last):
            quote = reading.quote_at(tokens[n].start) if tokens[n].tag == "VB" and n not in used else None
            opens = quote is not None and _is_imperative(reading, n, quote, sentence.first)
            if quote and opens and (found := _demand(reading, n, quote)):
                yield found
                break


def _is_imperative(reading: Reading, n: int, quote: Quote, first: int) -> bool:
    """A bare verb without subject that opens its quotation or its sentence in it."""
    tokens = reading.tokens
    if tokens[n].lemma in lemmas("words", "idle-imperatives") or tokens[n].dep not in (
        "ROOT", "ccomp", "advcl", "parataxis", "dep", "csubj", "amod",
    ):  # fmt: skip
        return False
    beside = [c for c in tokens[n].children if c < n]
    if any(tokens[c].dep in ("nsubj", "nsubjpass", "expl", "mark") or tokens[c].lower == "to" for c in beside):
        return False
    if any(tokens[c].dep == "aux" and tokens[c].lower not in ("do", "don") for c in beside):
        return False
    k = n - 1
    while k >= first and tokens[k].start > quote.start and tokens[k].lower in OPENERS and n - k <= MAX_BEFORE:
        k -= 1
    return k < first or tokens[k].start <= quote.start or _is_vocative(tokens, k, n)


def _is_vocative(tokens: Tokens, k: int, n: int) -> bool:
    """“Mr President, [go] home”: a name and a comma before the verb."""
    return tokens[k].text == "," and n - k <= MAX_BEFORE and tokens[k - 1].pos == "PROPN"


def _demand(reading: Reading, n: int, quote: Quote) -> Announcement | None:
    tokens = reading.tokens
    said_by = voice(reading, n)
    if said_by.speaker is None or not is_party(reading, said_by.speaker) or is_watcher(reading, said_by.speaker):
        return None
    if quote.start <= tokens[said_by.speaker].start < quote.end:
        return None
    cue = [] if said_by.verb is None else [said_by.verb]
    told = [p for v in cue for p in (*objects(tokens, v), *children(tokens, v, "dative"), *prep_objects(tokens, v, "to"))]
    near = [c for c in tokens[n].children if tokens[c].dep in ("npadvmod", "dep", "vocative", "appos")]
    toward = tuple(p for p in (*told, *near) if is_party(reading, p))[:1]
    yours = any(tokens[g].lower in ("your", "yours") for c in objects(tokens, n) for g in tokens[c].children)
    if not toward and not yours:
        return None
    act = verb_act(reading, n)
    span = with_not(reading, act, n) if is_negated(tokens, n) else act
    return Announcement("demand", n, (said_by.speaker,), toward, span, n, "firm", "imperative", CONFIDENCE)
