"""People's verdicts: the file, what each verdict does, and that they hold when reports are read again by other finders."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from ledgers import (
    case_on_either,  # noqa: F401
    ledger_of_case,  # noqa: F401
    postgres_server,  # noqa: F401
)
from test_settling import line_reader, put, report
from twotrack.errors import TwotrackError
from twotrack.ledger.case import JUDGEMENTS_FILE, Case, init_case
from twotrack.ledger.corrections import corrected
from twotrack.ledger.judgements import (
    Anchor,
    Judgement,
    add_judgement,
    anchor_of,
    anchored,
    digest,
    now,
    read_judgements,
)
from twotrack.ledger.queries import entry_named
from twotrack.ledger.settling import settle
from twotrack.ledger.store import put_reading
from twotrack.ledger.verdicts import Judged, resolved
from twotrack.model import Cite, Claim, Entry, Event, Meeting

POST = report("Iran seized two tankers on 9 January near the strait.\nIran and Qatar met on 12 January.", 13, "The Post")
WIRE = report(
    "Iran seized two tankers on 9 January near the strait, sailors told us.\nQatar released sailors on 9 January.",
    13,
    "The Wire",
)
SEIZED, TALKS = line_reader(POST).claims
SEIZED_TOO, RELEASED = line_reader(WIRE).claims
REPORTS = {claim.id: one for one in (POST, WIRE) for claim in line_reader(one).claims}


def anchor(claim: Claim) -> Anchor:
    return anchor_of(claim, REPORTS[claim.id].id)


def judge(
    case: Case, verdict: str, on: Claim, other: Claim | None = None, *, whole: bool = True, field: str | None = None,
    value: str | None = None, why: str = "",
) -> Judgement:  # fmt: skip
    made = Judgement(now(), "Ann", verdict, anchor(on), why, whole, anchor(other) if other else None, field, value)  # type: ignore[arg-type]
    add_judgement(case, made)
    return made


def entry(ledger: Engine, claim: Claim) -> Entry:
    found = entry_named(ledger, claim.id)
    assert found is not None
    return found


def look_up(ledger: Engine, case: Case) -> Judged:
    with ledger.connect() as connection:
        return resolved(connection, read_judgements(case))


@pytest.fixture(name="filled")
def ledger_with_two_reports(ledger: Engine, case: Case) -> Engine:
    put(ledger, [POST, WIRE])
    settle(ledger, case)
    assert entry(ledger, SEIZED).id == entry(ledger, SEIZED_TOO).id
    return ledger


# --- the file -------------------------------------------------------------------------------------------------------------

GOOD = {
    "at": "2022-01-12T09:30:00Z", "by": "Ann", "verdict": "accept",
    "on": {"id": "x", "report": "r", "kind": "meeting", "start": 0, "end": 3, "quote": "abc"},
}  # fmt: skip
ONE = Judgement("2022-01-12T09:30:00Z", "Ann", "accept", Anchor("x", "r", "meeting", 0, 3, "abc"))


def new_case(tmp_path: Path) -> Case:
    return init_case(tmp_path / "case", ["USA", "RUS"])


def test_verdicts_are_only_ever_added(tmp_path: Path) -> None:
    case = new_case(tmp_path)
    path, held = case.folder / JUDGEMENTS_FILE, b""
    for number in range(3):
        add_judgement(case, replace(ONE, why=f"reason {number}"))
        assert path.read_bytes().startswith(held)
        held = path.read_bytes()
    assert [one.why for one in read_judgements(case)] == ["reason 0", "reason 1", "reason 2"]


def test_a_case_without_the_file_has_no_verdicts(tmp_path: Path) -> None:
    case = new_case(tmp_path)
    (case.folder / JUDGEMENTS_FILE).unlink()
    assert read_judgements(case) == ()
    add_judgement(case, ONE)
    assert read_judgements(case) == (ONE,)


def test_a_file_edited_by_hand_may_end_without_a_line_break(tmp_path: Path) -> None:
    case = new_case(tmp_path)
    (case.folder / JUDGEMENTS_FILE).write_text(json.dumps(GOOD), encoding="utf-8")
    add_judgement(case, replace(ONE, why="second"))
    assert read_judgements(case) == (ONE, replace(ONE, why="second"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(["a\u2028b", "a\x85b", "a\r\nb"]))
def test_any_words_come_back(tmp_path: Path, words: str) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    case = init_case(folder, ["USA", "RUS"])
    made = replace(ONE, why=words, by=words, on=replace(ONE.on, quote=words))
    add_judgement(case, made)
    assert read_judgements(case) == (made,)


@pytest.mark.parametrize(
    "line",
    [
        "no JSON", "3", "[]", "{}", json.dumps(GOOD | {"verdict": "perhaps"}), json.dumps(GOOD | {"mood": "good"}),
        json.dumps({key: value for key, value in GOOD.items() if key != "on"}), json.dumps(GOOD | {"on": {"id": "x"}}),
        json.dumps(GOOD | {"on": {**GOOD["on"], "start": "three"}}), json.dumps(GOOD | {"verdict": "same-as"}),  # type: ignore[dict-item]
        json.dumps(GOOD | {"verdict": "correct"}), json.dumps(GOOD)[:-9],
    ],
)  # fmt: skip
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, line: str) -> None:
    case = new_case(tmp_path)
    (case.folder / JUDGEMENTS_FILE).write_text(f"{json.dumps(GOOD)}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(TwotrackError, match=rf"{JUDGEMENTS_FILE}, line 3 is no judgement"):
        read_judgements(case)


def test_the_digest_tells_any_change(tmp_path: Path) -> None:
    held = [(), (ONE,), (ONE, ONE), (replace(ONE, why="x"),), (replace(ONE, on=replace(ONE.on, end=4)),)]
    assert len({digest(one) for one in held}) == len(held)


# --- where a verdict belongs ------------------------------------------------------------------------------------------------


def moved(claim: Claim, own: str, start: int, end: int) -> Claim:
    return replace(claim, id=own, cites=(Cite(start, end, POST.text[start:end]),))


def test_a_verdict_goes_to_the_claim_that_now_stands_where_its_words_are() -> None:
    held = anchor(SEIZED)
    shorter, elsewhere = moved(SEIZED, "new", held.start, held.end - 10), moved(SEIZED, "other", held.end, held.end + 20)
    assert anchored(held, [elsewhere, shorter]) == "new"
    assert anchored(held, [elsewhere]) is None
    assert anchored(held, [shorter, SEIZED]) == SEIZED.id  # the same id before the same words
    assert anchored(held, [replace(TALKS, id="new", cites=SEIZED.cites)]) is None  # of another kind
    assert anchored(held, [moved(SEIZED, "new", held.start, held.start + 10)]) is None  # a fifth of the words
    assert anchored(held, []) is None


# --- what each verdict does -------------------------------------------------------------------------------------------------


def test_accepting_and_rejecting_an_entry(filled: Engine, case: Case) -> None:
    judge(case, "accept", SEIZED)
    settle(filled, case)
    assert (entry(filled, SEIZED).judged, entry(filled, SEIZED).live) == ("accepted", True)
    judge(case, "reject", SEIZED)
    settle(filled, case)
    assert (entry(filled, SEIZED).judged, entry(filled, SEIZED).live) == ("rejected", False)
    assert entry(filled, TALKS).judged is None


def test_the_latest_verdict_counts_whichever_claim_of_the_entry_it_was_given_on(filled: Engine, case: Case) -> None:
    for first, second in ((SEIZED, SEIZED_TOO), (SEIZED_TOO, SEIZED)):
        judge(case, "reject", first)
        judge(case, "accept", second)
        settle(filled, case)
        assert entry(filled, SEIZED).judged == "accepted"


def test_a_rejected_claim_does_not_count(filled: Engine, case: Case) -> None:
    assert entry(filled, SEIZED).reports == 2
    judge(case, "reject", SEIZED_TOO, whole=False)
    settle(filled, case)
    assert entry(filled, SEIZED).reports == 1
    assert entry(filled, SEIZED).live
    judge(case, "accept", SEIZED_TOO, whole=False)
    settle(filled, case)
    assert entry(filled, SEIZED).reports == 2


def test_joining_and_parting(filled: Engine, case: Case) -> None:
    judge(case, "not-same", SEIZED, SEIZED_TOO)
    judge(case, "same-as", TALKS, RELEASED)
    settle(filled, case)
    assert entry(filled, SEIZED).id != entry(filled, SEIZED_TOO).id
    assert entry(filled, TALKS).id == entry(filled, RELEASED).id
    judge(case, "same-as", SEIZED_TOO, SEIZED)
    judge(case, "not-same", RELEASED, TALKS)
    settle(filled, case)
    assert entry(filled, SEIZED).id == entry(filled, SEIZED_TOO).id
    assert entry(filled, TALKS).id != entry(filled, RELEASED).id


def test_correcting_an_entry_leaves_what_the_sources_told(filled: Engine, case: Case) -> None:
    judge(case, "correct", TALKS, field="when", value="2022-01-14..2022-01-15")
    judge(case, "correct", TALKS, field="status", value="cancelled")
    judge(case, "correct", TALKS, field="status", value="postponed")
    settle(filled, case)
    found = entry(filled, TALKS)
    assert (found.first_day, found.last_day, found.status) == (date(2022, 1, 14), date(2022, 1, 15), "postponed")
    assert set(found.corrected) == {"when", "status"}


def test_a_day_may_be_taken_out(filled: Engine, case: Case) -> None:
    judge(case, "correct", TALKS, field="when", value="")
    settle(filled, case)
    assert entry(filled, TALKS).first_day is None


def test_a_correction_holds_though_it_is_what_the_lead_says(ledger: Engine, case: Case) -> None:
    """A later report has the talks as held; a person says that they are only scheduled, as the first report had it."""
    first = report("Iran and Qatar meet on 12 January, as both ministries said in a long note.", 10, "The Post")
    later = report("Iran and Qatar met on 12 January.", 13, "The Wire")
    put(ledger, [first, later])
    settle(ledger, case)
    own = line_reader(first).claims[0]
    assert (entry(ledger, own).status, entry(ledger, own).reports) == ("held", 2)
    add_judgement(case, Judgement(now(), "Ann", "correct", anchor_of(own, first.id), field="status", value="scheduled"))
    settle(ledger, case)
    assert entry(ledger, own).status == "scheduled"


def test_a_verdict_taken_out_of_the_file_ends(filled: Engine, case: Case) -> None:
    judge(case, "reject", SEIZED)
    settle(filled, case)
    (case.folder / JUDGEMENTS_FILE).write_text("", encoding="utf-8")
    settle(filled, case)
    assert (entry(filled, SEIZED).judged, entry(filled, SEIZED).live) == (None, True)


def test_a_verdict_may_come_before_its_report(ledger: Engine, case: Case) -> None:
    made = judge(case, "reject", SEIZED)
    put(ledger, [WIRE])
    settle(ledger, case)
    assert look_up(ledger, case).lost == (made,)
    put(ledger, [POST])
    settle(ledger, case)
    assert look_up(ledger, case).lost == ()
    assert entry(ledger, SEIZED).judged == "rejected"


# --- reading again ----------------------------------------------------------------------------------------------------------


def read_again(ledger: Engine, case: Case, claims: Sequence[Claim], finder: str) -> None:
    put_reading(ledger, replace(line_reader(POST), claims=tuple(claims)), finder)
    settle(ledger, case)


@pytest.mark.parametrize("cut", [0, 12])
def test_verdicts_hold_when_a_claim_has_another_id_and_another_span(filled: Engine, case: Case, cut: int) -> None:
    judge(case, "not-same", SEIZED, SEIZED_TOO)
    judge(case, "reject", TALKS)
    held = SEIZED.cites[0]
    new = (moved(SEIZED, f"{POST.id}-again", held.start, held.end - cut), replace(TALKS, id=f"{POST.id}-talks"))
    read_again(filled, case, new, "2")
    assert entry(filled, new[0]).id != entry(filled, SEIZED_TOO).id
    assert (entry(filled, new[1]).judged, entry(filled, new[1]).live) == ("rejected", False)
    assert look_up(filled, case).lost == ()


def test_a_verdict_whose_words_are_in_no_claim_is_told_and_never_dropped(filled: Engine, case: Case) -> None:
    made = judge(case, "reject", TALKS, why="It was a call.")
    settle(filled, case)
    read_again(filled, case, [SEIZED], "2")
    assert look_up(filled, case).lost == (made,)
    assert read_judgements(case) == (made,)
    read_again(filled, case, [SEIZED, TALKS], "3")
    assert look_up(filled, case).lost == ()
    assert entry(filled, TALKS).judged == "rejected"


# --- corrections ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "field", "value", "told"),
    [
        (TALKS, "colour", "red", "has no 'colour' to correct; it has"),
        (TALKS, "speaker", "RUS", "A meeting has no 'speaker'"),
        (TALKS, "id", "x", "has no 'id'"),
        (TALKS, "status", "maybe", "status cannot be 'maybe'; it is one of scheduled, held"),
        (TALKS, "when", "next week", "'next week' is no day"),
        (TALKS, "when", "2022-01-14..2022-01-12", "ends before it begins"),
        (TALKS, "parties", "ATLANTIS", "'ATLANTIS' is no actor id"),
        (TALKS, "format", "", "format"),  # a field that every meeting has
        (SEIZED, "type", "", "type"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(claim: Claim, field: str, value: str, told: str) -> None:
    with pytest.raises(TwotrackError) as raised:
        corrected(claim, field, value)
    assert told in str(raised.value)


def test_corrections() -> None:
    talks = corrected(TALKS, "parties", "usa, RUS.GOV")
    assert isinstance(talks, Meeting)
    assert [party.id for party in talks.parties] == ["USA", "RUS.GOV"]
    deed = corrected(SEIZED, "target", "")
    assert isinstance(deed, Event)
    assert deed.target == ()
    day = corrected(TALKS, "when", "2022-01-14").when  # type: ignore[union-attr]
    assert day is not None
    assert (day.start, day.end) == (date(2022, 1, 14), date(2022, 1, 14))
