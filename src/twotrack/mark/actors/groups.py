"""Phrases that stand for several actors named before: "the two sides", "the three leaders", "the twelve governments".

"Turkey and Greece are at odds. Oman asked the two countries to talk." -> TUR and GRC; refused where others fit as well.
"""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from twotrack.mark.actors.coreference import MARGIN, Entity, clear_group, ranked, score
from twotrack.mark.actors.mention import Mention
from twotrack.mark.actors.offices import called, composed, is_body, shared
from twotrack.mark.actors.resolve import GENERIC, NOBODY, Found, Scene, Who, place, who_of
from twotrack.model import Token
from twotrack.syntax import governors, is_verb, subjects

NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
           "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "pair": 2, "duo": 2,
           "trio": 3, "quartet": 4}  # fmt: skip
STATE_WORDS = frozenset({"=COUNTRY", "=SIDE", "=REGION"})
LEADER = frozenset({"GOV.HOS", "GOV.HOG"})
OF_STATES = LEADER | {"GOV.MFA", "GOV.MOD"}  # offices of which every state has one: "the two prime ministers"
PARTIES = frozenset({"MIL", "REB", "OPP", "PTY", "LEG"})  # sides of a state within itself: its army against its rebels
OFTEN, OFTEN_MOST = 0.25, 2.5  # for each mention in the report: its main parties are meant; set on 13 reports of crises
MAIN, MAIN_OVER = 4, 3  # mentions of each main party, and how many times those of the next; judged on a dozen reports
NEAR = 2  # sentences back to a pair that was named as such


def several(scene: Scene, m: Mention, token: Token, number: int) -> Found:
    """ "the two leaders": those named together before, or those that stand out among all who can be meant."""
    recent = scene.memory.recent(token.sentence)
    if m.code in STATE_WORDS or (m.role and m.role.kind in ("body", "group")):
        return _bodies(scene, m, token, number, "" if m.code in STATE_WORDS else m.code)
    fits = [e for e in recent if e.kind == "person" and not e.many and not e.parts and can_be(e, m)]
    persons = clear_group(ranked(fits, place(scene, token)), number)
    if persons:
        return [w for e in persons for w in who_of(e)], "definite", None
    if m.role_word != "leader":
        counted = m.code in OF_STATES and (bool(m.count) or m.determiner == "both") and not fits
        return _bodies(scene, m, token, number, m.code) if counted else NOBODY
    heads = _heads(scene, token)
    if len(heads) == number:
        return [w for e in heads for w in who_of(e)], "definite", None
    return _bodies(scene, m, token, number, "GOV") if number > len(fits) else NOBODY


def _heads(scene: Scene, token: Token) -> list[Entity]:
    """The heads of state or government that the report has named, but for who does something to "both leaders"."""
    barred = {id(e) for e in _subjects_above(scene, token)}
    named = (e for e in scene.memory.by_key.values() if e.kind == "person" and e.person and id(e) not in barred)
    return list({e.person: e for e in named if (e.id or "").endswith(tuple("." + code for code in LEADER))}.values())


def _bodies(scene: Scene, m: Mention, token: Token, number: int, code: str) -> Found:
    """The states that are meant, each with the code of the role: "both governments" -> ARG.GOV, GBR.GOV."""
    if code == "PTY":
        return NOBODY
    whole = m.code != "=SIDE"
    main = _main_pair(scene, token) if number == 2 else []
    group = main if m.code in ("=COUNTRY", "=SIDE") else []
    group = group or _named_together(scene, token, number, whole) or standing_out(scene, token, number, whole) or main
    if not group:
        return NOBODY
    within = {root for root in group if any(other.startswith(f"{root}.") for other in group)}  # its army against its rebels
    ids = [composed(root, code) if code else _side(scene, root) if root in within else root for root in group]
    return [Who(i, called(i)) for i in ids], "definite", None


def _main_pair(scene: Scene, token: Token) -> list[str]:
    """The two states that a report is about: named far more often so far than any other, so that "both sides" are they."""
    barred = {e.root for e in _subjects_above(scene, token)}
    counts = sorted(((count, root) for root, count in scene.memory.often.items() if not is_body(root)), reverse=True)
    if len(counts) < 2 or {root for _, root in counts[:2]} & barred:
        return []
    third = counts[2][0] if len(counts) > 2 else 0
    pair = {root for _, root in counts[:2]} if counts[1][0] >= max(MAIN, MAIN_OVER * third) else set()
    return [root for root in scene.memory.often if root in pair]  # in the order of first mention


def _side(scene: Scene, root: str) -> str:
    """What side of a state the report is about: its army, where the report has nothing but the army of it."""
    same = shared(list(scene.memory.ids.get(root, ()))) or root
    return same if same[len(root) + 1 :].partition(".")[0] in PARTIES else root


def _named_together(scene: Scene, token: Token, number: int, whole: bool) -> list[str]:
    """The states of "Iran and Iraq" shortly before, where just so many were named so; the rest may be "ten other states"."""
    found: dict[frozenset[str], list[str]] = {}
    barred = {e.root for e in _subjects_above(scene, token)}
    log = takewhile(lambda item: token.sentence - item[0] <= NEAR, reversed(scene.memory.log))
    for entity in {id(e): e for _, e in log if e.parts and e.seen}.values():
        roots = list(dict.fromkeys(p.root for p in entity.parts if p.root and not (whole and is_body(p.root))))
        counted = len(roots) + (_others(scene, entity) if number > len(roots) else 0)
        if counted == number and not barred & set(roots) and _prominent(scene, entity):
            found.setdefault(frozenset(roots), roots)
    return next(iter(found.values())) if len(found) == 1 else []


def _others(scene: Scene, group: Entity) -> int:
    """The ten of "Britain and ten other countries"."""
    last = scene.tokens[group.seen[-1].head]
    for c in last.children:
        counts = [scene.tokens[g].lower for g in scene.tokens[c].children] if scene.tokens[c].dep == "conj" else []
        if "other" in counts:
            return next((NUMBERS.get(n, 0) for n in counts if n in NUMBERS), 0)
    return 0


def _prominent(scene: Scene, group: Entity) -> bool:
    """Whether a pair acts, or stands after "between": not the hosts of "the talks, sponsored by Oman and Qatar"."""
    token = scene.tokens[group.seen[-1].head]
    for _ in range(len(group.parts) + 2):
        if token.dep not in ("conj", "appos", "compound", "nmod", "amod", "poss"):
            break
        token = scene.tokens[token.head]
    return token.dep in ("nsubj", "nsubjpass") or scene.tokens[token.head].lower == "between"


def standing_out(scene: Scene, token: Token, number: int, whole: bool = False) -> list[str]:
    """The states or bodies that stand out, whoever spoke for them; `whole`: states only."""
    barred = {e.root for e in _subjects_above(scene, token)}
    points: dict[str, float] = {}
    order: dict[str, int] = {}
    often = scene.memory.often if number > 1 else {}
    for entity in scene.memory.recent(token.sentence):
        root, value = entity.root, score(entity, place(scene, token))
        if root and value > 0 and not entity.parts and root not in barred and not (whole and number > 1 and is_body(root)):
            value += min(often.get(root, 0) * OFTEN, OFTEN_MOST)
            points[root] = max(points.get(root, 0.0), value)
            order[root] = min(order.get(root, token.i), entity.seen[-1].head)
    best = sorted(points, key=lambda root: -points[root])
    if len(best) < number or (len(best) > number and points[best[number - 1]] - points[best[number]] < MARGIN):
        return []
    return sorted(best[:number], key=lambda root: order[root])


def _subjects_above(scene: Scene, token: Token) -> list[Entity]:
    """Who does something to the phrase, and so is not in it: Trump in "Trump asked both sides to stand down".

    "Haig's proposals, which were handed to both governments": the proposals' owner, too.
    """
    if token.dep in ("nsubj", "nsubjpass"):
        return []
    verb = next((g for g in governors(scene.tokens, token.i) if is_verb(scene.tokens[g])), None)
    if verb is None:
        return []
    above = subjects(scene.tokens, verb)
    owners = [c for i in above for c in scene.tokens[i].children if scene.tokens[c].dep == "poss"]
    return [e for c in (*above, *owners) if (e := scene.memory.at.get(c))]


def can_be(entity: Entity, m: Mention) -> bool:
    """Whether a person can be called by the role of a phrase: "leader" fits heads of state and government."""
    if m.role_word in entity.titles or (entity.id and m.code not in GENERIC and entity.id.endswith("." + m.code)):
        return True
    if m.role_word in ("leader", "man", "head"):
        return bool(entity.id and any(entity.id.endswith("." + code) for code in LEADER))
    return False


def pair(scene: Scene, m: Mention) -> Found:
    """ "The two", "the pair": the persons or else the states named last, where they are just so many."""
    token = scene.tokens[m.core]
    number = NUMBERS[token.lower]
    log = list(takewhile(lambda item: token.sentence - item[0] < NEAR, reversed(scene.memory.log)))
    for back in range(NEAR):
        near = [e for where, e in reversed(log) if where == token.sentence - back and not e.parts and e.id and not e.many]
        for kinds in (("person",), ("state", "body")):
            who = _distinct(e for e in near if e.kind in kinds and not e.anonymous)
            if len(who) == number:
                return who, "definite", None
        if near:
            break
    return NOBODY


def _distinct(entities: Iterable[Entity]) -> Sequence[Who]:
    return list({(e.person or e.id): Who(e.id, e.name, e.person) for e in entities}.values())
