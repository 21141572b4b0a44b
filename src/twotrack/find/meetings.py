"""Meetings: talks, calls, visits and summits that a report says are scheduled, held, put off, cancelled, proposed or refused.

"Iran and Oman will hold talks in Muscat on Monday" is one; "the talks" without a date, a party or a fate is none.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import get_args

from twotrack.errors import Problem
from twotrack.lexicon import rows
from twotrack.model import Actor, Cite, Claim, DateMark, Meeting, MeetingStatus, Token, When
from twotrack.reading import Reading
from twotrack.syntax import (
    auxiliaries,
    children,
    conjunction_head,
    conjuncts,
    governors,
    is_negated,
    is_passive,
    is_verb,
    subjects,
    subtree,
)

PARTY_PREPOSITIONS = ("between", "of", "with", "among", "to", "by")
PLACE_PREPOSITIONS = ("in", "at", "near", "outside")
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LISTENERS = frozenset(
    {"reporter", "journalist", "parliament", "lawmaker", "crowd", "audience", "agency", "television", "rally"}
)
FUTURE = frozenset({"will", "shall", "'ll", "going", "would"})
UPCOMING = frozenset({"upcoming", "planned", "scheduled", "forthcoming", "coming", "next", "future", "expected", "proposed"})
REACH = 3  # verbs above a meeting noun that may decide its fate: "agreed to hold talks" has two
"""Confidence by how the meeting was found: share right in a reading of 150 finds in political and agency news."""
CONFIDENCE = {"verb": 0.8, "fate": 0.8, "date": 0.7}


@lru_cache
def _formats() -> tuple[dict[str, str], dict[str, str]]:
    """Noun lemma -> format, verb lemma -> format."""
    listed = rows("meetings", "format", "format", "nouns", "verbs", "examples")
    nouns = {noun: row["format"] for row in listed for noun in row["nouns"]}
    return nouns, {verb: row["format"] for row in listed for verb in row["verbs"]}


@lru_cache
def _fates() -> dict[str, MeetingStatus]:
    """Verb lemma, with its particle where it has one -> what becomes of the meeting."""
    fates: dict[str, MeetingStatus] = {}
    for row in rows("meetings", "fate", "status", "verbs", "examples"):
        assert row["status"] in get_args(MeetingStatus)
        fates |= dict.fromkeys(row["verbs"], row["status"])
    return fates


@lru_cache
def _members() -> dict[str, tuple[str, ...]]:
    """Joint bodies whose sessions are meetings of their sides: the NATO-Russia Council -> NATO, Russia."""
    return {row["id"]: tuple(row["parties"]) for row in rows("organizations", "organization", "id") if "parties" in row}


def find_meetings(reading: Reading) -> Iterator[Claim | Problem]:
    """The meetings of a report, each once: "talks on January 10, 12 and 13" are three."""
    found: list[Meeting] = []
    for sentence in reading.sentences:
        if reading.paragraph_of(sentence).kind == "headline":
            continue
        for i in range(sentence.first, sentence.last):
            if trigger_format := _format_of(reading, i):
                found.extend(_meetings_at(reading, i, trigger_format))
    yield from _merged(found)


def _format_of(reading: Reading, i: int) -> str | None:
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
        return by_phone or len(_actors_of_subject(reading, i)) > 1 or any(n in reading.actors_at for n in with_whom)
    direct = children(tokens, i, "dobj")
    if direct:
        return any(n in reading.actors_at or tokens[n].ent == "PERSON" for one in direct for n in conjuncts(tokens, one)) or (
            lemma == "convene"
        )
    return lemma != "visit" or bool(others)


# --- one trigger -> its meetings --------------------------------------------------------------------------------------


def _meetings_at(reading: Reading, i: int, meeting_format: str) -> Iterator[Meeting]:
    chain = _governing_verbs(reading, i)
    dates = _dates_of(reading, i, chain)
    parties = _parties(reading, i, chain)
    status, rule = _status(reading, i, chain, dates)
    if status is None or not (parties or dates):
        return
    sentence = reading.sentences[reading.tokens[i].sentence]
    cite = reading.report.cite(sentence.start, sentence.end)
    where = _place(reading, i, chain)
    for n, mark in enumerate(dates or [None]):
        own = _parties_beside(reading, i, mark) if mark and len(dates) > 1 else ()
        day = mark.when if mark else None
        yield Meeting(
            id=f"{reading.report.id}-m{reading.tokens[i].start}" + (f".{n + 1}" if n else ""),
            parties=_sides(own or parties),
            format=_sharpened(reading, i, meeting_format),
            when=day,
            where=where,
            status=status,
            cites=(cite,),
            confidence=CONFIDENCE[rule],
            rule=f"meetings:{rule}:{reading.tokens[i].lemma}",
        )


def _sharpened(reading: Reading, i: int, meeting_format: str) -> str:
    """ "spoke" and "conversation" are calls; a "round of talks" is talks; a "session of talks" too."""
    inner = [
        n for c in reading.tokens[i].children if reading.tokens[c].lower == "of" for n in children(reading.tokens, c, "pobj")
    ]
    formats, _ = _formats()
    return next((formats[key] for n in inner if (key := reading.tokens[n].lower) in formats), meeting_format)


def _governing_verbs(reading: Reading, i: int) -> list[int]:
    """The verbs above a trigger that may decide its fate, nearest first; the trigger itself where it is a verb."""
    tokens = reading.tokens
    found = [i] if is_verb(tokens[i]) else []
    below = i
    for g in governors(tokens, i):
        if is_verb(tokens[g]):
            if tokens[below].dep in ("ccomp", "relcl", "advcl", "parataxis") and found:
                break
            found.append(g)
        below = g
        if len(found) == REACH:
            break
    return found


def _dates_of(reading: Reading, i: int, chain: list[int]) -> list[DateMark]:
    """Dates below the trigger, else those below the verbs that carry it: "will meet in Geneva on Monday"."""
    marks = [
        m for m in reading.dates if m.type in ("DATE", "TIME") and reading.tokens[m.head].sentence == reading.tokens[i].sentence
    ]
    below = set(subtree(reading.tokens, i))
    own = [m for m in marks if m.head in below and not _other_trigger_between(reading, m.head, i)]
    if own:
        return own
    for verb in chain[:2]:
        near = [m for m in marks if _hangs_on(reading, m.head, verb)]
        if near:
            return near
    return []


def _hangs_on(reading: Reading, i: int, verb: int) -> bool:
    """Whether a date belongs to this verb and to no verb between."""
    return next((g for g in governors(reading.tokens, i) if is_verb(reading.tokens[g])), None) == verb


def _other_trigger_between(reading: Reading, low: int, high: int) -> bool:
    for g in governors(reading.tokens, low):
        if g == high:
            return False
        if _format_of(reading, g) or (is_verb(reading.tokens[g]) and reading.tokens[g].dep in ("relcl", "advcl", "ccomp")):
            return g != high and reading.tokens[g].lemma not in _fates()
    return False


# --- who and where ----------------------------------------------------------------------------------------------------


def _parties(reading: Reading, i: int, chain: list[int]) -> tuple[Actor, ...]:
    """Who meets: named with the noun ("US-Russian talks", "talks between A and B"), and the subject of its verb."""
    tokens = reading.tokens
    found = list(_actors_below(reading, i))
    for verb in chain[:2]:
        lemma = tokens[verb].lemma
        if verb == i:
            found = [*_actors_of_subject(reading, i), *_objects_of_verb(reading, i)]
        elif _fates().get(lemma) in ("held", "proposed", "refused") or lemma in ("agree", "plan"):
            if _is_below_object(tokens, i, verb) and not is_passive(tokens, verb):
                found = [*_actors_of_subject(reading, verb), *found, *_with(reading, verb)]
    return tuple(found)


def _is_below_object(tokens: tuple[Token, ...], i: int, verb: int) -> bool:
    below = i
    for g in governors(tokens, i):
        if g == verb:
            return tokens[below].dep in ("dobj", "xcomp", "prep", "pobj", "ccomp")
        below = g
    return False


def _actors_of_subject(reading: Reading, verb: int) -> list[Actor]:
    return [actor for n in subjects(reading.tokens, verb) for actor in _actors_at(reading, n)]


def _objects_of_verb(reading: Reading, verb: int) -> list[Actor]:
    tokens = reading.tokens
    objects = [n for one in children(tokens, verb, "dobj") for n in conjuncts(tokens, one)]
    return [*(a for n in objects for a in _actors_at(reading, n)), *_with(reading, verb)]


def _with(reading: Reading, verb: int) -> list[Actor]:
    tokens = reading.tokens
    found = []
    for c in children(tokens, verb, "prep"):
        if tokens[c].lower in ("with", "to"):
            found += [n for one in children(tokens, c, "pobj") for n in conjuncts(tokens, one)]
    return [a for n in found for a in _actors_at(reading, n)]


def _actors_at(reading: Reading, n: int) -> tuple[Actor, ...]:
    mark = reading.actors_at.get(n)
    return mark.actors if mark and mark.via != "place" else ()


def _actors_below(reading: Reading, i: int) -> Iterator[Actor]:
    """Actors that the noun itself names, before it or after a preposition of parties."""
    tokens = reading.tokens
    for c in tokens[i].children:
        if c < i and tokens[c].dep in ("compound", "amod", "poss", "nmod"):
            for n in subtree(tokens, c):
                yield from _actors_at(reading, n)
        elif tokens[c].lower in PARTY_PREPOSITIONS:
            for one in children(tokens, c, "pobj"):
                for n in conjuncts(tokens, one):
                    yield from _actors_at(reading, n) or _actors_below(reading, n)


def _parties_beside(reading: Reading, i: int, mark: DateMark) -> tuple[Actor, ...]:
    """In a series, the parties that one date stands with: "meetings of the Council on Monday and the OSCE on Tuesday"."""
    for g in governors(reading.tokens, mark.head):
        if g == i:
            return ()
        if actors := _actors_at(reading, g):
            return actors
    return ()


def _sides(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Each party once; a joint body stands for its sides."""
    found: dict[str, Actor] = {}
    for actor in actors:
        for side in _members().get(actor.id or "", ()):
            found.setdefault(side, replace(actor, id=side, name=None))
        if actor.id not in _members():
            found.setdefault(actor.id or actor.words, actor)
    return tuple(found.values())


def _place(reading: Reading, i: int, chain: list[int]) -> Cite | None:
    tokens = reading.tokens
    for at in (i, *chain[:2]):
        for c in children(tokens, at, "prep"):
            if tokens[c].lower in PLACE_PREPOSITIONS:
                for n in children(tokens, c, "pobj"):
                    mark = reading.actors_at.get(n)
                    if tokens[n].ent in PLACE_LABELS or (mark and mark.via == "place"):
                        first = min(
                            (k for k in subtree(tokens, n) if k <= n and tokens[k].dep in ("compound", "det")), default=n
                        )
                        return reading.report.cite(tokens[first].start, tokens[n].end)
    return None


# --- what becomes of it -----------------------------------------------------------------------------------------------


def _status(reading: Reading, i: int, chain: list[int], dates: list[DateMark]) -> tuple[MeetingStatus | None, str]:
    """The fate that the verbs above give the meeting, else what its date says; None where the report only mentions it."""
    tokens, published = reading.tokens, reading.report.published
    for verb in chain:
        fate = _fates().get(_with_particle(tokens, verb), "held" if verb == i else None)
        if fate and (verb == i or _carries(tokens, i, verb)):
            return _in_tense(reading, verb, fate), "verb" if verb == i else "fate"
    upcoming = any(tokens[c].lower in UPCOMING for c in tokens[i].children)
    ahead = published and any(m.when.start and m.when.start > published for m in dates)
    if ahead or (upcoming and dates):
        return "scheduled", "date"
    return None, "date"


def _with_particle(tokens: tuple[Token, ...], verb: int) -> str:
    particle = next(
        (
            tokens[c].lower
            for c in children(tokens, verb, "prt", "advmod")
            if tokens[c].lower in ("off", "back", "out", "down", "up")
        ),
        "",
    )
    phrase = f"{tokens[verb].lemma} {particle}".strip()
    if phrase not in _fates() and any(tokens[c].lemma == "place" for c in children(tokens, verb, "dobj")):
        return "take place"
    return phrase if phrase in _fates() else tokens[verb].lemma


def _carries(tokens: tuple[Token, ...], i: int, verb: int) -> bool:
    """Whether the meeting is what the verb is about: its object, its subject in the passive, or the noun a participle hangs on."""
    below = conjunction_head(tokens, i)
    for g in governors(tokens, below):
        if g == verb:
            dep = tokens[below].dep
            return dep in ("dobj", "nsubjpass", "xcomp", "nsubj", "ccomp", "pobj", "prep", "conj", "csubj")
        below = g
    return False


def _in_tense(reading: Reading, verb: int, fate: MeetingStatus) -> MeetingStatus:
    """A meeting is held only where a past verb says so: "will hold talks" is scheduled, "refused to hold talks" refused."""
    tokens = reading.tokens
    top = _outermost(tokens, verb)
    outer = _fates().get(_with_particle(tokens, top)) if top != verb else None
    helpers = {*auxiliaries(tokens, verb), *auxiliaries(tokens, top)}
    negated = is_negated(tokens, verb) or is_negated(tokens, top)
    if outer in ("refused", "postponed", "cancelled"):
        return outer
    if negated and fate in ("held", "scheduled"):
        return "refused" if helpers & FUTURE or outer == "proposed" else "cancelled"
    if fate != "held":
        return fate
    if outer in ("proposed", "scheduled"):
        return "scheduled" if tokens[top].lemma != "propose" and outer == "scheduled" else "proposed"
    finite_past = tokens[verb].tag == "VBD" or bool(helpers & {"has", "have", "had", "was", "were"})
    if helpers & FUTURE or not finite_past:
        return "proposed" if helpers & {"would", "could", "might", "may", "should"} else "scheduled"
    return "held"


def _outermost(tokens: tuple[Token, ...], verb: int) -> int:
    """The verb that a chain of infinitives and joined verbs starts from: "agreed" for "hold" in "agreed to hold talks"."""
    top = verb
    while tokens[top].dep in ("xcomp", "pcomp") or (
        tokens[top].dep == "conj" and not children(tokens, top, "nsubj", "nsubjpass")
    ):
        above = next((g for g in governors(tokens, top) if is_verb(tokens[g])), None)
        if above is None:
            break
        top = above
    return top


# --- the same meeting, announced in several ways ----------------------------------------------------------------------


def _merged(found: list[Meeting]) -> list[Meeting]:
    """Meetings that nothing tells apart as one, with all their cites; the more exact date and the larger list of parties win."""
    kept: list[Meeting] = []
    for meeting in sorted(found, key=lambda m: (_width(m.when), -len(m.parties))):
        same = next((n for n, other in enumerate(kept) if _same(meeting, other)), None)
        if same is None:
            kept.append(meeting)
        else:
            cites = dict.fromkeys((*kept[same].cites, *meeting.cites))
            kept[same] = replace(kept[same], cites=tuple(cites), where=kept[same].where or meeting.where)
    return sorted(kept, key=lambda m: m.cites[0].start)


def _width(when: When | None) -> int:
    return (when.end - when.start).days if when and when.start and when.end else date.max.toordinal()


def _same(one: Meeting, other: Meeting) -> bool:
    """Whether one mention adds nothing to another: its days hold the other's, and its parties are among the other's."""
    if one.status != other.status:
        return False
    ids, others = {a.id or a.words for a in one.parties}, {a.id or a.words for a in other.parties}
    sides, other_sides = {i.split(".")[0] for i in ids if i}, {i.split(".")[0] for i in others if i}
    if one.when and one.when.start and one.when.end and other.when and other.when.start:
        return one.when.start <= other.when.start <= one.when.end and (not sides or sides <= other_sides)
    return bool(sides) and sides <= other_sides or (not sides and one.when is not None and one.when == other.when)
