"""The actors of a report so far, and a score over them for what points back: "he", "the president", "the two leaders".

A candidate must agree (gender, number, kind, role); among those that agree, what stood last and as a subject scores best.
Where two score nearly alike, the words stay unresolved: "Lavrov met Kuleba. He left." names nobody for sure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from twotrack.mark.actors.offices import root_of

# Scores were set on short texts of our own (tests/test_coreference.py) and looked at on 30 articles of political news.
RECENCY = (2.6, 2.0, 1.2, 0.6, 0.2)  # by sentences between; further back counts nothing
SUBJECT, ROOT_SUBJECT, OBJECT, OTHER = 1.0, 1.3, 0.4, 0.1
OFTEN, OFTEN_MOST = 0.12, 0.6  # for each earlier mention within reach
PARALLEL = 0.3  # a subject for a subject
OTHER_PARAGRAPH = -0.4  # what stands in another paragraph
MARGIN = 0.5  # the best must lead the next by this
LOOK_BACK = 150  # mentions that a pronoun looks back over; five sentences of news hold about 30
TITLED_MOST = 40  # actors of one role looked at: more of them are no antecedent for "the minister"


class Seen(NamedTuple):
    """One mention: its sentence, the index of its head token, and how prominent it stands there."""

    sentence: int
    head: int
    salience: float
    subject: bool
    paragraph: int = 0


class Place(NamedTuple):
    """Where words that point back stand: sentence, paragraph, the token before which to look, whether they are a subject."""

    sentence: int
    paragraph: int
    before: int
    subject: bool = False


@dataclass(slots=True, eq=False)
class Entity:
    """An actor of the report, or a thing that "it" may mean instead: what is known of it, and where it was mentioned.

    `kind`: person, state, body, group, thing. `parts`: the actors of "Biden and Putin".
    """

    id: str | None
    name: str | None
    kind: str
    person: str | None = None
    gender: str = ""
    many: bool = False
    anonymous: bool = False
    surname: str = ""
    titles: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)  # of the phrases that name it: "republican", "presidential", "nominee"
    seen: list[Seen] = field(default_factory=list)
    parts: tuple["Entity", ...] = ()

    @property
    def root(self) -> str | None:
        """The state or body that the actor belongs to."""
        return root_of(self.id) if self.id else None


@dataclass(slots=True)
class Memory:
    """The actors of a report so far."""

    by_key: dict[tuple[str, ...], Entity] = field(default_factory=dict)
    by_title: dict[str, list[Entity]] = field(default_factory=dict)
    surnames: dict[str, list[Entity]] = field(default_factory=dict)
    announced: dict[str, set[str]] = field(default_factory=dict)  # surname -> persons whose full name the report has
    at: dict[int, Entity] = field(default_factory=dict)  # by head token
    by_root: dict[str, Entity] = field(default_factory=dict)  # the first actor of a state or body
    joined: dict[int, Entity] = field(default_factory=dict)  # groups by the head tokens of their parts
    ids: dict[str, set[str]] = field(default_factory=dict)  # of the actors of a state or body
    often: dict[str, int] = field(default_factory=dict)  # mentions so far by state or body
    openings: dict[int, tuple[int, str]] = field(default_factory=dict)  # "In Baghdad, ...": (sentence, state) by paragraph
    home: str | None = None  # the state of the dateline's town
    nations: frozenset[str] = frozenset()  # states and bodies that the whole report names other than by a person
    bare: set[tuple[str, int]] = field(default_factory=set)  # (role word, id of the entity): who "the president" was before
    log: list[tuple[int, Entity]] = field(default_factory=list)  # (sentence, entity) of every mention

    def note(self, key: tuple[str, ...], new: Entity, seen: Seen) -> Entity:
        """The entity of that key, or the new one where there is none, mentioned once more."""
        entity = self.by_key.setdefault(key, new)
        self.again(entity, seen)
        return entity

    def again(self, entity: Entity, seen: Seen) -> None:
        entity.seen.append(seen)
        self.at[seen.head] = entity
        self.log.append((seen.sentence, entity))
        if entity.root:
            self.by_root.setdefault(entity.root, entity)
            self.ids.setdefault(entity.root, set()).add(entity.id or "")
            self.often[entity.root] = self.often.get(entity.root, 0) + 1

    def entitle(self, entity: Entity, *titles: str) -> None:
        """Remembers that the report calls an entity so: "foreign minister", and so "minister" too."""
        for title in titles:
            for word in {title, title.rpartition(" ")[2]}:
                if word and word not in entity.titles:
                    entity.titles.add(word)
                    self.by_title.setdefault(word, []).append(entity)

    def titled(self, word: str) -> list[Entity]:
        return self.by_title.get(word, [])[-TITLED_MOST:]

    def recent(self, sentence: int) -> list[Entity]:
        """The entities within reach of a sentence, last mentioned first."""
        found: dict[int, Entity] = {}
        for where, entity in self.log[: -LOOK_BACK - 1 : -1]:
            if sentence - where >= len(RECENCY):
                break
            found.setdefault(id(entity), entity)
        return list(found.values())


def score(entity: Entity, place: Place) -> float:
    """How likely words at a place mean the entity; 0 where it was mentioned too long ago."""
    best, mentions = 0.0, 0
    for seen in reversed(entity.seen):
        apart = place.sentence - seen.sentence
        if seen.head >= place.before or apart < 0:
            continue
        if apart >= len(RECENCY):
            break
        mentions += 1
        points = RECENCY[apart] + seen.salience + (PARALLEL if place.subject and seen.subject else 0.0)
        best = max(best, points + (OTHER_PARAGRAPH if seen.paragraph != place.paragraph else 0.0))
        if mentions * OFTEN > OFTEN_MOST:
            break
    return best + min(OFTEN * (mentions - 1), OFTEN_MOST) if mentions else 0.0


def ranked(candidates: Iterable[Entity], place: Place, bonus: Mapping[int, float] | None = None) -> list[tuple[float, Entity]]:
    """The candidates within reach with their scores, best first. `bonus` is by id() of an entity."""
    more = bonus or {}
    scored = [(score(c, place), c) for c in candidates]
    return sorted(((s + more.get(id(c), 0.0), c) for s, c in scored if s > 0), key=lambda item: -item[0])


def clear(found: list[tuple[float, Entity]], margin: float = MARGIN) -> Entity | None:
    """The first of the ranked where it leads the next by the margin; two with the same id and person are no rivals."""
    if not found:
        return None
    best = found[0][1]
    for points, entity in found[1:]:
        if found[0][0] - points >= margin:
            break
        if best.id is None or (entity.id, entity.person) != (best.id, best.person):
            return None
    return best


def clear_group(found: list[tuple[float, Entity]], number: int) -> tuple[Entity, ...] | None:
    """The first `number` of the ranked in order of mention, where the next does not score nearly alike."""
    if len(found) < number:
        return None
    if len(found) > number and found[number - 1][0] - found[number][0] < MARGIN:
        return None
    return tuple(sorted((entity for _, entity in found[:number]), key=lambda e: e.seen[-1].head if e.seen else 0))
