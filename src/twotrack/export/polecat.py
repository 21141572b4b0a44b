"""Events as a table in POLECAT's columns (PLOVER's event data), tab-separated, so that what reads POLECAT reads it.

One row an event that happened. Where POLECAT has "None" a cell is empty; what is ours comes after POLECAT's last column.
"""

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any, BinaryIO

from sqlalchemy import Engine

from twotrack.export.pages import PAGE, Exported, Told, in_pages, told
from twotrack.export.printable import link, one_line
from twotrack.export.table import BETWEEN, cell_of, delimited, outlets_of, sides_of
from twotrack.ledger.case import Case
from twotrack.ledger.queries import Filter
from twotrack.ledger.schema import entries
from twotrack.lexicon import actor_names
from twotrack.model import Actor, Event
from twotrack.ontology import types
from twotrack.wording import actor_label

HAPPENED = ("actual", "ongoing")
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
ORGANIZED = ("IGO", "NGO")  # beginnings of ids that are no states


def _party_columns(role: str) -> tuple[str, ...]:
    return (
        f"{role} Name", f"{role} Country", f"{role} COW", f"Primary {role} Sector", f"{role} Sectors", f"{role} Title",
        f"{role} Name Raw", f"Wikipedia {role} ID",
    )  # fmt: skip


# POLECAT's header as its files have it, from the first column to "Version".
POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", *_party_columns("Actor"),
    *_party_columns("Recipient"), "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude",
    "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations",
    "Story Locations", "Language", "Version",
)  # fmt: skip
OURS = (
    "Actor ID", "Recipient ID", "CAMEO", "Status", "Headline", "URL", "Quote", "Reports", "Families", "Independent Families",
    "Grade", "Disputed",
)  # fmt: skip


def write_polecat(ledger: Engine, case: Case, wanted: Filter, stream: BinaryIO) -> Exported:
    """Writes the events that happened or are going on, tab-separated."""
    columns, written = (*POLECAT, *OURS), 0
    stream.write(delimited([columns], "\t"))
    happened = told(ledger, case, replace(wanted, kinds=("event",)), entries.c.status.in_(HAPPENED))
    for page in in_pages(happened, PAGE):
        rows = list(map(polecat_row, page))
        stream.write(delimited(([_cell(row.get(name)) for name in columns] for row in rows), "\t"))
        written += len(rows)
    return Exported(written)


def polecat_row(one: Told) -> dict[str, Any]:
    """The cells of an event by column; what is not known has none."""
    entry, lead = one.entry, one.entry.lead
    event = lead if isinstance(lead, Event) else None
    actors, recipients = sides_of(lead)
    place = event.where.text if event and event.where else None
    return {
        "Event ID": entry.id, "Event Date": entry.first_day or entry.known, "Event Type": entry.type,
        "Event Mode": event and event.mode, "Intensity": event and event.intensity,
        "Quad Code": QUADS.get(types().get(entry.type, 0)), **_party("Actor", actors), **_party("Recipient", recipients),
        "Placename": place, "Raw Placename": place, "Source": outlets_of(one), "Publication Date": entry.known,
        "Version": f"Twotrack {version('twotrack')}", "CAMEO": event and event.cameo, "Status": entry.status,
        "Headline": one.lead.title, "URL": link(one.lead.url), "Quote": lead.cites[0].text, "Reports": entry.reports,
        "Families": entry.families, "Independent Families": entry.independent, "Grade": str(entry.grade),
        "Disputed": entry.disputed,
    }  # fmt: skip


def _party(role: str, actors: Sequence[Actor]) -> dict[str, str]:
    """Who acts or is acted on; several with "; " between them, in the same order in each column."""
    codes = [(actor.id or "").split(".") for actor in actors]
    return {
        f"{role} Name": BETWEEN.join(map(actor_label, actors)),
        f"{role} Country": BETWEEN.join(_country(parts[0]) for parts in codes),
        f"Primary {role} Sector": BETWEEN.join((_sectors(parts) or [""])[0] for parts in codes),
        f"{role} Sectors": BETWEEN.join(", ".join(_sectors(parts)) for parts in codes),
        f"{role} Name Raw": BETWEEN.join(actor.words for actor in actors),
        f"{role} ID": BETWEEN.join(actor.id or "" for actor in actors),
    }


def _sectors(parts: Sequence[str]) -> list[str]:
    """The codes of an id that say what part of a state it is: RUS.GOV.HOS -> GOV, HOS; of an organization, its kind: IGO."""
    return list(parts[:1] if parts[0] in ORGANIZED else parts[1:])


def _country(code: str) -> str:
    return "" if code in ORGANIZED else actor_names().get(code, "")


def _cell(value: Any) -> str:
    """A cell without tabs and line ends, which POLECAT's readers do not look for within quotation marks."""
    return cell_of(
        one_line(value) if isinstance(value, str) else list(map(one_line, value)) if isinstance(value, list) else value
    )
