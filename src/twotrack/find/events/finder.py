"""Events: who did what to whom, when, where, and whether it took place.

"Russia has massed troops on its border with Ukraine" is MOBILIZE (troops) by Russia against Ukraine, ongoing. What is demanded,
threatened or supposed is no actual event; the demand and the threat are events of their own, REQUEST and THREATEN. Every event
names the row of the verb lexicon that found it.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from twotrack.errors import Problem
from twotrack.find.events.answers import addressed
from twotrack.find.events.coding import Match, match_noun, match_verb
from twotrack.find.events.contexts import contexts_of
from twotrack.find.events.dating import date_of
from twotrack.find.events.eventwords import classes, word_list
from twotrack.find.events.fitting import bounded_subtree, undergoes
from twotrack.find.events.implied import MUST, WILL, demanded, threatened
from twotrack.find.events.roles import Roles, roles_of
from twotrack.find.events.setting import settled
from twotrack.find.events.within import is_known
from twotrack.lexicon import Row, rows
from twotrack.mark.factuality import status_of
from twotrack.model import Actor, Cite, Claim, Event, Sentence, When
from twotrack.ontology import intensity
from twotrack.reading import Reading
from twotrack.syntax import Tokens, clause_span, governors, is_negated, objects, phrase_span, subjects

# Confidence by how the event was found: the share with the right type among 960 marked pairs and 1,060 sentences of the
# development sets, rounded down, since the lexicon was written with those at hand; nouns by themselves are few there.
CONFIDENCE = {"verb+object": 0.85, "light": 0.85, "verb": 0.8, "noun": 0.5, "must": 0.8, "would": 0.8}
UNSAID = {"must": "m", "would": "w"}  # ends of the ids of demands and threats that stand at "said", as another event may
SETTLED = 0.9  # of that, where the place of an event tells the states of its parties; judged
LOCATIVES = frozenset({"in", "at", "near", "outside", "off", "along", "around"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
PLAYED = frozenset(
    {"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "CONSULT", "REJECT", "RETREAT"}
)  # types that sport has words of
PAST_DAYS = 366  # days before the report from which an event is told as history; a year, so that anniversaries are news
VERBAL = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})  # what is said: places are its content's
VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST", "ACCUSE"})  # types that crime and courts fill, where no politics is in it


def find_events(reading: Reading) -> Iterator[Claim | Problem]:
    """The events of a report, in text order."""
    yield from addressed(reading, (event for one in told_sentences(reading) for event in events_in(reading, one)))


def told_sentences(reading: Reading) -> list[Sentence]:
    """The sentences that events are looked for in: all but the headline's."""
    return [sentence for sentence in reading.sentences if reading.paragraph_of(sentence).kind != "headline"]


def events_in(reading: Reading, sentence: Sentence) -> Iterator[Event]:
    """The events of a sentence by the lexicon, in text order."""
    tokens = reading.tokens[sentence.first : sentence.last]
    verbs = [(token.i, m) for token in tokens if token.pos in ("VERB", "AUX") and (m := _verb_match(reading, token.i))]
    taken = {n for _, m in verbs for n in (m.objects if m.kind == "verb+object" else ())}
    found = [m for _, m in verbs if "type" in m.row]
    nouns = [
        m for token in tokens if token.pos in ("NOUN", "PROPN") and token.i not in taken and (m := match_noun(reading, token.i))
    ]
    lent = {m.carrier for m in nouns if m.kind == "light"}
    found = [m for m in found if m.kind != "verb" or m.trigger not in lent] + nouns
    if any(token.lower in word_list("elsewhere") for token in tokens):
        found = [m for m in found if m.row["type"] not in PLAYED]
    told = [(m, event) for m in sorted(found, key=lambda m: m.trigger) if (event := _event(reading, sentence, m))]
    for match, event in told:
        if not any(_is_told_by(reading.tokens, match, event, *other) for other in told):
            yield event


def _is_told_by(tokens: Tokens, match: Match, event: Event, other: Match, fuller: Event) -> bool:
    """Whether an event is told once more, and more fully: "marched to protest against Oman", "sent a note condemning Oman"."""
    if event.type != fuller.type or match is other or "conj" in (tokens[match.carrier].dep, tokens[other.carrier].dep):
        return False
    sources = _parties(event.source), _parties(fuller.source)
    if not event.target and fuller.target and sources[0] == sources[1]:
        return match.carrier in islice(governors(tokens, other.carrier), 2)
    alike = _parties(event.target) == _parties(fuller.target) and (not event.source or sources[0] == sources[1])
    whole = bool(fuller.source and fuller.target)
    return whole and alike and other.carrier in islice(governors(tokens, match.carrier), 2)


def _parties(actors: tuple[Actor, ...]) -> set[str | int]:
    """Who acts, or is acted on: those without an id by where they stand, since two groups of nobody are not the same."""
    return {actor.id or actor.start for actor in actors}


def silent_words(reading: Reading) -> Iterator[int]:
    """The tokens of words that the lexicon knows as no event: "expressed" in "Japan expressed concern"."""
    for token in reading.tokens:
        if token.pos == "VERB" and (match := _verb_match(reading, token.i)) and "type" not in match.row:
            yield token.i


def _verb_match(reading: Reading, i: int) -> Match | None:
    token = reading.tokens[i]
    if token.dep == "aux" and token.lower in MUST:
        return demanded(reading, token.head)
    if token.dep == "aux" and token.lower in WILL:
        return threatened(reading, token.head)
    return match_verb(reading, i) if token.dep not in ("aux", "auxpass", "amod", "compound") else None


# --- one match -> one event -------------------------------------------------------------------------------------------


def _event(reading: Reading, sentence: Sentence, match: Match) -> Event | None:
    roles = roles_of(reading, match)
    if not _counts(match, roles, refused=_is_refused(reading.tokens, match)) or (
        not roles.source and _is_blind(reading.tokens, match)
    ):
        return None
    whole = settled(reading, sentence, match, roles)
    return event_from(reading, sentence, match, whole, None if whole == roles else SETTLED * CONFIDENCE[match.kind])


def event_from(reading: Reading, sentence: Sentence, match: Match, roles: Roles, confidence: float | None = None) -> Event:
    """The event of a match between these parties, with its date, place, status and mode."""
    event_type, when = match.row["type"], date_of(reading, sentence, match)
    status = match.row.get("status") or status_of(reading, match.trigger)
    if status == "actual" and _is_ahead(reading, when):
        status, when = (
            ("actual", None) if event_type in VERBAL else ("planned", when)
        )  # "invited him for May 5": he is asked now
    if status in ("actual", "ongoing") and _is_past(reading, when):
        status = "historical"
    mode, cameo = _refined(reading.tokens, match)
    return Event(
        id=f"{reading.report.id}-e{reading.tokens[match.trigger].start}" + UNSAID.get(match.kind, ""),
        type=event_type,
        mode=mode,
        cameo=cameo,
        source=roles.source,
        target=roles.target,
        when=when,
        where=_where(reading, match, roles),
        status=status,
        intensity=intensity(event_type, mode),
        cites=(_cite(reading, match),),
        confidence=CONFIDENCE[match.kind] if confidence is None else confidence,
        rule=match.rule,
        contexts=contexts_of(reading, sentence),
    )


def _counts(match: Match, roles: Roles, *, refused: bool = False) -> bool:
    """Whether anybody of a crisis acts here: sport, crime and weather have no such actor."""
    everyone = (*roles.source, *roles.target)
    needs = match.row.get("needs")
    if needs == "partner" and not roles.target and not match.row.get("reciprocal"):
        return False
    if needs == "requester" and not roles.source:
        return False
    if needs == "captive" and not (roles.target or is_known(roles.source)):
        return False
    if match.row.get("reciprocal") and match.kind != "light" and not (_is_company(match, everyone) or refused):
        return False
    if needs == "political" and not (is_known(roles.source) or any(_is_political(a) or _is_official(a) for a in everyone)):
        return False
    if needs == "politician" and not is_known(everyone):
        return False
    if is_known(everyone) or any(_is_political(actor) for actor in everyone):
        return True
    return bool(roles.target) and len(everyone) > 1 and match.row["type"] not in VIOLENT and any(_is_name(a) for a in everyone)


def _is_blind(tokens: Tokens, match: Match) -> bool:
    """ "Inflation hit Turkey": a subject that is nobody does no violence, gives and takes nothing."""
    sure = (
        match.row["type"] in ("ACCUSE", "RETREAT")
        if match.kind == "verb"
        else match.row["type"] not in ("ASSAULT", "COERCE", "MOBILIZE")
    )
    if sure or match.kind not in ("verb", "verb+object") or undergoes(tokens, match.carrier):
        return False
    heads = subjects(tokens, match.carrier)
    return bool(heads) and not any(tokens[n].lemma in word_list("instrument") for n in heads)


def _is_refused(tokens: Tokens, match: Match) -> bool:
    """ "Doha will not negotiate": who refuses to talk needs nobody beside."""
    return match.kind == "verb" and is_negated(tokens, match.carrier) and not objects(tokens, match.carrier)


def _is_company(match: Match, everyone: tuple[Actor, ...]) -> bool:
    """Talks take two, or one party that is many."""
    return len(everyone) > 1 or (len(everyone) == 1 and (everyone[0].number == "many" or match.kind == "verb+object"))


def _is_political(actor: Actor) -> bool:
    return any(word in _political_forms() for word in actor.words.lower().split())


@lru_cache
def _political_forms() -> frozenset[str]:
    words = word_list("political")
    return words | {f"{word}s" for word in words} | {f"{word[:-1]}ies" for word in words if word.endswith("y")}


def _is_official(actor: Actor) -> bool:
    return "." in (actor.id or "") and not (actor.id or "").endswith(".CVL")


def _is_name(actor: Actor) -> bool:
    return actor.words[:1].isupper()


def _refined(tokens: Tokens, match: Match) -> tuple[str | None, str | None]:
    """Mode and CAMEO code: for a demand, refusal, threat or promise by the first telling word of its content."""
    row = match.row
    mode, cameo = row.get("mode") or None, None if row.get("plover_only") else row["cameo"]
    by_word = _refinements(row["type"])
    if not by_word or mode:
        return mode, cameo
    told = (
        n for n in bounded_subtree(tokens, match.trigger) if n > match.trigger and tokens[n].dep not in ("nsubj", "nsubjpass")
    )
    below = sorted(n for n in told if tokens[n].lemma in by_word)
    if not below:
        return mode, cameo
    fine = by_word[tokens[below[0]].lemma]
    code = fine.get("appeal", cameo) if row["cameo"].startswith("02") else None if fine.get("plover_only") else fine["cameo"]
    return fine.get("mode"), code


@lru_cache
def _refinements(event_type: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows("verbs", "refine", "type", "words", "cameo", "examples"):
        if row["type"] == event_type:
            for word in row["words"]:
                found.setdefault(word, row)
    return found


# --- where, which words -----------------------------------------------------------------------------------------------


def _is_ahead(reading: Reading, when: When | None) -> bool:
    """ "The talks on January 10", in a report of January 5."""
    published = reading.report.published
    return bool(when and when.start and published and when.start > published)


def _is_past(reading: Reading, when: When | None) -> bool:
    """ "In 1990", in a report of 2021."""
    published = reading.report.published
    return bool(when and when.end and published and (published - when.end).days > PAST_DAYS)


def _where(reading: Reading, match: Match, roles: Roles) -> Cite | None:
    """The place of the event: what "in", "at" or "near" brings at its verb or noun, where it is not the target."""
    if match.row["type"] in VERBAL:
        return None
    tokens = reading.tokens
    starts = {actor.start for actor in roles.target}
    if match.row.get("mode") == "visit" and (place := _city(reading, match)) is not None:
        return _place_cite(reading, place)
    for at in dict.fromkeys((match.trigger, match.carrier, *match.objects)):
        for c in tokens[at].children:
            if tokens[c].dep == "prep" and tokens[c].lower in LOCATIVES:
                for n in tokens[c].children:
                    if tokens[n].dep == "pobj" and _is_place(reading, n) and tokens[n].start not in starts:
                        return _place_cite(reading, n)
    return None


def _city(reading: Reading, match: Match) -> int | None:
    """Where a visit goes, if to one place that is no country: "visited Athens"."""
    cities = [n for n in match.objects if _is_place(reading, n) and n not in reading.actors_at]
    return cities[0] if len(cities) == len(match.objects) == 1 else None


def _place_cite(reading: Reading, n: int) -> Cite:
    """ "Geneva", "the town of Axum"."""
    tokens, span = reading.tokens, phrase_span(reading.tokens, n)
    names = [g for c in tokens[n].children if tokens[c].lower == "of" for g in tokens[c].children if tokens[g].dep == "pobj"]
    return reading.report.cite(span.start, max([span.end, *(tokens[g].end for g in names)]))


def _is_place(reading: Reading, n: int) -> bool:
    mark = reading.actors_at.get(n)
    return (
        reading.tokens[n].ent in PLACES
        or (mark is not None and mark.via == "place")
        or reading.tokens[n].lemma in classes()["@place"]
    )


def _cite(reading: Reading, match: Match) -> Cite:
    """The clause that tells the event: "which invaded Kuwait on August 2", not the whole sentence."""
    return reading.report.cite(*clause_span(reading.tokens, match.carrier))
