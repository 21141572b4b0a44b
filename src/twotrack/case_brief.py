"""The ledger of a case -> Brief: bottom line, what changed, who says and wants what, paths, what is next, disputes, sourcing.

Every line cites words of a report, and names its outlet, its grade, and how many independent families tell it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Engine

from twotrack import views
from twotrack.brief import Brief, Line, Part
from twotrack.issues import side_of_entry
from twotrack.ledger.case import Case
from twotrack.ledger.queries import Filter, last_day, outcomes_of
from twotrack.ledger.traits import stems, told_in
from twotrack.lexicon import actor_names
from twotrack.model import Commitment, Entry, Event, Statement
from twotrack.tables import entry_words
from twotrack.views import AHEAD, ALL, HAPPENED, OPEN, Change, Update
from twotrack.wording import RELATION_WORDS, as_sentence, day_words, joined, quoted, shortened

RECENT = 14  # days before the last report in which the bottom line is looked for
CHANGED = 7  # days over which changes are told unless another day is asked for
MOST, MOST_A_SIDE = 12, 5  # lines of a part; of a side in it
LEAST_STEMS = 2  # content words of a statement that is told
TWO_FAMILIES = 2  # the digit of a grade up to which two independent families tell it
VERBAL = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT"})


@dataclass(frozen=True, slots=True)
class Material:
    """What a brief is made of: the ledger's views, fetched once."""

    case: Case
    today: date | None
    since: date | None
    timeline: tuple[Entry, ...]
    said: tuple[Entry, ...]
    commitments: tuple[Entry, ...]
    meetings: tuple[Entry, ...]
    disputes: tuple[Entry, ...]
    changes: tuple[Change, ...]
    updates: tuple[Update, ...]


def case_brief(ledger: Engine, case: Case, since: date | None = None, wanted: Filter = ALL) -> Brief:
    """The brief of a case. `since`: the day from which changes are told; the last week by default."""
    today = last_day(ledger)
    since = since or (today - timedelta(days=CHANGED - 1) if today else None)
    material = Material(
        case, today, since,
        views.timeline(ledger, replace(wanted, kinds=("event",))),
        views.statements(ledger, wanted),
        views.commitments(ledger, wanted),
        views.calendar(ledger, wanted),
        views.disputes(ledger, wanted),
        views.changes(ledger, case.outlets, since, wanted) if since else (),
        views.updates(ledger),
    )  # fmt: skip
    families = views.family_views(ledger)
    reports = sum(1 + len(one.copies) for one in families)
    facts = (
        f"Sides: {joined(actor_names().get(side, side) for side in case.sides)}",
        f"{reports} reports, {sum(one.independent for one in families)} of them independent",
        f"Until {today.isoformat()}" if today else "No report has a date",
    )
    return Brief(case.title, facts, _parts(ledger, material))


def _parts(ledger: Engine, material: Material) -> tuple[Part, ...]:
    since = f" since {material.since.isoformat()}" if material.since else ""
    return (
        Part("Bottom line", tuple(_bottom_line(material)), "The ledger holds no news of a crisis yet."),
        Part(f"What changed{since}", tuple(_changed(material)), "Nothing."),
        Part("What each side says", tuple(_by_side(material, filter(_says_something, material.said)))),
        Part("What each side wants", tuple(_by_side(material, [one for one in material.commitments if one.outcome in OPEN]))),
        Part("The paths", tuple(_paths(material))),
        Part("What came true", tuple(_came_true(ledger, material))),
        Part("What is next", tuple(_next(material)), "No meeting is set."),
        Part("What is disputed", tuple(_disputed(material)), "Sources contradict each other nowhere."),
        Part("How well it is sourced", tuple(_sourced(material))),
    )


def line_of(entry: Entry, text: str = "", group: str = "", tag: str = "") -> Line:
    """A line about an entry, with the words of its lead, where they stand, and how well they are sourced."""
    cite = told_in(entry.lead)[0]
    told = f"{entry.independent} independent" if entry.independent > 1 else "one family" if entry.independent else "a copy"
    where = " ".join(filter(None, [entry.outlet or "outlet not named", entry.published.isoformat() if entry.published else ""]))
    return Line(
        as_sentence(text or entry_words(entry)),
        cite,
        (),
        group,
        tag,
        entry.report,
        f"{where} · {told} · {entry.grade}",
        entry.id,
    )


# --- the parts ----------------------------------------------------------------------------------------------------------


def _bottom_line(material: Material) -> Iterator[Line]:
    """The weightiest deed of late, the weightiest condition that is open, and the next meeting."""
    recent = material.today - timedelta(days=RECENT) if material.today else date.min
    deeds = [one for one in material.timeline if one.status in HAPPENED[:2] and (one.latest or date.min) >= recent]
    if deeds:
        yield line_of(max(deeds, key=_weight), tag="deed")
    conditions = [one for one in material.commitments if one.outcome in OPEN and _condition(one)]
    if conditions:
        yield line_of(max(conditions, key=lambda one: (one.independent, one.latest or date.min, one.id)), tag="condition")
    ahead = _ahead(material)
    if ahead:
        yield line_of(ahead[0], tag="next")


def _weight(entry: Entry) -> tuple[float, date, str]:
    """Material acts before words, between known parties, told by many, late."""
    lead = entry.lead
    known = isinstance(lead, Event) and sum(actor.id is not None for actor in (*lead.source[:1], *lead.target[:1]))
    intensity = abs(lead.intensity) if isinstance(lead, Event) else 0.0
    own_voice = 0 if entry.said_by else 2
    return (
        2 * known + min(entry.independent, 3) + intensity / 3 + own_voice - 3 * (entry.type in VERBAL),
        entry.latest or date.min,
        entry.id,
    )


def _condition(entry: Entry) -> bool:
    return isinstance(entry.lead, Commitment) and entry.lead.condition is not None


def _changed(material: Material) -> Iterator[Line]:
    """What is told differently first, then what is new, the weightiest first; then what outlets changed in their reports."""
    other = [one for one in material.changes if one.what not in ("new", "grade")]
    for change in other[:MOST]:
        was = f"{change.what} was {change.before or 'not known'}, is {change.after or 'not known'}"
        yield line_of(change.entry, f"{entry_words(change.entry).rstrip('.')} ({was})", tag="changed")
    new = [one.entry for one in material.changes if one.what == "new" and _is_news(one.entry)]
    for entry in sorted(new, key=_weight, reverse=True)[: MOST - len(other[:MOST])]:
        yield line_of(entry, tag="new")
    for update in material.updates:
        for entry in update.dropped:
            yield line_of(entry, f"Taken out of an updated report: {entry_words(entry)}", tag="update")
        for entry in update.added:
            yield line_of(entry, f"Put into an updated report: {entry_words(entry)}", tag="update")


def _is_news(entry: Entry) -> bool:
    """Deeds done, meetings and commitments; what is said is told by side, what may happen with its condition."""
    return entry.kind in ("meeting", "commitment") or (entry.kind == "event" and entry.status in HAPPENED)


def _says_something(entry: Entry) -> bool:
    """Whether what was said can be understood without its report: not "Angola denied: this"."""
    direct = isinstance(entry.lead, Statement) and entry.lead.direct
    return direct or len(stems(" ".join(cite.text for cite in told_in(entry.lead)))) >= LEAST_STEMS


def _by_side(material: Material, entries: Iterable[Entry]) -> Iterator[Line]:
    """Entries by side, the case's own sides first and all others together, the newest first, at most MOST_A_SIDE each."""
    sides: dict[str, list[Entry]] = {actor_names().get(side, side): [] for side in material.case.sides}
    others: list[Entry] = []
    for entry in entries:
        sides.get(side_of_entry(entry), others).append(entry)
    for side, own in (*sides.items(), ("Others", others)):
        for entry in own[:MOST_A_SIDE]:
            yield line_of(entry, group=side, tag=entry.type if entry.kind == "commitment" else "")


def _paths(material: Material) -> Iterator[Line]:
    """What a party has announced for the case that something happens: condition -> consequence."""
    for entry in [one for one in material.commitments if _condition(one)][:MOST]:
        lead = entry.lead
        if isinstance(lead, Commitment) and lead.condition:
            relation = RELATION_WORDS.get(lead.relation or "if", "if")
            who = joined(actor.name or actor.words for actor in lead.party) or "somebody"
            text = f"{relation} {quoted(lead.condition)} → {who}: {quoted(lead.act)} ({entry.outcome})"
            yield line_of(entry, text, tag=entry.type)


def _came_true(ledger: Engine, material: Material) -> Iterator[Line]:
    """Commitments that were kept, broken, triggered, refused or withdrawn, with the deed that shows it."""
    closed = [one for one in material.commitments if one.outcome not in ("open", "lapsed")]
    shown = outcomes_of(ledger, [one.id for one in closed])
    deeds = {one.id: one for one in (*material.timeline, *material.meetings)}
    for entry in closed[:MOST]:
        by = [deeds[one.shown_by] for one in shown.get(entry.id, ()) if one.outcome == entry.outcome and one.shown_by in deeds]
        told = f": {entry_words(by[0])}" if by else ""
        yield line_of(
            by[0] if by else entry, f"{entry_words(entry).rstrip('.')} — {entry.outcome}{told}", tag=entry.outcome or ""
        )


def _ahead(material: Material) -> list[Entry]:
    """Meetings that are not over, as far as the last report knows."""
    today = material.today or date.min
    return [one for one in material.meetings if one.status in AHEAD and (one.last_day is None or one.last_day >= today)]


def _next(material: Material) -> Iterator[Line]:
    for entry in _ahead(material)[:MOST]:
        yield line_of(entry, tag=entry.status)
    today = material.today or date.max
    due = [one for one in material.commitments if one.outcome in OPEN and one.last_day and one.last_day >= today]
    for entry in sorted(due, key=lambda one: (one.last_day or date.max, one.id))[:MOST]:
        when = day_words(entry.lead.deadline) if isinstance(entry.lead, Commitment) else ""
        yield line_of(entry, tag=f"due {when}" if when else "due")


def _disputed(material: Material) -> Iterator[Line]:
    for entry in material.disputes[:MOST]:
        for variant in entry.variants:
            told = "; ".join(f"{each.value} ({joined(each.outlets)})" for each in variant.told)
            words = shortened(entry_words(entry).rstrip("."), 160)
            yield line_of(entry, f"{variant.field}: {told} — {words}", tag=entry.kind)


def _sourced(material: Material) -> Iterator[Line]:
    """What rests on unnamed speakers alone, and what on one family alone; each line cites the latest of them."""
    told = (*material.timeline, *material.said, *material.commitments, *material.meetings)
    sound = [one for one in told if one.grade.digit <= TWO_FAMILIES]
    for words, found in (
        ("rest on speakers who are not named", [one for one in told if one.anonymous]),
        ("are told by one family of reports alone", [one for one in told if one.independent == 1]),
        ("are told by two independent families or more, one of them on the record", sound),
    ):
        if found:
            latest = max(found, key=lambda one: (one.latest or date.min, one.id))
            yield line_of(
                latest, f"{len(found)} of {len(told)} entries {words}; the latest: {shortened(entry_words(latest), 120)}"
            )


def cited_reports(brief: Brief) -> Sequence[str]:
    """The reports that a brief cites."""
    return sorted({line.report for part in brief.parts for line in part.lines})
