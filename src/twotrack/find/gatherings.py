"""Which words of a report name a meeting, and of what form: "talks", "a phone call", "met", but no "call for calm"."""

from functools import lru_cache

from twotrack.lexicon import rows
from twotrack.model import Actor
from twotrack.reading import Reading
from twotrack.syntax import children, objects, subjects

OF_SEVERAL = frozenset({"discuss", "confer", "gather", "assemble"})  # one who does so alone meets nobody
LISTENERS = frozenset(
    {"reporter", "journalist", "parliament", "lawmaker", "crowd", "audience", "agency", "television", "rally"}
)


@lru_cache
def _formats() -> tuple[dict[str, str], dict[str, str]]:
    """Noun lemma -> format, verb lemma -> format."""
    listed = rows("meetings", "format", "format", "nouns", "verbs", "examples")
    nouns = {noun: row["format"] for row in listed for noun in row["nouns"]}
    return nouns, {verb: row["format"] for row in listed for verb in row["verbs"]}


def format_of(reading: Reading, i: int) -> str | None:
    """The form of the meeting that token i names, None where it names none."""
    token = reading.tokens[i]
    nouns, verbs = _formats()
    if token.pos == "NOUN":
        key = "talks" if token.lower == "talks" else token.lemma
        return None if key == "call" and not _is_phone_call(reading, i) else nouns.get(key)
    if token.pos == "VERB" and token.lemma in verbs:
        return verbs[token.lemma] if _verb_meets(reading, i) else None
    return None


def _is_phone_call(reading: Reading, i: int) -> bool:
    """A call is a conversation with "phone" before it, or "between" or "with" after it; else an appeal."""
    below = reading.tokens[i].children
    return any(
        reading.tokens[c].lower in ("phone", "telephone", "video", "conference", "between", "with")
        or (reading.tokens[c].dep == "compound" and c in reading.actors_at)
        for c in below
    )


def _verb_meets(reading: Reading, i: int) -> bool:
    """Whether this verb has people meet: "speak" to each other or by phone, "meet" a person and no deadline."""
    tokens = reading.tokens
    lemma = tokens[i].lemma
    if tokens[i].dep in ("amod", "compound"):
        return False
    others = [n for c in children(tokens, i, "prep", "dative") for n in children(tokens, c, "pobj")]
    if lemma == "speak":
        by_phone = any(tokens[n].lemma in ("phone", "telephone", "videolink", "video", "call") for n in others)
        with_whom = [
            n for c in children(tokens, i, "prep") if tokens[c].lower in ("to", "with") for n in children(tokens, c, "pobj")
        ]
        if any(tokens[n].lemma in LISTENERS for n in with_whom):
            return False
        return by_phone or len(actors_of_subject(reading, i)) > 1 or any(n in reading.actors_at for n in with_whom)
    if lemma in OF_SEVERAL:
        return _several(reading, i)
    direct = objects(tokens, i)
    if direct:
        return lemma == "convene" or any(n in reading.actors_at or tokens[n].pos == "PROPN" for n in direct)
    return lemma != "visit" or bool(others)


def _several(reading: Reading, i: int) -> bool:
    found = actors_of_subject(reading, i)
    return len(found) > 1 or any(actor.number == "many" for actor in found)


def sharpened(reading: Reading, i: int, form: str) -> str:
    """The form that a phrase below the word tells: a round "of talks" is talks, to meet "in session" is a session."""
    tokens = reading.tokens
    inner = [n for c in tokens[i].children if tokens[c].lower in ("of", "in") for n in children(tokens, c, "pobj")]
    forms, _ = _formats()
    words = ["talks" if tokens[n].lower == "talks" else tokens[n].lemma for n in inner]
    return next((forms[word] for word in words if word in forms), form)


def actors_of_subject(reading: Reading, verb: int) -> list[Actor]:
    """The actors that are the subject of a verb."""
    return [actor for n in subjects(reading.tokens, verb) for actor in actors_at(reading, n)]


def actors_at(reading: Reading, n: int) -> tuple[Actor, ...]:
    """Actors of the phrase that token n heads, unless the phrase is only a place."""
    mark = reading.actors_at.get(n)
    return mark.actors if mark and mark.via != "place" else ()


@lru_cache
def travel_verbs() -> frozenset[str]:
    """Lemmas of verbs that bring somebody to a meeting: "arrived for talks"."""
    return frozenset(verb for row in rows("meetings", "travel", "verbs", "examples") for verb in row["verbs"])


def travels_to(reading: Reading, i: int, verb: int) -> bool:
    """Whether somebody travels to the meeting that token i names: "is due in Washington for talks"."""
    tokens = reading.tokens
    lemmas = {tokens[verb].lemma, *(tokens[c].lemma for c in children(tokens, verb, "acomp"))}
    return bool(lemmas & travel_verbs()) and tokens[tokens[i].head].lower in ("for", "to")
