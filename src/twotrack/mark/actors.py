"""Marks who is mentioned: states, bodies, persons, officials named or not, pronouns, each with what it was resolved to.

"Iranian Foreign Minister Jane Roe said she would meet U.S. officials." -> IRN.GOV.MFA, the same for "she", USA.GOV.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from twotrack.errors import Problem
from twotrack.mark.coreference import Entity, Memory
from twotrack.mark.definite import resolve_definite
from twotrack.mark.links import is_city, is_place, linked
from twotrack.mark.mention import Mention
from twotrack.mark.names import Meaning, folded, pieces
from twotrack.mark.offices import called, root_of
from twotrack.mark.persons import announced, note_person, personal
from twotrack.mark.phrases import mentions_of_run
from twotrack.mark.pronouns import cataphoric, resolve_first_person, resolve_pronoun
from twotrack.mark.resolve import Scene, Who, is_unnamed, named, note_joined, note_name, note_role, note_things, role_of
from twotrack.mark.runs import runs
from twotrack.model import Actor, ActorMark, Token
from twotrack.reading import Reading

SEATS = frozenset({"Brussels"})  # towns that stand for a body and are towns too
LEADING = frozenset({"head", "deputy head", "chair", "member", "representative"})  # of something, or no actor: "their heads"
INFORMED = frozenset({"familiar", "briefed", "with", "close", "involved", "knowledgeable", "directly", "who"})
FIRST_PERSON = frozenset({"i", "we", "our", "us", "my", "me", "ours"})
PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "its", "their",
                      "himself", "herself", "itself", "themselves"})  # fmt: skip


def mark_actors(reading: Reading) -> Iterator[ActorMark | Problem]:
    """Every mention of an actor, one mark a noun phrase, in text order."""
    mentions = list(mentions_of(reading))
    scene = Scene(
        reading.tokens,
        [s.paragraph for s in reading.sentences],
        reading.report.published,
        Memory(announced=announced(mentions)),
    )
    waiting: list[Mention] = []
    found: list[ActorMark] = []
    done = 0
    for m in mentions:
        note_things(scene, done, m.first)
        done = max(done, m.last + 1)
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
    if m.sort in ("name", "adjective"):
        return _name_mark(reading, scene, m)
    of = [w for one in m.of for w in affiliation(scene, one)]
    if m.role and m.role.id == "=COUNTERPART":
        m.role = counterpart(scene, m, m.role)
    if m.sort in ("person", "unknown"):
        if m.owner is not None and not of:
            of = owner_of(scene, m)
        one = personal(scene, m, of)
        person = note_person(scene, m, one)
        return made(reading, m, [one], "name" if one.person else "composed" if one.id else "unresolved", person)
    if m.owner is not None and not of:
        of = owner_of(scene, m)
    if m.sort == "role" and _bare_office(scene.tokens, m):
        return None
    found = role_of(scene, m, of or administration(scene, m))
    if found:
        return made(reading, m, found, "composed", note_role(scene, m, found))
    return _definite_mark(reading, scene, m)


def _name_mark(reading: Reading, scene: Scene, m: Mention) -> ActorMark | None:
    who = named(scene, m)
    if who is None or _language(scene.tokens, m) or _indefinite(scene.tokens, m):
        return None
    kinds = {n.kind for n in m.names}
    town = "capital" in kinds or scene.tokens[m.core].text in SEATS
    if town and not kinds & {"state", "adjective", "region"} and is_city(scene.tokens, m):
        return None
    place = m.sort == "name" and any(n.kind in ("state", "region") for n in m.names) and is_place(scene.tokens, m)
    return made(reading, m, [who], "place" if place else "name", note_name(scene, m, who))


def _indefinite(tokens: Sequence[Token], m: Mention) -> bool:
    """ "An IRA", "a NATO": letters that are a word of another kind."""
    bodies = all(n.kind in ("organization", "metonym", "adjective") for n in m.names)
    return bodies and m.sort == "name" and tokens[m.first].lower in ("a", "an")


def _language(tokens: Sequence[Token], m: Mention) -> bool:
    """ "in Russian", "speaks Russian"."""
    token = tokens[m.core]
    if m.sort != "adjective" and not all(n.kind in ("people", "adjective") for n in m.names):
        return False
    spoken = (
        tokens[token.head].lower in ("in", "into", "speak", "speaks", "spoke", "from") or tokens[token.head].lemma == "speak"
    )
    return token.dep in ("pobj", "dobj") and spoken and m.first == m.core and token.tag in ("JJ", "NN", "NNP")


def _definite_mark(reading: Reading, scene: Scene, m: Mention) -> ActorMark | None:
    if m.role_word in ("person", "people") and not _informed(scene.tokens, m):
        return None
    found, via, entity = resolve_definite(scene, m)
    if found:
        return made(reading, m, found, via, entity)
    if m.role and (m.role.id == "=COUNTRY" or m.role_word in LEADING):
        return None
    if m.role and m.role.kind == "common" and not (m.determiner == "the" and scene.tokens[m.head].dep == "nsubj"):
        return None
    if _predicate(scene.tokens, m):
        return None
    entity = note_role(scene, m, [])
    if m.role and (m.role.kind == "group" or m.role.id == "MED") and not _takes_part(scene.tokens, m):
        return None
    return made(reading, m, [Who(None, None)], "unresolved", entity)


def _predicate(tokens: Sequence[Token], m: Mention) -> bool:
    """ "She is a negotiator", "as a negotiator": what someone is or becomes, no mention of anyone."""
    head = tokens[m.head]
    return head.dep in ("attr", "oprd", "acomp") or (head.dep == "pobj" and tokens[head.head].lower == "as")


def _bare_office(tokens: Sequence[Token], m: Mention) -> bool:
    """ "Elected president", "run for president of Egypt": the office, and no one in it."""
    office = m.role is not None and m.role.kind == "office" and not m.many
    subject = tokens[m.head].dep in ("nsubj", "nsubjpass", "appos")
    return office and not subject and m.first == m.core - len(m.role_word.split()) + 1 and tokens[m.core].text.islower()


def _takes_part(tokens: Sequence[Token], m: Mention) -> bool:
    """Whether an unnamed group acts or is acted on; "a convoy of tanks", "told reporters" name no actor."""
    token = tokens[m.head]
    while token.dep == "conj" and token.head != token.i:
        token = tokens[token.head]
    if m.role and m.role.id == "MED":
        return token.dep in ("nsubj", "nsubjpass")
    agent = token.dep == "pobj" and tokens[token.head].lower in ("by", "against")
    return agent or token.dep in ("nsubj", "nsubjpass", "dobj")


def administration(scene: Scene, m: Mention) -> list[Who]:
    """ "A senior administration official" of no country named: U.S. style for its own, where the report is about the U.S."""
    said = m.role_word.startswith("administration") or (m.body is not None and m.body.word == "administration")
    american = scene.memory.by_root.get("USA") if said and m.determiner != "this" else None
    return [Who("USA.GOV", called("USA.GOV"))] if american else []


def counterpart(scene: Scene, m: Mention, role: Meaning) -> Meaning:
    """The role that "his Ukrainian counterpart" shares with him: that of the one whom the possessive means."""
    owner = owner_of(scene, m)
    same = owner[0].id if owner else None
    return role._replace(id=same[len(root_of(same)) + 1 :] if same else "")


def _informed(tokens: Sequence[Token], m: Mention) -> bool:
    """ "A person familiar with the matter", "people briefed on the talks": sources, unlike other people."""
    return m.last + 1 < len(tokens) and tokens[m.last + 1].lower in INFORMED


def affiliation(scene: Scene, m: Mention) -> list[Who]:
    """The states or bodies that an inner mention gives to the role around it."""
    m.head = m.core
    if m.sort in ("name", "adjective"):
        who = named(scene, m)
        return [who] if who else []
    of = [w for one in m.of for w in affiliation(scene, one)]
    if m.sort == "person":
        return [personal(scene, m, of)]
    if m.owner is not None and not of:
        of = owner_of(scene, m)
    found = role_of(scene, m, of)
    if found and m.role and m.role.kind == "body":
        note_role(scene, m, found)
    return found or list(resolve_definite(scene, m)[0])


def owner_of(scene: Scene, m: Mention) -> list[Who]:
    """Whom "his", "its" or "their" before a role stands for."""
    if m.owner is None or scene.tokens[m.owner].lower in FIRST_PERSON:
        return []
    return list(resolve_pronoun(scene, Mention(m.owner, m.owner, m.owner, "pronoun", head=m.owner))[0])


def made(reading: Reading, m: Mention, who: Sequence[Who], via: str, entity: Entity | None) -> ActorMark:
    """The mark over a mention's words."""
    start, end = reading.tokens[m.first].start, reading.tokens[m.last].end
    words = reading.report.text[start:end]
    many = m.many or (m.sort == "pronoun" and entity is not None and entity.many)
    anonymous = (m.sort == "role" and is_unnamed(m)) or bool(entity and entity.anonymous)
    number: Literal["one", "many"] = "many" if many and len(who) == 1 else "one"
    actors = tuple(Actor(w.id, w.name, words, start, end, w.person, anonymous and not w.person, number) for w in who)
    return ActorMark(start, end, m.head, actors, via)
