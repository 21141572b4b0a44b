"""Acts: the shortest words that name one.

"will impose sanctions on Riga on Friday" -> "impose sanctions on Riga";
"the withdrawal of its troops by May" -> "the withdrawal of its troops".
"""

from twotrack.find.commitments.polarity import lemmas
from twotrack.model import Span, Token
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, is_verb

MAX_ACT = 60  # tokens; the longest act of 134 annotated sentences has 22, and a bound keeps hostile text linear
MAX_DEPTH = 60  # heads climbed
SHORT_ACT = 4  # tokens; after a longer act an infinitive tells its purpose ("allocating €95 million in aid to meet needs")
OUTSIDE = lemmas("words", "outside-acts")
OUTSIDE_NOUN = OUTSIDE | {"at", "under", "like"}
PHRASES_OUTSIDE = lemmas("words", "phrases-outside-acts")
OPENING, CLOSING = ("“", '"', "‘", "''", "``"), ("”", '"', "’", "''")
IDLE = lemmas("words", "idle-adverbs")
FACING = lemmas("words", "facing-verbs")  # "hand them over or face arrest"
MARKS = "“”„«»\"‘’'`"
MAX_REST = 60  # characters of a quotation that are taken in to close it; longer ones tell more than the act
CONTROL = frozenset({"control", "power", "sovereignty", "authority", "influence", "dispute", "talk", "rule", "jurisdiction"})
TRAILING = frozenset({"both", "either", "very", "only", "even", "where", "that", "which", "who"})
DATE_ENTS = frozenset({"DATE", "TIME"})


def verb_act(reading: Reading, verb: int) -> Span:
    """The verb phrase without auxiliaries: "will gradually [release the prisoners] this week"."""
    tokens = reading.tokens
    first = verb
    for c in reversed(tokens[verb].children):
        if c == first - 1 and tokens[c].dep in ("advmod", "neg") and tokens[c].tag == "RB" and tokens[c].lower not in IDLE:
            first = c
    return _span(reading, verb, first, OUTSIDE)


def noun_act(reading: Reading, noun: int) -> Span:
    """The noun phrase without clauses beside it: "demanded [the withdrawal of all troops] at the talks"."""
    tokens = reading.tokens
    first = noun
    todo = [noun]
    while todo:  # the leftmost word of what stands before the noun
        n = todo.pop()
        for c in tokens[n].children:
            if c < n and tokens[c].dep not in ("punct", "cc", "preconj", "relcl", "mark", "prep") and noun - c < MAX_ACT:
                first = min(first, c)
                todo.append(c)
    while first < noun and tokens[first].lower in ("no", "any", "both", "either") and tokens[first].lower == "no":
        first += 1
    return _span(reading, noun, first, OUTSIDE_NOUN)


def clause_act(reading: Reading, subject: int, verb: int) -> Span:
    """A passive act with what it is done to: "[sanctions will be lifted] on Monday"."""
    return Span(noun_act(reading, subject).start, verb_act(reading, verb).end)


def _span(reading: Reading, head: int, first: int, outside: frozenset[str]) -> Span:
    """The run of words from `first` that hang below `head`, up to the first that tells something else."""
    tokens = reading.tokens
    last_of_sentence = reading.sentences[tokens[head].sentence].last
    stop = min(last_of_sentence, head + MAX_ACT)
    if quote := reading.quote_at(tokens[head].start):
        stop = next((n for n in range(head, stop) if tokens[n].start >= quote.end - 1), stop)
    inside = {head: True}
    end = head
    n = head + 1
    while n < stop and _hangs_below(tokens, n, inside) and not _leaves(tokens, n, head, outside):
        end = n
        n += 1
    while end > head and _trailing(tokens[end]):
        end -= 1
    if end + 2 < stop and tokens[end + 1].text == "-" and tokens[end].end == tokens[end + 1].start == tokens[end + 2].start - 1:
        return Span(tokens[first].start, _span(reading, end + 2, end + 2, outside).end)  # "re-open": the parse cuts the word
    if end + 1 < len(tokens) and tokens[end + 1].text in CLOSING and _left_open(tokens, first, end):
        end += 1
    return Span(tokens[first].start, tokens[end].end)


def _left_open(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a quotation mark within the words has no partner there: take "further measures[”]"."""
    marks = sum(1 for n in range(first, last + 1) if tokens[n].text in CLOSING or tokens[n].text in OPENING)
    return marks % 2 == 1


def _trailing(token: Token) -> bool:
    if token.dep in ("prep", "cc", "mark", "aux") and token.tag in ("IN", "CC", "TO"):
        return True
    return (token.pos in ("PUNCT", "SPACE", "CCONJ") and token.text not in "%)") or token.lower in TRAILING


def _hangs_below(tokens: Tokens, n: int, inside: dict[int, bool]) -> bool:
    path = []
    for _ in range(MAX_DEPTH):
        if n in inside or tokens[n].head == n:
            break
        path.append(n)
        n = tokens[n].head
    answer = inside.get(n, False)
    inside.update(dict.fromkeys(path, answer))
    return answer


def _leaves(tokens: Tokens, n: int, head: int, outside: frozenset[str]) -> bool:
    """Whether an act ends before token n: a time, a clause, a purpose after a long act, an afterthought."""
    token = tokens[n]
    if tokens[head].lemma in ("postpone", "delay", "extend", "prolong") and token.lower in ("until", "till", "by", "to"):
        return False
    if (
        token.lower in outside
        and token.dep in ("prep", "mark", "advmod", "pcomp", "cc", "agent", "dative")
        and not _belongs(tokens, n)
    ):
        return True
    if n + 1 < len(tokens) and f"{token.lower} {tokens[n + 1].lower}" in PHRASES_OUTSIDE:
        return True
    if token.dep == "prep" and any(tokens[c].ent in DATE_ENTS for c in token.children if tokens[c].dep == "pobj"):
        return True
    if token.lower == "soon" or (token.lower == "very" and tokens[token.head].lower == "soon"):
        return True
    if token.ent in DATE_ENTS and (token.dep == "npadvmod" or _above(tokens, n, 2, "npadvmod")):
        return True
    if token.dep in ("nsubj", "nsubjpass") and tokens[token.head].dep == "relcl" and token.head > n and n > head:
        return True
    if token.dep in ("relcl",) or (token.tag in ("WDT", "WP", "WP$") and _above(tokens, n, 3, "relcl")):
        return True
    return _clause_leaves(tokens, n, head)


def _clause_leaves(tokens: Tokens, n: int, head: int) -> bool:
    token, before = tokens[n], tokens[n - 1]
    if token.text in ("–", "—", "―", ";", ":", "--") or (token.text == "-" and before.end < token.start):
        return True
    if token.lower == "to" and token.dep == "aux" and n - head > SHORT_ACT and is_verb(tokens[head]):
        return True
    if before.text == ",":
        listed = token.dep == "appos" and any(tokens[c].dep == "cc" for m in (token.head, n) for c in tokens[m].children)
        series = listed or token.dep in ("conj", "cc", "amod", "advmod") or tokens[token.head].dep == "conj"
        return (
            not series or token.tag == "VBG" or token.dep in ("advcl", "acl", "relcl") or (token.dep == "appos" and not listed)
        )
    if (
        token.dep == "cc"
        and token.lower in ("but", "yet", "or")
        and (is_verb(tokens[token.head]) or tokens[n + 1].lemma in FACING)
    ):
        return True
    if token.dep == "cc":
        joined = [c for c in tokens[token.head].children if c > n and tokens[c].dep == "conj"]
        return bool(joined) and is_verb(tokens[joined[0]]) and bool(children(tokens, joined[0], "nsubj", "nsubjpass", "expl"))
    return token.tag == "VBG" and token.dep == "advcl" and before.dep != "mark" and n > head + 1 and not is_verb(before)


def _belongs(tokens: Tokens, n: int) -> bool:
    """ "By", "over" and "as" keep what the act needs: "rallies by a movement", "control over a port", "act as a judge"."""
    token = tokens[n]
    if token.lower == "by":
        return not any(tokens[c].ent in DATE_ENTS or tokens[c].dep == "pcomp" for c in token.children)
    if token.lower == "over":
        return (
            (tokens[token.head].lemma in CONTROL or tokens[token.head].lemma == "preside")
            and (tokens[token.head].pos in ("NOUN", "PROPN") or tokens[token.head].lemma == "preside")
            and not any(tokens[c].ent in DATE_ENTS for c in token.children)
        )
    if token.lower == "as":
        return token.dep == "prep" or tokens[tokens[token.head].head].lemma in ("behave", "act", "treat")
    if token.lower in ("including", "under", "so"):
        return token.lower == "so" and token.dep == "advmod" and tokens[token.head].tag != "VB"
    return False


def _above(tokens: Tokens, n: int, steps: int, dep: str) -> bool:
    for _ in range(steps):
        n = tokens[n].head
        if tokens[n].dep == dep:
            return True
    return False


def balanced(reading: Reading, span: Span) -> Span:
    """Words with both marks of a quotation or none: [take “further] steps” is taken whole, [“further steps”] without marks."""
    text, (start, end) = reading.report.text, span
    opened = reading.quote_at(start)
    if opened and opened.end < end:  # ends beyond the quotation that it starts in
        if text[opened.start : start].strip(MARKS):
            end = opened.end
        else:
            start = opened.start
    closing = reading.quote_at(max(start, end - 1))
    if closing and start < closing.start and closing.end > end:  # a quotation opens within and goes on
        near = closing.closed and closing.end - end <= MAX_REST
        end = closing.end if near else start + len(text[start : closing.start].rstrip(" ,"))
    inside = reading.quote_at(start)
    if inside and inside.end >= end:
        start += len(text[start:end]) - len(text[start:end].lstrip(MARKS)) if inside.start == start else 0
        end -= len(text[start:end]) - len(text[start:end].rstrip(MARKS + ",. ")) if inside.end == end else 0
    return Span(start, end) if start < end else span


def without_not(reading: Reading, span: Span, head: int) -> Span:
    """ "will not [pull out]": a refusal names what is refused, from the verb on."""
    token = reading.tokens[reading.token_starts.get(span.start, head)]
    return Span(reading.tokens[token.i + 1].start, span.end) if token.dep == "neg" and token.i < head else span


def with_not(reading: Reading, span: Span, head: int) -> Span:
    """ "pledged [not to attack]" as an act keeps its negation: from "not" on."""
    tokens = reading.tokens
    first = [c for c in tokens[head].children if tokens[c].dep == "neg" and c < head]
    return Span(tokens[first[0]].start, span.end) if first else span
