"""Phrases that point back: "the president", "the two leaders", "both sides", "the ministry", "the alliance", "the country".

Each asks the actors of the report so far (coreference.py) and stays unresolved where no candidate leads clearly.
"""

from functools import lru_cache

from twotrack.lexicon import Row, rows
from twotrack.mark.actors.coreference import Entity, clear, ranked
from twotrack.mark.actors.groups import NUMBERS, can_be, several, standing_out
from twotrack.mark.actors.mention import Mention
from twotrack.mark.actors.offices import called, composed, holder, is_body, people
from twotrack.mark.actors.resolve import NOBODY, Found, Scene, Who, modifiers, place, seen_at, who_of
from twotrack.model import Token
from twotrack.syntax import subjects, verb_above

OWN = frozenset({"LEG"})  # bodies that are told things by their own state's
AT_HOME = frozenset({"BUS", "CVL", "OPP", "PTY", "MED", "LAB", "EDU", "JUD", "LEG"})  # they have one government, their own
FAR_MARGIN = 1.0  # definite phrases reach the whole report: the lead over a rival of the same role must be larger
ELSE = frozenset({"other", "another", "new", "next", "no", "any"})  # "the other side" is none that was named
POINTING = frozenset({"the", "this", "that", "these", "those", "both"})


def resolve_definite(scene: Scene, m: Mention) -> Found:
    """Who "the president", "the two sides", "his counterpart", "the alliance" are."""
    token = scene.tokens[m.core]
    if m.role is None or any(t.lower in ELSE for t in scene.tokens[m.first : m.core]):
        return NOBODY
    if m.role.id.startswith("=COUNTERPART"):
        return NOBODY
    number = NUMBERS.get(m.count) or NUMBERS.get(m.determiner) or (2 if m.role.id == "=SIDE" and m.many else 0)
    if m.many and not number and m.determiner == "the" and m.role.kind == "office" and not modifiers(scene, m):
        number = 2
    if m.many and number and (m.determiner in POINTING or m.determiner == "both" or m.owner is not None):
        return several(scene, m, token, number)
    if not m.determiner and m.code in OWN and m.role.kind == "body" and m.owner is None and not m.of:
        return _of_the_state(scene, m, token)  # "told parliament"
    if m.determiner not in POINTING:
        return NOBODY
    if m.role.id == "=COUNTRY" and not m.many:
        return _country(scene, m, token)
    found = NOBODY if m.role.kind == "common" else _titled(scene, m, token)
    return found if found[0] else _common(scene, m, token)


def _country(scene: Scene, m: Mention, token: Token) -> Found:
    """ "the country": the state that stands out; a body or person does not compete. "The kingdom" is one of the kingdoms."""
    states = [e for e in scene.memory.recent(token.sentence) if e.kind == "state"]
    if rows_of := forms().get(m.role_word):
        states = [e for e in states if any(e.id in row["of"] for row in rows_of)]
    best = clear(ranked(states, place(scene, token)))
    return (who_of(best), "definite", best) if best else NOBODY


@lru_cache
def forms() -> dict[str, tuple[Row, ...]]:
    """What states are called after their name: {"emirate": ..., "South": that of Korea, that of Sudan}."""
    found: dict[str, tuple[Row, ...]] = {}
    for row in rows("references", "form", "words", "of"):
        for word in row["words"]:
            found[word] = (*found.get(word, ()), row)
    return found


def form_of_state(scene: Scene, m: Mention) -> Found:
    """ "The emirate", "the island", "the North": the one state of that form that the report names."""
    named: list[str] = []
    for row in forms()[scene.tokens[m.core].text]:
        if row.get("half"):  # either half may be named only later in the report
            named += row["of"] if {*row["of"], row["beside"]} <= scene.memory.nations else []
        else:
            named += [i for i in row["of"] if i in scene.memory.by_root]
    if len(named) != 1:
        return NOBODY
    new = Entity(named[0], called(named[0]), "state")
    entity = scene.memory.note((named[0], "state"), new, seen_at(scene, m.head))
    return who_of(entity), "definite", entity


def _common(scene: Scene, m: Mention, token: Token) -> Found:
    """ "the alliance": the body in the report that is called so."""
    called_so = {n.id for n in m.names if n.kind == "common"}
    bodies = [e for i in called_so if (e := scene.memory.by_key.get((i, "body")) or scene.memory.by_root.get(i))]
    best = bodies[0] if len(bodies) == 1 else clear(ranked(bodies, place(scene, token)), FAR_MARGIN)
    if best is None:
        return NOBODY
    if best.kind == "person":  # "an EU diplomat" told of the body
        return [Who(best.root, called(best.root or ""))], "definite", None
    scene.memory.again(best, seen_at(scene, m.head))
    return who_of(best), "definite", best


def _titled(scene: Scene, m: Mention, token: Token) -> Found:
    """ "the minister", "the official", "the ministry": who was given that role before, in all of the report."""
    said = modifiers(scene, m)
    fits = [
        e for e in scene.memory.titled(m.role_word) if e.many == m.many and not e.parts and (e.id or e.name) and said <= e.words
    ]
    if m.role_word in ("leader", "president", "top diplomat"):
        near = [e for e in scene.memory.recent(token.sentence) if e.kind == "person" and not e.many]
        fits += [e for e in near if can_be(e, m) and e not in fits]
    if not fits:
        return NOBODY if said else _of_the_state(scene, m, token)
    distinct = {(e.id, e.person, e.name) for e in fits}
    best = fits[-1] if len(distinct) == 1 else _as_before(scene, m, token, fits)
    if best is None:
        best = clear(ranked(fits, place(scene, token)), FAR_MARGIN)
    if best is None:
        return NOBODY
    scene.memory.again(best, seen_at(scene, m.head))
    scene.memory.bare.add((m.role_word, id(best)))
    return who_of(best), "definite", best


def _as_before(scene: Scene, m: Mention, token: Token, fits: list[Entity]) -> Entity | None:
    """Whom "the president" meant before, it means again, unless this paragraph has named another president."""
    where = scene.paragraphs[token.sentence]
    meant = [e for e in fits if (m.role_word, id(e)) in scene.memory.bare]
    if len(meant) != 1 or any(e.seen[-1].paragraph == where for e in fits if e is not meant[0] and e.seen):
        return None
    return meant[0]


def _of_the_state(scene: Scene, m: Mention, token: Token) -> Found:
    """ "Venezuela expelled the envoy. The government gave no reason": a body of the state that stands out.

    "Khan told parliament": his own state's. "The prime minister": of the one state in the report that has one.
    """
    if m.role is None or m.many or m.code.startswith("="):
        return NOBODY
    if not m.code:
        return _only_body(scene) if m.role.kind == "body" else NOBODY
    if m.role.kind == "office":
        return _only_holder(scene, m)
    if m.role.kind != "body":
        return NOBODY
    own = _own_state(scene, token) if m.code in OWN or m.role_word.endswith("cabinet") else _asking_state(scene, m, token)
    states = [own] if own else standing_out(scene, token, 1)
    if not states or is_body(states[0]):
        return NOBODY
    actor = composed(states[0], m.code)
    return [Who(actor, called(actor))], "definite", None


def _only_body(scene: Scene) -> Found:
    """ "The permanent council" of the one international organisation in the report."""
    bodies = [root for root in scene.memory.by_root if root.startswith("IGO.")]
    return ([Who(bodies[0], called(bodies[0]))], "definite", None) if len(bodies) == 1 else NOBODY


def _own_state(scene: Scene, token: Token) -> str | None:
    """The state of whoever addresses, convenes or asks a body: Khan's in "Khan told parliament"."""
    verb = verb_above(scene.tokens, token.i)
    for c in subjects(scene.tokens, verb) if verb is not None else ():
        entity = scene.memory.at.get(c)
        if entity and c != token.i and entity.root and not is_body(entity.root):
            return entity.root
    return None


def _asking_state(scene: Scene, m: Mention, token: Token) -> str | None:
    """ "The British fishermen's federation asked the government": those of a state who are no government ask their own."""
    verb = verb_above(scene.tokens, token.i)
    if m.code != "GOV" or verb is None or token.dep in ("nsubj", "nsubjpass"):
        return None
    asking = (e for c in subjects(scene.tokens, verb) if (e := scene.memory.at.get(c)))
    return next((e.root for e in asking if e.id and e.root and e.id[len(e.root) + 1 :].partition(".")[0] in AT_HOME), None)


def _only_holder(scene: Scene, m: Mention) -> Found:
    """ "The prime minister" where only one of the states in the report has one; "the crown prince" likewise."""
    found: dict[str, Who] = {}
    for root in [r for r in scene.memory.often if not is_body(r)]:
        person = holder(composed(root, m.code), scene.published) if m.code in ("GOV.HOS", "GOV.HOG") else None
        if person and any(o.id == composed(root, m.code) and m.role_word in o.title.lower() for o in person.offices):
            found[root] = Who(composed(root, m.code), person.name, person.id)
    if len(found) != 1:
        return NOBODY
    who = next(iter(found.values()))
    known = people()[who.person or ""]
    new = Entity(who.id, who.name, "person", who.person, surname=known.surnames[0], gender=known.gender)
    entity = scene.memory.note(("person", who.person or ""), new, seen_at(scene, m.head))
    scene.memory.entitle(entity, m.role_word)
    return [who], "definite", entity
