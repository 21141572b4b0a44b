"""Phrases that point back: "the president", "the two leaders", "both sides", "the ministry", "the alliance", "the country".

Each asks the actors of the report so far (coreference.py) and stays unresolved where no candidate leads clearly.
"""

from collections.abc import Sequence

from twotrack.mark.coreference import MARGIN, Entity, clear, clear_group, ranked, score
from twotrack.mark.mention import Mention
from twotrack.mark.offices import called, composed, is_body
from twotrack.mark.resolve import GENERIC, NOBODY, Found, Scene, Who, modifiers, place, seen_at, who_of
from twotrack.model import Token
from twotrack.syntax import governors, is_verb, subjects

NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
STATE_WORDS = frozenset({"=COUNTRY", "=SIDE", "=REGION"})
LEADER = frozenset({"GOV.HOS", "GOV.HOG"})
FAR_MARGIN = 1.0  # definite phrases reach the whole report: the lead over a rival of the same role must be larger
ELSE = frozenset({"other", "another", "new", "next", "no", "any"})  # "the other side" is none that was named
POINTING = frozenset({"the", "this", "that", "these", "those", "both"})


def resolve_definite(scene: Scene, m: Mention) -> Found:
    """Who "the president", "the two sides", "his counterpart", "the alliance" are."""
    token = scene.tokens[m.core]
    if m.role is None or any(
        t.lower in ("other", "another", "new", "next", "no", "any") for t in scene.tokens[m.first : m.core]
    ):
        return NOBODY
    if m.role.id.startswith("=COUNTERPART"):
        return NOBODY
    number = NUMBERS.get(m.count) or NUMBERS.get(m.determiner) or (2 if m.role.id == "=SIDE" and m.many else 0)
    if m.many and not number and m.determiner == "the" and m.role.kind == "office" and not modifiers(scene, m):
        number = 2
    if m.many and number and (m.determiner in POINTING or m.determiner == "both" or m.owner is not None):
        return _several(scene, m, token, number)
    if m.determiner not in POINTING:
        return NOBODY
    if m.role.id == "=COUNTRY" and not m.many:
        return _country(scene, m, token)
    found = NOBODY if m.role.kind == "common" else _titled(scene, m, token)
    return found if found[0] else _common(scene, m, token)


def _several(scene: Scene, m: Mention, token: Token, number: int) -> Found:
    """ "the two leaders": the two that stand out among those who can be meant."""
    recent = scene.memory.recent(token.sentence)
    if m.code in STATE_WORDS or (m.role and m.role.kind in ("body", "group")):
        group = _states(scene, recent, token, number)
        if group is None:
            return NOBODY
        code = "" if m.code in STATE_WORDS else m.code
        who = [Who(i, called(i)) for i in (composed(root, code) for root in group)]
        return who, "definite", None
    fits = [e for e in recent if e.kind == "person" and not e.many and not e.parts and _can_be(e, m)]
    persons = clear_group(ranked(fits, place(scene, token)), number)
    return ([w for e in persons for w in who_of(e)], "definite", None) if persons else NOBODY


def _states(scene: Scene, recent: Sequence[Entity], token: Token, number: int) -> list[str] | None:
    """The states or bodies that stand out, whoever spoke for them."""
    barred = {e.root for e in _subjects_above(scene, token)}
    points: dict[str, float] = {}
    order: dict[str, int] = {}
    for entity in recent:
        root, value = entity.root, score(entity, place(scene, token))
        if root and value > 0 and not entity.parts and root not in barred:
            points[root] = max(points.get(root, 0.0), value)
            order[root] = min(order.get(root, token.i), entity.seen[-1].head)
    best = sorted(points, key=lambda root: -points[root])
    if len(best) < number or (len(best) > number and points[best[number - 1]] - points[best[number]] < MARGIN):
        return None
    return sorted(best[:number], key=lambda root: order[root])


def _subjects_above(scene: Scene, token: Token) -> list[Entity]:
    """Who does something to the phrase, and so is not in it: Trump in "Trump asked both sides to stand down"."""
    if token.dep in ("nsubj", "nsubjpass"):
        return []
    verb = next((g for g in governors(scene.tokens, token.i) if is_verb(scene.tokens[g])), None)
    return [e for c in subjects(scene.tokens, verb) if (e := scene.memory.at.get(c))] if verb is not None else []


def _can_be(entity: Entity, m: Mention) -> bool:
    """Whether a person can be called by the role of a phrase: "leader" fits heads of state and government."""
    if m.role_word in entity.titles or (entity.id and m.code not in GENERIC and entity.id.endswith("." + m.code)):
        return True
    if m.role_word in ("leader", "man", "head"):
        return bool(entity.id and any(entity.id.endswith("." + code) for code in LEADER))
    return False


def _country(scene: Scene, m: Mention, token: Token) -> Found:
    """ "the country": the state that stands out; a body or person does not compete."""
    states = [e for e in scene.memory.recent(token.sentence) if e.kind == "state"]
    best = clear(ranked(states, place(scene, token)))
    return (who_of(best), "definite", best) if best else NOBODY


def _common(scene: Scene, m: Mention, token: Token) -> Found:
    """ "the alliance": the body in the report that is called so."""
    called_so = {n.id for n in m.names if n.kind == "common"}
    bodies = [e for i in called_so if (e := scene.memory.by_key.get((i, "body")))]
    best = bodies[0] if len(bodies) == 1 else clear(ranked(bodies, place(scene, token)), FAR_MARGIN)
    if best is None:
        return NOBODY
    scene.memory.again(best, seen_at(scene, m.head))
    return who_of(best), "definite", best


def _titled(scene: Scene, m: Mention, token: Token) -> Found:
    """ "the minister", "the official", "the ministry": who was given that role before, in all of the report."""
    said = modifiers(scene, m)
    fits = [
        e for e in scene.memory.titled(m.role_word) if e.many == m.many and not e.parts and (e.id or e.name) and said <= e.words
    ]
    if m.role_word in ("leader", "president"):
        near = [e for e in scene.memory.recent(token.sentence) if e.kind == "person" and not e.many]
        fits += [e for e in near if _can_be(e, m) and e not in fits]
    if not fits:
        return NOBODY if said else _of_the_state(scene, m, token)
    distinct = {(e.id, e.person, e.name) for e in fits}
    best = fits[-1] if len(distinct) == 1 else clear(ranked(fits, place(scene, token)), FAR_MARGIN)
    if best is None:
        return NOBODY
    scene.memory.again(best, seen_at(scene, m.head))
    return who_of(best), "definite", best


def _of_the_state(scene: Scene, m: Mention, token: Token) -> Found:
    """ "Venezuela expelled the envoy. The government gave no reason": a body of the state that stands out."""
    if m.role is None or m.role.kind != "body" or m.many or m.code.startswith("=") or not m.code:
        return NOBODY
    states = _states(scene, scene.memory.recent(token.sentence), token, 1)
    if not states or is_body(states[0]):
        return NOBODY
    actor = composed(states[0], m.code)
    return [Who(actor, called(actor))], "definite", None
