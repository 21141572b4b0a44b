"""Which names and role words of the lexicons stand in a report, as pieces over its tokens.

"Iranian Foreign Minister Zarif" -> an adjective of Iran, a role, a surname. What they mean together is phrases.py's work.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from twotrack.lexicon import Row, rows
from twotrack.mark.actors.offices import people
from twotrack.model import Token

ROLE_KINDS = frozenset({"office", "member", "body", "group", "common"})
# What a word of references.toml is as a role: its kind, and a code that is none of CAMEO's where it needs an antecedent.
REFERENCES = {
    "counterpart": ("office", "=COUNTERPART"),
    "region": ("group", "=REGION"),
    "country": ("group", "=COUNTRY"),
    "side": ("group", "=SIDE"),
    "source": ("member", ""),
    "head": ("office", ""),
    "leader": ("office", "GOV"),
    "rank": ("member", ""),
}
FUNCTION_WORDS = frozenset({"he", "she", "it", "may", "will", "so", "do", "an", "you", "who", "my", "long", "than", "no", "but",
                            "in", "on", "to", "we", "they", "and", "such", "can", "say", "young"})  # fmt: skip
AMERICAN = frozenset({"u.s.", "us", "american", "senate", "house", "senior", "top", "congressional"})
WORD = re.compile(r"\w+")


class Meaning(NamedTuple):
    """What a name or role word stands for.

    `kind`: state, adjective, people, capital, metonym, organization, common ("the alliance"), person, surname, or the kind
    of a role (office, member, body, group). `id` is an actor id, a person's id, or a role code.
    """

    kind: str
    id: str
    many: bool = False
    since: int | None = None
    until: int | None = None
    word: str = ""


class Piece(NamedTuple):
    """Tokens `first..last` (both included) that a lexicon knows."""

    first: int
    last: int
    meanings: tuple[Meaning, ...]


Index = Mapping[str, Sequence[tuple[str, tuple[Meaning, ...]]]]


def folded(text: str) -> str:
    """The text with accents and typographic marks made plain, character for character: "Erdoğan’s" -> "Erdogan's"."""
    return text if text.isascii() else text.translate(_Fold())


class _Fold(dict[int, str]):
    """Made as needed: most texts hold few characters that are not ASCII."""

    def __missing__(self, code: int) -> str:
        special = {"’": "'", "‘": "'", "–": "-", "\xa0": " ", "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d"}
        char = chr(code)
        plain = special.get(char) or unicodedata.normalize("NFKD", char)[:1] or char
        self[code] = plain
        return plain


@lru_cache
def name_index() -> Index:
    """Every name of the lexicons by its first word, longest first."""
    found: dict[str, list[Meaning]] = defaultdict(list)
    for word, meaning in (*_blocked(), *_states(), *_organizations(), *_regions(), *_persons()):
        for form in (word, word.upper() if len(word) > 3 else word):
            if meaning not in (known := found[folded(form)]):
                known.append(meaning)
    return _by_first_word(found)


@lru_cache
def role_index() -> Index:
    """Every role word in lower case, singular and plural, by its first word, longest first."""
    found: dict[str, list[Meaning]] = defaultdict(list)
    for row in rows("references", "reference", "kind", "words"):
        kind, code = REFERENCES[row["kind"]]
        code = row.get("code", code)
        for word in row["words"]:
            found[word].append(Meaning(kind, code, word=word))
            found[plural_of(word)].append(Meaning(kind, code, True, word=word))
    for row in rows("organizations", "organization", "id"):
        for word in row.get("definite", ()):
            found[word].append(Meaning("common", row["id"], word=word))
    for row in rows("roles", "role", "code", "words", "kind"):
        for word in row["words"]:
            found[word].append(Meaning(row["kind"], row["code"], row.get("many", False), word=word))
            for plural in (*row.get("plural", ()), plural_of(word)):
                if plural != word:
                    found[plural].append(Meaning(row["kind"], row["code"], True, word=word))
    return _by_first_word(found)


def plural_of(word: str) -> str:
    """ "secretary of state" -> "secretaries of state"; "spokesman" -> "spokesmen"."""
    first, of, rest = word.partition(" of ")
    if first.endswith("man"):
        first = first[:-3] + "men"
    elif first.endswith("y") and first[-2:-1] not in "aeou":
        first = first[:-1] + "ies"
    elif first.endswith(("s", "sh", "ch", "x")) and not first.endswith("arch"):
        first = first if first.endswith("s") else first + "es"
    else:
        first += "s"
    return first + of + rest


def _by_first_word(found: Mapping[str, list[Meaning]]) -> Index:
    index: dict[str, list[tuple[str, tuple[Meaning, ...]]]] = defaultdict(list)
    for name, meanings in sorted(found.items(), key=lambda item: -len(item[0])):
        if first := WORD.search(name):
            index[first[0]].append((name, tuple(meanings)))
    return dict(index)


def _named(row: Row) -> Iterable[str]:
    return (row["name"], *row.get("names", ()))


def _blocked() -> Iterator[tuple[str, Meaning]]:
    for row in rows("not_actors", "phrase", "words"):
        for word in row["words"]:
            yield word, Meaning("none", "")


def _states() -> Iterator[tuple[str, Meaning]]:
    for row in rows("states", "state", "id", "name"):
        years = (row.get("from"), row.get("until"))
        for name in _named(row):
            yield name, Meaning("state", row["id"], False, *years)
        for word in row.get("adjectives", ()):
            yield word, Meaning("adjective", row["id"], False, *years)
        for word in row.get("people", ()):
            yield word, Meaning("people", row["id"], word.endswith(("s", "men")), *years)
        for word in row.get("capital", ()):
            yield word, Meaning("capital", f"{row['id']}.GOV", False, *years)
        for actor, words in row.get("metonyms", {}).items():
            for word in words:
                yield word.removeprefix("the "), Meaning("metonym", actor, False, *years)


def _organizations() -> Iterator[tuple[str, Meaning]]:
    for row in rows("organizations", "organization", "id", "name"):
        for name in _named(row):
            yield name.removeprefix("the ").removeprefix("The "), Meaning("organization", row["id"])
        for word in row.get("adjectives", ()):
            yield word, Meaning("adjective", row["id"])


def _regions() -> Iterator[tuple[str, Meaning]]:
    for row in rows("regions", "region", "id", "name", "adjectives"):
        for word in (row["name"].removeprefix("the "), *row.get("names", ())):
            yield word, Meaning("region", row["id"])
        for word in row["adjectives"]:
            yield word, Meaning("adjective", row["id"])


def _persons() -> Iterator[tuple[str, Meaning]]:
    for person in people().values():
        for name in person.names:
            yield name, Meaning("person", person.id)
        for name in person.surnames:
            yield name, Meaning("surname", person.id)


def pieces(tokens: Sequence[Token], plain: str) -> list[Piece]:
    """The lexicons' words among the tokens, longest first, none over another. `plain` is the folded text of the report."""
    lower = plain.lower()
    names, roles = name_index(), role_index()
    found: list[Piece] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        piece = _piece(tokens, i, plain, names) if not token.text.islower() or token.text in names else None
        role = _piece(tokens, i, lower, roles) if token.pos in ("NOUN", "PROPN", "ADJ") else None
        if role and (piece is None or role.last > piece.last) and _nominal(tokens, role):
            piece = role
        if piece and (_common_word(tokens, piece) or _in_other_name(tokens, piece)):
            piece = None
        if piece and piece.meanings[0].kind != "none":
            found.append(piece)
        i = piece.last + 1 if piece else i + 1
    return found


@lru_cache
def _name_heads() -> tuple[frozenset[str], frozenset[str]]:
    """Nouns that make a name another's, before "of" and after: ("gulf", ...), ("ocean", ...)."""
    found = rows("not_actors", "heads", "before", "after")
    return frozenset(w for row in found for w in row["before"]), frozenset(w for row in found for w in row["after"])


def _in_other_name(tokens: Sequence[Token], piece: Piece) -> bool:
    """Whether a name is part of another name: "Gulf of Oman", "Indian Ocean", "Washington Post"."""
    if piece.meanings[0].kind == "adjective" and ".PTY." in piece.meanings[0].id and _of_a_party(tokens, piece):
        return True
    if piece.meanings[0].kind in ROLE_KINDS or piece.meanings[0].kind in ("organization", "person", "none"):
        return False
    before, after = _name_heads()
    if piece.last + 1 < len(tokens) and tokens[piece.last].lower in before and tokens[piece.last + 1].lower == "of":
        return True
    if piece.last + 1 < len(tokens):
        following = tokens[piece.last + 1]
        if following.lower in after and following.text[:1].isupper() and following.tag in ("NNP", "NNPS"):
            return True
    return (
        piece.first > 1
        and tokens[piece.first - 1].lower == "of"
        and tokens[piece.first - 2].lower in before
        and tokens[piece.first - 2].text[:1].isupper()
    )


def _of_a_party(tokens: Sequence[Token], piece: Piece) -> bool:
    """Whether "Democratic" or "Republican" stands within a name of its own: "the Kurdistan Democratic Party"."""
    before = tokens[piece.first - 1] if piece.first else None
    after = tokens[piece.last + 1] if piece.last + 1 < len(tokens) else None
    if before and before.tag in ("NNP", "NNPS", "POS", "HYPH") and before.lower not in AMERICAN:
        return before.sentence == tokens[piece.first].sentence
    return after is not None and after.lower in (
        "republic",
        "army",
        "guard",
        "forces",
        "front",
        "union",
        "alliance",
        "movement",
    )


def _common_word(tokens: Sequence[Token], piece: Piece) -> bool:
    """A surname or metonym that is an ordinary word here: "He", "may"."""
    token = tokens[piece.first]
    alone = piece.first == piece.last and piece.meanings[0].kind in ("surname", "metonym", "organization", "person")
    if (
        alone
        and token.lower in FUNCTION_WORDS
        and not token.text[1:].isupper()
        and (not piece.first or tokens[piece.first - 1].tag not in ("NNP", "NN"))
    ):
        return True  # "He left" whatever the parse says; "Premier He left"
    return alone and token.tag not in ("NNP", "NNPS", "NN", "NNS", "JJ", "FW") and not token.ent


def _nominal(tokens: Sequence[Token], piece: Piece) -> bool:
    return piece.last > piece.first or tokens[piece.first].tag.startswith("NN")


def _piece(tokens: Sequence[Token], i: int, text: str, index: Index) -> Piece | None:
    start = tokens[i].start
    first = text[start : tokens[i].end]
    if not first.isalnum():
        word = WORD.match(first)
        first = word[0] if word else ""
    if first not in index:
        return None
    for name, meanings in index[first]:
        end = start + len(name)
        if text.startswith(name, start) and not text[end : end + 1].isalnum():
            last = i
            while tokens[last].end < end and last + 1 < len(tokens):
                last += 1
            if tokens[last].sentence == tokens[i].sentence:
                return Piece(i, last, meanings)
    return None
