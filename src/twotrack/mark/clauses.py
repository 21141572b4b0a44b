"""Where a clause or phrase ends: the words that belong to its head, without afterthoughts and marks at its ends.

"if the militia leaves, which nobody expects, Kigali will open" -> of "leaves": "the militia leaves".
"""

from collections.abc import Iterator

from twotrack.model import Sentence, Token
from twotrack.reading import Reading
from twotrack.syntax import Tokens, auxiliaries, is_verb

MODALS = frozenset(
    {"will", "would", "'ll", "’ll", "'d", "’d", "shall", "can", "could", "may", "might", "must", "should", "wo", "ca", "going"}
)
MAX_SENTENCE = 300  # tokens; real sentences have less than 200, and what is longer is a list or no language
MAX_CLAUSE = 80  # tokens; the longest condition of 134 annotated sentences has 34, and a bound keeps hostile text linear
MAX_DEPTH = 60  # heads climbed; real sentences are less than 30 deep
TRAILERS = frozenset(
    {
        "which",
        "who",
        "whose",
        "where",
        "saying",
        "adding",
        "stressing",
        "warning",
        "noting",
        "according",
        "said",
        "says",
        "as",
        "while",
        "though",
        "although",
        "amid",
    }
)
REPORTING = frozenset({"say", "report", "announce", "tell", "add", "state", "write", "declare"})


def run_of(reading: Reading, sentence: Sentence, head: int, start: int, first: int) -> list[int]:
    """The words from `start` on, without a gap, that belong to `head`; trailing marks and afterthoughts are left off."""
    tokens = reading.tokens
    inside = {head: True}
    stop = min(sentence.last, start + MAX_CLAUSE)
    if quote := reading.quote_at(tokens[first].start):
        stop = next((n for n in range(start, stop) if tokens[n].start >= quote.end - 1), stop)
    run: list[int] = []
    for n in range(start, stop):
        if not is_below(tokens, n, inside) or (n > head and run and _starts_afterthought(tokens, n, run[-1], stop)):
            break
        run.append(n)
    return trimmed(tokens, run)


def readable_sentences(reading: Reading) -> Iterator[Sentence]:
    """The sentences that are short enough to be language; in longer ones a word may have thousands below it."""
    return (sentence for sentence in reading.sentences if sentence.last - sentence.first <= MAX_SENTENCE)


def readable_tokens(reading: Reading) -> Iterator[Token]:
    """The tokens of those sentences, in text order."""
    return (token for sentence in readable_sentences(reading) for token in reading.tokens[sentence.first : sentence.last])


def is_below(tokens: Tokens, n: int, inside: dict[int, bool]) -> bool:
    """Whether token n hangs below what `inside` already holds; what is climbed is remembered there."""
    path = []
    for _ in range(MAX_DEPTH):
        if n in inside:
            break
        path.append(n)
        if tokens[n].head == n:
            break
        n = tokens[n].head
    answer = inside.get(n, False)
    inside.update(dict.fromkeys(path, answer))
    return answer


def _starts_afterthought(tokens: Tokens, n: int, before: int, stop: int) -> bool:
    """ ", which ...", ", saying ...", ", and Paris will ...": after a comma, something that no longer states the condition."""
    token = tokens[n]
    if tokens[before].text not in (",", "–", "—", ";"):
        return token.text == ";"
    if token.lower in TRAILERS or (token.tag == "VBG" and token.dep in ("advcl", "acl")):
        return True
    if any(tokens[m].lemma in REPORTING and tokens[m].tag in ("VBD", "VBZ") for m in range(n + 1, min(n + 10, stop))):
        return True
    return token.dep == "cc" and any(has_modal(tokens, m) for m in range(n + 1, min(n + 8, stop)) if is_verb(tokens[m]))


def trimmed(tokens: Tokens, run: list[int]) -> list[int]:
    """A run of words without quotation marks, commas and conjunctions at its ends."""
    while (
        run
        and (tokens[run[-1]].pos in ("PUNCT", "SPACE", "CCONJ") or tokens[run[-1]].dep == "cc")
        and tokens[run[-1]].text not in "%)"
    ):
        run = run[:-1]
    while len(run) > 1 and tokens[run[-1]].ent == "DATE" and _is_bare_date(tokens, run[-1]):
        run = run[:-1]
    while run and (
        tokens[run[0]].pos in ("PUNCT", "SPACE", "CCONJ") or (tokens[run[0]].lower == "that" and tokens[run[0]].dep == "mark")
    ):
        run = run[1:]
    return run


def _is_bare_date(tokens: Tokens, n: int) -> bool:
    """ "if he is elected February 4": a date without a preposition says when, and is no part of the condition."""
    return tokens[n].dep == "npadvmod" or tokens[tokens[n].head].dep == "npadvmod"


def with_place(reading: Reading, sentence: Sentence, run: list[int]) -> list[int]:
    """ "Without Ukraine at the table": the parse hangs the place on the verb, though it belongs to the condition."""
    tokens = reading.tokens
    if not run or run[-1] + 1 >= sentence.last:
        return run
    after = tokens[run[-1] + 1]
    if (
        after.lower in ("at", "in", "on", "around")
        and after.dep == "prep"
        and not any(is_time(tokens[c]) for c in after.children)
    ):
        return [*run, *run_of(reading, sentence, after.i, after.i, run[0])]
    return run


def is_time(token: Token) -> bool:
    """Whether a word names a time: "Monday", "now"."""
    return (
        token.ent in ("DATE", "TIME")
        or token.lower in ("now", "recently", "then", "late", "early", "today")
        or token.pos == "PUNCT"
    )


def has_modal(tokens: Tokens, verb: int) -> bool:
    """Whether a verb, or the one it is joined to, has "will", "could" or the like."""
    return any(aux in MODALS for aux in auxiliaries(tokens, verb))
