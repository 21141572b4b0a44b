"""How sure a possible attribution is, from its cue's precision and the context that it stands in.

"A letter saying that ..." is less often an attribution than "ministers said that ...". Each context of data/cues.toml has a
weight in log-odds, fitted by logistic regression on PolNeAR's training articles together with the precision of the cue.
"""

from collections.abc import Iterator
from functools import lru_cache
from math import exp, log

from twotrack.lexicon import rows
from twotrack.model import Token
from twotrack.reading import Reading
from twotrack.syntax import Tokens

PERSONAL = frozenset({"he", "she", "they", "i", "we"})
NAMED = frozenset({"PERSON", "ORG", "NORP"})
SHORT, LONG = 2, 9  # words of content; set where the share of true attributions bends on PolNeAR's training articles


@lru_cache
def weights() -> dict[str, float]:
    """Log-odds by context: {"in a quotation": -2.3, "a person as source": 0.5, ...}."""
    return {row["context"]: float(row["weight"]) for row in rows("cues", "context", "context", "weight", "examples")}


def confidence(precision: float, found: Iterator[str]) -> float:
    """The share of attributions among drafts of such a cue in such contexts."""
    table = weights()
    odds = table["any"] + table["precision"] * log(precision / (1 - precision)) + sum(table.get(name, 0.0) for name in found)
    return 1 / (1 + exp(-odds))


def contexts(
    reading: Reading, head: int, source: frozenset[int], content: frozenset[int], quoted: tuple[bool, bool]
) -> Iterator[str]:
    """The contexts of a draft; `quoted`: whether its cue and whether part of its content stand in quotation marks."""
    tokens, token = reading.tokens, reading.tokens[head]
    yield from _of_source(tokens, source)
    yield from _of_verb(tokens, token)
    sentence = reading.sentences[token.sentence]
    if reading.report.text[sentence.end - 1] == "?":
        yield "in a question"
    if reading.paragraphs[sentence.paragraph].kind == "headline":
        yield "in a headline"
    if len(content) <= SHORT:
        yield "short content"
    elif len(content) >= LONG:
        yield "long content"
    if quoted[0]:
        yield "in a quotation"
    elif quoted[1]:
        yield "quoting"


def _of_source(tokens: Tokens, source: frozenset[int]) -> Iterator[str]:
    if not source:
        yield "no source"
        return
    head = next((n for n in sorted(source) if tokens[n].head not in source or tokens[n].head == n), min(source))
    token = tokens[head]
    if token.lower in PERSONAL or token.ent in NAMED or token.tag == "NNS":
        yield "people as source"
    elif token.lower in ("it", "this", "that"):
        yield "it as source"


def _of_verb(tokens: Tokens, token: Token) -> Iterator[str]:
    if token.dep == "ROOT":
        yield "main verb"
    elif token.dep in ("acl", "amod"):
        yield "modifier"
    if token.tag == "VB" and not any(tokens[c].tag == "MD" or tokens[c].lower in ("do", "does", "did") for c in token.children):
        yield "infinitive"
    elif token.tag == "VBG":
        yield "participle"
