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
    """A stretch of days, both ends included; both None where it cannot be resolved, with the words kept."""

    start: date | None
    end: date | None
    words: str
    granularity: Granularity = "day"
    cite: Cite | None = None


@dataclass(frozen=True, slots=True)
class DateMark:
    """A temporal expression. `type` and `value` are TIMEX3's; `when` is its interval; `head` the index of its head token."""

    start: int
    end: int
    head: int
    when: When
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    deadline: bool = False  # "by Sunday", "within ten days"


@dataclass(frozen=True, slots=True)
class AttributionMark:
    """Who says what where: PolNeAR's source, cue and content. A content may have several parts.

    `source` is None where nobody is named ("it was reported that ..."). `cue_head` is the index of the cue's head token.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    direct: bool
    cue_head: int
    rule: str


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
    """Talks, calls, visits, summits: who, when, where. `format` is one of talks, call, visit, summit, meeting, session."""

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


Claim = Event | Statement | Commitment | Meeting
Mark = ActorMark | DateMark | AttributionMark | ConditionMark
