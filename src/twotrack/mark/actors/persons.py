"""Who a personal name is, on the report's day and with the title that stands by it.

"Lavrov" on 2022-01-28 -> RUS.GOV.MFA; "Senator Marco Rubio" -> USA.LEG; "Foreign Minister Jane Roe of Norway" -> NOR.GOV.MFA.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from twotrack.lexicon import rows
from twotrack.mark.actors.coreference import Entity, clear, ranked
from twotrack.mark.actors.mention import Mention
from twotrack.mark.actors.offices import (
    Person,
    composed,
    first_name_gender,
    in_office,
    is_body,
    office_id,
    people,
    rank,
    root_of,
)
from twotrack.mark.actors.resolve import GENERIC, Scene, Who, gender_of_role, modifiers, place, seen_at

NAMESAKES_MOST = 8  # persons of one surname looked at
FAMILY_FIRST = frozenset({"CHN", "HKG", "KOR", "PRK", "TWN", "VNM", "JPN", "KHM"})  # Sun Yuxi, Kim Yong Nam
HEAD_RANK = 1  # of several in office with one surname, the head of state or government is meant: "Kim", "Xi"


def wanted_offices(m: Mention, roots: Sequence[str], person: Person) -> list[str]:
    """The offices of a person that the title in the text can mean: "President" -> USA.GOV.HOS."""
    if not m.role:
        return []
    offices = [o for o in person.offices if not roots or root_of(o.id) in roots]
    exact = [o.id for o in offices if o.id == composed(root_of(o.id), m.code)] if m.code not in GENERIC else []
    return exact or [o.id for o in offices if o.title.lower().endswith(m.role_word)]


def candidates(scene: Scene, m: Mention, roots: Sequence[str]) -> list[Person]:
    """The persons that a name can mean: a full name's, or those of a surname who hold office or are named in the report."""
    full = [people()[n.id] for n in m.names if n.kind == "person"]
    found = full or [people()[n.id] for n in m.names if n.kind == "surname"]
    if not full and not _bare(m):
        found = [p for p in found if shares_first_name(m, p)]
    if roots and m.role:
        found = [p for p in found if any(root_of(o.id) in roots for o in p.offices)]
    if len(found) > 1 and m.gender in ("m", "f"):
        found = [p for p in found if p.gender == m.gender]
    if len(found) > 1 and m.role and (titled := [p for p in found if wanted_offices(m, roots, p)]):
        found = titled
    return _serving(scene, found) if full else _by_surname(scene, m, roots, found)


def shares_first_name(m: Mention, person: Person) -> bool:
    """Whether "Joe R. Biden" may be a form of a person's name."""
    first = m.spelled.split()[0].rstrip(".").lower()
    return any(first in name.lower().split() for name in person.names)


def _by_surname(scene: Scene, m: Mention, roots: Sequence[str], found: list[Person]) -> list[Person]:
    """Of the persons of one surname, those whom the report names in full; else those with the title; else those in office."""
    announced = scene.memory.announced.get(m.spelled, set())
    named = [p for p in found if p.id in announced]
    titled = [p for p in found if wanted_offices(m, roots, p)]
    if len(announced) == 1 and named:
        return named
    if titled:
        return _serving(scene, titled)
    if announced:
        best = _namesake(scene, m)
        return [p for p in named if best and p.id == best.person]
    if scene.published is None:
        return found
    found = [p for p in found if in_office(p, scene.published) and _of_the_report(scene, p, scene.published)]
    heads = [p for p in found if rank(office_id(p, scene.published) or "") <= HEAD_RANK]
    return heads if len(found) > 1 and len(heads) == 1 else found


def _of_the_report(scene: Scene, person: Person, day: date) -> bool:
    """Whether the report names the state of someone's office: a Smith in a report on steel is not Australia's minister."""
    held = [o for o in person.offices if o.held(day)]
    if any(root_of(o.id) in scene.memory.nations for o in held):
        return True
    ordinary = bool(ordinary_surnames() & set(person.surnames))
    return not ordinary and (not scene.memory.nations or any(rank(o.id) <= HEAD_RANK for o in held))


@lru_cache
def ordinary_surnames() -> frozenset[str]:
    """Surnames that many people bear, so that one alone names a head of state only in a report on that state: "Smith"."""
    return frozenset(word for row in rows("not_actors", "surname", "words") for word in row["words"])


def announced(mentions: Sequence[Mention]) -> dict[str, set[str]]:
    """Whom the report gives with a full name, by surname: a headline may have the surname before it.

    Persons of no lexicon stand there too ("?Jeh Johnson"), so that their surname is not taken for another's.
    """
    found: dict[str, set[str]] = {}
    for m in (m for m in mentions if m.sort == "person" and " " in m.spelled):
        known = [n.id for n in m.names if n.kind == "person"]
        alike = [n.id for n in m.names if n.kind == "surname" and shares_first_name(m, people()[n.id])]
        for person in known or alike:
            for surname in people()[person].surnames:
                found.setdefault(surname, set()).add(person)
        if not known and not alike:
            found.setdefault(m.spelled.split()[-1], set()).add(f"?{m.spelled}")
    return found


def _namesake(scene: Scene, m: Mention) -> Entity | None:
    """The one whom a surname alone means of those met before: "Johnson" after "Jeh Johnson" and, far above, "Gary Johnson"."""
    met = scene.memory.surnames.get(m.spelled, [])[-NAMESAKES_MOST:]
    if len({id(e) for e in met}) < 2:
        return met[0] if met else None
    core = scene.tokens[m.core]
    return clear(ranked(met, place(scene, core)))


def _bare(m: Mention) -> bool:
    return (any(n.kind == "surname" for n in m.names) and " " not in m.spelled.strip()) or m.spelled in {
        s for n in m.names if n.kind in ("person", "surname") for s in people()[n.id].surnames
    }


def _serving(scene: Scene, found: list[Person]) -> list[Person]:
    if len(found) > 1 and scene.published and (serving := [p for p in found if in_office(p, scene.published)]):
        return serving
    return found


def personal(scene: Scene, m: Mention, of: Sequence[Who]) -> Who:
    """Who a personal name is, with the title that stands by it: known from the lexicons, composed, or not at all."""
    roots = [root for w in of if w.id for root in dict.fromkeys((root_of(w.id), root_of(w.id).partition(".")[0]))]
    found = candidates(scene, m, roots)
    if len(found) == 1:
        person = found[0]
        known = scene.memory.by_key.get(("person", person.id))
        if known and known.id and not m.role and not m.former:
            return Who(known.id, person.name, person.id)
        wanted = wanted_offices(m, roots, person)
        former = m.former and not m.then
        actor = office_id(person, scene.published, wanted, former)
        if not wanted and not former and m.code not in ("", "GOV") and m.role and (roots or person.offices):
            actor = composed(roots[0] if roots else root_of(person.offices[0].id), m.code)
        elif wanted and actor and m.code not in GENERIC and composed(root_of(actor), m.code).startswith(f"{actor}."):
            actor = composed(root_of(actor), m.code)  # "a foreign ministry spokeswoman, Hua Chunying"
        return Who(actor, person.name, person.id)
    earlier = _namesake(scene, m)
    if earlier and not of:
        return Who(earlier.id, earlier.name, earlier.person)
    same = scene.memory.by_key.get(("named", m.spelled))
    if same and same.id and not of:
        return Who(same.id, same.name, same.person)
    if of and of[0].id:
        root = root_of(of[0].id)
        return Who(composed(root, "ELI") if m.former and not is_body(root) else composed(of[0].id, m.code), m.spelled)
    return Who(None, m.spelled)


def note_person(scene: Scene, m: Mention, who: Who) -> Entity:
    """Remembers a person under the person's id and surname, with the gender and title that the words show."""
    surname = people()[who.person].surnames[0] if who.person else m.spelled.split()[-1]
    key = ("person", who.person) if who.person else ("named", who.name or m.spelled)
    known = people().get(who.person or "")
    gender = _gender(m, known)
    entity = scene.memory.note(
        key, Entity(who.id, who.name, "person", who.person, surname=surname, gender=gender), seen_at(scene, m.head)
    )
    if entity.id is None or (m.role and who.id and not m.then):
        entity.id = who.id
    if m.gender in ("m", "f") and not entity.gender:
        entity.gender = m.gender
    scene.memory.entitle(entity, m.role_word, *(o.title.lower() for o in (known.offices if known else ()) if o.id == who.id))
    if who.id:
        scene.memory.by_key.setdefault(("office", who.id), entity)
    entity.words |= modifiers(scene, m)
    for called_so in {surname, *_also_called(m, who)}:
        if entity not in scene.memory.surnames.setdefault(called_so, [])[-NAMESAKES_MOST:]:
            scene.memory.surnames[called_so].append(entity)
    return entity


def _also_called(m: Mention, who: Who) -> list[str]:
    """ "Sun" of "Sun Yuxi", whose state tells that the family's name stands first; "Mohammed" of "Mohammed bin Salman"."""
    names = m.spelled.split()
    if {"bin", "ibn", "bint"} & set(names[1:]):
        return names[:1]
    return names[:1] if who.id and not who.person and root_of(who.id) in FAMILY_FIRST and len(names) in (2, 3) else []


def _gender(m: Mention, known: Person | None) -> str:
    if known:
        return known.gender
    if m.gender in ("m", "f"):
        return m.gender
    return gender_of_role(m.role_word) or first_name_gender().get(m.spelled.split()[0].lower(), "")
