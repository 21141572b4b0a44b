"""What changed as an Atom 1.0 feed (RFC 4287): what is new, and what is told differently now."""

from datetime import date, timedelta
from typing import BinaryIO
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from sqlalchemy import Engine

from twotrack.export.pages import Exported
from twotrack.export.printable import link, midnight, printable
from twotrack.ledger.case import Case
from twotrack.ledger.queries import Filter, last_day, sources_for
from twotrack.model import Source
from twotrack.tables import entry_words
from twotrack.views import Change, changes

NAMESPACE = "http://www.w3.org/2005/Atom"
TAG = "tag:twotrack,2026"  # RFC 4151: the name and the year that make ids of ours no other's
WINDOW = timedelta(days=30)  # before the last report; what a reader that looks once a month must still find
EPOCH = date(1970, 1, 1)  # when a case without a report was last updated
WORDS = {"status": "Status", "first_day": "Day", "disputed": "Disputed", "grade": "Grade"}


def write_atom(ledger: Engine, case: Case, wanted: Filter, stream: BinaryIO) -> Exported:
    """Writes the changes since `wanted.since` (told since then, not about then), or of the last 30 days, as a feed."""
    today = last_day(ledger) or EPOCH
    since = wanted.since or today - WINDOW
    told_in_days = Filter(None, wanted.until, wanted.actor, wanted.side, wanted.kinds, wanted.outlet)
    found = changes(ledger, case.outlets, since, told_in_days)
    sources = sources_for(ledger, {change.entry.id for change in found}, case.outlets)
    feed = _feed(case, today)
    for change in found:
        feed.append(_item(case, change, sources.get(change.entry.id, [])))
    ElementTree.indent(feed, " ")
    stream.write(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n")
    return Exported(len(found))


def _feed(case: Case, today: date) -> Element:
    feed = Element("feed", {"xmlns": NAMESPACE})
    _add(feed, "generator", "Twotrack")
    _add(feed, "id", _tag(case))
    _add(feed, "title", f"{case.title}: what changed")
    _add(feed, "updated", midnight(today).isoformat())
    _add(SubElement(feed, "author"), "name", "Twotrack")
    return feed


def _item(case: Case, change: Change, sources: list[Source]) -> Element:
    entry = change.entry
    lead = next((one for one in sources if one.claim.id == entry.lead.id), None)
    item = Element("entry")
    _add(item, "id", _tag(case, entry.id, change.what, change.after))
    _add(item, "title", title_of(change))
    _add(item, "updated", midnight(entry.latest or EPOCH).isoformat())
    if entry.known:
        _add(item, "published", midnight(entry.known).isoformat())
    for term in (entry.kind, entry.type):
        SubElement(item, "category", {"term": printable(term)})
    if url := link(lead.url if lead else None):
        SubElement(item, "link", {"rel": "alternate", "href": url})
    outlet = f" ({entry.outlet})" if entry.outlet else ""
    _add(item, "content", f"“{entry.lead.cites[0].text}”{outlet}. Grade {entry.grade}: {entry.grade.why}.", type="text")
    return item


def title_of(change: Change) -> str:
    """A change in words: "New: Talks of Iran and Oman: scheduled", "Status scheduled, now cancelled: Talks of ..."."""
    words = entry_words(change.entry)
    if change.what not in WORDS:
        return f"{change.what.capitalize()}: {words}"
    return f"{WORDS[change.what]} {change.before or 'not known'}, now {change.after or 'not known'}: {words}"


def _add(parent: Element, name: str, words: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = printable(words)


def _tag(case: Case, *parts: str) -> str:
    """A tag URI: "tag:twotrack,2026:geneva/6f1c-m0/status/cancelled"."""
    return f"{TAG}:{'/'.join(quote(part, safe='') for part in (case.folder.resolve().name, *parts) if part)}"
