"""What of a claim is compared with other claims: kind, type, parties, days, words. Made from the claim, kept as JSON.

The words are stems without the parties' names and without the date, since those are compared apart: "Russia expelled two
diplomats on Monday" -> expel, 2, diplomat.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from twotrack.fingerprints import content_words, normalised, stemmed
from twotrack.ledger.rows import actors_of, when_of
from twotrack.lexicon import rows
from twotrack.model import Actor, Cite, Claim, Commitment, Event, Meeting, Report, Statement

# Roles that are the same whatever the kind: who acts or speaks, and toward whom. Parties of a meeting all act.
WHOM = ("target", "toward")
SHORT = 3  # letters that a stem keeps
MOST_WORDS = 60  # stems of a claim that are kept; a statement of more is told apart by fewer


@dataclass(frozen=True, slots=True)
class Party:
    """One who takes part: actor id, person's id, and the stems of the words where neither is known."""

    id: str | None
    person: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Trait:
    """What is compared of one claim. `first` and `last` are the days it is about, `told` the day of its report.

    `type` is the PLOVER type, the kind of act, the form of the meeting, or how something was said; `condition` the stems of a
    commitment's condition, or of a meeting's place.
    """

    claim: str
    report: str
    place: int
    kind: str
    type: str
    status: str
    told: date | None
    first: date | None
    last: date | None
    who: tuple[Party, ...]
    whom: tuple[Party, ...]
    words: frozenset[str]
    condition: frozenset[str]
    anonymous: bool
    live: bool = True  # found by the last reading of the report's current version

    @property
    def day(self) -> date | None:
        """The day by which like claims are looked for: when deeds and meetings are, when words were told."""
        return (self.first or self.told) if self.kind in ("event", "meeting") else self.told


def trait_of(claim: Claim, report: Report, place: int) -> Trait:
    """The trait of a claim of that report, at that place among its claims."""
    when = when_of(claim)
    parties = list(actors_of(claim))
    if isinstance(claim, Commitment):  # who says it may be another than who is bound
        parties = [(role, actor) for role, actor in parties if role != "speaker"]
    named = [actor for _, actor in parties]
    apart = {stem for actor in named for stem in stems(actor.words)} | set(stems(when.words if when else ""))
    words = [stem for cite in told_in(claim) for stem in stems(cite.text)]
    return Trait(
        claim.id, report.id, place, claim.kind, type_of(claim), status_of(claim), report.published,
        when.start if when else None, when.end if when else None,
        tuple(_party(actor) for role, actor in parties if role not in WHOM),
        tuple(_party(actor) for role, actor in parties if role in WHOM),
        frozenset([word for word in words if word not in apart][:MOST_WORDS]),
        frozenset(stems(beside(claim))),
        any(actor.anonymous for actor in named) or (isinstance(claim, Statement) and claim.anonymous),
    )  # fmt: skip


def stems(words: str) -> list[str]:
    """The stems of the words that are no stop words, in order; one for all words that say the same."""
    same = synonyms()
    return [same.get(root, root) for root in (_root(stem) for stem, _ in content_words(normalised(words)))]


@lru_cache(maxsize=1 << 16)
def _root(stem: str) -> str:
    """One form for what the light stemmer leaves in several: "scrapp" and "scrap", "blam" and "blame", "carri" and "carry"."""
    if len(stem) > SHORT and stem.isalpha():
        stem = stem[:-1] if stem.endswith("e") or (stem[-1] == stem[-2] and stem[-1] not in "aeiou") else stem
        stem = f"{stem[:-1]}y" if stem.endswith("i") else stem
    return stem


@lru_cache
def synonyms() -> dict[str, str]:
    """Stem -> the stem that stands for it: "lorry" -> "truck". A word of several rows belongs to the first."""
    found: dict[str, str] = {}
    for row in rows("synonyms", "synonym", "words", "examples"):
        first = _root(stemmed(row["words"][0]))
        for word in row["words"]:
            for form in (_root(word), _root(stemmed(word)), word):
                found.setdefault(form, first)
    return found


def told_in(claim: Claim) -> tuple[Cite, ...]:
    """The words that say what the claim is about: the content of a statement, the act of a commitment, else the clause."""
    if isinstance(claim, Statement):
        return (claim.content, *claim.parts)
    return (claim.act,) if isinstance(claim, Commitment) else claim.cites[:1]


def beside(claim: Claim) -> str:
    """What else tells claims apart: a commitment's condition, the place of an event or a meeting."""
    cite = claim.condition if isinstance(claim, Commitment) else None if isinstance(claim, Statement) else claim.where
    return cite.text if cite else ""


def type_of(claim: Claim) -> str:
    """ "CONSULT", "threat", "talks"; of a statement, its status: "denied"."""
    if isinstance(claim, Event):
        return claim.type
    if isinstance(claim, Commitment):
        return claim.act_kind
    return claim.format if isinstance(claim, Meeting) else claim.status


def status_of(claim: Claim) -> str:
    """Whether it is so: an event's or a meeting's status; how firm a commitment is."""
    return claim.strength if isinstance(claim, Commitment) else claim.status


def _party(actor: Actor) -> Party:
    return Party(actor.id, actor.person, "" if actor.id else " ".join(stems(actor.words)))


# --- JSON ---------------------------------------------------------------------------------------------------------------


def trait_json(trait: Trait) -> list[Any]:
    """A list, since a ledger has hundreds of thousands: the fields in order, without what their rows have anyway."""
    return [
        trait.place, trait.report, trait.type, trait.status, _iso(trait.told), _iso(trait.first), _iso(trait.last),
        [list(_bare(party)) for party in trait.who], [list(_bare(party)) for party in trait.whom],
        sorted(trait.words), sorted(trait.condition), int(trait.anonymous),
    ]  # fmt: skip


def trait_from(claim: str, kind: str, data: list[Any], live: bool = True) -> Trait:
    """The trait that `trait_json` made."""
    place, report, type_, status, told, first, last, who, whom, words, condition, anonymous = data
    return Trait(
        claim, report, place, kind, type_, status, _day(told), _day(first), _day(last), tuple(_parties(who)),
        tuple(_parties(whom)), frozenset(words), frozenset(condition), bool(anonymous), live,
    )  # fmt: skip


def _bare(party: Party) -> Iterator[str | None]:
    yield party.id
    if party.person or party.words:
        yield party.person
    if party.words:
        yield party.words


def _parties(found: Iterable[list[str | None]]) -> Iterator[Party]:
    for id_, *more in found:
        yield Party(id_, more[0] if more else None, (more[1] if len(more) > 1 else "") or "")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
