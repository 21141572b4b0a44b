"""Who a described phrase is: names, persons in office, and roles composed with their state or body.

"Iranian Foreign Minister Jane Roe" -> IRN.GOV.MFA; "Lavrov" on 2021-12-31 -> RUS.GOV.MFA; "two U.S. officials" -> USA.GOV.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from twotrack.mark.actors.coreference import OBJECT, OTHER, ROOT_SUBJECT, SUBJECT, Entity, Memory, Place, Seen
from twotrack.mark.actors.mention import Mention
from twotrack.mark.actors.names import Meaning
from twotrack.mark.actors.offices import called, composed, holder, is_body, people, regions, root_of
from twotrack.model import Token

PARTS_MOST = 30  # actors joined by commas and "and" in one phrase that are followed back to the first
UNNAMED = frozenset({"official", "diplomat", "source", "aide", "adviser", "advisor", "person", "people", "insider", "analyst",
                     "negotiator"})  # fmt: skip
PLAIN = frozenset({"senior", "same", "top", "former", "two", "three", "unnamed", "said", "high", "-", "ranking", "level"})
SPEECH = frozenset({"say", "tell", "add", "warn", "call", "stress", "note", "announce", "insist", "claim", "state", "urge",
                    "write", "reply", "declare", "explain", "continue", "tweet"})  # fmt: skip
NAMES = ("state", "organization", "metonym", "people", "region", "adjective", "capital")  # the first meaning that fits


class Who(NamedTuple):
    """One actor as resolved, before it is tied to words."""

    id: str | None
    name: str | None
    person: str | None = None


Found = tuple[Sequence[Who], str, Entity | None]  # the actors, how they were resolved ("pronoun", ...), whom they mean
NOBODY: Found = ((), "unresolved", None)


@dataclass(frozen=True, slots=True)
class Scene:
    """What resolution looks at: the report's tokens, its day, and its actors so far."""

    tokens: Sequence[Token]
    paragraphs: Sequence[int]  # by sentence
    published: date | None
    memory: Memory


def who_of(entity: Entity) -> list[Who]:
    """An entity's actors: those of its parts for "Biden and Putin"."""
    if entity.parts:
        return [w for part in entity.parts for w in who_of(part)]
    return [Who(entity.id, entity.name, entity.person)]


def seen_at(scene: Scene, head: int) -> Seen:
    """How prominent the phrase of a head token stands: a subject most, more so of a verb of speech."""
    token = scene.tokens[head]
    while token.dep in ("conj", "appos", "compound", "nmod") and token.head != token.i:
        token = scene.tokens[token.head]
    subject = token.dep in ("nsubj", "nsubjpass")
    salience = SUBJECT if subject else OBJECT if token.dep in ("dobj", "dative", "pobj", "agent") else OTHER
    if subject and scene.tokens[token.head].dep == "ROOT":
        salience = ROOT_SUBJECT
    sentence = scene.tokens[head].sentence
    return Seen(sentence, head, salience, subject, scene.paragraphs[sentence])


def place(scene: Scene, token: Token, before: int | None = None) -> Place:
    """Where a word stands that points back. A pronoun gives `before`: it may look ahead, and a subject prefers a subject."""
    where = scene.paragraphs[token.sentence]
    if before is None:
        return Place(token.sentence, where, token.i)
    return Place(token.sentence, where, before, token.dep in ("nsubj", "nsubjpass"))


def name_meaning(scene: Scene, m: Mention) -> Meaning | None:
    """What a name of a state, body or region means on the report's day: "Soviet" before 1992, "Russian" since."""
    kinds = ("adjective", "people") if m.sort == "adjective" else NAMES
    fits = [n for kind in kinds for n in m.names if n.kind == kind]
    if len(fits) > 1 and scene.published:
        year = scene.published.year
        valid = [n for n in fits if (n.since is None or n.since <= year) and (n.until is None or year <= n.until)]
        fits = valid or fits
    return fits[0] if fits else None


def named(scene: Scene, m: Mention) -> Who | None:
    """The actor of a name: "the Kremlin" -> RUS.GOV."""
    meaning = name_meaning(scene, m)
    return Who(meaning.id, called(meaning.id)) if meaning else None


def note_name(scene: Scene, m: Mention, who: Who) -> Entity:
    """Remembers a state or body."""
    kind = "state" if who.id and not is_body(who.id) and "." not in who.id else "body"
    many = m.many and any(n.kind == "people" for n in m.names)
    return scene.memory.note((who.id or "", kind), Entity(who.id, who.name, kind, many=many), seen_at(scene, m.head))


def modifiers(scene: Scene, m: Mention) -> set[str]:
    """What tells a role phrase from others of its role: the "republican" of "the Republican nominee"."""
    found = {t.lower for t in scene.tokens[m.first : m.core] if t.tag[:2] in ("JJ", "NN") and t.lower not in PLAIN}
    return found - set(m.role_word.split())


def gender_of_role(word: str) -> str:
    """ "spokeswoman" -> f, "king" -> m, "minister" -> unknown."""
    last = word.rpartition(" ")[2]
    if last.endswith("woman") or last in ("queen", "princess", "chairwoman"):
        return "f"
    return "m" if last.endswith("man") or last in ("king", "prince", "emir", "sultan") else ""


# --- roles ------------------------------------------------------------------------------------------------------------


def role_of(scene: Scene, m: Mention, of: Sequence[Who]) -> list[Who]:
    """The actors of a role with its states or bodies: "Russian and Ukrainian officials" -> RUS.GOV, UKR.GOV."""
    return [one for w in of if (one := _role(scene, m, w)) is not None]


def _role(scene: Scene, m: Mention, of: Who) -> Who | None:
    if of.id is None or (m.role and m.role.kind == "common"):
        return None
    root = root_of(of.id)
    if ".PTY" in root and m.code == "LEG":
        root = root.partition(".")[0]
    if m.code in ("=COUNTRY", "=REGION", "=SIDE"):
        return Who(root, called(root)) if _is_itself(scene, m, of, root) else None
    if (plain := _plain_code(m, root)) is not None:
        return Who(composed(root, plain), called(composed(root, plain)))
    serves = of.person is None or not of.id.startswith(f"{root}.GOV")
    keeps = m.code in GENERIC and of.id != root and serves and of.id not in HOUSES
    actor = of.id if keeps else composed(root, m.code)
    if m.determiner == "the" and (person := _met(scene, m, root)):
        return person
    if m.role and m.role.kind == "office" and not m.many:
        person = office_person(scene, actor, m)
        if person:
            return person
    return Who(actor, called(actor))


def _is_itself(scene: Scene, m: Mention, of: Who, root: str) -> bool:
    """Whether "his country", "the Republic of Peru", "the Ukrainian side" are the state or body that is named with them."""
    if m.code == "=SIDE":
        return True
    if m.code == "=COUNTRY" and m.role_word != "state" and (m.owner is not None or of.person) and not is_body(root):
        return True
    if m.code == "=COUNTRY" and m.of and m.of[-1].core > m.core and scene.tokens[m.core].text[:1].isupper():
        return True
    part = bool(m.of) and not m.many and scene.tokens[m.of[0].core].text.islower()  # "the western state of Michoacan"
    return root in regions() and not part


def _plain_code(m: Mention, root: str) -> str | None:
    """The code of those who hold no office: people, and former officials."""
    if m.role_word in ("person", "people"):
        return "CVL"
    return "ELI" if m.former and not is_body(root) else None


def _met(scene: Scene, m: Mention, root: str) -> Who | None:
    """ "The Russian minister", "the Republican nominee": the one person of that title and state whom the report has named."""
    if m.many or m.role is None or m.role.kind not in ("office", "member") or is_unnamed(m):
        return None
    met = [e for e in scene.memory.titled(m.role_word) if e.kind == "person" and e.name and e.surname and e.root == root]
    return Who(met[0].id, met[0].name, met[0].person) if len({(e.person, e.name) for e in met}) == 1 else None


HOUSES = frozenset({"USA.GOV.HOS", "GBR.GOV.HOG"})  # a White House official serves the government, not the presidency alone
GENERIC = frozenset({"", "GOV"})  # roles that speak for any body: a Pentagon spokesman stays with the Pentagon


def office_person(scene: Scene, actor: str, m: Mention) -> Who | None:
    """The person in an office: as the report names one, else as the calendar has it."""
    if m.then or m.role_word.startswith(("deputy", "vice")):
        return None
    known = scene.memory.by_key.get(("office", actor))
    if known:
        return Who(actor, known.name, known.person)
    person = None if is_body(actor) else holder(actor, scene.published)
    return Who(actor, person.name, person.id) if person else None


def is_unnamed(m: Mention) -> bool:
    """Whether a role is that of a source without a name: "official", "diplomat"; a spokesman speaks on the record."""
    return m.role_word.rpartition(" ")[2] in UNNAMED


def note_role(scene: Scene, m: Mention, who: Sequence[Who]) -> Entity | None:
    """Remembers a role phrase as a person, a body or a group."""
    if not m.role:
        return None
    kind = {"office": "person", "member": "person"}.get(m.role.kind, m.role.kind)
    first = who[0] if who else Who(None, None)
    number = "many" if m.many else "one"
    key = ("person", first.person) if first.person else ("role", m.role_word, first.id or str(m.head), number)
    new = Entity(first.id, first.name, kind, first.person, gender_of_role(m.role_word), m.many, is_unnamed(m))
    entity = scene.memory.note(key, new, seen_at(scene, m.head))
    scene.memory.entitle(entity, m.role_word)
    entity.words |= modifiers(scene, m)
    if first.person and not entity.gender:
        entity.gender = people()[first.person].gender
    if len(who) > 1 and not entity.parts:
        entity.parts = tuple(Entity(w.id, w.name, kind, w.person) for w in who)
    return entity


# --- what else can be meant -------------------------------------------------------------------------------------------


def note_things(scene: Scene, start: int, end: int) -> None:
    """Remembers the nouns among tokens `[start, end)` that are no actors but that "it" or "they" may mean."""
    for i in range(start, end):
        token = scene.tokens[i]
        if token.dep in ("nsubj", "nsubjpass", "dobj") and token.tag in ("NN", "NNS") and i not in scene.memory.at:
            thing = Entity(None, None, "thing", many=token.tag == "NNS")
            scene.memory.note(("thing", token.lower), thing, seen_at(scene, i))


def note_joined(scene: Scene, head: int) -> None:
    """Remembers "Biden and Putin" as a group when its last part is met."""
    token = scene.tokens[head]
    if token.dep != "conj" or token.head == head:
        return
    first, last = scene.memory.at.get(token.head), scene.memory.at.get(head)
    if first is None or last is None or first is last or "thing" in (first.kind, last.kind):
        return
    before = scene.memory.joined.get(token.head)
    if before and before.seen:
        before.seen.pop()  # "Iran and Iraq" were only the first of "Iran, Iraq and Oman"
    parts = (*(before or first).parts, last) if before or first.parts else (first, last)
    key = ("joined", *(str(p.id) + str(p.name) for p in parts))
    group = scene.memory.note(key, Entity(None, None, first.kind, many=True, parts=parts), seen_at(scene, head))
    scene.memory.at[head] = last
    for _ in parts[:PARTS_MOST]:
        scene.memory.joined[head] = scene.memory.joined[scene.tokens[head].head] = group
        head = scene.tokens[head].head
        if scene.tokens[head].dep != "conj":
            break
