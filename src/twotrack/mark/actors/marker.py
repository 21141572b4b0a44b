"""Marks who is mentioned: states, bodies, persons, officials named or not, pronouns, each with what it was resolved to.

"Iranian Foreign Minister Jane Roe said she would meet U.S. officials." -> IRN.GOV.MFA, the same for "she", USA.GOV.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from twotrack.errors import Problem
from twotrack.mark.actors.coreference import Entity, Memory
from twotrack.mark.actors.definite import form_of_state, forms, resolve_definite
from twotrack.mark.actors.firstperson import FIRST_PERSON, resolve_first_person
from twotrack.mark.actors.groups import NUMBERS, pair
from twotrack.mark.actors.links import is_city, is_place, linked
from twotrack.mark.actors.mention import Mention
from twotrack.mark.actors.names import folded, pieces
from twotrack.mark.actors.nonactors import (
    is_bare_office,
    is_direction,
    is_indefinite,
    is_informed,
    is_language,
    is_other_gulf,
    is_predicate,
    is_unknown_place,
    is_unnamed_thing,
    takes_part,
)
from twotrack.mark.actors.ownership import at_home, counterpart, home_of, nations, note_opening, opening, owners_of
from twotrack.mark.actors.persons import announced, note_person, personal
from twotrack.mark.actors.phrases import mentions_of_run
from twotrack.mark.actors.pronouns import cataphoric, resolve_pronoun
from twotrack.mark.actors.resolve import (
    Found,
    Scene,
    Who,
    is_unnamed,
    named,
    note_joined,
    note_name,
    note_role,
    note_things,
    role_of,
)
from twotrack.mark.actors.runs import runs
from twotrack.model import Actor, ActorMark, Token
from twotrack.reading import Reading

OF_A_NAME = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "CD", "HYPH"})  # after "the North", "the two": of another phrase
SEATS = frozenset({"Brussels"})  # towns that stand for a body and are towns too
LEADING = frozenset({"head", "deputy head", "chair", "member", "representative"})  # of something, or no actor: "their heads"
PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "its", "their",
                      "himself", "herself", "itself", "themselves"})  # fmt: skip


def mark_actors(reading: Reading) -> Iterator[ActorMark | Problem]:
    """Every mention of an actor, one mark a noun phrase, in text order."""
    mentions = list(mentions_of(reading))
    scene = Scene(
        reading.tokens,
        [s.paragraph for s in reading.sentences],
        reading.report.published,
        Memory(announced=announced(mentions), home=home_of(reading), nations=nations(reading.tokens, mentions)),
    )
    waiting: list[Mention] = []
    found: list[ActorMark] = []
    done = 0
    for m in mentions:
        note_things(scene, done, m.first)
        done = max(done, m.last + 1)
        note_opening(scene, m, reading.sentences[reading.tokens[m.first].sentence].first)
        if (m.sort == "pronoun" and reading.tokens[m.core].lower in FIRST_PERSON) or _ours(reading.tokens, m):
            waiting.append(m)
        elif marks := _marks(reading, scene, m):
            found.extend(marks)
            note_joined(scene, m.head)
    for m in waiting:
        if mark := resolve_first_person(reading, scene, m, found):
            found.append(mark)
    yield from found


def _ours(tokens: Sequence[Token], m: Mention) -> bool:
    return m.owner is not None and tokens[m.owner].lower in FIRST_PERSON and m.sort == "role"


def mentions_of(reading: Reading) -> Iterator[Mention]:
    """What each sentence mentions, unresolved, in text order."""
    tokens = reading.tokens
    by_first = {p.first: p for p in pieces(tokens, folded(reading.report.text))}
    for sentence in reading.sentences:
        headline = reading.paragraph_of(sentence).kind == "headline"
        found = [
            m for run in runs(tokens, sentence.first, sentence.last, by_first) for m in mentions_of_run(tokens, run, headline)
        ]
        found.extend(_pronouns(tokens, sentence.first, sentence.last, found))
        yield from sorted(linked(tokens, sorted(found, key=lambda m: (m.first, m.core))), key=lambda m: _turn(tokens, m))


def _turn(tokens: Sequence[Token], m: Mention) -> tuple[int, int]:
    """When a mention is resolved: in text order, but a pronoun before the name that it stands for right after that name."""
    later = cataphoric(tokens, m.core) if m.sort == "pronoun" else None
    return (m.first, 0) if later is None else (later, 1)


def _pronouns(tokens: Sequence[Token], first: int, last: int, found: list[Mention]) -> Iterator[Mention]:
    owned = {m.owner for m in found if m.owner is not None and m.sort in ("role", "person")}
    for i in range(first, last):
        if tokens[i].tag in ("PRP", "PRP$") and tokens[i].lower in PRONOUNS | FIRST_PERSON and i not in owned:
            yield Mention(i, i, i, "pronoun")
        elif i > first and tokens[i - 1].tag == "DT" and not (i + 1 < last and tokens[i + 1].tag in OF_A_NAME):
            if tokens[i].lower in NUMBERS and tokens[i].dep not in ("nummod", "compound") and tokens[i].tag in ("CD", "NN"):
                yield Mention(i - 1, i, i, "pair", head=i)
            elif (
                tokens[i].text in forms()
                and not any(m.first <= i <= m.last for m in found)
                and not (i + 1 < last and tokens[i + 1].lower == "of")
            ):
                yield Mention(i - 1, i, i, "form", head=i)


def _marks(reading: Reading, scene: Scene, m: Mention) -> list[ActorMark]:
    """The mark of one mention; where "Russia's allies" stay unresolved, the owner's as well."""
    mark = _mark(reading, scene, m)
    owners = []
    if m.sort == "role" and (mark is None or mark.via == "unresolved"):
        if m.owner is not None:
            owners = [Mention(m.owner, m.owner, m.owner, "pronoun", head=m.owner)]
        owners += [one for one in m.of if not m.former and one.core < m.core and one.sort in ("name", "adjective", "person")]
    marks = [inner for one in owners if (inner := _mark(reading, scene, one))]
    return [*marks, mark] if mark else marks


def _mark(reading: Reading, scene: Scene, m: Mention) -> ActorMark | None:
    """The mark of one mention, or None where it is no actor after all."""
    if m.sort == "pronoun":
        who, via, entity = resolve_pronoun(scene, m)
        return made(reading, m, who, via, entity) if who else None
    if m.sort in ("unknown", "person") and m.spelled in forms() and m.determiner == "the" and not m.role:
        m.sort = "form"  # "The North", which the parse may take for a name
    if m.sort in ("pair", "form"):
        return _pointing(reading, scene, m, pair(scene, m) if m.sort == "pair" else form_of_state(scene, m))
    if m.sort in ("name", "adjective"):
        return _name_mark(reading, scene, m)
    if is_unknown_place(scene.tokens, m):
        return None
    if m.role and m.role.id == "=COUNTERPART":
        m.role = counterpart(scene, m, m.role)
    of = owners_of(scene, m)
    if m.sort in ("person", "unknown"):
        return _person_mark(reading, scene, m, of)
    if m.sort == "role" and is_bare_office(scene.tokens, m):
        return None
    found = role_of(scene, m, of)
    if found:
        return made(reading, m, found, "composed", note_role(scene, m, found))
    return _definite_mark(reading, scene, m)


def _person_mark(reading: Reading, scene: Scene, m: Mention, of: Sequence[Who]) -> ActorMark:
    """The mark of a person; "Premier Zhao" in a report from Beijing is China's, where nothing else tells."""
    one = personal(scene, m, of)
    if one.id is None and not of and (home := at_home(scene, m)):
        one = personal(scene, m, home)
    person = note_person(scene, m, one)
    return made(reading, m, [one], "name" if one.person else "composed" if one.id else "unresolved", person)


def _pointing(reading: Reading, scene: Scene, m: Mention, meant: Found) -> ActorMark | None:
    """ "The two", "the North": a mark only where it is clear who is meant."""
    found, _, entity = meant
    via = "place" if m.sort == "form" and is_place(scene.tokens, m) else "definite"
    return made(reading, m, found, via, entity) if found else None


def _name_mark(reading: Reading, scene: Scene, m: Mention) -> ActorMark | None:
    who = named(scene, m)
    if who is None or is_language(scene.tokens, m) or is_indefinite(scene.tokens, m) or is_direction(scene.tokens, m):
        return None
    if is_other_gulf(scene.tokens, m):
        return None
    kinds = {n.kind for n in m.names}
    town = "capital" in kinds or scene.tokens[m.core].text in SEATS
    if town and not kinds & {"state", "adjective", "region"} and is_city(scene.tokens, m):
        return None
    place = m.sort == "name" and any(n.kind in ("state", "region") for n in m.names) and is_place(scene.tokens, m)
    return made(reading, m, [who], "place" if place else "name", note_name(scene, m, who))


def _definite_mark(reading: Reading, scene: Scene, m: Mention) -> ActorMark | None:
    if m.role_word in ("person", "people") and not is_informed(scene.tokens, m):
        return None
    found, via, entity = resolve_definite(scene, m)
    if found:
        return made(reading, m, found, via, entity)
    if m.role and (m.role.id == "=COUNTRY" or m.role_word in LEADING or is_unnamed_thing(scene.tokens, m)):
        return None
    if there := role_of(scene, m, opening(scene, m, same=False) or at_home(scene, m)):
        return made(reading, m, there, "composed", note_role(scene, m, there))
    if m.role and m.role.kind == "common" and not (m.determiner == "the" and scene.tokens[m.head].dep == "nsubj"):
        return None
    if is_predicate(scene.tokens, m):
        return None
    entity = note_role(scene, m, [])
    if m.role and (m.role.kind == "group" or m.role.id == "MED") and not takes_part(scene.tokens, m):
        return None
    return made(reading, m, [Who(None, None)], "unresolved", entity)


def made(reading: Reading, m: Mention, who: Sequence[Who], via: str, entity: Entity | None) -> ActorMark:
    """The mark over a mention's words."""
    start, end = reading.tokens[m.first].start, reading.tokens[m.last].end
    words = reading.report.text[start:end]
    many = m.many or (m.sort == "pronoun" and entity is not None and entity.many)
    anonymous = (m.sort == "role" and is_unnamed(m)) or bool(entity and entity.anonymous)
    number: Literal["one", "many"] = "many" if many and len(who) == 1 else "one"
    actors = tuple(Actor(w.id, w.name, words, start, end, w.person, anonymous and not w.person, number) for w in who)
    return ActorMark(start, end, m.head, actors, via)
