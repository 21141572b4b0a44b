"""Who a source is: the actors that its words name, and whether it stands without a name.

"A senior official, who asked not to be named, said ...": no actor but the words, anonymous. "Lavrov and Blinken said": two.
"""

import re
from dataclasses import replace
from functools import lru_cache

from twotrack.lexicon import rows
from twotrack.mark.attribution.cues import words_of
from twotrack.model import Actor, ActorMark, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, conjuncts, phrase_span

NAMED = frozenset({"PERSON"})
LONGEST_PHRASE = 60  # characters; no phrase of the table is longer
INDEFINITE = frozenset({"a", "an", "one", "another", "some", "several", "many", "certain", "no"})
RELATIVES = frozenset({"who", "which", "that"})


@lru_cache
def nameless_words() -> dict[str, frozenset[str]]:
    """Nouns that name nobody, and the words of which their phrase needs one: {"official": none, "person": "familiar", ...}."""
    found = rows("cues", "anonymous", "words", "examples")
    return {word: frozenset(row.get("needs", ())) for row in found if "marking" not in row for word in row["words"]}


@lru_cache
def indefinite_words() -> frozenset[str]:
    """Nouns that name nobody where they are one of several: "a minister", "two of the envoys"."""
    found = rows("cues", "anonymous", "words", "examples")
    return frozenset(word for row in found if row.get("indefinite") for word in row["words"])


@lru_cache
def marking_words() -> frozenset[str]:
    """Words that say of whatever noun that it is not named: "unnamed"."""
    return frozenset(
        word for row in rows("cues", "anonymous", "words", "examples") if "marking" in row for word in row["words"]
    )


@lru_cache
def nameless_phrases() -> tuple[str, ...]:
    """Phrases by which a source keeps its name: "on condition of anonymity"."""
    return tuple(phrase for row in rows("cues", "anonymity", "phrases", "examples") for phrase in row["phrases"])


def source_tokens(reading: Reading, source: Span) -> list[int]:
    """The tokens of a span, found from its sentence on."""
    found = []
    i = reading.token_starts.get(source.start)
    while i is not None and i < len(reading.tokens) and reading.tokens[i].start < source.end:
        found.append(i)
        i += 1
    return found


def head_of(tokens: Tokens, found: list[int]) -> int:
    """The token of a span that hangs on none of the others; "who" stands for the noun before its clause."""
    inside = set(found)
    heads = [n for n in found if (tokens[n].head not in inside or tokens[n].head == n) and tokens[n].dep != "punct"]
    head = next((n for n in heads if tokens[n].pos in ("NOUN", "PROPN", "PRON")), heads[0] if heads else found[0])
    if tokens[head].lower in RELATIVES and tokens[tokens[head].head].dep == "relcl":
        return tokens[tokens[head].head].head
    return head


def speakers(reading: Reading, source: Span | None) -> list[Actor]:
    """The actors that a source names, in text order; words without an actor where none is known; none without a source."""
    if source is None or not (found := source_tokens(reading, source)):
        return []
    tokens = reading.tokens
    head = head_of(tokens, found)
    nameless = is_nameless(reading, found, head)
    marks = _marks(reading, source, head)
    actors = [actor for mark in marks for actor in mark.actors]
    if not actors:
        if tokens[found[0]].lower == "who" and head != found[0]:  # "the group's leader, who vowed": he, not "who"
            source = phrase_span(tokens, head)
        words = reading.report.text[source.start : source.end]
        return [Actor(None, None, words, source.start, source.end, anonymous=nameless)]
    if nameless and not any(actor.person for actor in actors):
        return [replace(actor, anonymous=True) for actor in actors]
    if tokens[head].lemma in words_of("commenting"):
        return [replace(actor, anonymous=False) for actor in actors]
    return actors


@lru_cache
def offices() -> frozenset[str]:
    """The nouns for those who hold an office or belong to a body: {"spokesman", "minister", "authority", ...}."""
    return frozenset(word.rpartition(" ")[2] for row in rows("roles", "role", "words") for word in row["words"])


def holds_office(words: str) -> bool:
    """Whether words are of whoever holds an office: "the Russian leader", "her envoy"; not "the Kremlin"."""
    before, *_ = re.split(r" (?:of|for|to|in|at)\b|,", words.lower())
    return before.split()[-1:] != [] and (before.split()[-1] in offices() or before.split()[-1].removesuffix("s") in offices())


def can_speak(reading: Reading, source: Span) -> bool:
    """Whether words name those who speak, as officials do, and not what is read, as reports are."""
    head = reading.tokens[head_of(reading.tokens, source_tokens(reading, source))]
    people = head.ent in NAMED or head.lemma in offices()
    return people or any(actor.id or actor.anonymous for actor in speakers(reading, source))


def _marks(reading: Reading, source: Span, head: int) -> list[ActorMark]:
    """The marks at the source's head and what is joined to it, else the first mark that overlaps the source."""
    at = reading.actors_at
    heads = [n for n in conjuncts(reading.tokens, head) if n == head or reading.tokens[n].start < source.end]
    found = [at[n] for n in heads if n in at]
    if found:
        return found
    holding = reading.actor_over(reading.tokens[head].start)
    return [holding] if holding is not None else []


def is_nameless(reading: Reading, found: list[int], head: int) -> bool:
    """Whether a source keeps its name: "two officials", "a person familiar with the talks", "... on condition of anonymity"."""
    tokens = reading.tokens
    if any(tokens[n].ent in NAMED and tokens[n].tag in ("NNP", "NNPS") and not _possessor(tokens, n) for n in found):
        return False
    if any(tokens[n].lower in marking_words() and tokens[n].dep == "amod" for n in found):
        return True
    counted = _counted(tokens, head)
    if tokens[counted].lemma in indefinite_words() and counted == head and _is_definite(tokens, head):
        return False
    head = counted
    needs = nameless_words().get(tokens[head].lemma.lower())
    if needs is not None and (not needs or any(tokens[n].lower in needs for n in found)):
        return True
    if tokens[head].pos in ("PROPN", "PRON"):
        return False
    sentence = reading.sentences[tokens[head].sentence]
    words = reading.report.text[sentence.start : sentence.end].lower()
    return any(phrase in words for phrase in nameless_phrases())


def _is_definite(tokens: Tokens, head: int) -> bool:
    """ "The minister", "her envoy", "Minister Cole"; not "a minister", "two ministers", "ministers"."""
    before = {tokens[c].lower for c in tokens[head].children if tokens[c].dep in ("det", "poss")}
    bare = not before and tokens[head].tag in ("NN", "NNP") and not children(tokens, head, "nummod")
    return bare or bool(before - INDEFINITE)


def _counted(tokens: Tokens, head: int) -> int:
    """The diplomats of "one of the diplomats"."""
    if tokens[head].pos not in ("NUM", "DET", "PRON", "ADJ"):
        return head
    below = [n for c in children(tokens, head, "prep") if tokens[c].lower == "of" for n in children(tokens, c, "pobj")]
    return below[0] if below else head


def keeps_name(reading: Reading, start: int, end: int) -> bool:
    """Whether words only say that a source keeps its name: "asked not to be named", "asked not to be named because ..."."""
    words = reading.report.text[start:end].lower()
    short = end - start <= LONGEST_PHRASE
    return any(words.startswith(phrase) or (short and words.endswith(phrase)) for phrase in nameless_phrases())


def _possessor(tokens: Tokens, n: int) -> bool:
    """Whether a name only says whose: "Biden's aides", "a Biden official", "an official close to Putin"."""
    while tokens[n].dep in ("compound", "nmod", "poss", "flat") and tokens[n].head > n:
        if tokens[n].dep == "poss" or tokens[tokens[n].head].tag in ("NN", "NNS"):
            return True
        n = tokens[n].head
    return tokens[n].dep == "pobj"
