"""Who did it, and to whom: the actors of an event by syntax.

"Britain, France and Israel attacked Egypt" has three sources; in "talks between Serbia and Kosovo" both are source; in
"Israeli strikes on Gaza" the adjective is the source. Where the head of a phrase is no actor, the actors within the phrase
count: "rejected a proposal by Turkey" has the target Turkey.
"""

from collections.abc import Iterable
from typing import NamedTuple

from twotrack.find.events.coding import Match
from twotrack.find.events.eventwords import word_list
from twotrack.find.events.fitting import clauses_below, undergoes
from twotrack.find.events.within import OWNERS, actors_below, actors_in, brought_by, distinct, is_among, is_city
from twotrack.lexicon import Row
from twotrack.model import Actor
from twotrack.reading import Reading
from twotrack.syntax import Tokens, conjunction_head, conjuncts, is_verb, objects, prep_objects, subjects

PREPOSITIONS = frozenset(
    {"by", "of", "from", "between", "against", "on", "with", "to", "in", "into", "at", "for", "near", "over", "along", "among"}
    | {"outside", "toward", "towards", "within", "around", "across", "off", "inside"}
)
EVERYWHERE = ("object", "clause", "against", "on", "with", "to", "from", "at", "into", "for", "toward", "towards", "in", "of")
ABOUT = frozenset({"of", "on", "over"})  # where what is protested over may stand
COMPANY = ("object", "with", "between", "to")
SENDERS = frozenset(
    {"THREATEN", "REQUEST", "ACCUSE", "REJECT", "AGREE", "SUPPORT", "AID", "CONCEDE"}
)  # "a warning from Israel"
SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE"})
DAYS = frozenset({"DATE", "TIME"})  # "called on Thursday" calls on nobody
INNER = frozenset({"of", "by", "from", "in", "with", "between", "against", "on", "near", "along", "inside"})


class Roles(NamedTuple):
    """The actors of an event. A reciprocal event has all of them as source."""

    source: tuple[Actor, ...]
    target: tuple[Actor, ...]


def roles_of(reading: Reading, match: Match) -> Roles:
    """Source and target of a matched verb or noun."""
    found = _noun_roles(reading, match) if match.kind in ("light", "noun") else _verb_roles(reading, match)
    source, target = distinct(found.source), distinct(found.target)
    target = tuple(actor for actor in target if not is_among(actor, source))
    if match.row.get("reciprocal"):
        everyone = (*source, *target)
        return Roles(tuple(a for a in everyone if match.row.get("mode") != "visit" or not is_city(reading, a)), ())
    return Roles(source, target)


# --- verbs ------------------------------------------------------------------------------------------------------------


def _verb_roles(reading: Reading, match: Match) -> Roles:
    source = _subject_actors(reading, match.carrier)
    own: list[Actor] = []
    for slot in _slots(match.row):
        target = [a for a in _slot(reading, match, slot) if not is_among(a, source)]
        if match.kind == "would":  # "the army said India would strike if Pakistan did": not India
            target = [a for a in target if a.id and not _is_own(a, source)]
        if slot in ABOUT and (called_in := _called_in(reading, match)):
            target = called_in
        if match.row["type"] in SPOKEN:
            target = [a for a in target if not _is_venue(reading, a)]
            if slot == "object" and target and all(_is_own(a, source) for a in target):
                continue  # "protested over the ramming of a Chinese jet": whose jet it is, not to whom
        if match.row["type"] == "SANCTION" and slot == "object" and target and all(_is_own(a, source) for a in target):
            own = own or target  # "recalled its ambassador to Peru": rather whom that is to
            continue
        if target or (slot == "object" and _is_harm(reading.tokens, match)):
            return Roles(tuple(source), tuple(target))
    return Roles(tuple(source), tuple(own))


def _is_harm(tokens: Tokens, match: Match) -> bool:
    """ "Condemned the violation of Ecuador's border": whom "of" brings is not blamed."""
    return match.row["type"] == "ACCUSE" and any(tokens[n].lemma in word_list("harm", "nouns") for n in match.objects)


def _called_in(reading: Reading, match: Match) -> list[Actor]:
    """ "Summoned the envoy and lodged a protest over the raid": to whom, before over what."""
    tokens, first = reading.tokens, conjunction_head(reading.tokens, match.trigger)
    if first == match.trigger or tokens[first].lemma not in ("summon", "receive", "meet"):
        return []
    return [a for n in objects(tokens, first) for a in actors_in(reading, n, PREPOSITIONS, places=False)]


def _is_own(actor: Actor, source: Iterable[Actor]) -> bool:
    """Whether an actor is of the state of those who speak."""
    return bool(actor.state) and any(one.state == actor.state for one in source)


def _is_venue(reading: Reading, actor: Actor) -> bool:
    """ "Demanded a truce in the Security Council": a body that something is said in is not whom it is said to."""
    if not (actor.id or "").startswith("IGO"):
        return False
    i = reading.token_starts.get(actor.start)
    return i is not None and i > 0 and reading.tokens[i - 1].lower in ("in", "at")


def _slots(row: Row) -> Iterable[str]:
    """Where a target may stand, in the order of trying."""
    if "target" in row:
        slots: list[str] = row["target"]
        return slots
    return COMPANY if row.get("reciprocal") else EVERYWHERE


def _subject_actors(reading: Reading, verb: int) -> list[Actor]:
    """Who acts: the subject, in the passive the phrase after "by"."""
    tokens = reading.tokens
    if undergoes(tokens, verb):
        agents = [
            g for c in tokens[verb].children if tokens[c].dep == "agent" or tokens[c].lower == "by" for g in tokens[c].children
        ]
        heads = [n for g in agents if tokens[g].dep == "pobj" for n in conjuncts(tokens, g)]
    else:
        heads = _urged(tokens, verb) or _planners(tokens, verb) or _issuers(tokens, verb) or subjects(tokens, verb)
    return [actor for head in heads for actor in actors_in(reading, head, ("by", "of", "from", "in"), places=False)]


def _urged(tokens: Tokens, verb: int) -> list[int]:
    """ "China called on India to resume talks": who is called on is to do it; "Iran is ready to talk": Iran is."""
    if not any(tokens[c].dep in ("nsubj", "nsubjpass") for c in tokens[verb].children):
        verb = conjunction_head(tokens, verb)
    head = tokens[verb].head
    if tokens[verb].dep == "xcomp" and tokens[head].dep == "acomp":
        return subjects(tokens, tokens[head].head)
    if tokens[verb].dep not in ("xcomp", "advcl") or tokens[head].lemma not in ("call", "appeal", "plead", "prevail"):
        return []
    if any(tokens[c].dep in ("nsubj", "nsubjpass") for c in tokens[verb].children):
        return []
    called = [
        g
        for c in tokens[head].children
        if tokens[c].dep == "prep" and tokens[c].lower in ("on", "upon", "to", "with")
        for g in tokens[c].children
    ]
    return [n for g in called if tokens[g].dep == "pobj" and tokens[g].ent not in DAYS for n in conjuncts(tokens, g)]


def _planners(tokens: Tokens, verb: int) -> list[int]:
    """ "Iran examined a plan to fire missiles": whoever has the plan is to carry it out."""
    verb = conjunction_head(tokens, verb)
    noun, above = tokens[verb].head, tokens[tokens[verb].head].head
    if tokens[verb].dep != "acl" or tokens[verb].tag != "VB" or tokens[noun].dep != "dobj":
        return []
    owners = [c for c in tokens[noun].children if tokens[c].dep == "poss"]
    owners = owners or prep_objects(tokens, noun, "of")  # "the decision of the Union to send aid"
    return owners or ([] if undergoes(tokens, above) else subjects(tokens, above))


def _issuers(tokens: Tokens, verb: int) -> list[int]:
    """ "The council adopted a resolution calling on Mali to talk", "Togo sent a letter urging him": whose words they are."""
    noun, above = tokens[verb].head, tokens[tokens[verb].head].head
    if tokens[verb].dep != "acl" or tokens[verb].tag != "VBG" or tokens[noun].lemma not in word_list("text", "nouns"):
        return []
    if owners := [c for c in tokens[noun].children if tokens[c].dep == "poss"]:
        return owners
    if tokens[noun].dep == "nsubjpass":
        agents = [c for c in tokens[above].children if tokens[c].dep == "agent"]
        return [n for c in agents for n in brought_by(tokens, c)]
    return subjects(tokens, above) if tokens[noun].dep == "dobj" else []


def _slot(reading: Reading, match: Match, slot: str) -> list[Actor]:
    tokens, verb = reading.tokens, match.trigger
    places = _takes_places(match.row)
    if slot == "object":
        direct = [n for n in match.objects if tokens[conjunction_head(tokens, n)].dep == "dobj"]
        found = _object_actors(reading, match, direct, places=places)
        if match.preposition is None or not any(actor.id for actor in found):
            found += _object_actors(reading, match, [n for n in match.objects if n not in direct], places=places)
        return found  # "accused Ecuador and Bolivia of moving troops into Peru": these two alone
    if slot == "dative":
        heads = [n for c in tokens[verb].children if tokens[c].dep == "dative" for n in _phrase_heads(tokens, c)]
        return [a for n in heads for a in actors_in(reading, n, (), places=True)]
    if slot in ("clause", "subject"):
        return _clause_actors(reading, match, slot, places=places)
    return _after(reading, match, slot, places=places or slot not in ("in", "at"))


def _object_actors(reading: Reading, match: Match, heads: Iterable[int], *, places: bool) -> list[Actor]:
    """The actors of a match's objects; of harm that is condemned, who does it."""
    prepositions = ("by", "from") if _is_harm(reading.tokens, match) else PREPOSITIONS
    places = places or match.preposition is not None
    return [actor for n in heads for actor in actors_in(reading, n, prepositions, places=places)]


def _phrase_heads(tokens: Tokens, c: int) -> list[int]:
    if tokens[c].tag == "IN" or tokens[c].tag == "TO":
        return [n for g in tokens[c].children if tokens[g].dep == "pobj" for n in conjuncts(tokens, g)]
    return conjuncts(tokens, c)


def _takes_places(row: Row) -> bool:
    return (
        bool(row.get("places"))
        or row.get("mode") == "visit"
        or row.get("type") in ("MOBILIZE", "ASSAULT", "COERCE", "AID", "RETREAT", "SANCTION")
    )


def _clause_actors(reading: Reading, match: Match, slot: str, *, places: bool) -> list[Actor]:
    """The actors of the clause below: its own subject first ("demanded that Syria withdraw"), then its objects."""
    tokens = reading.tokens
    for c in clauses_below(tokens, match.trigger):
        own = [n for g in tokens[c].children if tokens[g].dep in ("nsubj", "nsubjpass") for n in conjuncts(tokens, g)]
        if found := [a for n in own for a in actors_in(reading, n, ("of", "by", "with", "in", "for"), places=True)]:
            return found
        if slot == "subject":
            continue
        inner = [g for g in tokens[c].children if tokens[g].dep in ("dobj", "dative", "prep", "pobj", "agent")]
        for g in inner:
            heads = _phrase_heads(tokens, g) if tokens[g].dep != "prep" else brought_by(tokens, g)
            if found := [a for n in heads for a in actors_in(reading, n, PREPOSITIONS, places=True)]:
                return found
        if found := _clause_actors(reading, match._replace(trigger=c), "clause", places=places):
            return found
    return []


def _after(reading: Reading, match: Match, preposition: str, *, places: bool) -> list[Actor]:
    """Actors after a preposition at the verb, at its particle or at its object: "imposed sanctions on Iraq"."""
    tokens = reading.tokens
    found: list[Actor] = []
    for at in (
        match.trigger,
        *match.objects,
        *(c for c in tokens[match.trigger].children if tokens[c].dep in ("prt", "prep", "advmod", "acomp", "oprd")),
    ):
        for c in tokens[at].children:
            if tokens[c].lower == preposition and tokens[c].dep in ("prep", "dative", "agent"):
                found += [a for n in brought_by(tokens, c) for a in actors_in(reading, n, PREPOSITIONS, places=places)]
    return found


# --- nouns ------------------------------------------------------------------------------------------------------------


def _noun_roles(reading: Reading, match: Match) -> Roles:
    tokens, noun, row = reading.tokens, match.trigger, match.row
    source = [a for c in tokens[noun].children if tokens[c].dep in OWNERS for a in actors_below(reading, c, (), places=False)]
    target: list[Actor] = []
    prepositions = PREPOSITIONS if row["type"] in ("AID", "SUPPORT", "REQUEST", "AGREE", "SANCTION") else PREPOSITIONS - {"for"}
    for at in {noun, match.carrier}:
        for c in tokens[at].children:
            if tokens[c].dep in ("prep", "agent", "dative") and tokens[c].lower in prepositions:
                if (
                    at == match.carrier
                    and at != noun
                    and tokens[c].lower not in ("against", "on", "with", "between", "into", "at", "to", "for", "in")
                ):
                    continue
                heads = brought_by(tokens, c)
                places = _takes_places(row) or tokens[c].lower not in ("in", "at", "near")
                actors = [a for n in heads for a in actors_in(reading, n, INNER, places=places)]
                (source if _brings_source(row, tokens[c].lower) else target).extend(actors)
    if match.kind == "noun" and (row.get("reciprocal") or (row["type"] == "PROTEST" and not source)):
        source += _occasion(reading, noun)
    if match.kind == "noun" and row["type"] in SENDERS and not source:
        source = _comes_from(reading, noun)
    if match.kind == "light":
        acting = _subject_actors(reading, match.carrier)
        owned = source
        source = acting or source
        if acting and not row.get("reciprocal"):
            target = target or [a for a in owned if not is_among(a, acting)]
        elif acting:
            source = [*acting, *owned]
    return Roles(tuple(source), tuple(target))


def _brings_source(row: Row, preposition: str) -> bool:
    """ "A raid by rebels", "the threat of a junta", "a warning from Israel": who acts; "withdrawal from Kuwait" is not so."""
    if preposition == "of":
        return row.get("of") == "source"
    return preposition == "by" or (preposition == "from" and row["type"] in SENDERS)


def _comes_from(reading: Reading, noun: int) -> list[Actor]:
    """ "A warning to the fleet came from the army's chief"."""
    tokens, verb = reading.tokens, reading.tokens[noun].head
    if tokens[noun].dep != "nsubj" or tokens[verb].lemma not in ("come", "arrive", "follow"):
        return []
    froms = [c for c in tokens[verb].children if tokens[c].dep == "prep" and tokens[c].lower == "from"]
    return [a for c in froms for n in brought_by(tokens, c) for a in actors_in(reading, n, INNER, places=True)]


def _occasion(reading: Reading, noun: int) -> list[Actor]:
    """ "In a call with Xi, Biden raised Taiwan": who acts on the occasion takes part in it."""
    tokens, above = reading.tokens, reading.tokens[noun].head
    verb = tokens[above].head
    if (
        tokens[noun].dep == "pobj"
        and tokens[above].lower in ("in", "during", "after", "at", "following")
        and is_verb(tokens[verb])
    ):
        return _subject_actors(reading, verb)
    return []
