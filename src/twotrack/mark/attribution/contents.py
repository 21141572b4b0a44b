"""Where cues and contents stand, as sets of tokens, drawn as PolNeAR draws them.

"Iran's foreign minister told reporters on Monday that talks, he hoped, would resume": source "Iran's foreign minister",
cue "told", content "that talks ... would resume"; the recipient and the day belong to none of the three.
"""

from dataclasses import dataclass

from twotrack.mark.attribution.cues import Complement, subject_of, words_of
from twotrack.syntax import Tokens, children, subtree

OBJECT_PREPOSITIONS = frozenset(
    {"as", "for", "of", "to", "over", "with", "about", "from", "against", "between", "toward", "towards"}
)
CUE_PARTS = frozenset({"aux", "auxpass", "neg", "prt"})
MAX_MODIFIERS = 3  # adverbs before a cue that are drawn with it: "has now also repeatedly said"


@dataclass(frozen=True, slots=True)
class Draft:
    """A possible attribution, in token indices. `rule` is the cue word with its frame: "warn+that"."""

    head: int
    cue: frozenset[int]
    source: frozenset[int]
    content: frozenset[int]
    precision: float
    rule: str


def cue_tokens(tokens: Tokens, i: int, complement: Complement) -> set[int]:
    """The cue: the word with auxiliaries, negation, particle, adverbs before it, and the preposition of its complement."""
    found = {i}
    for c in tokens[i].children:
        token = tokens[c]
        if token.dep in CUE_PARTS and not (token.dep == "aux" and token.tag == "TO"):
            found.add(c)
    found |= _adverbs_before(tokens, found)
    if complement.frame.startswith("p:") or complement.frame.startswith("passive:p:"):
        found.add(tokens[complement.anchor].i)
    return found


def _adverbs_before(tokens: Tokens, found: set[int]) -> set[int]:
    """Adverbs that stand directly before or within the cue: "has also said", "then added"."""
    added: set[int] = set()
    k = min(found) - 1
    while (
        k >= 0
        and len(added) < MAX_MODIFIERS
        and tokens[k].dep == "advmod"
        and tokens[k].tag == "RB"
        and tokens[k].head in found
    ):
        added.add(k)
        k -= 1
    span = range(min(found), max(found))
    return added | {k for k in span if tokens[k].dep in ("advmod", "neg") and tokens[k].head in found}


def clause_content(tokens: Tokens, i: int, complement: Complement) -> set[int]:
    """The content that follows a cue: the complement's words, without its preposition."""
    frame, anchor = complement.frame.removeprefix("passive:"), complement.anchor
    if frame.startswith("p:"):
        asked = [c for c in children(tokens, i, "xcomp") if c > anchor]  # "appealed to the workers to avoid bloodshed"
        return {n for one in (anchor, *asked) for n in subtree(tokens, one) if n != anchor}
    if frame in ("np", "pred"):
        found = _object_content(tokens, i, anchor, frame)
    else:
        found = set(subtree(tokens, anchor))
        if frame == "bare":
            found = {n for n in found if n > i}
        elif frame == "that":
            found = _from_that(tokens, i, anchor, found)
    return without_conjunction(tokens, found | _impersonal_subject(tokens, i))


def _object_content(tokens: Tokens, i: int, anchor: int, frame: str) -> set[int]:
    """An object with what completes it: "described the deal as a surrender", "called the deal a surrender"."""
    found = noun_content(tokens, anchor)
    for c in tokens[i].children:
        if c > anchor and tokens[c].dep == "dobj":  # "branded the visit a plot"
            found |= noun_content(tokens, c)
        elif c > anchor and tokens[c].dep == "prep" and tokens[c].lower in OBJECT_PREPOSITIONS:
            found |= set(subtree(tokens, c))
        elif c > anchor and tokens[c].dep in ("oprd", "xcomp", "advcl") and frame == "np":
            below = subtree(tokens, c)
            if tokens[c].dep != "advcl" or tokens[below[0]].lower in ("as", "for"):
                found |= set(below)
    if frame == "pred":
        found |= {n for c in children(tokens, i, "dobj", "nsubj") if c > i for n in subtree(tokens, c)}
    return found


def _impersonal_subject(tokens: Tokens, i: int) -> set[int]:
    """The subject of "seem", which belongs to what seems so; not its "it" or "there"."""
    own = subject_of(tokens, i) if tokens[i].lemma in words_of("impersonal") else None
    return set(subtree(tokens, own)) if own is not None and tokens[own].lower not in ("it", "there") else set()


def _from_that(tokens: Tokens, i: int, anchor: int, found: set[int]) -> set[int]:
    """A that-clause from its "that" on, with those joined to it: "said that A, but that B"."""
    that = next((c for c in tokens[anchor].children if tokens[c].dep == "mark" and tokens[c].lower == "that"), None)
    kept = {n for n in found if that is None or n >= that}
    for c in children(tokens, i, "conj"):
        below = subtree(tokens, c)
        if any(tokens[g].dep == "mark" and tokens[g].lower == "that" for g in tokens[c].children):
            kept.update(range(max(kept) + 1, below[-1] + 1))
    return kept


def without_conjunction(tokens: Tokens, found: set[int]) -> set[int]:
    """A clause without the "but" that opens the next one."""
    last = max((n for n in found if tokens[n].pos != "PUNCT"), default=-1)
    return {n for n in found if n < last} if last >= 0 and tokens[last].pos == "CCONJ" else found


def noun_content(tokens: Tokens, head: int) -> set[int]:
    """A noun phrase without what hangs on it behind a comma: "the deal, which was signed in 2015" -> "the deal"."""
    found = set(subtree(tokens, head))
    for c in tokens[head].children:
        if c > head and tokens[c].dep in ("relcl", "appos", "acl", "advcl") and tokens[c].i > 0:
            below = subtree(tokens, c)
            if below[0] > 0 and tokens[below[0] - 1].text == ",":
                found -= set(below)
    return found
