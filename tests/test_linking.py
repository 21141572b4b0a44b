"""Families as reports come in: whatever the order and the batches, those of all reports at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from family_sets import samples
from ledgers import stub_reader
from make_reports import made_reports
from twotrack.families import Family, families
from twotrack.fingerprints import fingerprint
from twotrack.ledger.case import init_case
from twotrack.ledger.failures import writing
from twotrack.ledger.identity import identified
from twotrack.ledger.linking import link, packed, unpacked
from twotrack.ledger.schema import metadata, report_families, reports
from twotrack.ledger.store import open_ledger, put_reading
from twotrack.model import Report

MADE = [Report(one.id, one.text, published=one.published) for one in made_reports(40, per_day=20)]
WRITTEN = [
    Report(one.id, one.text, published=one.published, outlet=one.outlet) for one in samples() if one.family < "e"
]  # fmt: skip
DAY = date(2022, 1, 10)


@pytest.fixture(name="ledger", scope="module")
def ledger_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One ledger for all; `linked` empties it. What differs between the databases is tested with the settling."""
    ledger = open_ledger(init_case(tmp_path_factory.mktemp("linking") / "case", ["USA", "RUS"]))
    yield ledger
    ledger.dispose()


def linked(ledger: Engine, batches: Iterable[Sequence[Report]]) -> dict[str, tuple[str, bool, tuple[str, ...]]]:
    """Report -> family, whether it is independent, what it is derived from; after linking the batches one by one."""
    with ledger.connect().execution_options(writes=True) as connection, connection.begin():
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    for batch in batches:
        for one in batch:
            put_reading(ledger, replace(stub_reader(one), claims=(), problems=()), "1")
        ids = [one.id for one in batch]
        writing(ledger, lambda connection, ids=ids: link(connection, _rows(connection, ids), {}))  # type: ignore[misc]
    with ledger.connect() as connection:
        rows = connection.execute(select(report_families)).all()
    return {row.report: (row.family, row.independent, tuple(other[0] for other in row.derived_from)) for row in rows}


def _rows(connection: object, ids: list[str]) -> Sequence[object]:
    return connection.execute(select(reports).where(reports.c.id.in_(ids)).order_by(reports.c.number)).all()  # type: ignore[attr-defined]


def at_once(given_: Iterable[Report]) -> dict[str, tuple[str, bool, tuple[str, ...]]]:
    found: tuple[Family, ...] = families(fingerprint(one.text, one.id, one.published) for one in given_)
    return {
        member.report: (family.first, family.independent, tuple(one.report for one in family.derived_from))
        for family in found
        for member in family.members
    }


def cut(given_: Sequence[Report], cuts: Iterable[int]) -> list[Sequence[Report]]:
    places = [0, *sorted(cuts), len(given_)]
    return [given_[a:b] for a, b in pairwise(places)]


@pytest.mark.parametrize("given_", [MADE, WRITTEN], ids=["made", "written"])
def test_the_sets_hold_what_is_looked_for(given_: list[Report]) -> None:
    found = at_once(given_)
    assert len(given_) >= 40
    assert 10 < len({family for family, _, _ in found.values()}) < len(given_) - 5


@pytest.mark.parametrize("given_", [MADE, WRITTEN], ids=["made", "written"])
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_families_kept_as_reports_come_are_those_of_all_at_once(
    ledger: Engine, given_: list[Report], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(given_))
    cuts = data.draw(st.sets(st.integers(1, len(given_) - 1), max_size=8))
    assert linked(ledger, cut(order, cuts)) == at_once(given_)


def test_one_report_at_a_time_and_the_latest_first(ledger: Engine) -> None:
    few = MADE[:30]
    assert linked(ledger, [[one] for one in reversed(few)]) == at_once(few)


def test_reports_without_a_date_are_compared_with_all(ledger: Engine) -> None:
    given_ = [replace(one, published=None) if n % 4 == 0 else one for n, one in enumerate(WRITTEN)]
    assert linked(ledger, cut(given_, [20, 40])) == at_once(given_)


def test_linking_the_same_reports_again_changes_nothing(ledger: Engine) -> None:
    before = linked(ledger, [WRITTEN])
    again = [one.id for one in WRITTEN[10:30]]
    writing(ledger, lambda connection: link(connection, _rows(connection, again), {}))  # type: ignore[arg-type]
    with ledger.connect() as connection:
        rows = connection.execute(select(report_families.c.report, report_families.c.family)).all()
    assert {row.report: row.family for row in rows} == {report: family for report, (family, _, _) in before.items()}


def test_whose_family_changed_is_told(ledger: Engine) -> None:
    """A copy of an earlier day that comes later becomes the first of the family."""
    copy, original = (
        replace(WRITTEN[0], id=own, published=day) for own, day in (("copy", DAY), ("original", date(2022, 1, 9)))
    )
    other = replace(WRITTEN[-1], published=DAY)
    linked(ledger, [[copy, other]])
    put_reading(ledger, replace(stub_reader(original), claims=(), problems=()), "1")
    changed = writing(ledger, lambda connection: link(connection, _rows(connection, ["original"]), {}))  # type: ignore[arg-type]
    assert changed == {"copy", "original"}


# --- versions -------------------------------------------------------------------------------------------------------------


def version(sample: Report, number: int, url: str) -> Report:
    return identified(replace(sample, published=date(2022, 1, 10 + number), url=url))


TEXTS = [
    next(one for one in WRITTEN if one.id.startswith(family)) for family in sorted({one.id.split("/")[0] for one in WRITTEN})
]


def test_versions_of_one_address_are_one_family_whatever_became_of_the_words(ledger: Engine) -> None:
    first, second, other = version(TEXTS[0], 0, "https://p.example/1"), version(TEXTS[1], 1, "https://p.example/1"), TEXTS[2]
    for batches in ([[first, second, other]], [[first], [other], [second]], [[second], [first, other]]):
        found = linked(ledger, batches)
        assert found[first.id] == found[second.id]
        assert found[other.id][0] == other.id


def test_versions_that_became_one_text_are_one_family_with_all_their_earlier_ones(ledger: Engine) -> None:
    """Two pages with texts of their own, which are both replaced by the same wire report."""
    a, b = "https://a.example/1", "https://b.example/1"
    all_ = [version(TEXTS[0], 0, a), version(TEXTS[1], 0, b), version(TEXTS[2], 1, a), version(TEXTS[2], 1, b)]
    for batches in ([all_], [[one] for one in all_], [[one] for one in reversed(all_)]):
        assert len({family for family, _, _ in linked(ledger, batches).values()}) == 1


# --- fingerprints as bytes ------------------------------------------------------------------------------------------------


@given(text=st.text(max_size=300), day=st.none() | st.dates())
def test_a_fingerprint_is_kept_whole(text: str, day: date | None) -> None:
    mark = fingerprint(text, "r", day)
    assert unpacked("r", day, packed(mark)) == mark


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.joinpath("copies").glob("*.txt")), ids=lambda path: path.stem)
def test_a_fingerprint_of_a_whole_report_is_kept_whole(path: Path) -> None:
    mark = fingerprint(path.read_text(encoding="utf-8"), path.stem, DAY)
    assert len(packed(mark)) > 100
    assert unpacked(path.stem, DAY, packed(mark)) == mark
