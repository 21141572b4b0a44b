"""Where the words of a source stand: contents, sources and cues as sets of tokens, drawn as PolNeAR draws them.

"Iran's foreign minister told reporters on Monday that talks, he hoped, would resume": source "Iran's foreign minister",
cue "told", content "that talks ... would resume"; the recipient and the day belong to none of the three.
"""

from twotrack.mark.cues import Complement, subject_of
from twotrack.syntax import Tokens, children, subjects, subtree

OBJECT_PREPOSITIONS = frozenset({"as", "for", "of", "to", "over", "with", "about", "from", "against", "between", "toward", "towards"})
CUE_PARTS = frozenset({"aux", "auxpass", "neg", "prt"})
RELATIVE = frozenset({"WDT", "WP", "WP$"})
IMPERSONAL = frozenset({"seem", "appear"})  # their subject belongs to the content: "The talks seem to have stalled"
ASKED = frozenset({"ask", "tell", "press", "question", "remind", "inform", "brief"})  # their passive subject hears, or is asked
NAME_PARTS = frozenset({"PROPN", "NOUN", "DET", "ADJ", "NUM", "PRON", "PART"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
MAX_MODIFIERS = 3  # adverbs before a cue that are drawn with it: "has now also repeatedly said"


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
    while k >= 0 and len(added) < MAX_MODIFIERS and tokens[k].dep == "advmod" and tokens[k].tag == "RB" and tokens[k].head in found:
        added.add(k)
        k -= 1
    span = range(min(found), max(found))
    return added | {k for k in span if tokens[k].dep in ("advmod", "neg") and tokens[k].head in found}


def clause_content(tokens: Tokens, i: int, complement: Complement) -> set[int]:
    """The content that follows a cue: the complement's words, without its preposition."""
    frame = complement.frame.removeprefix("passive:")
    if frame.startswith("p:"):
        return {n for n in subtree(tokens, complement.anchor) if n != complement.anchor}
    found = set(subtree(tokens, complement.anchor))
    if frame == "that":
        found = _from_that(tokens, i, complement.anchor, found)
    if frame in ("np", "pred"):
        found = noun_content(tokens, complement.anchor)
        for c in tokens[i].children:
            if c > complement.anchor and tokens[c].dep == "prep" and tokens[c].lower in OBJECT_PREPOSITIONS:
                found |= set(subtree(tokens, c))
            elif c > complement.anchor and tokens[c].dep in ("oprd", "xcomp", "advcl") and frame == "np":
                below = subtree(tokens, c)
                if tokens[c].dep != "advcl" or tokens[below[0]].lower in ("as", "for"):
                    found |= set(below)
    if tokens[i].lemma in IMPERSONAL and (own := subject_of(tokens, i)) is not None and tokens[own].lower not in ("it", "there"):
        found |= set(subtree(tokens, own))
    if frame == "pred":
        found |= {n for c in children(tokens, i, "dobj", "nsubj") if c > i for n in subtree(tokens, c)}
    return found


def _from_that(tokens: Tokens, i: int, anchor: int, found: set[int]) -> set[int]:
    """A that-clause from its "that" on, with those joined to it: "said that A, but that B"."""
    that = next((c for c in tokens[anchor].children if tokens[c].dep == "mark" and tokens[c].lower == "that"), None)
    kept = {n for n in found if that is None or n >= that}
    for c in children(tokens, i, "conj"):
        below = subtree(tokens, c)
        if any(tokens[g].dep == "mark" and tokens[g].lower == "that" for g in tokens[c].children):
            kept.update(range(max(kept) + 1, below[-1] + 1))
    return kept


def noun_content(tokens: Tokens, head: int) -> set[int]:
    """A noun phrase without what hangs on it behind a comma: "the deal, which was signed in 2015" -> "the deal"."""
    found = set(subtree(tokens, head))
    for c in tokens[head].children:
        if c > head and tokens[c].dep in ("relcl", "appos", "acl", "advcl") and tokens[c].i > 0:
            below = subtree(tokens, c)
            if below[0] > 0 and tokens[below[0] - 1].text == ",":
                found -= set(below)
    return found


def source_tokens(tokens: Tokens, i: int, frame: str) -> set[int]:
    """The source of a cue: subject, agent of a passive, possessor of a noun; empty where nobody is named."""
    if tokens[i].pos in ("NOUN", "PROPN"):
        return noun_source(tokens, i)
    if frame.startswith("passive:"):
        agents = [c for a in children(tokens, i, "agent") for c in children(tokens, a, "pobj")]
        return set(subtree(tokens, agents[0])) if agents else set()
    own = subject_of(tokens, i)
    if own is not None and tokens[own].lower == "it" and frame in ("that", "bare", "to") and tokens[own].dep == "expl":
        return set()
    if own is None and tokens[i].pos == "ADJ":
        i = tokens[i].head
        own = subject_of(tokens, i)
    if own is not None and tokens[i].lemma in IMPERSONAL:
        return set()
    if own is not None:
        return _without(tokens, own, i)
    found = subjects(tokens, i)
    if frame == "fronted" and tokens[i].dep not in ("xcomp", "conj", "advcl") and (after := _name_after(tokens, i)):
        return after
    if not found and tokens[i].dep == "ROOT" and tokens[i].tag in FINITE and frame in ("that", "bare"):
        return _before_cue(tokens, i, min(cue_tokens(tokens, i, Complement("", i))))
    if not found or tokens[found[0]].sentence != tokens[i].sentence:
        return set()
    if i in (below := subtree(tokens, found[0])):
        return _before_clause(tokens, found[0], below)
    return {n for one in found for n in subtree(tokens, one)}


def _before_cue(tokens: Tokens, i: int, cue: int) -> set[int]:
    """All that stands before a main verb whose subject the parse lost: "Rep. Dana Fox - like Reed, a lawyer - said ..."."""
    first = cue
    while first > 0 and tokens[first - 1].sentence == tokens[i].sentence:
        first -= 1
    return set(range(first, cue))


def _name_after(tokens: Tokens, i: int) -> set[int]:
    """The words after an inverted cue that the parse gives no role: 'said Air Force Lt. Dana Fox.'."""
    k = i + 1
    while k < len(tokens) and tokens[k].sentence == tokens[i].sentence and tokens[k].pos in NAME_PARTS:
        k += 1
    return set(range(i + 1, k)) if any(tokens[n].pos in ("PROPN", "NOUN", "PRON") for n in range(i + 1, k)) else set()


def _without(tokens: Tokens, head: int, hole: int) -> set[int]:
    found = set(subtree(tokens, head))
    return found - set(subtree(tokens, hole)) if hole in found else found


def _before_clause(tokens: Tokens, head: int, below: list[int]) -> set[int]:
    """The noun that a participle or relative clause hangs on, without that clause."""
    cut = next((c for c in tokens[head].children if c > head and tokens[c].dep in ("acl", "relcl", "punct", "appos")), below[-1] + 1)
    first = next((n for n in below if n > head and n >= cut), below[-1] + 1)
    if tokens[cut].dep in ("acl", "relcl") if cut < len(tokens) else False:
        first = subtree(tokens, cut)[0]
    return {n for n in below if n < first}


def noun_source(tokens: Tokens, i: int) -> set[int]:
    """Who makes a claim: "Iran's claim", "a claim by Iran", "the New York Times report"."""
    for c in tokens[i].children:
        if tokens[c].dep == "poss":
            return {n for n in subtree(tokens, c)}
    for c in tokens[i].children:
        if tokens[c].dep == "prep" and tokens[c].lower in ("by", "from"):
            if below := children(tokens, c, "pobj"):
                return set(subtree(tokens, below[0]))
    named = [c for c in tokens[i].children if tokens[c].dep in ("compound", "amod") and tokens[c].ent in ("ORG", "PERSON", "GPE", "NORP")]
    return {n for c in named for n in subtree(tokens, c)}
