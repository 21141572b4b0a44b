"""The party behind a general word for one's own side: "Minister Lind said [his country] would act" -> Minister Lind's state.

What a speaker says that "the country", "her government", "the military" or "the bloc" will do, the speaker's own one will do.
A word that another name stands by ("the Danish government") or that is resolved already is left alone.
"""

from dataclasses import replace
from functools import lru_cache

from twotrack.find.commitments.parties import actors_of
from twotrack.lexicon import rows
from twotrack.mark.actors.offices import called
from twotrack.model import Actor
from twotrack.reading import Reading

OWNERS = frozenset({"his", "her", "its", "their", "our", "my", "the"})
BODIES = ("IGO", "NGO")  # their ids are two parts long: "IGO.NATO"


@lru_cache
def roles() -> dict[str, str]:
    """The role of each word for one's own side: "country" -> "STATE", "government" -> "GOV"."""
    return {lemma: row["role"] for row in rows("commitments", "side", "lemmas", "role", "examples") for lemma in row["lemmas"]}


def party_of(reading: Reading, heads: tuple[int, ...], speaker: int | None) -> tuple[Actor, ...]:
    """The actors that these tokens head; a general word for a side is the side of whoever speaks."""
    found = actors_of(reading, heads)
    if speaker is None or len(heads) != 1 or len(found) != 1 or found[0].id is not None:
        return found
    said_by = actors_of(reading, (speaker,))
    if not said_by or said_by[0].id is None or not _is_general(reading, heads[0]):
        return found
    side = _side(said_by[0].id, roles()[reading.tokens[heads[0]].lemma])
    return (replace(found[0], id=side, name=called(side)),) if side else found


def _is_general(reading: Reading, head: int) -> bool:
    """ "his country", "the 12-member bloc", not "a country", "the country's rival", "the Danish government"."""
    tokens = reading.tokens
    below = [tokens[c] for c in tokens[head].children]
    named = any(token.ent in ("GPE", "NORP", "ORG", "PERSON") or token.dep in ("relcl", "acl") for token in below)
    other = any(token.lower in ("other", "another", "two", "rival", "neighbouring", "neighboring") for token in below)
    return tokens[head].lemma in roles() and not named and not other and any(token.lower in OWNERS for token in below)


def _side(speaker: str, role: str) -> str | None:
    """The id of a side by its speaker's: "ISR.GOV.MOD" and STATE -> "ISR"; a rebel's men are the rebels."""
    parts = speaker.split(".")
    if parts[0] in BODIES:
        return ".".join(parts[:2]) if role == "BODY" else None
    if "REB" in parts:
        return speaker if role in ("MIL", "GROUP") else None
    if len(parts[0]) != 3 or role in ("BODY", "GROUP"):
        return None
    return parts[0] if role == "STATE" else f"{parts[0]}.{role}"
