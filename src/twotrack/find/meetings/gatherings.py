"""Which words of a report name a meeting, and of what form: "talks", "a phone call", "met", but no "call for calm"."""

from functools import lru_cache

from twotrack.citing import names_outlet
from twotrack.lexicon import rows
from twotrack.model import Actor, ActorMark, Level
from twotrack.reading import Reading
from twotrack.syntax import (
    children,
    conjuncts,
    is_passive,
    objects,
    phrase_span,
    prep_objects,
    subjects,
    subtree,
)

OF_SEVERAL = frozenset(
    {"discuss", "confer", "gather", "assemble", "huddle", "dine", "lunch", "breakfast"}
)  # one who does so alone meets nobody
LISTENERS = frozenset(
    {"reporter", "journalist", "parliament", "lawmaker", "crowd", "audience", "agency", "television", "rally"}
)
PHONES = frozenset({"phone", "telephone", "videolink", "video", "call", "hotline"})
MARGINS = frozenset({"sideline", "margin", "fringe", "eve", "wake"})  # "on the sidelines of the summit": another meeting
OF_CALLS = frozenset({"take", "last", "begin", "end", "focus", "cover"})
PRESS = frozenset({"press", "news", "party"})
LISTING = {"(": ")", "-": "-", "--": "--", "–": "–", "—": "—"}  # what opens a list of names, and what closes it
NEAR = 40  # tokens on either side: a long sentence, and a bound on broken ones
NOUN_ROLES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "ROOT"})


@lru_cache
def _formats() -> tuple[dict[str, str], dict[str, str]]:
    """Noun lemma -> format, verb lemma -> format."""
    listed = rows("meetings", "format", "format", "nouns", "verbs", "examples")
    nouns = {noun: row["format"] for row in listed for noun in row["nouns"]}
    return nouns, {verb: row["format"] for row in listed for verb in row["verbs"]}


@lru_cache
def _sport() -> frozenset[str]:
    return frozenset(word for row in rows("meetings", "elsewhere", "words", "not_examples") for word in row["words"])


@lru_cache
def private_words() -> frozenset[str]:
    """Lemmas of those whose meetings are no diplomacy: "shareholder"."""
    return frozenset(word for row in rows("meetings", "private", "words", "not_examples") for word in row["words"])


@lru_cache
def level_words() -> dict[str, Level]:
    """Lemma -> level: "chancellor" -> leaders, "envoy" -> officials."""
    return {word: row["level"] for row in rows("meetings", "level", "level", "words", "examples") for word in row["words"]}


def has_level(lemma: str) -> bool:
    """Whether a noun names an office or a role in diplomacy: "minister", "envoy"."""
    return lemma in level_words()


def format_of(reading: Reading, i: int) -> str | None:
    """The form of the meeting that token i names, None where it names none."""
    token = reading.tokens[i]
    nouns, verbs = _formats()
    found = None
    if token.lower == "talks" and (token.pos == "NOUN" or (token.dep in NOUN_ROLES and not _has_subject(reading, i))):
        found = "talks"  # parsers take "Ceasefire talks" for a verb now and then
    elif token.lemma in nouns and (token.pos == "NOUN" or token.text == "Summit"):
        found = "visit" if _is_paid(reading, i) else nouns[token.lemma] if _noun_meets(reading, i) else None
    elif token.pos == "VERB" and token.lemma in verbs:
        found = verbs[token.lemma] if _verb_meets(reading, i) else None
    return None if found is None or _is_sport(reading, i) else found


def _is_paid(reading: Reading, i: int) -> bool:
    """ "Paid a call on the Kenyan leader"."""
    tokens, verb = reading.tokens, reading.tokens[reading.tokens[i].head]
    return tokens[i].lemma == "call" and tokens[i].dep == "dobj" and verb.lemma == "pay"


def _has_subject(reading: Reading, i: int) -> bool:
    return any(reading.tokens[c].dep in ("nsubj", "aux") for c in reading.tokens[i].children)


def _is_sport(reading: Reading, i: int) -> bool:
    """ "Nigeria will meet Cameroon in the final on Sunday"."""
    sentence = reading.sentences[reading.tokens[i].sentence]
    near = reading.tokens[max(sentence.first, i - NEAR) : min(sentence.last, i + NEAR)]
    return any(t.lemma in _sport() and (t.pos in ("NOUN", "PROPN") or t.dep == "pobj") for t in near)


def _noun_meets(reading: Reading, i: int) -> bool:
    tokens = reading.tokens
    if tokens[i].lemma == "call" and not _is_phone_call(reading, i):
        return False
    if any(tokens[c].lower in PRESS for c in children(tokens, i, "compound")):
        return False
    if tokens[i].dep == "compound" and tokens[tokens[i].head].lemma in _formats()[0]:
        return False  # "a conference call"
    above = tokens[tokens[i].head]
    return not (above.lower == "of" and tokens[above.head].lemma in MARGINS)


def _is_phone_call(reading: Reading, i: int) -> bool:
    """A call is a conversation with "phone" before it, or "between" or "with" after it; else an appeal."""
    below, verb = reading.tokens[i].children, reading.tokens[reading.tokens[i].head]
    definite = any(reading.tokens[c].lower in ("the", "their", "this") for c in below)
    asks = any(reading.tokens[c].lower in ("for", "to") or reading.tokens[c].dep in ("acl", "relcl") for c in below)
    if definite and not asks and reading.tokens[i].dep == "nsubj" and verb.lemma in OF_CALLS:
        return True  # "the call took place on November 10"
    return any(
        reading.tokens[c].lower in ("phone", "telephone", "video", "conference", "between", "with")
        or (reading.tokens[c].dep == "compound" and c in reading.actors_at)
        for c in below
    )


def _verb_meets(reading: Reading, i: int) -> bool:
    """Whether this verb has people meet: "speak" to each other or by phone, "meet" a person and no deadline."""
    tokens = reading.tokens
    lemma = tokens[i].lemma
    if tokens[i].dep in ("amod", "compound") or (lemma == "visit" and tokens[i].dep == "pcomp"):
        return False  # "with the visiting minister"
    if tokens[i].dep in ("advcl", "xcomp") and tokens[tokens[i].head].lemma in ("meet", "gather", "convene"):
        return False  # "met to discuss"
    return _sort_meets(reading, i)


def _sort_meets(reading: Reading, i: int) -> bool:
    """The same by the sort of verb: of coming together, speaking, receiving, discussing, meeting."""
    tokens, lemma = reading.tokens, reading.tokens[i].lemma
    if lemma in PARTICLED:
        return _has_word(reading, i, PARTICLED[lemma]) and not any(
            _names_meeting(reading, n) for n in children(tokens, i, "prep")
        )
    if lemma == "speak":
        return _speaks_to(reading, i)
    if lemma in ("talk", "tell"):  # "talk by phone"; whoever else talks may do so to anybody
        told = (reading.report.text[slice(*phrase_span(tokens, n))] for n in objects(tokens, i))
        return _is_by_phone(reading, i) and not any(names_outlet(words) for words in told)
    if lemma == "call":
        return _calls_on(reading, i)
    if lemma in RECEIVING:
        return _receives(reading, i)
    if lemma in OF_SEVERAL:
        return _several(reading, i) and not any(_names_meeting(reading, n) for n in objects(tokens, i))
    if lemma == "meet" and children(tokens, i, "auxpass"):
        return False  # "was met with opposition"
    direct = objects(tokens, i)
    if direct:
        if lemma == "tour":
            return any(n in reading.actors_at for n in direct)
        return lemma == "convene" or any(n in reading.actors_at or tokens[n].pos == "PROPN" for n in direct)
    others = [n for c in children(tokens, i, "prep", "dative") for n in children(tokens, c, "pobj")]
    return lemma not in ("visit", "tour") or (lemma == "visit" and bool(others))


PARTICLED = {"sit": "down", "come": "together", "get": "together"}
RECEIVING = frozenset({"receive", "see", "welcome", "host"})  # what they do to a person, in a clause that has a day


def _calls_on(reading: Reading, i: int) -> bool:
    """ "Called on Mr. Nehru last night": on a person, and for nothing."""
    called = [a for n in prep_objects(reading.tokens, i, "on") for a in actors_at(reading, n)]
    below = [reading.tokens[n] for n in subtree(reading.tokens, i)]
    asks = any(t.lower in ("for", "to") or t.dep in ("xcomp", "ccomp", "acl", "relcl", "parataxis") for t in below)
    dated = any(reading.tokens[m.head].sentence == reading.tokens[i].sentence for m in reading.dates)
    return bool(called) and all(is_person(actor) for actor in called) and not asks and dated


def _has_word(reading: Reading, i: int, word: str) -> bool:
    return any(reading.tokens[c].lower == word for c in children(reading.tokens, i, "prt", "advmod"))


def _is_by_phone(reading: Reading, i: int) -> bool:
    tokens = reading.tokens
    return any(tokens[n].lemma in PHONES for c in children(tokens, i, "prep") for n in children(tokens, c, "pobj"))


def _speaks_to(reading: Reading, i: int) -> bool:
    tokens = reading.tokens
    after = children(tokens, i, "prep", "dative")
    by_phone = _is_by_phone(reading, i)
    with_whom = [n for c in after if tokens[c].lower in ("to", "with") for n in children(tokens, c, "pobj")]
    if any(tokens[n].lemma in LISTENERS for n in with_whom):
        return False
    return by_phone or len(actors_of_subject(reading, i)) > 1 or any(n in reading.actors_at for n in with_whom)


def _receives(reading: Reading, i: int) -> bool:
    """ "Mr. Abe receives the Qatari emir on Tuesday": persons on both sides, and a day."""
    tokens = reading.tokens
    guests = objects(tokens, i) or (subjects(tokens, i) if is_passive(tokens, i) else [])  # "will be received at the palace"
    met = [mark for n in guests if (mark := reading.actors_at.get(n))]
    persons = any(mark.via == "composed" or is_person(actor) for mark in met for actor in mark.actors)
    host = lemma_hosts(reading, i) and bool(actors_of_subject(reading, i))
    if not persons or not (host or any(is_person(actor) for actor in actors_of_subject(reading, i))):
        return False
    sentence = tokens[i].sentence
    return any(tokens[m.head].sentence == sentence and m.type in ("DATE", "TIME") for m in reading.dates)


def lemma_hosts(reading: Reading, i: int) -> bool:
    """Whether a verb is one that a state can do to a guest: "Egypt will host the leaders of Jordan and Iraq"."""
    return reading.tokens[i].lemma in ("host", "welcome", "receive")


def is_person(actor: Actor) -> bool:
    """Whether an actor is somebody who can sit at a table: a person, or the holder of an office."""
    return actor.person is not None or (actor.id or "").endswith((".HOS", ".HOG", ".MFA", ".MOD"))


def _names_meeting(reading: Reading, n: int) -> bool:
    """ "Discussed a date for a summit": the summit is the meeting, the discussion none."""
    nouns, _ = _formats()
    return any(reading.tokens[k].lemma in nouns and reading.tokens[k].pos == "NOUN" for k in subtree(reading.tokens, n))


def _several(reading: Reading, i: int) -> bool:
    found = actors_of_subject(reading, i)
    tokens = reading.tokens
    if any(tokens[n].tag == "NNS" and has_level(tokens[n].lemma) for n in subjects(tokens, i)):
        return True  # "heads of state of the pact"
    return len(found) > 1 or any(actor.number == "many" for actor in found)


def sharpened(reading: Reading, i: int, form: str) -> str:
    """The form that a phrase below the word tells: a round "of talks" is talks, to discuss "by phone" is a call."""
    tokens = reading.tokens
    forms, _ = _formats()
    for c in tokens[i].children:
        inner = children(tokens, c, "pobj")
        if tokens[c].lower in ("by", "over", "on") and any(tokens[n].lemma in PHONES for n in inner):
            return "call"
        if tokens[c].lower == "of" or (tokens[c].lower == "in" and c == i + 1):
            words = ["talks" if tokens[n].lower == "talks" else tokens[n].lemma for n in inner]
            if found := next((forms[word] for word in words if word in forms), None):
                return found
    return form


def actors_of_subject(reading: Reading, verb: int) -> list[Actor]:
    """The actors that are the subject of a verb, or of the phrase that it is part of: "is ready to meet"."""
    tokens = reading.tokens
    found = subjects(tokens, verb)
    if not found and tokens[verb].dep in ("xcomp", "ccomp") and tokens[tokens[verb].head].pos == "ADJ":
        found = subjects(tokens, tokens[tokens[verb].head].head)
    if any(tokens[c].lower == "who" for c in children(tokens, verb, "nsubj")):  # "Cuba and Chad, who held talks": both
        found = [one for n in found for one in conjuncts(tokens, n)]
    named = [actor for n in found for actor in actors_at(reading, n)]
    listed = _listed_after(reading, found[0]) if found and not any(actor.id for actor in named) else []
    return listed or named


def _listed_after(reading: Reading, n: int) -> list[Actor]:
    """Who a phrase stands for: "envoys of four states - Chad, Mali, Niger and Togo - met", "the three (X, Y and Z)"."""
    sentence = reading.sentences[reading.tokens[n].sentence]
    within = range(n + 1, min(sentence.last, n + NEAR))
    opened = next((i for i in within if reading.tokens[i].text in LISTING), None)
    if opened is None:
        return []
    closing = LISTING[reading.tokens[opened].text]
    closed = next((i for i in range(opened + 1, min(sentence.last, opened + NEAR)) if reading.tokens[i].text == closing), None)
    if closed is None:
        return []
    inside = [mark for i in range(opened + 1, closed) if (mark := reading.actors_at.get(i)) and mark.actors[0].id]
    covered = {i for mark in inside for i in range(opened, closed) if mark.start <= reading.tokens[i].start < mark.end}
    bare = all(i in covered or reading.tokens[i].lower in (",", "and", "the") for i in range(opened + 1, closed))
    return [actor for mark in inside for actor in mark.actors] if bare and len(inside) > 1 else []


def actors_at(reading: Reading, n: int) -> tuple[Actor, ...]:
    """Actors of the phrase that token n heads, unless the phrase is only a place."""
    mark = reading.actors_at.get(n) or _around(reading, n)
    return mark.actors if mark and mark.via != "place" else ()


def _around(reading: Reading, n: int) -> ActorMark | None:
    """The mark of a person whose office a noun is: the parse has two heads in "Cuba's president, Raul Castro"."""
    mark = reading.actor_over(reading.tokens[n].start)
    apposed = mark is not None and reading.tokens[mark.head].dep == "appos" and reading.tokens[n].tag in ("NN", "NNP")
    return mark if mark is not None and apposed and n < mark.head else None
