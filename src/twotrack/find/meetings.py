"""Meetings: talks, calls, visits and summits that a report says are scheduled, held, put off, cancelled, proposed or refused.

"Iran and Oman will hold talks in Muscat on Monday" is one; "the talks" without a date, a party or a fate is none.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from twotrack.errors import Problem
from twotrack.find.fates import carries_dates, fate_of_object, status_of_meeting
from twotrack.find.gatherings import actors_at, actors_of_subject, format_of, sharpened, travels_to
from twotrack.lexicon import actor_names, rows
from twotrack.model import Actor, Cite, Claim, DateMark, Meeting, When
from twotrack.reading import Reading
from twotrack.syntax import (
    Tokens,
    children,
    conjuncts,
    governors,
    is_passive,
    is_verb,
    objects,
    prep_objects,
    subtree,
)

PARTY_PREPOSITIONS = ("between", "of", "with", "among", "to", "by")
PLACE_PREPOSITIONS = ("in", "at", "near", "outside")
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LISTENERS = frozenset(
    {"reporter", "journalist", "parliament", "lawmaker", "crowd", "audience", "agency", "television", "rally"}
)
REACH = 3  # verbs above a meeting noun that may decide its fate: "agreed to hold talks" has two
"""Confidence by how the meeting was found: share right in a reading of 150 finds in political and agency news."""
CALLED_OFF = frozenset({"cancelled", "postponed"})
CALLING = frozenset({"call", "urge", "demand", "push", "press", "appeal", "announce", "expect"})  # one may do so for others
OFFERED = frozenset({"proposed", "refused"})
NO_DAY = frozenset({"until", "since", "before", "after", "ahead"})  # what follows is not the day of the meeting
CONFIDENCE = {"verb": 0.8, "fate": 0.8, "date": 0.7}


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
            if trigger_format := format_of(reading, i):
                found.extend(_meetings_at(reading, i, trigger_format))
    yield from _merged(found)


# --- one trigger -> its meetings --------------------------------------------------------------------------------------


def _meetings_at(reading: Reading, i: int, meeting_format: str) -> Iterator[Meeting]:
    chain = _governing_verbs(reading, i)
    dates = _dates_of(reading, i, chain)
    parties = _parties(reading, i, chain)
    status, rule = status_of_meeting(reading, i, chain, dates)
    if status is None or not _enough(parties, dates, status, rule):
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
            format=sharpened(reading, i, meeting_format),
            when=day,
            where=where,
            status=status,
            cites=(cite,),
            confidence=CONFIDENCE[rule],
            rule=f"meetings:{rule}:{reading.tokens[i].lemma}",
        )


def _enough(parties: tuple[Actor, ...], dates: list[DateMark], status: str, rule: str) -> bool:
    """A meeting needs a day, two sides, or a fate that one side can decide: "the talks" of nobody are no news."""
    if dates or len({actor.id or actor.words for actor in parties}) > 1:
        return True
    return rule == "fate" and (status in CALLED_OFF or (bool(parties) and status in OFFERED))


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
    sentence = reading.tokens[i].sentence
    marks = [m for m in reading.dates if m.type in ("DATE", "TIME") and reading.tokens[m.head].sentence == sentence]
    for top in (i, *(verb for verb in chain[:2] if verb != i)):
        if found := [mark for mark in marks if _belongs(reading, mark.head, top)]:
            return found
    return []


def _belongs(reading: Reading, date_head: int, top: int) -> bool:
    """Whether a date hangs on this word with no other meeting and no other clause between."""
    tokens = reading.tokens
    for g in governors(tokens, date_head):
        if g == top:
            return True
        if tokens[g].lower in NO_DAY:
            return False
        if format_of(reading, g) or (is_verb(tokens[g]) and not carries_dates(tokens, g)):
            return False
    return False


# --- who and where ----------------------------------------------------------------------------------------------------


def _parties(reading: Reading, i: int, chain: list[int]) -> tuple[Actor, ...]:
    """Who meets: named with the noun ("US-Russian talks", "talks between A and B"), and the subject of its verb."""
    tokens = reading.tokens
    found = list(_actors_below(reading, i))
    for verb in chain[:2]:
        if verb == i:
            found = [*actors_of_subject(reading, i), *_objects_of_verb(reading, i)]
        elif _names_parties(tokens, i, verb) or travels_to(reading, i, verb):
            found = [*actors_of_subject(reading, verb), *found, *_with(reading, verb)]
    return tuple(found)


def _names_parties(tokens: Tokens, i: int, verb: int) -> bool:
    """Whether the verb's subject takes part: "Iran agreed to hold talks" as against "Iran was told of the talks"."""
    if is_passive(tokens, verb):
        return False
    fate = fate_of_object(tokens, verb)
    if fate is None or (tokens[verb].lemma in CALLING and fate not in CALLED_OFF):
        return False
    below = i
    for g in governors(tokens, i):
        if g == verb:
            return tokens[below].dep in ("dobj", "xcomp", "prep", "pobj", "ccomp")
        below = g
    return False


def _objects_of_verb(reading: Reading, verb: int) -> list[Actor]:
    """Whom a verb of meeting meets; a visited place stands for its state: "will visit Kyiv"."""
    marks = [reading.actors_at.get(n) for n in objects(reading.tokens, verb)]
    met = [mark for mark in marks if mark and (mark.via != "place" or reading.tokens[verb].lemma == "visit")]
    return [*(actor for mark in met for actor in mark.actors), *_with(reading, verb)]


def _with(reading: Reading, verb: int) -> list[Actor]:
    """Actors after "with" or "to", below the verb or what it is done by: "spoke by telephone with"."""
    tokens = reading.tokens
    means = [
        n
        for c in children(tokens, verb, "prep")
        if tokens[c].lower in ("by", "on", "over")
        for n in children(tokens, c, "pobj")
    ]
    found = [n for at in (verb, *means) for n in prep_objects(tokens, at, "with", "to")]
    return [actor for n in found for actor in actors_at(reading, n)]


def _actors_below(reading: Reading, i: int) -> Iterator[Actor]:
    """Actors that the noun itself names, before it or after a preposition of parties."""
    tokens = reading.tokens
    for c in tokens[i].children:
        if c < i and tokens[c].dep in ("compound", "amod", "poss", "nmod"):
            for n in subtree(tokens, c):
                yield from actors_at(reading, n)
        elif tokens[c].lower in PARTY_PREPOSITIONS:
            for one in children(tokens, c, "pobj"):
                for n in conjuncts(tokens, one):
                    yield from actors_at(reading, n) or _actors_below(reading, n)


def _parties_beside(reading: Reading, i: int, mark: DateMark) -> tuple[Actor, ...]:
    """In a series, the parties that one date stands with: "meetings of the Council on Monday and the OSCE on Tuesday"."""
    for g in governors(reading.tokens, mark.head):
        if g == i:
            return ()
        if actors := actors_at(reading, g):
            return actors
    return ()


def _sides(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Each party once; a joint body stands for its sides."""
    found: dict[str, Actor] = {}
    for actor in actors:
        for side in _members().get(actor.id or "", ()):
            found.setdefault(side, replace(actor, id=side, name=actor_names()[side]))
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


# --- the same meeting, announced in several ways ----------------------------------------------------------------------


def _merged(found: list[Meeting]) -> list[Meeting]:
    """Meetings that nothing tells apart as one, with all their cites; the more exact date and more parties win."""
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
    return (bool(sides) and sides <= other_sides) or (not sides and one.when is not None and one.when == other.when)
