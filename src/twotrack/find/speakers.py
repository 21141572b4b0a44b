"""Who a source is: the actors that its words name, and whether it stands without a name.

"A senior official, who asked not to be named, said ...": no actor but the words, anonymous. "Lavrov and Blinken said": two.
"""

from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache

from twotrack.lexicon import rows
from twotrack.model import Actor, ActorMark, AttributionMark, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, conjuncts

NAMED = frozenset({"PERSON"})
LONGEST_PHRASE = 60  # characters; no phrase of the table is longer
ONE_OF_MANY = frozenset({"one", "another", "both", "two", "some", "others", "they"})
GROUPS = frozenset({"them", "other", "others", "officials", "diplomats", "sources"})
NUMBERS = frozenset({"two", "three", "four", "five", "several", "some", "many", "other", "officials", "diplomats", "sources"})
DEFINITE = frozenset({"the", "that", "this"})
LONGEST_RECALL = 3  # words; "the ministry spokesman" may be one named before, a longer phrase names somebody itself
RELATIVES = frozenset({"who", "which", "that"})


@lru_cache
def nameless_words() -> dict[str, frozenset[str]]:
    """Nouns that name nobody, and the words of which their phrase needs one: {"official": none, "person": "familiar", ...}."""
    found = rows("cues", "anonymous", "words", "examples")
    return {word: frozenset(row.get("needs", ())) for row in found for word in row["words"]}


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
        words = reading.report.text[source.start : source.end]
        return [Actor(None, None, words, source.start, source.end, anonymous=nameless)]
    if nameless and not any(actor.person for actor in actors):
        return [replace(actor, anonymous=True) for actor in actors]
    return actors


def _marks(reading: Reading, source: Span, head: int) -> list[ActorMark]:
    """The marks at the source's head and what is joined to it, else the first mark that overlaps the source."""
    at = reading.actors_at
    heads = [n for n in conjuncts(reading.tokens, head) if n == head or reading.tokens[n].start < source.end]
    found = [at[n] for n in heads if n in at]
    if found:
        return found
    holding = at_character(reading, reading.tokens[head].start)
    return [holding] if holding is not None else []


def at_character(reading: Reading, start: int) -> ActorMark | None:
    """The actor mark that a character stands in."""
    marks = reading.actors
    n = bisect_right(marks, start, key=lambda mark: mark.start) - 1
    return marks[n] if n >= 0 and marks[n].start <= start < marks[n].end else None


def principal_of(reading: Reading, mark: AttributionMark, who: list[Actor]) -> Actor | None:
    """Whose words an office passes on by a verb joined to its own: "The Kremlin said Putin was content, but warned of a break".

    The person must belong to the office that speaks, and be the subject of what it says.
    """
    tokens, cue = reading.tokens, reading.tokens[mark.cue_head]
    if cue.dep != "conj" or len(who) != 1 or who[0].id is None or who[0].person is not None:
        return None
    if any(tokens[c].dep == "nsubj" for c in cue.children):
        return None
    joined = tokens[cue.head]
    clause = joined.i if joined.dep == "ccomp" else next(iter(children(tokens, joined.i, "ccomp")), None)
    if clause is None or clause > cue.i:
        return None
    inner = [
        actor for n in children(tokens, clause, "nsubj") if n in reading.actors_at for actor in reading.actors_at[n].actors
    ]
    if len(inner) == 1 and inner[0].person and inner[0].id and inner[0].id.startswith(who[0].id + "."):
        return inner[0]
    return None


def recalled(speaker: Actor, said: list[tuple[Actor, ...]]) -> Actor:
    """A speaker whom the words alone do not tell, as the speakers before tell it: "one of them said", "the spokesman said"."""
    if speaker.id is not None or not said:
        return speaker
    words = speaker.words.lower().split()
    if words[0] in ONE_OF_MANY and (len(words) == 1 or words[-1] in GROUPS):
        last = next((one for group in reversed(said) for one in group if _is_group(one)), None)
        return _in_words_of(speaker, last) if last is not None else speaker
    if words[0] in DEFINITE and len(words) <= LONGEST_RECALL:
        last = next((one for group in reversed(said) for one in group if words[-1] in one.words.lower().split()), None)
        return _in_words_of(speaker, last) if last is not None else speaker
    return speaker


def _is_group(actor: Actor) -> bool:
    return actor.number == "many" or actor.words.split()[0].lower() in NUMBERS


def _in_words_of(speaker: Actor, known: Actor) -> Actor:
    return replace(known, words=speaker.words, start=speaker.start, end=speaker.end)


def is_nameless(reading: Reading, found: list[int], head: int) -> bool:
    """Whether a source keeps its name: "two officials", "a person familiar with the talks", "... on condition of anonymity"."""
    tokens = reading.tokens
    if any(tokens[n].ent in NAMED and tokens[n].tag in ("NNP", "NNPS") and not _possessor(tokens, n) for n in found):
        return False
    needs = nameless_words().get(tokens[head].lemma)
    if needs is not None and (not needs or any(tokens[n].lower in needs for n in found)):
        return True
    if tokens[head].pos != "NOUN":
        return False
    sentence = reading.sentences[tokens[head].sentence]
    words = reading.report.text[sentence.start : sentence.end].lower()
    return any(phrase in words for phrase in nameless_phrases())


def keeps_name(reading: Reading, start: int, end: int) -> bool:
    """Whether words only say that a source keeps its name: "asked not to be named"."""
    words = reading.report.text[start : min(end, start + LONGEST_PHRASE)].lower()
    return any(words.startswith(phrase) for phrase in nameless_phrases())


def _possessor(tokens: Tokens, n: int) -> bool:
    """Whether a name only says whose: "Biden's aides", "a Biden official", "an official close to Putin"."""
    while tokens[n].dep in ("compound", "nmod", "poss", "flat") and tokens[n].head > n:
        if tokens[n].dep == "poss" or tokens[tokens[n].head].tag in ("NN", "NNS"):
            return True
        n = tokens[n].head
    return tokens[n].dep == "pobj"
