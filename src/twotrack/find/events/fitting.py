"""Whether a row of the verb lexicon fits where its words stand: its object, its complement, its subject, its company.

"vowed to help" is a promise, "vowed to retaliate" a threat; "called Erdogan" is a phone call, "called it a mistake" is none.
"""

from collections.abc import Iterator

from twotrack.find.events.eventwords import classes, object_lemmas, word_list
from twotrack.lexicon import Row
from twotrack.model import ActorMark, Token
from twotrack.reading import Reading
from twotrack.syntax import Tokens, conjuncts, is_passive, is_verb, subjects

SUMS = frozenset({"million", "billion", "dollar", "euro", "$", "€", "%", "package", "hundred", "thousand", "worth", "pound"})
MEASURES = frozenset(
    {
        "number",
        "ton",
        "tonne",
        "dozen",
        "group",
        "batch",
        "series",
        "round",
        "shipment",
        "load",
        "convoy",
        "set",
        "range",
        "lot",
    }
    | {
        "state",
        "amount",
        "supply",
        "delivery",
        "unit",
        "hundred",
        "thousand",
        "ten",
        "score",
        "some",
        "many",
        "wave",
        "barrage",
    }
    | {"deployment", "handful", "pair", "plane", "truck", "couple", "kind", "form", "level", "team", "crew", "salvo", "volley"}
)
CARRIERS = frozenset({"plane", "truck", "ship", "convoy", "train", "flight", "aircraft", "lorry"})  # "two planes with food"
BUNDLES = frozenset({"package", "measure", "order", "effort", "deal", "program", "duty"})  # "a sanctions package"
MAX_SUBTREE = 80  # tokens of a phrase that are looked at for the words that a row asks for beside its object
COUNTRY = 3  # characters of a state's id


def fits(reading: Reading, i: int, row: Row, objects: list[int]) -> bool:
    """Whether all that a row asks for beside its object is there, at the verb i with these objects."""
    tokens = reading.tokens
    if row.get("persons") and any(tokens[n].dep == "dobj" and not _is_kind(reading, n, "@any") for n in objects):
        return False
    if not _complement_fits(tokens, i, row) or not _subject_fits(reading, i, row) or _is_excluded(tokens, i, objects, row):
        return False
    return _tone_fits(tokens, i, row) and _company_fits(tokens, i, row)


def wanted_object(reading: Reading, row: Row, objects: list[int]) -> int | None:
    """The first of these tokens that is an object as the row wants it."""
    return next((n for n in objects if _is_object(reading, n, row["objects"])), None) if "objects" in row else None


def object_heads(tokens: Tokens, verb: int, preposition: int | None) -> list[int]:
    """What the verb acts on: objects, in the passive the subject, and the objects of a phrase's last preposition."""
    heads = [
        c
        for c in tokens[verb].children
        if tokens[c].dep in ("dobj", "oprd", "attr") or (tokens[c].dep == "dative" and tokens[c].tag != "IN")
    ]
    if tokens[verb].dep == "relcl":
        heads = _relative(tokens, verb, heads)
    if undergoes(tokens, verb):
        heads = [*subjects(tokens, verb), *heads]
    if preposition is not None:
        heads += [c for c in tokens[preposition].children if tokens[c].dep in ("pobj", "pcomp")]
    return [n for head in heads for n in conjuncts(tokens, head)]


def _relative(tokens: Tokens, verb: int, heads: list[int]) -> list[int]:
    """ "The tanker that Iran seized", "the tanker Iran seized": what a relative clause is about is what its verb acts on."""
    pronouns = [c for c in heads if tokens[c].tag in ("WDT", "WP")]
    own = [c for c in tokens[verb].children if tokens[c].dep in ("nsubj", "nsubjpass", "advmod", "mark")]
    bare = not heads and any(tokens[c].dep == "nsubj" for c in own) and not any(tokens[c].tag.startswith("W") for c in own)
    if not pronouns and not (bare and tokens[verb].head < verb):
        return heads
    return [tokens[verb].head, *(c for c in heads if c not in pronouns)]


def undergoes(tokens: Tokens, verb: int) -> bool:
    """Whether the subject is acted on: passives, "asked about it, he left", and the second verb of "was held and charged"."""
    if is_passive(tokens, verb):
        return True
    if tokens[verb].tag != "VBN" or any(tokens[c].dep in ("aux", "nsubj") for c in tokens[verb].children):
        return False
    if tokens[verb].dep == "conj" and is_verb(tokens[tokens[verb].head]):
        return not any(tokens[c].dep == "dobj" for c in tokens[verb].children) and is_passive(tokens, tokens[verb].head)
    return tokens[verb].dep == "advcl"


def _is_object(reading: Reading, n: int, wanted: list[str]) -> bool:
    tokens = reading.tokens
    lemmas = object_lemmas(tuple(wanted))
    if tokens[n].lemma in lemmas or tokens[n].lower in lemmas:
        return True
    return any(_is_kind(reading, n, kind) for kind in wanted if kind[0] == "@") or _holds_object(tokens, n, lemmas)


def _holds_object(tokens: Tokens, n: int, lemmas: frozenset[str]) -> bool:
    """ "A package of sanctions", "a sanctions package"."""
    joint = (c for c in tokens[tokens[n].head].children if c > n and tokens[c].lower == "with" and tokens[n].lemma in CARRIERS)
    for c in (*tokens[n].children, *joint):  # the parse may hang "with food" on the verb
        if tokens[c].dep == "prep" and _measures(tokens[n], tokens[c]):
            if any(tokens[g].lemma in lemmas for g in tokens[c].children):
                return True
        elif tokens[c].dep in ("compound", "nmod") and tokens[c].lemma in lemmas:
            titled = tokens[n].ent == "PERSON" and tokens[c].pos == "PROPN"  # "Ambassador Jane Roe"
            if titled or tokens[n].lemma in BUNDLES:
                return True
    return False


def _measures(noun: Token, preposition: Token) -> bool:
    """ "A ton of aid", "a million in aid" are aid; "a suspension of aid" is none."""
    if preposition.lower == "with":
        return noun.lemma in CARRIERS
    return (preposition.lower == "of" and noun.lemma in MEASURES) or (preposition.lower in ("of", "in") and noun.lemma in SUMS)


def _is_kind(reading: Reading, n: int, kind: str) -> bool:
    """Whether token n heads an actor of a kind: "@country" a state, "@person" a person or office, "@igo" a body."""
    token, mark = reading.tokens[n], reading.actors_at.get(n)
    if kind == "@country" and token.ent == "GPE":
        return True
    if mark is None:
        return (kind in ("@person", "@any") and token.ent == "PERSON") or (kind == "@any" and _is_people(token))
    if kind == "@country":
        return any(len(actor.id or "") == COUNTRY for actor in mark.actors)
    if kind == "@person":
        return _is_personal(mark)
    if kind == "@igo":
        return any((actor.id or "").startswith("IGO") for actor in mark.actors)
    return kind in ("@any", "@nationals")


def _is_personal(mark: ActorMark) -> bool:
    """A person, an office, a name that is not known, or a state: "Paris called Berlin"."""
    return any(
        a.person or not a.id or len(a.id) == COUNTRY or ("." in a.id and not a.id.startswith("IGO")) for a in mark.actors
    )


def _is_people(token: Token) -> bool:
    return token.lemma in word_list("people", "nouns") or token.ent in ("PERSON", "NORP", "GPE")


def _complement_fits(tokens: Tokens, i: int, row: Row) -> bool:
    if row.get("before"):
        return any(_is_to_infinitive(tokens, c) or _has_infinitive(tokens, c) for c in tokens[i].children)
    if row.get("plain"):  # "called him a liar" is no phone call
        return not any(tokens[c].dep in ("oprd", "ccomp", "attr") for c in tokens[i].children)
    if row.get("transitive"):
        return any(tokens[c].dep in ("dobj", "nsubjpass") for c in tokens[i].children)
    if row.get("intransitive"):
        return not any(tokens[c].dep in ("dobj", "nsubjpass") for c in tokens[i].children)
    if row.get("clause"):
        return any(tokens[c].dep == "ccomp" for c in tokens[i].children)
    return not row.get("statement")


def _is_excluded(tokens: Tokens, i: int, objects: list[int], row: Row) -> bool:
    """ "declined to comment", "released a statement": what a row names as not meant."""
    excluded = row.get("not_objects")
    return excluded is not None and any(tokens[n].lemma in excluded for n in (*objects, *clauses_below(tokens, i)))


def _tone_fits(tokens: Tokens, i: int, row: Row) -> bool:
    """Promises are kept apart from threats by the verb that is promised: "vowed to help", "vowed to retaliate"."""
    needs = row.get("needs")
    if needs == "friendly":
        return not any(tokens[c].lemma in word_list("hostile") for c in clauses_below(tokens, i))
    if needs == "hostile":
        return any(tokens[c].lemma in word_list("wrongdoing") and not _has_pronoun(tokens, c) for c in clauses_below(tokens, i))
    if needs == "deed":  # "agreed that prices would rise" is an opinion
        return not any(tokens[c].dep == "ccomp" and tokens[c].tag in ("VBD", "VBZ", "VBP") for c in tokens[i].children)
    if needs == "subjunctive":
        return any(tokens[c].tag == "VB" and not _has_helper(tokens, c) for c in clauses_below(tokens, i))
    if needs == "hostile_clause":
        return any(tokens[c].lemma in word_list("hostile") and _is_own_will(tokens, c) for c in clauses_below(tokens, i))
    return True


def _has_helper(tokens: Tokens, c: int) -> bool:
    return any(tokens[g].dep == "aux" and tokens[g].lower != "not" for g in tokens[c].children)


def _is_own_will(tokens: Tokens, c: int) -> bool:
    """ "to retaliate", "that it would retaliate": what the speaker will do, not what somebody else did."""
    if _is_to_infinitive(tokens, c):
        return True
    helpers = {tokens[g].lower for g in tokens[c].children if tokens[g].dep == "aux"}
    return bool(helpers & {"will", "would", "'ll", "’ll"}) and _has_pronoun(tokens, c)


def _has_pronoun(tokens: Tokens, c: int) -> bool:
    return any(tokens[g].dep == "nsubj" and tokens[g].pos == "PRON" for g in tokens[c].children)


def _subject_fits(reading: Reading, i: int, row: Row) -> bool:
    if not any(row.get(key) for key in ("military", "civil", "plural", "unarmed", "single")):
        return True
    tokens, heads = reading.tokens, subjects(reading.tokens, i)
    if row.get("single"):
        return len(heads) == 1 and ((mark := reading.actors_at.get(heads[0])) is None or len(mark.actors) == 1)
    if row.get("unarmed"):
        return not any(tokens[n].lemma in classes()["@force"] or tokens[n].lemma == "peacekeeper" for n in heads)
    if row.get("plural"):
        many = (n for n in heads if tokens[n].lemma not in word_list("speaker", "nouns"))
        return len(heads) > 1 or any(tokens[n].tag in ("NNS", "NNPS") or tokens[n].lower == "they" for n in many)
    wanted = classes()["@force"] if row.get("military") else classes()["@civil"]
    return any(tokens[g].lemma in wanted for n in heads for g in (n, *tokens[n].children))


def clauses_below(tokens: Tokens, i: int) -> list[int]:
    """The clauses that complete a verb, its adjective, its object or its preposition."""
    found = [c for c in tokens[i].children if tokens[c].dep in ("ccomp", "xcomp", "advcl") and c > i and is_verb(tokens[c])]
    for c in tokens[i].children:
        if tokens[c].dep in ("acomp", "dobj", "prep", "attr", "oprd"):
            found += [
                g for g in tokens[c].children if tokens[g].dep in ("xcomp", "acl", "pcomp", "relcl") and is_verb(tokens[g])
            ]
    return found


def _has_infinitive(tokens: Tokens, c: int) -> bool:
    return tokens[c].dep in ("acomp", "dobj", "attr") and any(_is_to_infinitive(tokens, g) for g in tokens[c].children)


def _is_to_infinitive(tokens: Tokens, i: int) -> bool:
    return (
        is_verb(tokens[i])
        and tokens[i].dep in ("xcomp", "acl", "ccomp")
        and any(tokens[c].lower == "to" and tokens[c].dep == "aux" for c in tokens[i].children)
    )


def _company_fits(tokens: Tokens, i: int, row: Row) -> bool:
    """The words that a row asks for, or forbids, in the phrase."""
    if not ("with" in row or "without" in row or "not_with" in row):
        return True
    lemmas = {form for n in bounded_subtree(tokens, i) for form in (tokens[n].lemma, tokens[n].lower)}
    if "with" in row and not lemmas.intersection(row["with"]):
        return False
    return not lemmas.intersection((*row.get("without", ()), *row.get("not_with", ())))


def bounded_subtree(tokens: Tokens, i: int) -> Iterator[int]:
    """Token i and what is below it, as far as a phrase is looked at."""
    todo = [i]
    for _ in range(MAX_SUBTREE):
        if not todo:
            return
        n = todo.pop()
        yield n
        todo.extend(tokens[n].children)
