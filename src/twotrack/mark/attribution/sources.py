"""Where sources stand, as sets of tokens, drawn as PolNeAR draws them.

"Kim Park, a spokesman, said ...": the whole noun phrase. "A report that says ...": "that". "Iran's claim": the possessor.
"""

from twotrack.mark.attribution.contents import cue_tokens
from twotrack.mark.attribution.cues import Complement, sender_of, subject_of, words_of
from twotrack.syntax import Tokens, children, subjects, subtree

NAME_PARTS = frozenset({"PROPN", "NOUN", "DET", "ADJ", "NUM", "PRON", "PART"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


def source_tokens(tokens: Tokens, i: int, frame: str) -> set[int]:
    """The source of a cue: subject, agent of a passive, possessor of a noun; empty where nobody is named."""
    if tokens[i].pos in ("NOUN", "PROPN"):
        return noun_source(tokens, i)
    if frame.startswith("passive:"):
        agents = [c for a in children(tokens, i, "agent") for c in children(tokens, a, "pobj")]
        return set(subtree(tokens, agents[0])) if agents else set()
    if (sender := sender_of(tokens, i)) is not None:
        return set(subtree(tokens, sender))
    own = subject_of(tokens, i)
    if own is None and tokens[i].pos == "ADJ":
        i = tokens[i].head
        own = subject_of(tokens, i)
    if own is None:
        return _shared_source(tokens, i, frame)
    return set() if tokens[i].lemma in words_of("impersonal") else _without(tokens, own, i)


def _shared_source(tokens: Tokens, i: int, frame: str) -> set[int]:
    """The source of a cue without a subject of its own: that of the verb it is joined to, the noun it hangs on."""
    dep, head = tokens[i].dep, tokens[i].head
    if dep == "pcomp" and (quoted := _quoted_one(tokens, i)) is not None:
        return set(subtree(tokens, quoted)) - set(subtree(tokens, head))
    if dep == "advcl" and (heard := _heard_one(tokens, i)) is not None:
        return set(subtree(tokens, heard))
    if dep == "ccomp" and (lost := _lost_subject(tokens, i)) is not None:
        return lost
    if dep == "ccomp" and i > 0 and tokens[i - 1].pos == "CCONJ":
        return source_tokens(tokens, head, "")  # "said A, but denied B": the parse makes "denied" a clause of "said"
    if frame == "fronted" and dep not in ("xcomp", "conj", "advcl") and (after := _name_after(tokens, i)):
        return after
    found = subjects(tokens, i)
    if not found and dep == "ROOT" and tokens[i].tag in FINITE and frame in ("that", "bare"):
        return _before_cue(tokens, i, min(cue_tokens(tokens, i, Complement("", i))))
    if not found or tokens[found[0]].sentence != tokens[i].sentence:
        return set()
    if i in (below := subtree(tokens, found[0])):
        return _before_clause(tokens, found[0], below)
    return {n for one in found for n in subtree(tokens, one)}


def _quoted_one(tokens: Tokens, i: int) -> int | None:
    """Who is quoted: the diplomat of "quoted a diplomat as saying"; the name of "quoted the minister, Ana Ruiz, as saying"."""
    preposition = tokens[tokens[i].head]
    return max(children(tokens, preposition.head, "dobj"), default=None) if preposition.lower == "as" else None


def _heard_one(tokens: Tokens, i: int) -> int | None:
    """Who is heard: the premier of "recalled the premier saying that"."""
    objects = children(tokens, tokens[i].head, "dobj")
    heard = tokens[i].tag == "VBG" and tokens[tokens[i].head].lemma in words_of("hearing")
    return objects[0] if heard and objects and subtree(tokens, objects[0])[-1] == i - 1 else None


def _lost_subject(tokens: Tokens, i: int) -> set[int] | None:
    """The subject that the parse gives to a participle: "said the envoy, summoned for the third time, had pleaded that"."""
    first = min([i, *children(tokens, i, "aux", "neg", "advmod")])
    before = [c for c in children(tokens, tokens[i].head, "ccomp") if c < first and tokens[first - 1].text == ","]
    for n in (n for c in before if tokens[c].tag in ("VBD", "VBN", "VBG") for n in children(tokens, c, "nsubj", "nsubjpass")):
        below = subtree(tokens, n)
        if "," in (tokens[below[-1]].text, tokens[min(below[-1] + 1, i)].text):
            return {k for k in below if tokens[k].text != ","}
    return None


def _before_cue(tokens: Tokens, i: int, cue: int) -> set[int]:
    """All that stands before a main verb whose subject the parse lost: "Rep. Dana Fox - like Reed, a lawyer - said ..."."""
    first = cue
    while first > 0 and tokens[first - 1].sentence == tokens[i].sentence:
        first -= 1
    if tokens[first].dep in ("mark", "prep"):  # "Before he left, Rep. Dana Fox - like Reed, a lawyer - said ..."
        first = next((n + 1 for n in range(first, cue) if tokens[n].text == ","), first)
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
    ends = [c for c in tokens[head].children if c > head and tokens[c].dep in ("acl", "relcl", "punct", "appos")]
    if not ends:
        return set(below)
    first = subtree(tokens, ends[0])[0] if tokens[ends[0]].dep in ("acl", "relcl") else ends[0]
    return {n for n in below if n < first}


def noun_source(tokens: Tokens, i: int) -> set[int]:
    """Who makes a claim: "Iran's claim", "a claim by Iran", "the New York Times report"."""
    for c in tokens[i].children:
        if tokens[c].dep == "poss":
            return set(subtree(tokens, c))
    for c in tokens[i].children:
        by = tokens[c].dep == "prep" and tokens[c].lower in ("by", "from")
        if by and (below := children(tokens, c, "pobj")):
            return set(subtree(tokens, below[0]))
    named = [
        c
        for c in tokens[i].children
        if tokens[c].dep in ("compound", "amod") and tokens[c].ent in ("ORG", "PERSON", "GPE", "NORP")
    ]
    return {n for c in named for n in subtree(tokens, c)}
