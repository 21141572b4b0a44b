"""Which row of the verb lexicon a word matches: "imposed sanctions on Iraq" -> the row of "impose" with the object "sanction".

A phrase of the lexicon is a verb, then particles, prepositions or words below it ("call off", "take part in"). Of several rows
that match, the one with most matched words wins, and the earlier row at equal length. The words are data/verbs.toml.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from twotrack.lexicon import Row, rows
from twotrack.model import Token
from twotrack.reading import Reading
from twotrack.syntax import Tokens, conjuncts, is_passive, is_verb, subjects

BELOW = frozenset({"prt", "prep", "advmod", "acomp", "dobj", "oprd", "attr", "pobj", "dative", "ccomp", "npadvmod", "xcomp", "agent"})
SUMS = frozenset({"million", "billion", "dollar", "euro", "$", "€", "%", "package", "hundred", "thousand", "worth", "pound"})
MAX_SUBTREE = 80  # tokens of a phrase that are looked at for the words that a row asks for beside its object
COUNTRY = 3  # characters of a state's id
SCORE_OBJECT, SCORE_WITH, SCORE_BEFORE, SCORE_WORD, SCORE_SUBJECT = 4, 2, 3, 2, 5  # any order of these sizes gives the same rows on real news


class Entry(NamedTuple):
    """A phrase of a row: its words after the first, and the row with its number (earlier rows win)."""

    rest: tuple[str, ...]
    row: Row
    number: int


class Match(NamedTuple):
    """A row at a token. `kind`: "verb", "verb+object", "light" (a noun with its verb), "noun" (a noun by itself)."""

    row: Row
    trigger: int
    kind: str
    rule: str
    preposition: int | None  # the token that the phrase ends with, where that is a preposition
    objects: tuple[int, ...]
    carrier: int  # the verb that has the subject and the tense: the light verb of an event noun


@lru_cache
def classes() -> dict[str, frozenset[str]]:
    """Name -> lemmas: classes()["@force"] holds "troop"."""
    return {f"@{row['name']}": frozenset(row["nouns"]) for row in rows("verbs", "class", "name", "nouns")}


@lru_cache
def verb_entries() -> dict[str, tuple[Entry, ...]]:
    """First lemma -> the phrases that start with it."""
    found: dict[str, list[Entry]] = {}
    listed = (*rows("verbs", "verb", "verbs", "type", "cameo", "examples"), *rows("verbs", "silent", "verbs", "cameo", "examples"))
    for number, row in enumerate(listed):
        for phrase in row["verbs"]:
            first, *rest = phrase.split()
            found.setdefault(first, []).append(Entry(tuple(rest), row, number))
    return {lemma: tuple(entries) for lemma, entries in found.items()}


@lru_cache
def noun_rows() -> dict[str, tuple[Row, ...]]:
    """Lemma -> the rows of event nouns."""
    found: dict[str, list[Row]] = {}
    for row in rows("verbs", "noun", "nouns", "light", "type", "cameo", "examples"):
        for noun in row["nouns"]:
            found.setdefault(noun, []).append(row)
    return {noun: tuple(own) for noun, own in found.items()}


@lru_cache
def word_list(table: str, key: str = "words") -> frozenset[str]:
    """The words of a table that is one list: word_list("hostile")."""
    return frozenset(word for row in rows("verbs", table, key) for word in row[key])


@lru_cache
def _objects_of(row_objects: tuple[str, ...]) -> frozenset[str]:
    plain = {word for word in row_objects if not word.startswith("@")}
    return frozenset(plain.union(*(classes().get(word, frozenset()) for word in row_objects)))


# --- a phrase at a verb -----------------------------------------------------------------------------------------------


def _phrase_end(tokens: Tokens, verb: int, rest: tuple[str, ...]) -> int | None:
    """The token that ends a phrase below this verb, the verb itself for one word; None where the phrase is not there."""
    at = last = verb
    for word in rest:
        found = _below(tokens, verb, word)
        if found is None and last != verb:
            found = _below(tokens, last, word)
        if found is None:
            return None
        at = last = found
    return at


def _below(tokens: Tokens, i: int, word: str) -> int | None:
    for c in tokens[i].children:
        if tokens[c].dep in BELOW and c > i and (tokens[c].lower == word or tokens[c].lemma == word):
            return c
    for c in tokens[i].children:  # "cut ties with": the preposition hangs on the object
        if tokens[c].dep in ("prt", "acomp", "dobj", "prep") and c > i:
            for g in tokens[c].children:
                if tokens[g].dep in ("prep", "dobj") and tokens[g].lower == word and tokens[c].dep != "prep":
                    return g
    return None


def match_verb(reading: Reading, i: int) -> Match | None:
    """The row of the verb lexicon that token i matches best, None where there is none or where it is one that means no event."""
    tokens = reading.tokens
    best: tuple[int, int] | None = None
    found: Match | None = None
    for entry in verb_entries().get(tokens[i].lemma, ()):
        end = _phrase_end(tokens, i, entry.rest)
        if end is None:
            continue
        match = _fitting(reading, i, entry, end)
        if match is None:
            continue
        rank = (_score(match, entry), -entry.number)
        if best is None or rank > best:
            best, found = rank, match
    return found


def _score(match: Match, entry: Entry) -> int:
    score = SCORE_WORD * len(entry.rest) + (SCORE_OBJECT if match.kind == "verb+object" else 0)
    score += SCORE_SUBJECT if any(entry.row.get(key) for key in ("military", "civil", "plural")) else 0
    return score + (SCORE_WITH if "with" in entry.row else 0) + (SCORE_BEFORE if "before" in entry.row else 0)


def _fitting(reading: Reading, i: int, entry: Entry, end: int) -> Match | None:
    """The match of a phrase whose row's demands on object, complement and company are met."""
    tokens, row = reading.tokens, entry.row
    preposition = end if tokens[end].dep in ("prep", "agent", "dative") and end != i else None
    objects = object_heads(tokens, i, preposition)
    hit = next((n for n in objects if _is_object(reading, n, row["objects"])), None) if "objects" in row else None
    if ("objects" in row and hit is None) or not _complement_fits(tokens, i, row) or not _company_fits(tokens, i, row):
        return None
    if row.get("persons") and any(tokens[n].dep == "dobj" and not _is_kind(reading, n, "@any") for n in objects):
        return None
    if _is_excluded(tokens, i, objects, row) or not _tone_fits(tokens, i, row) or not _subject_fits(tokens, i, row):
        return None
    words = " ".join((tokens[i].lemma, *entry.rest))
    rule = f"verbs:{words}" if hit is None else f"verbs:{words}+{tokens[hit].lemma}"
    kind = "verb" if hit is None else "verb+object"
    return Match(row, i, kind, rule, preposition, tuple(objects), i)


def object_heads(tokens: Tokens, verb: int, preposition: int | None) -> list[int]:
    """What the verb acts on: objects, in the passive the subject, and the objects of the preposition that a phrase ends with."""
    heads = [c for c in tokens[verb].children if tokens[c].dep in ("dobj", "oprd", "attr") or (tokens[c].dep == "dative" and tokens[c].tag != "IN")]
    if is_passive(tokens, verb):
        heads = [*subjects(tokens, verb), *heads]
    if preposition is not None:
        heads += [c for c in tokens[preposition].children if tokens[c].dep in ("pobj", "pcomp")]
    return [n for head in heads for n in conjuncts(tokens, head)]


def _is_object(reading: Reading, n: int, wanted: list[str]) -> bool:
    tokens = reading.tokens
    lemmas = _objects_of(tuple(wanted))
    if tokens[n].lemma in lemmas or tokens[n].lower in lemmas or any(_is_kind(reading, n, kind) for kind in wanted if kind[0] == "@"):
        return True
    for c in tokens[n].children:
        if tokens[c].dep == "prep" and _measures(tokens[n], tokens[c]) and any(tokens[g].lemma in lemmas for g in tokens[c].children):
            return True
        if tokens[c].dep in ("compound", "nmod") and tokens[n].pos != "PROPN" and tokens[n].lemma in ("package", "measure", "order", "effort", "deal", "program", "duty"):
            if tokens[c].lemma in lemmas:
                return True
    return False


def _measures(noun: Token, preposition: Token) -> bool:
    """ "A ton of aid", "a million in aid" are aid; "a suspension of aid" is none."""
    return (preposition.lower == "of" and noun.lemma not in noun_rows()) or (preposition.lower == "in" and noun.lemma in SUMS)


def _is_kind(reading: Reading, n: int, kind: str) -> bool:
    """Whether token n heads an actor of a kind: "@country" a state, "@person" a person or office, "@igo" a body."""
    mark = reading.actors_at.get(n)
    if mark is None:
        return kind in ("@person", "@any") and reading.tokens[n].ent == "PERSON" or (kind == "@any" and _is_people(reading.tokens[n]))
    ids = [actor.id or "" for actor in mark.actors]
    if kind == "@country":
        return any(len(one) == COUNTRY for one in ids)
    if kind == "@person":
        return any("." in one and not one.startswith("IGO") for one in ids) or any(a.person or not a.id for a in mark.actors) or any(len(one) == COUNTRY for one in ids)
    if kind == "@igo":
        return any(one.startswith("IGO") for one in ids)
    return kind in ("@any", "@nationals")


def _is_people(token: Token) -> bool:
    return token.lemma in word_list("people", "nouns") or token.ent in ("PERSON", "NORP", "GPE")


def _complement_fits(tokens: Tokens, i: int, row: Row) -> bool:
    if row.get("before"):
        return any(_is_to_infinitive(tokens, c) or _has_infinitive(tokens, c) for c in tokens[i].children)
    if row.get("plain"):  # "called him a liar" is no phone call
        return not any(tokens[c].dep in ("oprd", "ccomp", "attr") for c in tokens[i].children)
    if row.get("transitive"):
        return any(tokens[c].dep in ("dobj", "nsubjpass") for c in tokens[i].children)
    if row.get("clause"):
        return any(tokens[c].dep == "ccomp" for c in tokens[i].children)
    return not row.get("statement")


def _is_excluded(tokens: Tokens, i: int, objects: list[int], row: Row) -> bool:
    """ "declined to comment", "released a statement": what a row names as not meant."""
    excluded = row.get("not_objects")
    return bool(excluded) and any(tokens[n].lemma in excluded for n in (*objects, *clauses_below(tokens, i)))


def _tone_fits(tokens: Tokens, i: int, row: Row) -> bool:
    """Promises are kept apart from threats by the verb that is promised: "vowed to help", "vowed to retaliate"."""
    needs = row.get("needs")
    if needs == "friendly":
        return not any(tokens[c].lemma in word_list("hostile") for c in clauses_below(tokens, i))
    if needs == "hostile":
        return any(tokens[c].lemma in word_list("hostile") and not _has_pronoun(tokens, c) for c in clauses_below(tokens, i))
    if needs == "deed":  # "agreed that prices would rise" is an opinion
        return not any(tokens[c].dep == "ccomp" and tokens[c].tag in ("VBD", "VBZ", "VBP") for c in tokens[i].children)
    if needs == "subjunctive":
        return any(tokens[c].tag == "VB" and not _is_to_infinitive(tokens, c) for c in clauses_below(tokens, i))
    if needs == "hostile_clause":
        return any(tokens[c].lemma in word_list("hostile") and _is_own_will(tokens, c) for c in clauses_below(tokens, i))
    return True


def _is_own_will(tokens: Tokens, c: int) -> bool:
    """ "to retaliate", "that it would retaliate": what the speaker will do, not what somebody else did."""
    if _is_to_infinitive(tokens, c):
        return True
    helpers = {tokens[g].lower for g in tokens[c].children if tokens[g].dep == "aux"}
    return bool(helpers & {"will", "would", "'ll", "’ll"}) and _has_pronoun(tokens, c)


def _has_pronoun(tokens: Tokens, c: int) -> bool:
    return any(tokens[g].dep == "nsubj" and tokens[g].pos == "PRON" for g in tokens[c].children)


def _subject_fits(tokens: Tokens, i: int, row: Row) -> bool:
    if not any(row.get(key) for key in ("military", "civil", "plural", "unarmed")):
        return True
    heads = subjects(tokens, i)
    if row.get("unarmed"):
        return not any(tokens[n].lemma in classes()["@force"] or tokens[n].lemma == "peacekeeper" for n in heads)
    if row.get("plural"):
        return len(heads) > 1 or any(tokens[n].tag in ("NNS", "NNPS") or tokens[n].lower == "they" for n in heads)
    wanted = classes()["@force"] if row.get("military") else classes()["@civil"]
    return any(tokens[g].lemma in wanted for n in heads for g in (n, *tokens[n].children))


def clauses_below(tokens: Tokens, i: int) -> list[int]:
    """The clauses that complete a verb, its adjective, its object or its preposition."""
    found = [c for c in tokens[i].children if tokens[c].dep in ("ccomp", "xcomp", "advcl") and c > i and is_verb(tokens[c])]
    for c in tokens[i].children:
        if tokens[c].dep in ("acomp", "dobj", "prep", "attr", "oprd"):
            found += [g for g in tokens[c].children if tokens[g].dep in ("xcomp", "acl", "pcomp", "relcl") and is_verb(tokens[g])]
    return found


def _has_infinitive(tokens: Tokens, c: int) -> bool:
    return tokens[c].dep in ("acomp", "dobj", "attr") and any(_is_to_infinitive(tokens, g) for g in tokens[c].children)


def _is_to_infinitive(tokens: Tokens, i: int) -> bool:
    return is_verb(tokens[i]) and tokens[i].dep in ("xcomp", "acl", "ccomp") and any(tokens[c].lower == "to" and tokens[c].dep == "aux" for c in tokens[i].children)


def _company_fits(tokens: Tokens, i: int, row: Row) -> bool:
    """The words that a row asks for, or forbids, in the phrase."""
    if not ("with" in row or "without" in row or "not_with" in row):
        return True
    lemmas = {form for n in bounded_subtree(tokens, i) for form in (tokens[n].lemma, tokens[n].lower)}
    if "with" in row and not lemmas.intersection(row["with"]):
        return False
    return not lemmas.intersection((*row.get("without", ()), *row.get("not_with", ())))


def bounded_subtree(tokens: Tokens, i: int) -> Iterator[int]:
    todo = [i]
    for _ in range(MAX_SUBTREE):
        if not todo:
            return
        n = todo.pop()
        yield n
        todo.extend(tokens[n].children)


# --- a phrase at a noun -----------------------------------------------------------------------------------------------


def match_noun(reading: Reading, i: int) -> Match | None:
    """The row of an event noun at token i: with the light verb that it is the object of, or by itself."""
    tokens = reading.tokens
    for row in noun_rows().get(tokens[i].lemma, ()):
        if not _noun_fits(tokens, i, row):
            continue
        carrier, phrase = _light_verb(tokens, i, row)
        if carrier is not None:
            return Match(row, i, "light", f"verbs:{phrase}+{tokens[i].lemma}", None, (), carrier)
        if row.get("bare") and tokens[i].lemma not in row.get("light_only", ()):
            return Match(row, i, "noun", f"verbs:{tokens[i].lemma}", None, (), i)
    return None


def _noun_fits(tokens: Tokens, i: int, row: Row) -> bool:
    if row.get("plural") and tokens[i].tag not in ("NNS", "NNPS") and tokens[i].lemma == "talk":
        return False
    if tokens[i].dep == "compound":
        return False
    near = {form for c in tokens[i].children for form in (tokens[c].lower, tokens[c].lemma)}
    if "with" in row and not near.intersection(row["with"]) and not _joint_verb(tokens, i, row):
        return False
    return not near.intersection(row.get("not_with", ()))


def _joint_verb(tokens: Tokens, i: int, row: Row) -> bool:
    """ "conducted drills with Japan": the preposition may hang on the verb."""
    head = tokens[tokens[i].head]
    return tokens[i].dep == "dobj" and any(tokens[c].dep == "prep" and tokens[c].lower in row["with"] for c in head.children)


def _light_verb(tokens: Tokens, i: int, row: Row) -> tuple[int | None, str]:
    """The verb that lends an event noun its subject: "held" for "talks" in "held a round of talks"."""
    at = i
    for _ in range(6):
        token, above = tokens[at], tokens[at].head
        if above == at:
            return None, ""
        if token.dep in ("dobj", "nsubjpass") or (token.dep == "pobj" and is_verb(tokens[tokens[above].head])):
            verb = above if token.dep != "pobj" else tokens[above].head
            phrase = _light_phrase(tokens, verb, row["light"], None if token.dep != "pobj" else tokens[above].lower)
            return (verb, phrase) if phrase else (None, "")
        if token.dep not in ("conj", "pobj") and not (token.dep == "prep" and token.lower in ("of", "in")):
            return (above, tokens[above].lemma) if token.dep == "acl" and tokens[above].lemma in row["light"] else (None, "")
        at = above
    return None, ""


def _light_phrase(tokens: Tokens, verb: int, light: list[str], preposition: str | None) -> str:
    """Which phrase of the row this verb is; without particle or preposition for most."""
    for phrase in light:
        first, *rest = phrase.split()
        if tokens[verb].lemma != first:
            continue
        if preposition is None and (not rest or _phrase_end(tokens, verb, tuple(rest)) is not None):
            return phrase
        if preposition is not None and rest and rest[-1] == preposition and _phrase_end(tokens, verb, tuple(rest)) is not None:
            return phrase
    return ""
