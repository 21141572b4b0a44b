"""Claims in words: how a brief names actors, days, deeds, commitments and meetings. Values in, strings out."""

from collections.abc import Iterable
from datetime import date

from twotrack.lexicon import actor_names
from twotrack.model import Actor, Cite, Commitment, Entry, Event, Meeting, Statement, When

MARKS = "\"“”'‘’ ,"  # taken off the edges of words that are quoted anew
MAX_WORDS = 220  # characters of cited words shown in a line; about three lines of a terminal
ACT_WORDS = {
    "demand": "demands",
    "refusal": "refuses",
    "threat": "threatens",
    "promise": "offers or promises",
    "warning": "warns of",
    "agreement": "agreed to",
    "plan": "plans to",
}
MAX_CUE = 40  # characters of a cue shown before what was said
PLAIN_CUES = frozenset({"said", "says", "say", "told", "according to", "saying", ""})
RELATION_WORDS = {"if": "if", "unless": "unless", "until": "until", "in_return": "in return for", "after": "after"}


def joined(words: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"; the same words once."""
    items = list(dict.fromkeys(words))
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def actor_label(actor: Actor) -> str:
    """The name where it is known and says more than the words do; the words of an anonymous or unresolved actor."""
    return actor.words if actor.anonymous or not actor.name else actor.name


def parties(actors: Iterable[Actor], otherwise: str = "") -> str:
    """Actors as a list in words: "Russia and the United States"."""
    return joined(actor_label(actor) for actor in actors) or otherwise


def side_of(actor: Actor | None) -> str:
    """The side that an actor speaks or acts for: "RUS.GOV.HOS" -> "Russia"; unresolved actors are their own side."""
    if actor is None:
        return "Not named"
    parts = (actor.id or "").split(".")
    names = actor_names()
    prefixes = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return next((names[prefix] for prefix in prefixes if prefix in names), actor.name or actor.words)


def day_words(when: When | None) -> str:
    """ "30 December 2021", "10 to 13 January 2022"; the report's own words where they are not resolved; "" for None."""
    if when is None:
        return ""
    if when.start is None or when.end is None:
        return f"“{when.words}”"
    if when.start == when.end:
        return _day(when.start)
    if when.granularity in ("year", "month", "quarter", "season", "decade", "vague", "week"):
        return f"{when.words} ({_day(when.start)} to {_day(when.end)})"
    return f"{_day(when.start)} to {_day(when.end)}"


def entry_day(entry: Entry) -> str:
    """When an entry is about: "2022-01-10", "2022-01-10 to 2022-01-13"; "told 2022-01-05" where that is not known."""
    if entry.first_day is None or entry.last_day is None:
        return f"told {entry.known.isoformat()}" if entry.known else ""
    if entry.first_day == entry.last_day:
        return entry.first_day.isoformat()
    return f"{entry.first_day.isoformat()} to {entry.last_day.isoformat()}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def shortened(words: str, most: int) -> str:
    """Words on one line, cut at a word with an ellipsis where they are longer than `most` characters."""
    words = " ".join(words.split())
    if len(words) <= most:
        return words
    return words[: words.rfind(" ", 0, most) if " " in words[:most] else most] + " …"


def quoted(cite: Cite, most: int = MAX_WORDS) -> str:
    """The cited words in quotation marks of our own."""
    return f"“{shortened(cite.text.strip(MARKS).rstrip('.'), most)}”"


def event_words(event: Event) -> str:
    """What was done, in the report's own words after the parties: "Russia, against Ukraine: “amassed troops”".

    The type is the program's reading and stands apart as a tag; the words are what the report says.
    """
    who = parties(event.source, "Somebody")
    whom = f", toward {parties(event.target)}" if event.target else ""
    return f"{who}{whom}: {quoted(event.cites[0])}"


def commitment_words(claim: Commitment) -> str:
    """A commitment in words: "Iraq threatens Israel: “strike its cities”, if “attacked”"."""
    who = parties(claim.party, "Somebody")
    toward = f" ({parties(claim.toward)})" if claim.toward else ""
    words = f"{who} {ACT_WORDS[claim.act_kind]}{toward}: {quoted(claim.act)}"
    if claim.condition and claim.relation:
        words += f", {RELATION_WORDS[claim.relation]} {quoted(claim.condition)}"
    elif claim.condition:
        words += f", depending on {quoted(claim.condition)}"
    return words + (f", by {day_words(claim.deadline)}" if claim.deadline else "")


def meeting_words(claim: Meeting, status: str | None = None) -> str:
    """A meeting in words: "Talks of Iran and Oman, 10 January 2022, in Muscat: scheduled"; `status` where later news has it."""
    where = f", in {claim.where.text}" if claim.where else ""
    day = day_words(claim.when)
    who = f" of {parties(claim.parties)}" if claim.parties else ""
    return f"{claim.format.capitalize()}{who}{', ' + day if day else ''}{where}: {status or claim.status}"


def statement_words(claim: Statement) -> str:
    """A statement in words: "Sergei Lavrov (readout) warned: “sanctions would be a mistake”."."""
    speaker = actor_label(claim.speaker) if claim.speaker else "Somebody not named"
    verb = {"said": "", "denied": " denied", "declined": " declined"}[claim.status]
    notes = [*(["anonymous"] if claim.anonymous else []), *(via for via in claim.via if via != "anonymous")]
    if claim.status == "said" and claim.cue.text.lower() not in PLAIN_CUES:
        verb = f" {shortened(claim.cue.text, MAX_CUE)}"
    content = quoted(claim.content) if claim.direct else quoted(claim.content).strip("“”").removeprefix("that ").strip(MARKS)
    chain = f" ({', '.join(notes)})" if notes else ""
    return as_sentence(f"{speaker}{chain}{verb}: {content}")


def as_sentence(words: str) -> str:
    """Words with a capital and one full stop: "senior officers: “met”" -> "Senior officers: “met”."."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "…")) else ".")
