"""Whom a commitment is directed at: the one addressed, who could meet its condition, or who is named in its act.

"Iran will block the strait unless [Washington] lifts the ban"; "Peru will impose tariffs on [Chile]".
"""

from twotrack.find.commitments.acts import MAX_ACT
from twotrack.find.commitments.announcements import Announcement
from twotrack.find.commitments.parties import FIRST_PERSON, actors_of, is_party
from twotrack.find.commitments.polarity import lemmas
from twotrack.model import Actor, ConditionMark
from twotrack.reading import Reading
from twotrack.syntax import children, prep_objects, subjects

ON_PEOPLE = (
    lemmas("act", "harm-verb") | lemmas("act", "help-verb") | {"let", "tolerate", "receive", "meet", "refer", "summon"}
)  # their object is whom they are done to
BESIDE = lemmas("words", "other-parties")  # "its" and yet other parties
OWN = frozenset({"its", "their", "his", "her", "our", "my"})
TOWARD_PREPOSITIONS = ("on", "against", "with", "to", "for", "by")


def toward_of(reading: Reading, found: Announcement, mark: ConditionMark | None, party: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Whom it is directed at: the one addressed, else who could meet the condition, else who is named in the act."""
    dealt_with = _named_in_act(reading, found, ("with",), direct=False)
    given = tuple(_patients(reading, found.act_head)) if found.kind == "promise" and mark and mark.relation == "after" else ()
    for heads in (found.toward, dealt_with, given, _meets_condition(reading, mark, found), _named_in_act(reading, found)):
        kept = tuple(actor for actor in actors_of(reading, heads) if not _same(actor, party))
        if kept:
            return kept
    return ()


def _same(actor: Actor, party: tuple[Actor, ...]) -> bool:
    return any(actor.start == one.start or (actor.id is not None and actor.id == one.id) for one in party)


def _meets_condition(reading: Reading, mark: ConditionMark | None, found: Announcement) -> tuple[int, ...]:
    """The subject of a condition: "unless [Baghdad] accepts"; of a passive one, its agent."""
    if mark is None or mark.relation == "in_return":
        return ()
    tokens = reading.tokens
    first = reading.token_starts.get(mark.start)
    if first is None:
        return ()
    for n in range(first, min(first + 30, len(tokens))):
        if tokens[n].start >= mark.end:
            break
        if tokens[n].dep == "nsubj" and is_party(reading, n) and (tokens[n].pos != "PRON" or _faces_us(reading, n, found)):
            return (n,)
        if tokens[n].dep == "agent":
            return tuple(c for c in children(tokens, n, "pobj") if is_party(reading, c))
    return ()


def _faces_us(reading: Reading, pronoun: int, found: Announcement) -> bool:
    """ "If [they] cross the line, we will strike back": in a quotation, those who are not "we"."""
    tokens = reading.tokens
    own = subjects(tokens, found.act_head)
    return tokens[pronoun].lower in ("they", "he", "she", "you") and bool(own) and tokens[own[0]].lower in FIRST_PERSON


def _is_other(reading: Reading, n: int) -> bool:
    """A party in an act: "Riga", "Cypriot ships", not "its troops"."""
    tokens = reading.tokens
    if any(tokens[c].lower in OWN for c in tokens[n].children) and tokens[n].lemma not in BESIDE:
        return False
    if tokens[n].lower in ("force", "man"):  # "respond with force", "fight to the last man"
        return False
    return is_party(reading, n) or any(tokens[c].ent == "NORP" and tokens[c].dep == "amod" for c in tokens[n].children)


def _named_in_act(
    reading: Reading, found: Announcement, prepositions: tuple[str, ...] = TOWARD_PREPOSITIONS, direct: bool = True
) -> tuple[int, ...]:
    """The party named in an act or just behind it: "impose sanctions on [Riga]", "block [the refugees]"."""
    if found.kind in ("demand", "plan", "agreement"):
        return ()
    tokens, head = reading.tokens, found.act_head
    if direct and found.kind != "warning" and (patients := _patients(reading, head)):
        return patients
    around = [head] if not direct else [head, *children(tokens, head, "dobj", "xcomp", "acl")]
    around += [g for n in around if direct for g in children(tokens, n, "acl", "xcomp", "dobj")]
    if found.kind == "promise":  # "defend the canal against any invader" is no promise to the invader
        prepositions = tuple(word for word in prepositions if word != "against")
    if tokens[head].lemma in lemmas("words", "movement") and not children(
        tokens, head, "dobj"
    ):  # "travel to Sochi" is at Sochi, not towards it
        prepositions = tuple(word for word in prepositions if word != "to")
    for n in around:
        if near := [p for p in prep_objects(tokens, n, *prepositions) if _is_other(reading, p)]:
            return tuple(near[:2])
    if not direct:
        return ()
    owners = [_named(reading, c) for n in around for c in children(tokens, n, "poss") if is_party(reading, c)]
    return tuple(owners[:1]) or _object_within(reading, found)


def _patients(reading: Reading, head: int) -> tuple[int, ...]:
    """Whom a verb is done to: "block [the refugees]", "let [the ship] dock"."""
    tokens = reading.tokens
    verbs = [head, *children(tokens, head, "xcomp")]
    found = [n for v in verbs for n in children(tokens, v, "dobj") if tokens[v].lemma in ON_PEOPLE and _is_other(reading, n)]
    below = children(tokens, head, "ccomp", "xcomp")
    return tuple(found + [n for v in below for n in children(tokens, v, "nsubj") if tokens[n].pos != "PRON"])


def _object_within(reading: Reading, found: Announcement) -> tuple[int, ...]:
    """The first actor that is an object anywhere in the act: "send material to help defend [Saudi Arabia]"."""
    tokens = reading.tokens
    first = reading.token_starts.get(found.act.start, found.act_head)
    inside = range(first, min(first + MAX_ACT, len(tokens)))
    objects = [n for n in inside if tokens[n].start < found.act.end and tokens[n].dep == "dobj" and n in reading.actors_at]
    known = [n for n in objects if any(actor.id for actor in reading.actors_at[n].actors)]
    return tuple(n for n in known if _is_other(reading, n))[:1]


def _named(reading: Reading, owner: int) -> int:
    """The named mention in its sentence of whom a possessive pronoun means: "resigned as rebels threatened [his] palace"."""
    tokens = reading.tokens
    mark = reading.actors_at.get(owner) if tokens[owner].pos == "PRON" else None
    if mark is None:
        return owner
    names = {actor.name for actor in mark.actors if actor.name}
    sentence = reading.sentences[tokens[owner].sentence]
    earlier = (reading.actors_at.get(n) for n in range(max(sentence.first, owner - MAX_ACT), owner))
    return next((m.head for m in earlier if m and m.via != "pronoun" and names & {a.name for a in m.actors}), owner)
