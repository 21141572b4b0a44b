"""Entries in the ledger: whatever way the reports came in, the same entries come out, and no id ever moves."""

import os
import random
import re
import signal
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text

from adders import ended, forked
from ledgers import (
    case_on_either,  # noqa: F401
    ledger_of_case,  # noqa: F401
    postgres_server,  # noqa: F401
)
from twotrack.intake.text import report_of_text
from twotrack.ledger import settling
from twotrack.ledger.case import Case
from twotrack.ledger.identity import identified
from twotrack.ledger.judgements import Judgement, add_judgement, anchor_of, now
from twotrack.ledger.queries import Filter, entries_where, entry_named
from twotrack.ledger.schema import claim_entries, metadata, report_families
from twotrack.ledger.settling import settle, unsettled
from twotrack.ledger.store import claims_of, open_ledger, put_reading
from twotrack.model import Actor, Cite, Claim, Entry, Event, Meeting, Report, Statement, When
from twotrack.reading import Reading

# --- reports and a reader that needs no parser -----------------------------------------------------------------------------

NAMES = {"Russia": "RUS", "Washington": "USA", "Iran": "IRN", "Qatar": "QAT", "An official": None}
VERBS = {"expelled": "COERCE", "seized": "SEIZE", "released": "COOPERATE", "visited": "CONSULT"}
DAY = re.compile(r"on (\d+)(?: to (\d+))? January")
MET, SAID = re.compile(r"(.+?) and (.+?) (?:met|meet)\b.*"), re.compile(r"(.+?) (said): (.+)")
DONE = re.compile(rf"(.+?) ({'|'.join(VERBS)})\b.*")
TYPES = {"seized": "COERCE", "released": "AID"}


def line_reader(report: Report) -> Reading:
    """A claim for each line of a known form: "Russia and Washington met on 10 January.", "Iran said: ...", "Iran seized ..."."""
    claims, start = [], 0
    for number, line in enumerate(report.text.split("\n")):
        if claim := _claim(f"{report.id}-{number}", line, start):
            claims.append(claim)
        start += len(line) + 1
    return Reading(report, (), (), (), (), (), claims=tuple(claims))


def _claim(own: str, line: str, start: int) -> Claim | None:
    def cite(words: str) -> Cite:
        at = start + line.index(words)
        return Cite(at, at + len(words), words)

    def actor(name: str) -> Actor:
        return Actor(NAMES[name], name, name, cite(name).start, cite(name).end, anonymous=NAMES[name] is None)

    found = DAY.search(line)
    when = found and When(date(2022, 1, int(found[1])), date(2022, 1, int(found[2] or found[1])), found[0])
    whole = cite(line)
    if match := SAID.fullmatch(line):
        speaker = actor(match[1])
        return Statement(
            own, speaker, cite("said"), cite(match[3]), (), False, speaker.anonymous, (), None, "said", (whole,), 0.9, "l"
        )
    if match := MET.fullmatch(line):
        status = "postponed" if "put off" in line else "held" if " met" in line else "scheduled"
        return Meeting(own, (actor(match[1]), actor(match[2])), "talks", when, None, status, (whole,), 0.9, "l")  # type: ignore[arg-type]
    if match := DONE.fullmatch(line):
        kind = TYPES.get(match[2], VERBS[match[2]])
        return Event(own, kind, None, None, (actor(match[1]),), (), when, None, "actual", 0.0, (whole,), 0.9, "l")
    return None


def report(text: str, day: int | None = 11, outlet: str | None = None, url: str | None = None) -> Report:
    published = date(2022, 1, day) if day else None
    return identified(replace(report_of_text(text), published=published, outlet=outlet, url=url, title=None))


def put(ledger: Engine, reports: Iterable[Report], finder: str = "1") -> None:
    for one in reports:
        put_reading(ledger, line_reader(one), finder)


# A small crisis: copies, another outlet's account, figures that differ, a meeting that is put off, words said twice.
CRISIS = [
    report("Russia and Washington meet on 10 January in Geneva.\nRussia said: we do not want a war over any of this", 8, "The Post"),
    report("Russia and Washington met on 10 January in Geneva.\nIran seized two tankers on 9 January near the strait.", 11, "The Wire"),
    report("Washington and Russia met on 10 January for long talks.\nWashington said: the door stays open for talks", 11, "Herald"),
    report("Washington and Russia met on 10 January for long talks.\nWashington said: the door stays open for talks", 12, "Gazette"),
    report("Iran seized three tankers on 9 January near the strait.\nAn official said: nobody saw this coming at all", 10, "The Post"),
    report("Iran seized tankers near the strait.\nAn official said: nobody saw this coming at all in the end", 11, "Tribune"),
    report("Iran and Qatar meet on 20 January.\nRussia said: we do not want a war over any of this", 13, "Herald"),
    report("Iran and Qatar meet on 27 January, a week put off.\nQatar released two sailors on 14 January.", 15, "The Wire"),
    report("Iran and Qatar meet on 27 January.\nQatar released sailors from jail on 14 to 16 January.", None, "Tribune"),
    report("Nothing happened.", 12, "The Post"),
]  # fmt: skip


# --- what is compared -----------------------------------------------------------------------------------------------------


def grouped(ledger: Engine) -> dict[str, frozenset[str]]:
    """Entry -> its claims."""
    with ledger.connect() as connection:
        rows = connection.execute(select(claim_entries.c.entry, claim_entries.c.claim)).all()
    return {row.entry: frozenset(other.claim for other in rows if other.entry == row.entry) for row in rows}


def account(ledger: Engine) -> dict[frozenset[str], Entry | None]:
    """What the ledger tells: the claims of each entry, and the entry but for its id."""
    found = {claims: entry_named(ledger, id_) for id_, claims in grouped(ledger).items()}
    return {claims: entry and replace(entry, id="") for claims, entry in found.items()}


def emptied(ledger: Engine) -> None:
    with ledger.connect().execution_options(writes=True) as connection, connection.begin():
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())


def settled_at_once(ledger: Engine, case: Case, reports: Iterable[Report] = CRISIS) -> dict[frozenset[str], Entry | None]:
    """The account of these reports, added in this order and settled together; the ledger is emptied before."""
    emptied(ledger)
    put(ledger, reports)
    settle(ledger, case)
    return account(ledger)


def claim(one: Report, place: int = 0) -> str:
    return line_reader(one).claims[place].id


WHOLE: dict[str, dict[frozenset[str], Entry | None]] = {}  # what CRISIS comes to, by database


def whole_account(ledger: Engine, case: Case) -> dict[frozenset[str], Entry | None]:
    if ledger.dialect.name not in WHOLE:
        WHOLE[ledger.dialect.name] = settled_at_once(ledger, case)
        emptied(ledger)
    return WHOLE[ledger.dialect.name]


# --- one account ----------------------------------------------------------------------------------------------------------


def test_the_crisis_comes_out_as_it_was_told(ledger: Engine, case: Case) -> None:
    found = settled_at_once(ledger, case)
    assert None not in found.values()
    together = {frozenset(map(str, group)) for group in found}
    met = frozenset(claim(CRISIS[n]) for n in range(4))
    assert met in together
    entry = found[met]
    assert entry is not None
    assert (entry.kind, entry.status, entry.first_day, entry.reports) == ("meeting", "held", date(2022, 1, 10), 4)
    tankers = next(one for one in found.values() if one and one.kind == "event" and one.first_day == date(2022, 1, 9))
    assert [{telling.value for telling in variant.told} for variant in tankers.variants] == [{"2", "3"}]
    assert tankers.disputed
    moved = next(one for one in found.values() if one and one.kind == "meeting" and one.lead.parties[0].id == "IRN")  # type: ignore[union-attr]
    assert moved.reports == 3


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(range(len(CRISIS))), cuts=st.sets(st.integers(1, len(CRISIS)), max_size=4))
def test_the_order_of_adding_and_when_it_is_settled_do_not_matter(
    ledger: Engine, case: Case, order: list[int], cuts: set[int]
) -> None:
    whole = whole_account(ledger, case)
    emptied(ledger)
    for place, number in enumerate(order, 1):
        put(ledger, [CRISIS[number]])
        if place in cuts:
            settle(ledger, case)
    settle(ledger, case)
    assert account(ledger) == whole


@pytest.mark.parametrize("batch", [1, 3])
def test_settling_in_batches_is_settling_at_once(
    ledger: Engine, case: Case, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    whole = whole_account(ledger, case)
    monkeypatch.setattr(settling, "BATCH", batch)
    assert settled_at_once(ledger, case) == whole


def test_a_deed_of_one_day_is_found_in_a_stretch_of_days_however_they_come(ledger: Engine, case: Case) -> None:
    """Sailors released "on 3 to 28 January" and "on 20 January", told on the same day: settled together or one after the other."""
    stretch = report("Qatar released two sailors on 3 to 28 January from jail.", 28, "The Post")
    day = report("Qatar released two sailors on 20 January from jail.", 28, "The Wire")
    whole = settled_at_once(ledger, case, [stretch, day])
    for first, second in ((stretch, day), (day, stretch)):
        emptied(ledger)
        put(ledger, [first])
        settle(ledger, case)
        put(ledger, [second])
        settle(ledger, case)
        assert set(account(ledger)) == set(whole)


def test_settling_again_looks_at_nothing_and_changes_nothing(ledger: Engine, case: Case) -> None:
    put(ledger, CRISIS)
    assert unsettled(ledger) == len(CRISIS)
    shown: list[int] = []
    assert settle(ledger, case, shown.append) == len(CRISIS)
    assert shown[-1] == len(CRISIS)
    before, groups = account(ledger), grouped(ledger)
    assert unsettled(ledger) == 0
    put(ledger, CRISIS)
    assert unsettled(ledger) == 0
    assert settle(ledger, case) == 0
    assert (account(ledger), grouped(ledger)) == (before, groups)


def test_an_empty_ledger_is_settled(ledger: Engine, case: Case) -> None:
    assert settle(ledger, case) == 0
    assert entries_where(ledger, Filter()) == ()


TO_0003 = """
    ALTER TABLE claim_entries DROP COLUMN keys;
    ALTER TABLE entries DROP COLUMN facets;
    DROP TABLE entry_facets;
    CREATE TABLE entry_actors (entry VARCHAR);
    UPDATE report_families SET settled = '1.00000000';
    UPDATE alembic_version SET version_num = '0003'
"""


def test_what_an_older_version_settled_is_settled_anew(ledger: Engine, case: Case) -> None:
    whole = settled_at_once(ledger, case)
    ids = set(grouped(ledger))
    with ledger.connect().execution_options(writes=True) as connection, connection.begin():
        for statement in TO_0003.split(";"):
            connection.execute(text(statement))
    ledger.dispose()
    migrated = open_ledger(case)
    settle(migrated, case)
    assert account(migrated) == whole
    assert set(grouped(migrated)) == ids
    assert {one.kind for one in entries_where(migrated, Filter(actor="IRN"))} == {"event", "meeting"}
    migrated.dispose()


# --- ids ------------------------------------------------------------------------------------------------------------------


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(range(len(CRISIS))))
def test_every_id_ever_given_still_opens_its_entry(ledger: Engine, case: Case, order: list[int]) -> None:
    emptied(ledger)
    given_: set[str] = set()
    for number in order:
        put(ledger, [CRISIS[number]])
        settle(ledger, case)
        groups = grouped(ledger)
        given_ |= set(groups) | {claim for claims in groups.values() for claim in claims}
        for own in given_:
            entry = entry_named(ledger, own)
            assert entry is not None
            assert own in groups[entry.id]


def test_an_entry_keeps_its_id_when_more_sources_tell_of_it(ledger: Engine, case: Case) -> None:
    put(ledger, [CRISIS[2]])
    settle(ledger, case)
    first = set(grouped(ledger))
    put(ledger, [CRISIS[0], CRISIS[1], CRISIS[3]])  # told earlier, and dated
    settle(ledger, case)
    assert first <= set(grouped(ledger))
    assert {claim(CRISIS[0]), claim(CRISIS[2])} <= grouped(ledger)[claim(CRISIS[2])]


def test_two_entries_that_a_third_report_shows_to_be_one_become_one(ledger: Engine, case: Case) -> None:
    """Each has half of the words; a full account holds both."""
    left = report("Russia said: the convoy crossed at dawn", 11, "The Post")
    right = report("Russia said: nobody fired on the bridge", 11, "The Wire")
    bridge = report("Russia said: the convoy crossed at dawn and nobody fired on the bridge", 10, "Herald")
    put(ledger, [left, right])
    settle(ledger, case)
    assert set(grouped(ledger)) == {claim(left), claim(right)}
    put(ledger, [bridge])
    settle(ledger, case)
    assert grouped(ledger) == {claim(left): frozenset(map(claim, (left, right, bridge)))}  # the id of the older of the two
    for one in (left, right, bridge):
        entry = entry_named(ledger, claim(one))
        assert entry is not None
        assert entry.id == claim(left)
    assert [entry.id for entry in entries_where(ledger, Filter())] == [claim(left)]


# --- reading again --------------------------------------------------------------------------------------------------------


def test_reading_again_keeps_ids_and_opens_what_is_gone(ledger: Engine, case: Case) -> None:
    put(ledger, CRISIS)
    settle(ledger, case)
    before = grouped(ledger)
    reading = line_reader(CRISIS[4])
    gone = reading.claims[1].id
    put_reading(ledger, replace(reading, claims=reading.claims[:1]), "2")
    assert unsettled(ledger) == 1
    assert settle(ledger, case) == 1
    after = grouped(ledger)
    assert set(before) <= {one for claims in after.values() for one in claims}
    assert entry_named(ledger, reading.claims[0].id) is not None
    entry = entry_named(ledger, gone)
    assert entry is not None
    assert gone in after[entry.id]
    assert entry.reports == 1  # the other who has it from an official; this report does not say so any more
    put_reading(ledger, reading, "3")
    settle(ledger, case)
    assert grouped(ledger) == before


def test_an_entry_that_nobody_tells_any_more_still_opens_and_is_not_live(ledger: Engine, case: Case) -> None:
    reading = line_reader(report("Qatar released two sailors on 14 January.\nIran and Qatar met on 12 January."))
    put_reading(ledger, reading, "1")
    settle(ledger, case)
    put_reading(ledger, replace(reading, claims=reading.claims[1:]), "2")
    settle(ledger, case)
    entry = entry_named(ledger, reading.claims[0].id)
    assert entry is not None
    assert not entry.live
    assert entry.lead == reading.claims[0]
    assert [one.id for one in entries_where(ledger, Filter())] == [reading.claims[1].id]


def test_reading_again_finds_more(ledger: Engine, case: Case) -> None:
    whole = whole_account(ledger, case)
    emptied(ledger)
    for one in CRISIS:
        reading = line_reader(one)
        put_reading(ledger, replace(reading, claims=reading.claims[:1]), "1")
    settle(ledger, case)
    put(ledger, CRISIS, "2")
    settle(ledger, case)
    assert account(ledger) == whole


@pytest.mark.parametrize("number", range(4))
def test_a_date_given_later_leaves_what_it_would_have_been_with_it(ledger: Engine, case: Case, number: int) -> None:
    """Two texts that are nearly one are one report while one of them has no date, and none once it turns out a month older."""
    body = [
        f"Envoys of side {n} walked {n * 7} miles along river {n * 3} toward camp {n + number} before night." for n in range(30)
    ]
    recent = report("\n".join(body), 28, "The Post")
    old = report("\n".join(body[:25]), 2, "The Wire")
    whole = settled_families(ledger, case, [old, recent])
    emptied(ledger)
    put(ledger, [replace(old, published=None), recent])
    settle(ledger, case)
    put(ledger, [old])
    settle(ledger, case)
    assert families(ledger) == whole


def families(ledger: Engine) -> dict[str, tuple[str, str, bool]]:
    with ledger.connect() as connection:
        rows = connection.execute(select(report_families)).all()
    return {row.report: (row.family, row.likeness, row.independent) for row in rows}


def settled_families(ledger: Engine, case: Case, reports: Sequence[Report]) -> dict[str, tuple[str, str, bool]]:
    settled_at_once(ledger, case, reports)
    return families(ledger)


# --- versions -------------------------------------------------------------------------------------------------------------

URL = "https://post.example/1"
OLD = report("Iran seized two tankers on 9 January near the strait.\nIran and Qatar met on 8 January.", 10, "The Post", URL)
NEW = report(
    "Iran seized three tankers on 9 January near the strait.\nQatar released two sailors on 9 January.", 11, "The Post", URL
)


@pytest.mark.parametrize("together", [True, False])
def test_a_new_version_takes_the_place_of_the_old(ledger: Engine, case: Case, together: bool) -> None:
    put(ledger, [OLD])
    if not together:
        settle(ledger, case)
    put(ledger, [NEW])
    settle(ledger, case)
    live = entries_where(ledger, Filter())
    assert {one.lead.id for one in live} == {claim(NEW), claim(NEW, 1)}
    assert not any(one.disputed for one in live)  # what an outlet corrected is no dispute
    assert {one.reports for one in live} == {1}
    dropped = entry_named(ledger, claim(OLD, 1))
    assert dropped is not None
    assert not dropped.live
    seized = entry_named(ledger, claim(OLD))
    assert seized is not None
    assert seized.live
    assert len({family for family, _, _ in families(ledger).values()}) == 1


@pytest.mark.parametrize("between", [0, 1, 5])
def test_versions_may_be_far_apart(ledger: Engine, case: Case, monkeypatch: pytest.MonkeyPatch, between: int) -> None:
    monkeypatch.setattr(settling, "BATCH", 2)
    put(ledger, [OLD, *CRISIS[:between], NEW])
    settle(ledger, case)
    assert unsettled(ledger) == 0
    old, new = (entry_named(ledger, claim(one, 1)) for one in (OLD, NEW))
    assert old is not None
    assert new is not None
    assert (old.live, new.live) == (False, True)


# --- several at once, and killed --------------------------------------------------------------------------------------------


def settle_anew(case: Case) -> None:
    """Settles in a process of its own, with connections of its own, a report at a time."""
    settling.BATCH = 1
    ledger = open_ledger(case)
    settle(ledger, case)
    ledger.dispose()


def test_two_processes_may_settle_at_once(ledger: Engine, case: Case) -> None:
    whole = whole_account(ledger, case)
    emptied(ledger)
    put(ledger, CRISIS)
    ledger.dispose()
    children = [forked(lambda: settle_anew(case)) for _ in range(2)]
    assert [ended(child) for child in children] == [0, 0]
    assert unsettled(ledger) == 0
    assert account(ledger) == whole


def test_one_may_settle_while_another_adds(ledger: Engine, case: Case) -> None:
    whole = whole_account(ledger, case)
    emptied(ledger)
    put(ledger, CRISIS[:5])
    ledger.dispose()
    child = forked(lambda: settle_anew(case))
    put(ledger, CRISIS[5:])
    assert ended(child) == 0
    settle(ledger, case)
    assert account(ledger) == whole


def test_a_process_killed_while_it_settles_leaves_the_rest_to_the_next(ledger: Engine, case: Case) -> None:
    whole = whole_account(ledger, case)
    before = time.perf_counter()
    with_batches_of_one(ledger, case)
    took = time.perf_counter() - before
    killed = 0
    for part in range(3):
        emptied(ledger)
        put(ledger, CRISIS)
        ledger.dispose()
        child = forked(lambda: settle_anew(case))
        time.sleep(took * (part + random.random()) / 4)
        os.kill(child, signal.SIGKILL)
        killed += ended(child) == -signal.SIGKILL
        torn = [own for own in grouped(ledger) if entry_named(ledger, own) is None]
        assert torn == []
        settle(ledger, case)
        assert account(ledger) == whole
    assert killed


def with_batches_of_one(ledger: Engine, case: Case) -> None:
    emptied(ledger)
    put(ledger, CRISIS)
    ledger.dispose()
    assert ended(forked(lambda: settle_anew(case))) == 0


class Stopped(Exception):
    """Stands for a process that ends between two batches."""


def stop(_: int) -> None:
    raise Stopped


def test_a_verdict_given_while_another_process_settles_is_not_lost(
    ledger: Engine, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One process settles; a second one reads the new verdict, settles one report and ends; the first one goes on."""
    monkeypatch.setattr(settling, "BATCH", 1)
    put(ledger, CRISIS)
    rejected = line_reader(CRISIS[7]).claims[1]
    given_: list[bool] = []

    def meanwhile(_: int) -> None:
        if not given_:
            given_.append(True)
            add_judgement(case, Judgement(now(), "Ann", "reject", anchor_of(rejected, CRISIS[7].id), "misread", whole=False))
            with pytest.raises(Stopped):
                settle(ledger, case, stop)

    settle(ledger, case, meanwhile)
    settle(ledger, case)
    with ledger.connect() as connection:
        live = connection.execute(select(claim_entries.c.live).where(claim_entries.c.claim == rejected.id)).scalar_one()
    assert not live


# --- bounds ---------------------------------------------------------------------------------------------------------------


def test_claims_are_whole_after_settling(ledger: Engine, case: Case) -> None:
    put(ledger, CRISIS)
    settle(ledger, case)
    for one in CRISIS:
        assert claims_of(ledger, one.id) == line_reader(one).claims


def test_the_letters_of_outlets_come_into_force(ledger: Engine, case: Case, tmp_path: Path) -> None:
    put(ledger, [CRISIS[7]])
    settle(ledger, case)
    own = claim(CRISIS[7])
    before = entry_named(ledger, own)
    better = replace(case, outlets={"The Wire": "B"})
    assert settle(ledger, better) == 1
    after = entry_named(ledger, own)
    assert before is not None
    assert after is not None
    assert (before.grade.letter, after.grade.letter) == ("F", "B")
