"""Questions to the parse: who is the subject of this verb, what are its objects, where does its clause end.

Pure functions over `tokens`, the tuple of a Reading; indices in, indices or spans out.
"""

from collections.abc import Iterator, Sequence

from twotrack.model import Span, Token

Tokens = Sequence[Token]
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
SENDING = frozenset({"send", "dispatch", "deploy", "assign"})  # whoever is sent does what follows: "sent him to talk"
# Whoever is accused of something, kept from it or thanked for it is who does it, by the preposition before the gerund.
CHARGING = {
    "of": frozenset({"accuse", "suspect", "convict", "acquit", "warn"}),
    "from": frozenset(
        {"keep", "stop", "prevent", "bar", "ban", "deter", "discourage", "block", "prohibit", "dissuade", "restrain"}
    ),
    "for": frozenset(
        {"blame", "thank", "praise", "criticise", "criticize", "condemn", "denounce", "fault", "rebuke", "punish"}
    ),
}
URGING = frozenset({"urge", "ask", "beg", "press", "implore", "warn", "tell", "inform", "invite", "call"})
WRITING = frozenset({"write", "appeal", "cable", "telephone", "email", "send", "address"})
THIRD = frozenset({"him", "her", "it", "them"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
CLAUSES = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp", "csubj", "csubjpass"})


def children(tokens: Tokens, i: int, *deps: str) -> list[int]:
    """The children of token i with one of these dependency labels, in text order."""
    return [c for c in tokens[i].children if tokens[c].dep in deps]


def subtree(tokens: Tokens, i: int) -> list[int]:
    """Token i and all below it, in text order."""
    found, todo = [], [i]
    while todo:
        n = todo.pop()
        found.append(n)
        todo.extend(tokens[n].children)
    return sorted(found)


def subtree_span(tokens: Tokens, i: int) -> Span:
    """First to last character of the subtree of token i."""
    below = subtree(tokens, i)
    return Span(tokens[below[0]].start, tokens[below[-1]].end)


def conjuncts(tokens: Tokens, i: int) -> list[int]:
    """Token i and what is joined to it after it: "Britain, France and Israel" -> the three heads."""
    found, todo = [], [i]
    while todo:
        n = todo.pop()
        found.append(n)
        todo.extend(children(tokens, n, "conj"))
    return sorted(found)


def conjunction_head(tokens: Tokens, i: int) -> int:
    """The first of the words that i is joined to: for "France" in "Britain and France", "Britain"."""
    while tokens[i].dep == "conj" and tokens[i].head != i:
        i = tokens[i].head
    return i


def is_verb(token: Token) -> bool:
    """Whether a token is a verb or an auxiliary, by part of speech or by tag."""
    return token.pos in ("VERB", "AUX") or token.tag in VERB_TAGS


def is_passive(tokens: Tokens, verb: int) -> bool:
    """ "Troops were withdrawn": a past participle with its passive auxiliary or subject, or bare after a noun."""
    token = tokens[verb]
    if any(tokens[c].dep in ("auxpass", "nsubjpass", "csubjpass") for c in token.children):
        return True
    return token.tag == "VBN" and token.dep == "acl"


def subjects(tokens: Tokens, verb: int) -> list[int]:
    """The grammatical subjects of a verb, its own or those it shares: of "will meet" in "X said it hopes and will meet".

    A verb without one takes the subject of the verb that it is joined to or that controls it; a participle or relative
    clause takes the noun that it hangs on.
    """
    seen = set()
    while verb not in seen:
        seen.add(verb)
        below = [c for c in tokens[verb].children if tokens[c].dep in SUBJECTS or tokens[c].dep in ("aux", "auxpass")]
        below += [
            g for c in below for g in tokens[c].children if tokens[c].dep in ("aux", "auxpass")
        ]  # "he has, in fact, left"
        own = [c for c in below if tokens[c].dep in SUBJECTS and tokens[c].dep != "expl"]
        if own:
            return _antecedents(tokens, own, verb)
        dep, head = tokens[verb].dep, tokens[verb].head
        if dep == "acl" and _urges_them(tokens, verb):
            verb = tokens[head].head
            continue
        if dep in ("acl", "relcl"):
            return [head]
        if dep == "pcomp" and (charged := _charged(tokens, head)):
            return charged
        if dep == "advcl" and tokens[head].lemma in SENDING and (sent := children(tokens, head, "dobj")):
            return sent
        if dep in ("conj", "xcomp", "advcl", "pcomp") and head != verb:
            if dep == "xcomp" and (controlled := children(tokens, head, "dobj", "dative")) and tokens[verb].tag != "VBG":
                return controlled
            verb = head
        elif dep == "prep" or tokens[head].dep == "prep":
            verb = head
        else:
            break
    return []


def _urges_them(tokens: Tokens, verb: int) -> bool:
    """Whether who writes urges whom it is written to: "wrote to the two leaders urging them to wait"."""
    noun = tokens[tokens[verb].head]
    above = tokens[tokens[noun.head].head] if tokens[noun.head].dep in ("prep", "dative") else tokens[noun.head]
    urged = tokens[verb].tag == "VBG" and tokens[verb].lemma in URGING and above.lemma in WRITING
    return urged and any(tokens[c].lower in THIRD for c in children(tokens, verb, "dobj"))


def _charged(tokens: Tokens, preposition: int) -> list[int]:
    """Who does what "accused Peru of moving troops", "kept the rebels from leaving", "blamed it for shelling" tell."""
    verb = tokens[tokens[preposition].head]
    return objects(tokens, verb.i) if verb.lemma in CHARGING.get(tokens[preposition].lower, ()) else []


def _antecedents(tokens: Tokens, found: list[int], verb: int) -> list[int]:
    """A relative pronoun stands for the noun that its clause hangs on."""
    if tokens[found[0]].tag in ("WDT", "WP") and tokens[verb].dep == "relcl":
        return [tokens[verb].head]
    return [n for one in found for n in conjuncts(tokens, one)]


def objects(tokens: Tokens, verb: int) -> list[int]:
    """The direct objects of a verb with what is joined to them."""
    return [n for one in children(tokens, verb, "dobj") for n in conjuncts(tokens, one)]


def prep_objects(tokens: Tokens, i: int, *prepositions: str) -> list[int]:
    """Objects of these prepositions below token i: "impose sanctions on Iraq" at "sanctions", "on" -> Iraq."""
    found = []
    for c in tokens[i].children:
        if tokens[c].dep in ("prep", "agent", "dative") and tokens[c].lower in prepositions:
            for one in children(tokens, c, "pobj"):
                found.extend(conjuncts(tokens, one))
    return found


def auxiliaries(tokens: Tokens, verb: int) -> list[str]:
    """The lower-cased auxiliaries of a verb, its own or, where it has none, those of the verb that it is joined to."""
    own = [tokens[c].lower for c in children(tokens, verb, "aux", "auxpass")]
    if own or tokens[verb].dep != "conj":
        return own
    if any(tokens[c].dep in SUBJECTS for c in tokens[verb].children):
        return own
    head = tokens[verb].head
    return auxiliaries(tokens, head) if head != verb and is_verb(tokens[head]) else own


def is_negated(tokens: Tokens, i: int) -> bool:
    """True with "not", "never", "no longer" at the verb, or "no" at the noun."""
    for c in tokens[i].children:
        if tokens[c].dep == "neg" or tokens[c].lower in ("never", "neither", "nor"):
            return True
        if tokens[c].lower == "no" and tokens[c].dep in ("det", "advmod"):
            return True
        if tokens[c].lower == "longer" and any(tokens[g].lower == "no" for g in tokens[c].children):
            return True
    return False


def governors(tokens: Tokens, i: int) -> Iterator[int]:
    """The heads above token i, nearest first, up to the root of its sentence."""
    while tokens[i].head != i:
        i = tokens[i].head
        yield i


def verb_above(tokens: Tokens, i: int) -> int | None:
    """The nearest verb at or above token i."""
    if is_verb(tokens[i]) and tokens[i].dep not in ("aux", "auxpass"):
        return i
    return next((g for g in governors(tokens, i) if is_verb(tokens[g])), None)


def phrase_span(tokens: Tokens, head: int) -> Span:
    """A noun phrase without its relative clauses, appositions, conjuncts and trailing prepositions' clauses.

    "the Russian president, who spoke on Friday" -> "the Russian president".
    """
    kept = [head]
    for c in tokens[head].children:
        before = c < head and tokens[c].dep not in ("punct", "cc", "relcl", "appos", "preconj")
        if before or tokens[c].dep == "case":
            kept.extend(n for n in subtree(tokens, c))
    kept.sort()
    return Span(tokens[kept[0]].start, tokens[kept[-1]].end)


MAX_CLAUSE = 150  # words; the longest clause of 84 political articles has 71, and hostile ones must not cost their square
APART = frozenset({"conj", "cc", "advcl", "parataxis", "preconj", "punct", "mark", "intj"})


def clause_span(tokens: Tokens, i: int) -> Span:
    """The clause of a verb, or a noun with what hangs on it, without the clauses joined to it or beside it.

    At "rejected": "After talks failed, [Iraq rejected the offer] and Iran accepted it."
    """
    joint = max(
        children(tokens, i, "mark"), default=-1
    )  # "a day after": what stands before the conjunction is not the clause's
    kept, todo = [i], [c for c in tokens[i].children if tokens[c].dep not in APART and c > joint]
    while todo and len(kept) < MAX_CLAUSE:
        n = todo.pop()
        kept.append(n)
        todo.extend(tokens[n].children)
    return Span(tokens[min(kept)].start, tokens[max(kept)].end)
