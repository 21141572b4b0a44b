"""Which stored reports are one report: families, kept as reports come. The result is that of `families` over all of them.

Reports are linked where they are not independent of each other, or are versions of one; what hangs together is a component, and
no report outside it can change how its families are told apart. So only the components of new reports are looked at again.
"""

import struct
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, or_, select, update

from twotrack.citing import cited_outlets
from twotrack.copies import compare
from twotrack.families import DAYS, SHARED, SHARED_PART, families, keys
from twotrack.fingerprints import Fingerprint, fingerprint
from twotrack.ledger.merging import Groups
from twotrack.ledger.postings import Postings
from twotrack.ledger.schema import report_families, reports
from twotrack.ledger.writing import chunked, upsert

FIELDS = ("words", "pairs", "shingles", "anchors", "figures")
# Reports that share a key within DAYS; one that more share is a phrase of the day and points to nothing.
COMMON = 500
# A report is compared with one that shares half of the keys that `families` asks for: a family's two reports add up there.
LOOSER = 2
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Print:
    """A report's fingerprint with the keys that it is found by (sorted, unsigned 64-bit)."""

    mark: Fingerprint
    keys: NDArray[np.uint64]


def link(connection: Connection, new: Sequence[Any], outlets: Mapping[str, str]) -> set[str]:
    """Puts new reports (rows of `reports`) into families; returns all reports whose family is another now, the new included.

    `outlets` are names under which a report may cite others, beside those of outlets.toml.
    """
    made = [_print_of(row) for row in new]
    before = _labels(connection, [row.id for row in new])
    _store(connection, new, made, outlets)
    members = _component(connection, made, {row.id: row.version_of for row in new}, before)
    changed: set[str] = {row.id for row in new}
    for component in members:
        changed |= _told_apart(connection, component)
    return changed


def _print_of(row: Any) -> Print:
    mark = unpacked(row.id, row.published, row.fingerprint) if row.fingerprint else fingerprint(row.text, row.id, row.published)
    return Print(mark, np.array(sorted(keys(mark)), dtype=np.uint64))


def _store(connection: Connection, new: Sequence[Any], made: Sequence[Print], outlets: Mapping[str, str]) -> None:
    """Rows for the new reports, each alone for now."""
    upsert(
        connection,
        report_families,
        [
            {"report": row.id, "day": row.published, "exact": one.mark.exact, "keys": one.keys.astype("<u8").tobytes(),
             "component": row.id, "family": row.id, "likeness": "first", "why": "", "independent": True, "derived_from": [],
             "cited": [[cited.outlet, cited.cite.start] for cited in cited_outlets(row.text, outlets)], "statements": 0,
             "unnamed": 0, "settled": None}
            for row, one in zip(new, made, strict=True)
        ],
    )  # fmt: skip
    fresh = [(row.id, packed(one.mark)) for row, one in zip(new, made, strict=True) if not row.fingerprint]
    for report, data in fresh:
        connection.execute(update(reports).where(reports.c.id == report).values(fingerprint=data))


# --- who hangs together -------------------------------------------------------------------------------------------------


def _component(
    connection: Connection, made: Sequence[Print], versions: Mapping[str, str], before: Mapping[str, str]
) -> list[list[str]]:
    """The reports of each component that a new report is in, or was in before its date was known."""
    near = _near(connection, made)
    marks = {one.mark.report: one.mark for one in made}
    marks |= _marks(connection, {other for others in near.values() for other in others} - set(marks))
    links = [
        (one, other) for one, others in near.items() for other in others if not compare(marks[one], marks[other]).independent
    ]
    links += _versions(connection, versions)
    linked = {report for pair in links for report in pair} | set(versions)
    labels = _labels(connection, linked)
    members = _members(connection, {*labels.values(), *before.values()})
    groups = Groups({report for group in members.values() for report in group} | linked)
    for first, *others in members.values():
        for other in others:
            groups.join(first, other)
    for a, b in links:
        groups.join(a, b)
    return groups.all()


def _near(connection: Connection, made: Sequence[Print]) -> dict[str, set[str]]:
    """For each new report, those that share keys with it within DAYS, or all words whenever."""
    others, postings = _window(connection, made)
    found: dict[str, set[str]] = {}
    for one in made:
        counts = postings.shared(one.keys, COMMON)
        found[one.mark.report] = {
            others[n][0]
            for n in np.flatnonzero(counts)
            if counts[n] >= max(SHARED, SHARED_PART * min(len(one.keys), postings.sizes[n])) / LOOSER
            and others[n][0] != one.mark.report
            and _within(one.mark.published, others[n][1])
        }
    for exact, report in _same_words(connection, {one.mark.exact for one in made}):
        for one in made:
            if one.mark.exact == exact and one.mark.report != report:
                found[one.mark.report].add(report)
    return found


def _within(a: date | None, b: date | None) -> bool:
    return a is None or b is None or abs((a - b).days) <= DAYS


def _window(connection: Connection, made: Sequence[Print]) -> tuple[list[tuple[str, date | None]], Postings]:
    """The reports that copies may be among, each with its day, and all their keys."""
    wanted = select(report_families.c.report, report_families.c.day, report_families.c["keys"])
    days = {one.mark.published for one in made}
    if None not in days:
        reach = {day + timedelta(days=n) for day in days if day for n in range(-DAYS, DAYS + 1)}
        wanted = wanted.where(or_(report_families.c.day.is_(None), report_families.c.day.in_(sorted(reach))))
    rows = connection.execute(wanted).all()
    return [(row.report, row.day) for row in rows], Postings([np.frombuffer(row.keys, dtype="<u8") for row in rows])


def _same_words(connection: Connection, exact: Collection[str]) -> list[tuple[str, str]]:
    wanted = select(report_families.c.exact, report_families.c.report)
    return [
        (row.exact, row.report)
        for part in chunked(exact)
        for row in connection.execute(wanted.where(report_families.c.exact.in_(part)))
    ]


def _marks(connection: Connection, ids: Collection[str]) -> dict[str, Fingerprint]:
    """Stored fingerprints by report."""
    wanted = select(reports.c.id, reports.c.published, reports.c.fingerprint)
    return {
        row.id: unpacked(row.id, row.published, row.fingerprint)
        for part in chunked(ids)
        for row in connection.execute(wanted.where(reports.c.id.in_(part)))
    }


def _versions(connection: Connection, versions: Mapping[str, str]) -> list[tuple[str, str]]:
    """Links between the versions of one report."""
    found: dict[str, list[str]] = defaultdict(list)
    settled = reports.join(report_families, report_families.c.report == reports.c.id)
    wanted = select(reports.c.id, reports.c.version_of).select_from(settled).order_by(reports.c.id)
    for part in chunked(set(versions.values())):
        for row in connection.execute(wanted.where(reports.c.version_of.in_(part))):
            found[row.version_of].append(row.id)
    return [(first, other) for first, *others in found.values() for other in others]


def _labels(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    wanted = select(report_families.c.report, report_families.c.component)
    return {
        row.report: row.component
        for part in chunked(ids)
        for row in connection.execute(wanted.where(report_families.c.report.in_(part)))
    }


def _members(connection: Connection, labels: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    wanted = select(report_families.c.report, report_families.c.component)
    for part in chunked(labels):
        for row in connection.execute(wanted.where(report_families.c.component.in_(part))):
            found[row.component].append(row.report)
    return found


# --- families within a component ----------------------------------------------------------------------------------------


def _told_apart(connection: Connection, members: Collection[str]) -> set[str]:
    """Writes the families of a component; returns the reports for which they changed."""
    marks = _marks(connection, members)
    label = min(marks)
    columns = ("report", "component", "family", "likeness", "why", "independent", "derived_from")
    made = _rows(marks, label, _version_groups(connection, members))
    wanted = select(*(report_families.c[name] for name in columns))
    held = {
        row.report: dict(row._mapping)
        for part in chunked(members)
        for row in connection.execute(wanted.where(report_families.c.report.in_(part)))
    }
    changed = [row for row in made if held.get(row["report"]) != row]
    for row in changed:
        connection.execute(update(report_families).where(report_families.c.report == row["report"]).values(**row))
    return {row["report"] for row in changed}


def _version_groups(connection: Connection, members: Collection[str]) -> dict[str, str]:
    return {
        row.id: row.version_of
        for part in chunked(members)
        for row in connection.execute(select(reports.c.id, reports.c.version_of).where(reports.c.id.in_(part)))
    }


def _rows(marks: Mapping[str, Fingerprint], label: str, versions: Mapping[str, str]) -> list[Row]:
    found: list[Row] = []
    for family in families(marks.values()):
        derived = [[one.report, round(one.likeness.containment, 2), one.likeness.why] for one in family.derived_from]
        for member in family.members:
            first = member.report == family.first
            found.append(
                {"report": member.report, "component": label, "family": family.first,
                 "likeness": "first" if first else member.likeness.kind, "why": "" if first else member.likeness.why,
                 "independent": family.independent, "derived_from": derived}
            )  # fmt: skip
    return _with_versions(found, versions)


def _with_versions(rows: list[Row], versions: Mapping[str, str]) -> list[Row]:
    """Versions of one report are one family, whatever became of the words: the first of those that they are in."""
    heads = {row["family"]: row for row in rows if row["likeness"] == "first"}
    groups = Groups(heads)
    of_version: dict[str, str] = {}
    for row in rows:
        groups.join(of_version.setdefault(versions[row["report"]], row["family"]), row["family"])
    for together in groups.all():
        head = heads[together[0]]
        for row in rows:
            if row["family"] in together[1:]:
                row |= {"family": head["report"], "independent": head["independent"], "derived_from": head["derived_from"]}
                if row["likeness"] == "first":
                    row |= {"likeness": "version", "why": "another version of one report"}
    return rows


# --- fingerprints as bytes ----------------------------------------------------------------------------------------------


def packed(mark: Fingerprint) -> bytes:
    """A fingerprint's digest and hashes in one piece: the lengths of the five fields, the digest, the fields."""
    parts = [getattr(mark, name) for name in FIELDS]
    return struct.pack("<5I", *map(len, parts)) + bytes.fromhex(mark.exact) + b"".join(parts)


def unpacked(report: str, published: date | None, data: bytes) -> Fingerprint:
    """The fingerprint of a report that was packed."""
    lengths, at = struct.unpack_from("<5I", data), struct.calcsize("<5I") + 16
    exact, parts = data[at - 16 : at].hex(), []
    for length in lengths:
        parts.append(data[at : at + length])
        at += length
    return Fingerprint(report, published, exact, *parts)
