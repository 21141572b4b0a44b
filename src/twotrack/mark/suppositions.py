"""Which words stand within a condition, or are promised under one: "in return for a complete Argentine withdrawal".

What stands in a condition is only supposed, whatever its own tense says: "until the fighters left the hospitals". Not so where
the clause that the condition hangs on tells of the past: "They did not talk until the fighters left", "freed them in return for
the release of a pilot". Nor where the condition takes it for granted: "until Israel ends its siege", "unless they return the
land that they occupied".
"""

from bisect import bisect_left, bisect_right

from twotrack.mark.clauses import has_modal
from twotrack.mark.wordcues import cue_words, is_definite
from twotrack.model import ConditionMark
from twotrack.reading import Reading
from twotrack.syntax import Tokens, auxiliaries, verb_above

REALIZED = frozenset({"until", "after", "in_return"})  # relations whose condition came true where the main clause is past
BINDING = frozenset({"if", "unless", "in_return"})  # relations that make a plan depend on them
MAX_CLIMB = 20  # heads from a word to the top of its condition; the deepest of 160 marked conditions needs 9
NESTED = 3  # conditions that may hold the same word: "if X leaves unless Y stays until Z returns"


def is_supposed(reading: Reading, i: int) -> bool:
    """Whether token i stands in a condition that is open: "withdrawal" in "would lift it in return for a withdrawal"."""
    tokens = reading.tokens
    last = bisect_right(reading.conditions, tokens[i].start, key=lambda mark: mark.start)
    marks = reading.conditions[max(0, last - NESTED) : last]
    return any(tokens[i].start < mark.end and _is_open(tokens, mark) and not _is_granted(tokens, i, mark) for mark in marks)


def is_bound(reading: Reading, i: int) -> bool:
    """Whether the clause of token i depends on a condition: "lift" in "will lift the blockade if Iraq withdraws"."""
    tokens = reading.tokens
    sentence = reading.sentences[tokens[i].sentence]
    verb = verb_above(tokens, i)
    first = bisect_left(reading.conditions, sentence.start, key=lambda mark: mark.start)
    last = bisect_left(reading.conditions, sentence.end, key=lambda mark: mark.start)
    marks = reading.conditions[first:last]
    return verb is not None and any(m.relation in BINDING and verb_above(tokens, m.governor) == verb for m in marks)


def _is_open(tokens: Tokens, mark: ConditionMark) -> bool:
    if mark.relation not in REALIZED:
        return True
    verb = verb_above(tokens, mark.governor)
    if verb is None or has_modal(tokens, verb):
        return True
    return tokens[verb].tag not in ("VBD", "VBN") and "did" not in auxiliaries(tokens, verb)


def _is_granted(tokens: Tokens, i: int, mark: ConditionMark) -> bool:
    """Whether a condition takes it for granted: a known thing that is to end, or what a relative clause tells as a fact."""
    above = tokens[tokens[i].head]
    if tokens[i].dep == "dobj" and above.lemma in cue_words("ending") and is_definite(tokens, i):
        return True
    for _ in range(MAX_CLIMB):
        if tokens[i].dep == "relcl":
            return True
        i = tokens[i].head
        if not mark.start <= tokens[i].start < mark.end or tokens[i].head == i:
            break
    return False
