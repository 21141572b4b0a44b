"""One entry with everything behind it: its sources word for word, why they are one entry, its grade, variants and outcomes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import Engine

from twotrack.errors import TwotrackError
from twotrack.jsonform import claim_json, plain
from twotrack.ledger.case import Case
from twotrack.ledger.judgements import Judgement, anchors, read_judgements
from twotrack.ledger.queries import (
    entries_of,
    entry_named,
    family_of,
    outcomes_of,
    reasons_of,
    similar_ids,
    sources_for,
)
from twotrack.ledger.traits import told_in
from twotrack.ledger.verdicts import judged_now
from twotrack.model import Entry, Outcome, Source
from twotrack.tables import Row, entry_json, entry_words
from twotrack.wording import entry_day, quoted

NEAR = 0.5  # likeness of a suggested id


@dataclass(frozen=True, slots=True)
class Detail:
    """An entry, its sources, why each belongs to it, what a report is to its family, what became of it, and verdicts."""

    entry: Entry
    sources: tuple[Source, ...]
    reasons: Mapping[str, str]
    copies: Mapping[str, str]
    outcomes: tuple[tuple[Outcome, Entry | None], ...]
    judgements: tuple[Judgement, ...]


def detail(ledger: Engine, case: Case, id_: str) -> Detail:
    """The entry of that id, or of the claim that has it. Raises TwotrackError with near ids where there is none."""
    entry = entry_named(ledger, id_)
    if entry is None:
        raise TwotrackError(f"No entry or claim has the id {id_!r}.{_suggested(ledger, id_)}")
    sources = tuple(sources_for(ledger, [entry.id], case.outlets).get(entry.id, ()))
    judgements = read_judgements(case)
    became = outcomes_of(ledger, [entry.id]).get(entry.id, [])
    shown_by = entries_of(ledger, [one.shown_by for one in became])
    own = {source.claim.id for source in sources}
    return Detail(
        entry,
        sources,
        reasons_of(ledger, entry.id, judged_now(ledger, judgements).verdicts),
        {id_: _copy(row) for id_, row in family_of(ledger, {source.report for source in sources}).items()},
        tuple((one, shown_by.get(one.shown_by)) for one in became),
        tuple(one for one in judgements if any(anchor.id in own for anchor in anchors(one))),
    )


def _suggested(ledger: Engine, id_: str) -> str:
    near = get_close_matches(id_, similar_ids(ledger, id_), n=3, cutoff=NEAR)
    return f" Did you mean {' or '.join(near)}?" if near else " twotrack timeline lists ids, and twotrack search finds them."


def _copy(row: object) -> str:
    likeness, why, family = row.likeness, row.why, row.family  # type: ignore[attr-defined]
    if likeness != "first":
        return f"{likeness} of {family}" + (f": {why}" if why else "")
    derived = row.derived_from  # type: ignore[attr-defined]
    return f"possibly derived from {derived[0][0]}: {derived[0][2]}" if derived else ""


# --- as JSON and as lines -----------------------------------------------------------------------------------------------


def detail_json(found: Detail) -> Row:
    """Everything about an entry, as JSON has it."""
    return {
        **entry_json(found.entry),
        "sources": [
            {**plain(source), "claim": claim_json(source.claim), "why": found.reasons.get(source.claim.id),
             "copy": found.copies.get(source.report) or None}
            for source in found.sources
        ],
        "outcomes": [plain(outcome) for outcome, _ in found.outcomes],
        "judgements": [plain(one) for one in found.judgements],
    }  # fmt: skip


def detail_lines(found: Detail) -> Iterator[tuple[str, str]]:
    """What is printed of an entry: (style, line)."""
    entry = found.entry
    yield "bold", entry_words(entry)
    state = [entry.kind, entry.type, entry.outcome or entry.status, entry_day(entry)]
    yield "", " · ".join(part for part in (*state, entry.judged or "", "" if entry.live else "not told any more") if part)
    yield "", f"Grade {entry.grade}: {entry.grade.why}; the best letter of its outlets is {entry.grade.letter}."
    for variant in entry.variants:
        told = "; ".join(f"{each.value} ({', '.join(each.outlets)})" for each in variant.told)
        yield "yellow", f"Sources differ in {variant.field}: {told}"
    for outcome, by in found.outcomes:
        yield "green", f"{outcome.outcome}: {entry_words(by) if by else outcome.shown_by} [{outcome.shown_by}] ({outcome.why})"
    for one in found.judgements:
        yield "magenta", f"{one.by}, {one.at[:10]}: {_verdict(one)}{f' ({one.why})' if one.why else ''}"
    yield "", ""
    yield from _source_lines(found)


def _verdict(one: Judgement) -> str:
    if one.verdict == "correct":
        return f"{one.field} is {one.value}"
    return f"{one.verdict} {one.other.id}" if one.other else one.verdict


def _source_lines(found: Detail) -> Iterator[tuple[str, str]]:
    for source in found.sources:
        where = [source.outlet or "outlet not named", source.published.isoformat() if source.published else "no date"]
        yield "bold", f"{source.claim.id}  {', '.join(where)} ({source.letter}){'' if source.live else ', not told any more'}"
        cite = told_in(source.claim)[0]
        yield "", f"  {quoted(cite)} [{source.report} {cite.start}-{cite.end}]"
        notes = _notes(source, found.copies.get(source.report, ""), found.reasons.get(source.claim.id, ""))
        yield from (("dim", f"  {note}") for note in notes)


def _notes(source: Source, copy: str, why: str) -> Sequence[str]:
    said = f"as {source.said_by.name or source.said_by.words} says" if source.said_by else ""
    leans = f"cites {' and '.join(source.leans_on)} for it" if source.leans_on else ""
    return [note for note in (said, leans, copy, f"one entry because it is {why}" if why else "", source.url or "") if note]
