"""What hangs on what: "Kigali will reopen the crossing if the militia leaves" -> "the militia leaves", if, at "reopen".

A cue comes from data/conditions.toml, or is an inversion ("Should Moscow attack, ...") or a look back ("..., otherwise ...").
The condition is the run of words after the cue that belongs to the clause or phrase that the cue opens.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from twotrack.errors import Problem
from twotrack.lexicon import rows
from twotrack.mark.clauses import MAX_CLAUSE, MAX_DEPTH, has_modal, is_time, readable_sentences, run_of, trimmed, with_place
from twotrack.model import ConditionMark, Relation, Sentence, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, auxiliaries, governors, is_negated, is_verb

INVERTED = frozenset({"should", "were", "had"})
ENDS = frozenset({"end", "time", "moment", "day", "minute", "hour", "date", "deadline", "notice"})
LOOKING_BACK = frozenset({"otherwise", "else", "which"})
ACT_LIKE = (
    "ion",
    "ment",
    "al",
    "ing",
    "ance",
    "ence",
    "ity",
    "ery",
    "sis",
    "ship",
)  # endings of nouns that name acts and outcomes


class Cue(NamedTuple):
    """One wording of one row: the words in lower case and what may follow them."""

    row: str
    words: tuple[str, ...]
    relation: Relation
    takes: str
    governor: str
    not_after: frozenset[str]
    not_before: frozenset[str]


@lru_cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """The cues of data/conditions.toml by their first word, longest first."""
    found: dict[str, list[Cue]] = {}
    for row in rows("conditions", "cue", "id", "words", "relation", "takes", "examples"):
        beside = frozenset(row.get("not_after", ())), frozenset(row.get("not_before", ()))
        for wording in row["words"]:
            words = tuple(wording.split())
            cue = Cue(row["id"], words, row["relation"], row["takes"], row.get("governor", ""), *beside)
            found.setdefault(words[0], []).append(cue)
    return {word: tuple(sorted(some, key=lambda cue: -len(cue.words))) for word, some in found.items()}


@lru_cache
def lemmas(table: str) -> frozenset[str]:
    """The lemmas of a one-row table of data/conditions.toml: lemmas("refusal")."""
    return frozenset(lemma for row in rows("conditions", table, "lemmas", "examples") for lemma in row["lemmas"])


def mark_conditions(reading: Reading) -> Iterator[ConditionMark | Problem]:
    """The conditions of a report: "Ankara will veto the statement unless [its demands are met]."."""
    by_word, tokens = cues(), reading.tokens
    for sentence in readable_sentences(reading):
        found: list[ConditionMark] = []
        i = sentence.first
        while i < sentence.last:
            word = tokens[i].lower
            mark, after = None, i + 1
            if word in by_word:
                mark, after = _cued(reading, sentence, i)
            elif word in INVERTED:
                mark = _inverted(reading, sentence, i)
            elif word in LOOKING_BACK:
                mark = _looking_back(reading, sentence, i, found)
            if mark:
                found.append(mark)
            i = after
        yield from found


def _cued(reading: Reading, sentence: Sentence, i: int) -> tuple[ConditionMark | None, int]:
    """The condition that the words at token i open, and the index to go on from."""
    tokens = reading.tokens
    for cue in cues()[tokens[i].lower]:
        last = i + len(cue.words) - 1
        if last + 1 >= sentence.last or any(tokens[i + n].lower != word for n, word in enumerate(cue.words)):
            continue
        if (i > sentence.first and tokens[i - 1].lower in cue.not_after) or tokens[last + 1].lower in cue.not_before:
            continue
        if span := _condition(reading, sentence, cue, i, last):
            start, end, governor = span
            return ConditionMark(start, end, governor, cue.relation, Span(tokens[i].start, tokens[last].end)), last + 1
    return None, i + 1


def _condition(reading: Reading, sentence: Sentence, cue: Cue, first: int, last: int) -> tuple[int, int, int] | None:
    tokens = reading.tokens
    head = _opened(tokens, sentence, first, last)
    governor = _governor(tokens, head, first, last)
    has_verb = is_verb(tokens[head]) and tokens[head].tag != "VBG"
    if (cue.takes == "clause" and not has_verb) or (cue.takes == "phrase" and tokens[head].tag == "IN"):
        return None
    if not _fits(tokens, sentence, cue, head, governor, first):
        return None
    run = run_of(reading, sentence, head, last + 1, first)
    if cue.row == "without":
        run = with_place(reading, sentence, run)
    if not run or (cue.takes != "clause" and not has_verb and all(is_time(tokens[n]) for n in run)):
        return None
    return tokens[run[0]].start, tokens[run[-1]].end, governor


def _opened(tokens: Tokens, sentence: Sentence, first: int, last: int) -> int:
    """The head of the clause or phrase after a cue: the verb that its last word marks, else the top of what follows."""
    cue = tokens[last]
    if cue.dep in ("mark", "advmod") and cue.head > last and is_verb(tokens[cue.head]):
        return cue.head
    below = [c for c in cue.children if c > last and tokens[c].dep in ("pobj", "pcomp", "acl", "ccomp", "advcl")]
    if below:
        return below[0]
    n = last + 1
    for _ in range(MAX_DEPTH):
        up = tokens[n].head
        if up == n or not last < up < sentence.last or tokens[n].dep in ("advcl", "pcomp", "pobj", "relcl"):
            break
        n = up
    return n


def _governor(tokens: Tokens, head: int, first: int, last: int) -> int:
    """The word outside cue and condition that they hang on."""
    n = head
    for _ in range(MAX_DEPTH):
        up = tokens[n].head
        if up == n:
            break
        n = up
        if not first <= n <= last:
            inserted = tokens[n].dep == "parataxis" and tokens[n].head < n  # "it would leave, he added, unless ..."
            return tokens[n].head if inserted else n
    return tokens[first].head


def _fits(tokens: Tokens, sentence: Sentence, cue: Cue, head: int, governor: int, first: int) -> bool:
    """Whether the words around a cue let it state a condition."""
    if cue.row in ("if", "when") and tokens[head].dep == "ccomp" and tokens[governor].lemma in lemmas("question"):
        return False
    if cue.row == "provided":
        return tokens[first + 1].lower == "that" or any(tokens[c].dep in ("nsubj", "nsubjpass") for c in tokens[head].children)
    if cue.row == "depends-on":
        return _is_outcome(tokens, first)
    if cue.governor == "future":
        return not has_modal(tokens, head) and any(
            has_modal(tokens, n) or "to" in auxiliaries(tokens, n) for n in (governor, sentence.root)
        )
    named = tokens[head].pos == "NOUN" and tokens[head].lemma in ENDS
    if cue.row == "until" and named and not any(tokens[c].lower == "of" for c in tokens[head].children):
        return False  # "until the very end"
    if cue.row == "before" and tokens[tokens[governor].head].lemma in lemmas("demanding"):
        return True  # "wants the ban lifted before it signs" will not sign until then
    if cue.governor == "refused":
        return _is_refused(tokens, governor) or (cue.row == "without" and _goes_before(tokens, governor, first))
    return True


def _is_outcome(tokens: Tokens, verb: int) -> bool:
    """ "The deal depends on", not "the town depends on": the subject names an act, or the verb looks ahead."""
    if has_modal(tokens, verb):
        return True
    subject = next((c for c in tokens[verb].children if tokens[c].dep in ("nsubj", "csubj")), None)
    if subject is None:
        return False
    return tokens[subject].lower in lemmas("words") or tokens[subject].lemma.endswith(ACT_LIKE) or is_verb(tokens[subject])


def _is_refused(tokens: Tokens, governor: int) -> bool:
    """Whether what a cue hangs on is negated, or is of refusing: "no treaty will be signed", "refuses to sign"."""
    above = [governor, *(n for n, _ in zip(governors(tokens, governor), range(2), strict=False))]
    for n in above:
        if tokens[n].lemma in lemmas("refusal") or is_negated(tokens, n):
            return True
        if any(tokens[c].dep in ("nsubj", "nsubjpass", "dobj", "attr") and is_negated(tokens, c) for c in tokens[n].children):
            return True
        if tokens[n].dep not in ("xcomp", "pobj", "prep", "attr", "dobj", "nsubjpass", "nsubj"):
            break
    return False


def _goes_before(tokens: Tokens, governor: int, first: int) -> bool:
    """ "[Without] a timetable the raids would go on": before the subject of a verb that looks ahead."""
    own = [c for c in tokens[governor].children if tokens[c].dep in ("nsubj", "nsubjpass", "expl")]
    return bool(own) and first < own[0] and has_modal(tokens, governor)


def _inverted(reading: Reading, sentence: Sentence, i: int) -> ConditionMark | None:
    """ "Should [Moscow attack], ...", "Were [Iran to agree], ...", "Had [they signed], ..."."""
    tokens = reading.tokens
    token = tokens[i]
    verb = token.head if token.dep in ("aux", "auxpass") else i
    if tokens[verb].dep not in ("advcl", "ccomp") or i + 1 >= sentence.last or tokens[i + 1].dep in ("neg", "advmod"):
        return None
    if any(c < i and tokens[c].dep in ("nsubj", "nsubjpass", "expl", "mark", "advmod") for c in tokens[verb].children):
        return None
    opens = i == sentence.first or tokens[i - 1].pos == "PUNCT" or has_modal(tokens, tokens[verb].head)
    follows = tokens[i + 1].pos in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM")
    ahead = has_modal(tokens, tokens[verb].head) or (token.lower == "should" and tokens[sentence.last - 1].text != "?")
    if not ((opens or token.lower == "should") and follows and ahead) or (token.lower == "were" and not _has_to(tokens, verb)):
        return None
    run = run_of(reading, sentence, verb, i + 1, i)
    if not run:
        return None
    return ConditionMark(tokens[run[0]].start, tokens[run[-1]].end, tokens[verb].head, "if", Span(token.start, token.end))


def _has_to(tokens: Tokens, verb: int) -> bool:
    return any(tokens[g].lower == "to" for c in tokens[verb].children for g in (c, *tokens[c].children))


def _looking_back(reading: Reading, sentence: Sentence, i: int, before: list[ConditionMark]) -> ConditionMark | None:
    """ "Hand them over, or else ...": the negation of what came before, whose words are cited."""
    tokens = reading.tokens
    first = i - 1 if tokens[i].lower != "otherwise" else i
    if first < sentence.first or (tokens[i].lower == "else" and tokens[first].lower != "or"):
        return None
    if tokens[i].lower == "which" and tokens[first].lower != "failing":
        return None
    if tokens[i].lower == "otherwise" and i > sentence.first and tokens[i - 1].pos not in ("PUNCT", "CCONJ"):
        return None
    verb = next(
        (n for n in range(i + 1, min(i + 12, sentence.last)) if is_verb(tokens[n]) and tokens[n].dep not in ("aux", "auxpass")),
        None,
    )
    governor = verb if verb is not None else min(i + 1, sentence.last - 1)
    span = Span(before[-1].start, before[-1].end) if before else _clause_before(reading, sentence, first)
    if span is None:
        return None
    return ConditionMark(span.start, span.end, governor, "unless", Span(tokens[first].start, tokens[i].end))


def _clause_before(reading: Reading, sentence: Sentence, first: int) -> Span | None:
    """The clause that ends before token `first`, or the sentence before, without subject and auxiliary."""
    tokens = reading.tokens
    if first <= sentence.first + 1:
        if sentence.i == 0:
            return None
        sentence = reading.sentences[sentence.i - 1]
        first = sentence.last
    window = range(max(sentence.first, first - MAX_CLAUSE), first)
    verb = next(
        (n for n in window if is_verb(tokens[n]) and tokens[n].dep not in ("aux", "auxpass") and has_modal(tokens, n)), None
    )
    if verb is None:
        return None
    run = trimmed(tokens, list(range(verb, first)))
    return Span(tokens[run[0]].start, tokens[run[-1]].end) if run else None
