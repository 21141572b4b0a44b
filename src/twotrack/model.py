"""Every value type: frozen, typed, no behaviour but derived properties. Imports nothing of Twotrack.

Offsets count characters (Unicode code points) of `report.text`; spans are half open, `[start, end)`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Status = Literal["actual", "ongoing", "planned", "hypothetical", "negated", "denied", "historical"]
MeetingStatus = Literal["scheduled", "held", "postponed", "cancelled", "proposed", "refused"]
ActKind = Literal["demand", "refusal", "threat", "promise", "warning", "agreement", "plan"]
Relation = Literal["if", "unless", "until", "in_return", "after"]
Strength = Literal["firm", "possible", "conditional_only"]
Granularity = Literal["day", "week", "month", "quarter", "season", "year", "decade", "vague"]
# How a date came by its days: its words name them whole; they were counted from the day of publication or of the dateline;
# the tense chose among days of one name; they were counted from an earlier date or from the date of an event that the report
# names; a clock time has the day of its sentence; it has none.
How = Literal["stated", "published", "dateline", "tense", "narrative", "event", "sentence", "undated"]
Level = Literal["leaders", "ministers", "officials"]


class Span(NamedTuple):
    """Characters `[start, end)` of `report.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cite:
    """Words of a report: `report.text[start:end] == text`, always. Build it with `Report.cite`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """One published text by one outlet. `text` is cleaned once, at intake, and never changes; `id` is made from it."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: date | None = None
    url: str | None = None
    lang: str = "en"

    def cite(self, start: int, end: int) -> Cite:
        return Cite(start, end, self.text[start:end])


# --- what the text looks like -----------------------------------------------------------------------------------------


class Paragraph(NamedTuple):
    """One line of the report without its bullet and without its section label."""

    start: int
    end: int
    kind: Literal["headline", "byline", "dateline", "body", "bullet"]
    section: int  # index into Reading.sections


class Section(NamedTuple):
    """Paragraphs under one label. `kind` is the label's meaning ("why", "said", "other-side", "next", ...; "lead": none)."""

    kind: str
    label: str  # as written, "" where there is none
    start: int
    end: int


class Quote(NamedTuple):
    """Quoted words with their marks. A speech over several paragraphs is one Quote a paragraph, `continued` after the first."""

    start: int
    end: int
    closed: bool
    continued: bool


class Token(NamedTuple):
    """A word of the parse. `head` and `children` are indices into Reading.tokens; a root is its own head.

    `tag` is Penn Treebank, `pos` Universal, `dep` ClearNLP (spaCy's English labels: nsubj, dobj, ...), `ent` an OntoNotes
    entity label or "".
    """

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    ent: str
    sentence: int
    children: tuple[int, ...]


class Sentence(NamedTuple):
    """A sentence: tokens `[first, last)`, its root token, and the paragraph it stands in (index into Reading.paragraphs)."""

    i: int
    start: int
    end: int
    first: int
    last: int
    root: int
    paragraph: int


# --- marks: what the text mentions ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Actor:
    """Who, as the text names it. `id` and `name` are None where the words cannot be resolved.

    `id` is hierarchical: ISO 3166 alpha-3 (or IGO, NGO, ...), then CAMEO role codes: "RUS.GOV.HOS", "IGO.NATO".
    `person` keeps the person's own id where the words name one ("joe-biden"), whatever the office held.
    """

    id: str | None
    name: str | None
    words: str
    start: int
    end: int
    person: str | None = None
    anonymous: bool = False  # "a senior official": a speaker without a name
    number: Literal["one", "many"] = "one"

    @property
    def state(self) -> str:
        """The first part of the id: the state, or IGO, NGO, ...; "" where the words cannot be resolved."""
        return (self.id or "").partition(".")[0]


@dataclass(frozen=True, slots=True)
class ActorMark:
    """A mention of one or more actors by one noun phrase: "the two leaders" has two actors.

    `head` is the index of the phrase's head token. `via` says how it was resolved: "name", "composed", "pronoun",
    "definite" (an anaphoric "the president"), "unresolved"; "place" for a state that is only where something happens.
    """

    start: int
    end: int
    head: int
    actors: tuple[Actor, ...]
    via: str


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days, both ends included; both None where it cannot be resolved, with the words kept.

    `anchor` cites the words that it was counted from, where those are the report's: "December 20" for "two days later".
    """

    start: date | None
    end: date | None
    words: str
    granularity: Granularity = "day"
    cite: Cite | None = None
    how: How = "stated"
    anchor: Cite | None = None


@dataclass(frozen=True, slots=True)
class DateMark:
    """A temporal expression. `type` and `value` are TIMEX3's; `when` is its interval; `head` the index of its head token.

    `rule` is the row of data/dates.toml that found it.
    """

    start: int
    end: int
    head: int
    when: When
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    deadline: bool = False  # "by Sunday", "within ten days"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class AttributionMark:
    """Who says what where: PolNeAR's source, cue and content. A content may have several parts.

    `source` is None where nobody is named ("it was reported that ..."). `cue_head` is the index of the cue's head token.
    `confidence` is the share of such marks that are attributions, by the rule's precision or the tagger's own figure.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    direct: bool
    cue_head: int
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ConditionMark:
    """A condition: `start:end` is the clause or phrase without its conjunction, `governor` the token index it hangs on."""

    start: int
    end: int
    governor: int
    relation: Relation
    cue: Span


# --- claims: what the report says -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Event:
    """What was done. `type`, `mode`, `contexts` and `intensity` (-10..+10) are PLOVER's, `cameo` the CAMEO code where known.

    `status` is "historical" for what is told of the past, by its date: "Iraq, which invaded Kuwait in 1990".
    """

    id: str
    type: str
    mode: str | None
    cameo: str | None
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    when: When | None
    where: Cite | None
    status: Status
    intensity: float
    cites: tuple[Cite, ...]
    confidence: float
    rule: str
    contexts: tuple[str, ...] = ()
    kind: Literal["event"] = "event"


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said. `via` is the chain between speaker and report: "anonymous", "readout", "translation", an outlet's name.

    `content` is the first part; further parts of a split quotation stand in `parts`.
    """

    id: str
    speaker: Actor | None
    cue: Cite
    content: Cite
    parts: tuple[Cite, ...]
    direct: bool
    anonymous: bool
    via: tuple[str, ...]
    when: When | None
    status: Literal["said", "denied", "declined"]
    cites: tuple[Cite, ...]
    confidence: float
    rule: str
    kind: Literal["statement"] = "statement"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a party says that it will do, refuses, offers, threatens or demands, and on what condition."""

    id: str
    act_kind: ActKind
    party: tuple[Actor, ...]
    toward: tuple[Actor, ...]
    act: Cite
    condition: Cite | None
    relation: Relation | None
    deadline: When | None
    strength: Strength
    speaker: Actor | None
    cites: tuple[Cite, ...]
    confidence: float
    rule: str
    kind: Literal["commitment"] = "commitment"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Talks, calls, visits, summits: who, when, where. `format` is one of talks, call, visit, summit, meeting, session.

    `level` is that of the highest who take part, None where nobody's office is named; `host` holds it on its ground,
    `mediator` brokers it: neither is a party by that.
    """

    id: str
    parties: tuple[Actor, ...]
    format: str
    when: When | None
    where: Cite | None
    status: MeetingStatus
    cites: tuple[Cite, ...]
    confidence: float
    rule: str
    kind: Literal["meeting"] = "meeting"
    level: Level | None = None
    host: Actor | None = None
    mediator: Actor | None = None


Claim = Event | Statement | Commitment | Meeting
Mark = ActorMark | DateMark | AttributionMark | ConditionMark


# --- entries: what the ledger holds -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """One claim of an entry and where it stands. `family` is the first report of its family; `said_by` who says it there."""

    claim: Claim
    report: str
    outlet: str | None
    published: date | None
    url: str | None
    title: str | None
    family: str
    independent: bool  # whether the family stands on its own
    letter: str  # the outlet's reliability, A to F
    live: bool = True  # found by the last reading of the report's current version
    said_by: Actor | None = None
    leans_on: tuple[str, ...] = ()  # outlets that the report cites where the claim stands


@dataclass(frozen=True, slots=True)
class Telling:
    """One way in which sources have it: the value in words, and the claims that have it so."""

    value: str
    claims: tuple[str, ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """What the sources of an entry tell differently: the field ("day", "figure: troops", "status"), and each way it is told."""

    field: str
    told: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """How well an entry is sourced, as the Admiralty code has it: outlet's letter A to F, corroboration's digit 1 to 6."""

    letter: str
    digit: int
    why: str

    def __str__(self) -> str:
        return f"{self.letter}{self.digit}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a commitment or a meeting, and the entry that shows it: "triggered", "kept", "broken", "lapsed"."""

    outcome: str
    shown_by: str
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger holds: one thing, told by one or more reports. `lead` is the claim that tells it best.

    `known` is the day on which it was first told, `latest` the last. `disputed` where sources contradict each other;
    `judged` is a person's verdict, `corrected` the fields that a person set. `said_by` names who says so where no report tells
    it in its own voice; an unnamed official is `anonymous` there.
    """

    id: str
    kind: str
    type: str
    status: str
    first_day: date | None
    last_day: date | None
    known: date | None
    latest: date | None
    lead: Claim
    report: str  # of the lead, with its outlet and day
    outlet: str | None
    published: date | None
    reports: int
    families: int
    independent: int
    grade: Grade
    disputed: bool
    live: bool
    outcome: str | None = None
    judged: str | None = None
    corrected: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    anonymous: bool = False
    variants: tuple[Variant, ...] = ()
