"""Verbs of saying that are inserted in what is said, or spliced behind it with a comma.

"The deal, she said, was dead", "as she said, the deal was dead", "the port will reopen, the envoy told reporters".
"""

from twotrack.mark.attribution.contents import Draft, cue_tokens
from twotrack.mark.attribution.cues import (
    Complement,
    cue_lemmas,
    cue_words,
    is_inserted,
    is_passive_cue,
    lent_clause,
)
from twotrack.mark.attribution.quotations import QuoteMap
from twotrack.mark.attribution.sources import source_tokens
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, subtree


def inserted(reading: Reading, i: int, key: str) -> Draft | None:
    """ "The deal, she said, was dead", "As she said, ...": the clause that a cue is inserted in is its content."""
    tokens, table = reading.tokens, cue_words()
    marked = any(tokens[c].dep == "mark" and tokens[c].lower == "as" for c in tokens[i].children)
    behind = tokens[i].dep == "ccomp" and tokens[i].head < i and is_inserted(tokens, tokens[i].head, i)
    frame = "inserted" if behind else {"parataxis": "inserted", "advcl": "as" if marked else ""}.get(tokens[i].dep, "")
    word = table.get((key, frame)) if frame else None
    if word is not None:
        cue = cue_tokens(tokens, i, Complement("", i))
        relayed = frame == "as" and is_passive_cue(tokens, i)  # "as reported by the agency"
        source = source_tokens(tokens, i, "passive:" if relayed else "")
        content = _clause_around(reading, i, frame) - set(subtree(tokens, i))
        content |= lent(tokens, i)
        return Draft(i, frozenset(cue), frozenset(source), frozenset(content - source), word.precision, f"{key}+{frame}")
    return None


def lent(tokens: Tokens, i: int) -> set[int]:
    """What the parse hangs on an inserted verb of the clause around it."""
    clause = lent_clause(tokens, i)
    return set(subtree(tokens, clause)) if clause is not None else set()


def _clause_around(reading: Reading, i: int, frame: str) -> set[int]:
    tokens = reading.tokens
    head, own = tokens[i].head, set(subtree(tokens, i))
    if tokens[head].dep == "ccomp" and tokens[head].head < i < min(set(subtree(tokens, head)) - own):
        head = tokens[head].head  # "the envoy had warned, two diplomats said, that time was short"
    sentence = reading.sentences[tokens[i].sentence]
    while frame == "inserted" and tokens[head].dep == "ccomp" and _is_last(tokens, head, own):
        head = tokens[head].head  # "the leader said it would answer, the agency reported"
    if tokens[head].dep == "ROOT" and frame == "inserted":
        return set(range(sentence.first, sentence.last))
    return set(subtree(tokens, head))


def _is_last(tokens: Tokens, head: int, own: set[int]) -> bool:
    """Whether all else of a clause stands before the inserted words."""
    others = set(subtree(tokens, head)) - own
    for c in tokens[head].children:
        if tokens[c].lower == "according" and c > max(own):
            others -= set(subtree(tokens, c))
    return max((n for n in others if tokens[n].pos != "PUNCT"), default=-1) < min(own)


def spliced(reading: Reading, quotes: QuoteMap, i: int, key: str) -> Draft | None:
    """ "The port will reopen, the envoy told reporters", of which the parse joins "told" to "reopen" as with an "and".

    Or beside it: "the port will reopen, the envoy affirmed, Tass reported".
    """
    tokens, head, dep = reading.tokens, reading.tokens[i].head, reading.tokens[i].dep
    word = cue_words().get((key, "fronted"))
    beside = [c for c in children(tokens, head, "ccomp") if c < i] if dep == "ccomp" and head > i else []
    before = beside[-1] if beside else head if dep == "conj" and head < i else None
    if word is None or before is None or not is_inserted(tokens, before, i):
        return None
    source = source_tokens(tokens, i, "")
    first = reading.sentences[tokens[i].sentence].first
    content = set(range(first, min(source, default=first)))
    joining = any(tokens[n].dep == "cc" and tokens[n].head == before for n in content)
    if joining or _says_more(tokens, i) or any(quotes.at[n] != quotes.at[i] for n in content):
        return None
    cue = cue_tokens(tokens, i, Complement("", i))
    return Draft(i, frozenset(cue), frozenset(source), frozenset(content), word.precision, f"{key}+fronted")


def _says_more(tokens: Tokens, i: int) -> bool:
    """Whether a verb has a clause after it that is no other verb of saying."""
    later = (c for c in children(tokens, i, "ccomp", "xcomp", "advcl") if c > i)
    return any(tokens[c].lemma not in cue_lemmas() for c in later)
