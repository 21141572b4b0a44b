"""One meeting, told in several ways: the same again, and what a later sentence says became of it.

"Kenya's president was to have met Uganda's president on Monday. The meeting will now take place on Thursday" is one meeting,
put off to Thursday; "the talks on January 10" after "Iran and Oman will hold talks on January 10" adds only a cite.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from twotrack.model import Actor, Cite, Meeting, When
from twotrack.reading import Reading

NEARBY = 2  # sentences back in which "the meeting" finds what it points to
UNDOING = frozenset({"postponed", "cancelled", "refused"})
FACE_TO_FACE = frozenset({"talks", "meeting", "summit", "session"})  # words for one and the same meeting


class Draft(NamedTuple):
    """A meeting as one sentence has it: `points_back` where it is "the meeting", `unmet` where it "was to have" taken place."""

    meeting: Meeting
    sentence: int
    points_back: bool
    unmet: bool


def joined(drafts: Sequence[Draft]) -> list[Meeting]:
    """The meetings of a report, each once, with all their cites, in text order."""
    kept: list[Draft] = []
    for draft in drafts:
        earlier = _pointed_to(draft, kept)
        if earlier is None:
            kept.append(draft)
        elif changed := _changed(kept[earlier], draft):
            kept[earlier] = changed
        else:
            kept.append(draft._replace(meeting=_with_parties(draft.meeting, kept[earlier].meeting.parties)))
    return _merged([draft.meeting for draft in kept])


def _pointed_to(draft: Draft, kept: Sequence[Draft]) -> int | None:
    """The index of the earlier meeting that this one may be, or has its parties from: the nearest with the same sides."""
    sides = _sides(draft.meeting)
    for n in range(len(kept) - 1, -1, -1):
        gap = draft.sentence - kept[n].sentence
        if gap > NEARBY:
            return None
        earlier = _sides(kept[n].meeting)
        if gap > 0 and len(earlier) > len(sides) and sides <= earlier:
            return n
        if (
            draft.points_back
            and (kept[n].unmet or gap > 0)
            and (sides <= earlier or not earlier)
            and _alike(draft.meeting, kept[n].meeting)
        ):
            return n
    return None


def _alike(one: Meeting, other: Meeting) -> bool:
    return one.format == other.format or {one.format, other.format} <= FACE_TO_FACE


def _changed(earlier: Draft, later: Draft) -> Draft | None:
    """The earlier meeting as the later sentence leaves it, None where they are two meetings."""
    old, new = earlier.meeting, later.meeting
    if not later.points_back or not _alike(old, new):
        return None
    changed = replace(
        old,
        parties=old.parties if len(_sides(old)) >= len(_sides(new)) else new.parties,
        where=new.where or old.where,
        format=old.format if new.format == "meeting" else new.format,
        cites=tuple(dict.fromkeys((*old.cites, *new.cites))),
    )
    undone = new.status == "cancelled" and old.status == "refused"  # "will not sit down. The session will not take place."
    if undone or (new.status in UNDOING and old.status in ("scheduled", "proposed")):
        return earlier._replace(meeting=replace(changed, status=new.status, when=new.when or old.when, rule=new.rule))
    moved = new.status == "scheduled" and new.when is not None and _start(new.when) != _start(old.when)
    put_off = old.status == "postponed" and (old.when is None or _is_later(new.when, old.when))
    if moved and (earlier.unmet or put_off):
        return earlier._replace(meeting=replace(changed, status="postponed", when=new.when), unmet=False)
    if new.status == old.status and (new.when is None or old.when is None):
        return earlier._replace(meeting=replace(changed, when=old.when or new.when))
    return None


def _with_parties(meeting: Meeting, parties: tuple[Actor, ...]) -> Meeting:
    """A meeting of fewer sides than the one before it has that one's: "talks with President Ghani" after a visit to Kabul."""
    return replace(meeting, parties=parties) if len(_sides(meeting)) < len({_side(actor) for actor in parties}) else meeting


def with_new_day(drafts: list[Draft], sentence: int, when: When) -> None:
    """Gives a meeting that was put off in a sentence before the "new date" that this one tells."""
    for n in range(len(drafts) - 1, -1, -1):
        meeting = drafts[n].meeting
        if 0 <= sentence - drafts[n].sentence <= NEARBY and meeting.status == "postponed":
            drafts[n] = drafts[n]._replace(meeting=replace(meeting, when=when))
            return


def with_place(drafts: list[Draft], sentence: int, place: Cite) -> None:
    """Gives the meetings of the sentence before the place that this one tells, where they have none."""
    for n, draft in _last(drafts, sentence):
        if draft.sentence < sentence and draft.meeting.where is None and draft.meeting.format not in ("call", "visit"):
            drafts[n] = draft._replace(meeting=replace(draft.meeting, where=place))


def _last(drafts: Sequence[Draft], sentence: int) -> Iterator[tuple[int, Draft]]:
    """The meetings of a sentence and of the one before it, by their place among all."""
    for n in range(len(drafts) - 1, -1, -1):
        if sentence - drafts[n].sentence > 1:
            return
        yield n, drafts[n]


def with_mediator(drafts: list[Draft], sentence: int, mediator: Actor) -> None:
    """Gives the meetings of this sentence and the one before the mediator that it tells of, who is then no party."""
    for n, draft in _last(drafts, sentence):
        parties = tuple(actor for actor in draft.meeting.parties if actor.start != mediator.start)
        takes_part = _side(mediator) in {_side(actor) for actor in parties}
        if draft.meeting.mediator is None and not takes_part and parties:
            drafts[n] = draft._replace(meeting=replace(draft.meeting, mediator=mediator, parties=parties))


def placed_there(reading: Reading, draft: Draft, before: Sequence[Draft]) -> Draft:
    """ "They meet there again on Tuesday": where the meeting before it was."""
    sentence = reading.sentences[draft.sentence]
    there = any(t.lower == "there" and t.dep == "advmod" for t in reading.tokens[sentence.first : sentence.last])
    last = before[-1] if before else None
    if not there or draft.meeting.where or last is None or draft.sentence - last.sentence > 1:
        return draft
    return draft._replace(meeting=replace(draft.meeting, where=last.meeting.where))


def _is_later(new: When | None, old: When | None) -> bool:
    one, other = _start(new), _start(old)
    return one is not None and other is not None and one > other


def _start(when: When | None) -> date | None:
    return when.start if when else None


def _side(actor: Actor) -> str:
    return (actor.id or actor.words).split(".")[0] if actor.id and not actor.id.startswith("IGO") else actor.id or actor.words


def _sides(meeting: Meeting) -> set[str]:
    """The resolved sides of a meeting."""
    return {_side(actor) for actor in meeting.parties if actor.id}


# --- the same meeting, announced in several ways ----------------------------------------------------------------------


def _merged(found: list[Meeting]) -> list[Meeting]:
    """Meetings that nothing tells apart as one, with all their cites; the more exact date and more parties win."""
    kept: list[Meeting] = []
    for meeting in sorted(found, key=lambda m: (_width(m.when), -len(_sides(m)))):
        same = next((n for n, other in enumerate(kept) if _same(meeting, other)), None)
        if same is None:
            kept.append(meeting)
        else:
            cites = dict.fromkeys((*kept[same].cites, *meeting.cites))
            kept[same] = replace(kept[same], cites=tuple(cites), where=kept[same].where or meeting.where)
    return sorted(kept, key=lambda m: m.cites[0].start)


def _width(when: When | None) -> int:
    return (when.end - when.start).days if when and when.start and when.end else date.max.toordinal()


def _same(one: Meeting, other: Meeting) -> bool:
    """Whether one mention adds nothing to another: its days hold the other's, and its parties are among the other's."""
    if one.status != other.status or ("visit" in (one.format, other.format) and one.format != other.format):
        return False
    sides, others = _sides(one), _sides(other)
    if one.when and one.when.start and one.when.end and other.when and other.when.start:
        return one.when.start <= other.when.start <= one.when.end and (not sides or sides <= others)
    return (bool(sides) and sides <= others) or (not sides and one.when is not None and one.when == other.when)
