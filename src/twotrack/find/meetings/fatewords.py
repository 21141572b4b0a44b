"""Words that tell what becomes of a meeting, from data/meetings.toml: "call off" -> cancelled, "on hold" -> postponed."""

from collections.abc import Mapping
from functools import lru_cache
from typing import get_args

from twotrack.lexicon import rows
from twotrack.model import MeetingStatus
from twotrack.syntax import Tokens, auxiliaries, children, governors, is_verb

FUTURE = frozenset({"will", "shall", "'ll", "going", "would"})


@lru_cache
def fates() -> dict[str, MeetingStatus]:
    """Verb lemma, with its particle where it has one -> what becomes of the meeting that is its object."""
    return _table(passive=False)


@lru_cache
def passive_fates() -> dict[str, MeetingStatus]:
    """The same for a meeting that is the verb's subject in the passive: "the talks are set for Monday"."""
    return _table(passive=True)


def _table(*, passive: bool) -> dict[str, MeetingStatus]:
    found: dict[str, MeetingStatus] = {}
    for row in rows("meetings", "fate", "status", "verbs", "examples"):
        if passive or not row.get("passive"):
            assert row["status"] in get_args(MeetingStatus), row["status"]
            found |= dict.fromkeys(row["verbs"], row["status"])
    return found


@lru_cache
def words_with_status(table: str) -> Mapping[str, MeetingStatus]:
    """Words of a table with a status: [[predicate]], [[stance]], [[noun]]."""
    return {word: row["status"] for row in rows("meetings", table, "status", "words", "examples") for word in row["words"]}


@lru_cache
def _attending() -> frozenset[str]:
    """Verbs of taking part: who does not do so refuses."""
    return frozenset(
        verb for row in rows("meetings", "fate", "status", "verbs") if row.get("attending") for verb in row["verbs"]
    )


@lru_cache
def _moving() -> frozenset[str]:
    return frozenset(verb for row in rows("meetings", "fate", "status", "verbs") if row.get("moves") for verb in row["verbs"])


@lru_cache
def _openings() -> frozenset[str]:
    """What phrases of the lexicon begin with: "back out" of "back out of"."""
    return frozenset(" ".join(key.split()[:n]) for key in fates() for n in range(1, 4))


def phrase_of(tokens: Tokens, verb: int) -> str:
    """The verb as the lexicon has it: "call off", "take place", "postpone"."""
    nouns = {tokens[c].lemma for c in children(tokens, verb, "dobj")}
    particles = {tokens[c].lower for c in tokens[verb].children if tokens[c].dep in ("prt", "advmod") or tokens[c].tag == "RP"}
    if verb + 1 < len(tokens) and tokens[verb + 1].dep == "quantmod":  # "put off to 20 March": the parse hangs "off" on the day
        particles.add(tokens[verb + 1].lower)
    words = [f"{tokens[verb].lemma} {word}" for word in sorted(particles | (nouns & {"place", "part"}))]
    return next((word for word in words if word in _openings()), tokens[verb].lemma)


def is_attended(tokens: Tokens, verb: int) -> bool:
    """Whether the verb is one of taking part: "attend", "turn up for"."""
    phrase = phrase_of(tokens, verb)
    return any(phrase == known or known.startswith(phrase + " ") for known in _attending())


def is_moved(tokens: Tokens, verb: int) -> bool:
    """Whether a verb gives a meeting another day: "put off", "brought forward"."""
    return phrase_of(tokens, verb) in _moving()


def fate_of_object(tokens: Tokens, verb: int) -> MeetingStatus | None:
    """What a verb makes of a meeting that is its object: "called off" -> cancelled."""
    return fates().get(phrase_of(tokens, verb))


def outermost(tokens: Tokens, verb: int) -> int:
    """The verb that a chain of infinitives and joined verbs starts from: "agreed" for "hold" in "agreed to hold talks"."""
    top = verb
    while tokens[top].dep in ("xcomp", "pcomp") or (
        tokens[top].dep == "conj" and not children(tokens, top, "nsubj", "nsubjpass", "aux", "auxpass")
    ):
        above = next((g for g in governors(tokens, top) if is_verb(tokens[g])), None)
        if above is None or (tokens[above].tag == "VBN" and not auxiliaries(tokens, above)):
            break
        top = above
    return top
