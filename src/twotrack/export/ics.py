"""Meetings as iCalendar (RFC 5545): all-day events whose UIDs never move, so that a calendar that subscribes follows them.

A meeting that is put off keeps its UID and gets a higher SEQUENCE; one that is called off stays, as STATUS:CANCELLED.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import BinaryIO

from icalendar import Calendar, Event, vText
from sqlalchemy import Engine

from twotrack.export.pages import Exported, Told, told
from twotrack.export.printable import link, midnight, one_line, printable
from twotrack.export.table import outlets_of
from twotrack.ledger.case import Case
from twotrack.ledger.queries import Filter
from twotrack.ledger.rows import when_of
from twotrack.model import Meeting, Source
from twotrack.tables import entry_words
from twotrack.wording import joined

PRODUCT = "-//Twotrack//Twotrack//EN"
STATUS = {
    "scheduled": "CONFIRMED", "held": "CONFIRMED", "proposed": "TENTATIVE", "postponed": "TENTATIVE", "cancelled": "CANCELLED",
    "refused": "CANCELLED",
}  # fmt: skip
END = b"END:VCALENDAR\r\n"


def write_ics(ledger: Engine, case: Case, wanted: Filter, stream: BinaryIO) -> Exported:
    """Writes meetings as a calendar. Those without a day are left out, and counted."""
    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", one_line(case.title))):
        calendar.add(name, vText(value))
    stream.write(calendar.to_ical().removesuffix(END))
    written = left_out = 0
    for one in told(ledger, case, replace(wanted, kinds=("meeting",))):
        if one.entry.first_day is None or one.entry.last_day is None:
            left_out += 1
        else:
            stream.write(event_of(one, one.entry.first_day, one.entry.last_day).to_ical())
            written += 1
    stream.write(END)
    return Exported(written, left_out)


def event_of(one: Told, first: date, last: date) -> Event:
    """The VEVENT of a meeting. Its time of writing is the day of its last report, so that nothing changes unless it does."""
    entry, lead = one.entry, one.entry.lead
    stamp = midnight(entry.latest or first)
    event = Event()
    event.add("uid", f"{entry.id}@twotrack")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))  # the first day after
    event.add("summary", printable(entry_words(entry)))
    event.add("description", printable("\n".join(_description(one))))
    event.add("status", _status(one))
    event.add("sequence", sequence(one.sources) + len(entry.corrected))
    event.add("transp", "TRANSPARENT")  # news of others' meetings keeps nobody from having their own
    event.add("categories", [entry.type])
    if isinstance(lead, Meeting) and lead.where:
        event.add("location", printable(lead.where.text))
    if url := link(one.lead.url):
        event.add("url", url)
    return event


def _status(one: Told) -> str:
    """A meeting of which only the week or the month is known is tentative, whatever is said of it."""
    status, when = STATUS.get(one.entry.status, "TENTATIVE"), when_of(one.entry.lead)
    return "TENTATIVE" if status == "CONFIRMED" and when and when.granularity != "day" else status


def _description(one: Told) -> Iterator[str]:
    """The cited words, who reports them and how well, what sources tell differently, the address."""
    entry = one.entry
    yield f"“{entry.lead.cites[0].text}”"
    yield f"Reported by {joined(outlets_of(one)) or 'an outlet not named'}; grade {entry.grade}: {entry.grade.why}."
    for variant in entry.variants:
        ways = "; ".join(f"{telling.value} ({', '.join(telling.outlets)})" for telling in variant.told)
        yield f"Told differently, {variant.field}: {ways}."
    if url := link(one.lead.url):
        yield url


def sequence(sources: Iterable[Source]) -> int:
    """How often a meeting's status or day became another, as it was told. A further report never makes it less."""
    ordered = sorted(sources, key=lambda one: (one.published or date.min, one.report, one.claim.cites[0].start, one.claim.id))
    statuses = [one.claim.status for one in ordered if isinstance(one.claim, Meeting)]
    days = [(when.start, when.end) for one in ordered if (when := when_of(one.claim)) and when.start]
    return _turns(statuses) + _turns(days)


def _turns(values: Sequence[object]) -> int:
    return sum(1 for before, after in pairwise(values) if before != after)
