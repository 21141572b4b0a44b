"""What people's verdicts come to in the ledger as it is: by the claims that their words are in now, the latest counting."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select, update

from twotrack.errors import TwotrackError
from twotrack.ledger.corrections import corrected
from twotrack.ledger.failures import telling
from twotrack.ledger.judgements import Judgement, anchored, anchors, digest
from twotrack.ledger.merging import Verdicts, pair_of
from twotrack.ledger.rows import claim_of
from twotrack.ledger.schema import claim_entries, claims, report_families, reports, settings
from twotrack.ledger.writing import chunked, upsert
from twotrack.model import Claim

JUDGED = "judgements"  # the setting that holds the digest of those that the ledger was settled with


@dataclass(frozen=True, slots=True)
class Judged:
    """What people's verdicts come to, by the claims that they belong to now."""

    verdicts: Verdicts
    rejected: frozenset[str]  # single claims
    entries: tuple[tuple[str, Judgement], ...]  # (claim, verdict on its entry), oldest first
    lost: tuple[Judgement, ...]  # verdicts whose words are in no claim any more


def unsettle(connection: Connection, judgements: Sequence[Judgement]) -> None:
    """Where verdicts were added or changed, whatever they are and were about is to be settled again."""
    if connection.execute(select(settings.c.value).where(settings.c.name == JUDGED)).scalar() == digest(judgements):
        return
    held = connection.execute(select(settings.c.value).where(settings.c.name == f"{JUDGED} about")).scalar()
    about = sorted({anchor.report for one in judgements for anchor in anchors(one)})
    for part in chunked({*about, *(held or "").split()}):
        families = select(report_families.c.family).where(report_families.c.report.in_(part))
        connection.execute(update(report_families).where(report_families.c.family.in_(families)).values(settled=None))
    upsert(connection, settings, [{"name": f"{JUDGED} about", "value": " ".join(about)}])
    upsert(connection, settings, [{"name": JUDGED, "value": digest(judgements)}])


def resolved(connection: Connection, judgements: Sequence[Judgement]) -> Judged:
    """The verdicts by the claims that their words are now in; the latest verdict on a thing counts."""
    found = _live_claims(connection, {anchor.report for one in judgements for anchor in anchors(one)})
    same: dict[tuple[str, str], str] = {}
    alone: dict[str, str] = {}
    whole: list[tuple[str, Judgement]] = []
    lost: list[Judgement] = []
    for one in judgements:
        ids = [anchored(anchor, found.get(anchor.report, ())) for anchor in anchors(one)]
        if None in ids or not _possible(one, found.get(one.on.report, ())):
            lost.append(one)
        elif len(ids) == 2:
            same[pair_of(str(ids[0]), str(ids[1]))] = one.verdict
        elif one.whole or one.verdict == "correct":
            whole.append((str(ids[0]), one))
        else:
            alone[str(ids[0])] = one.verdict
    verdicts = Verdicts(
        frozenset(pair for pair, verdict in same.items() if verdict == "same-as"),
        frozenset(pair for pair, verdict in same.items() if verdict == "not-same"),
    )
    rejected = frozenset(claim for claim, verdict in alone.items() if verdict == "reject")
    return Judged(verdicts, rejected, tuple(whole), tuple(lost))


def _possible(judgement: Judgement, found: Collection[Claim]) -> bool:
    """Whether a correction can still be made: its field and its value are known to this Twotrack."""
    if judgement.verdict != "correct" or judgement.field is None or judgement.value is None:
        return True
    own = anchored(judgement.on, found)
    try:
        for claim in found:
            if claim.id == own:
                corrected(claim, judgement.field, judgement.value)
    except TwotrackError:
        return False
    return True


def _live_claims(connection: Connection, report_ids: Collection[str]) -> dict[str, list[Claim]]:
    """Claims of the last reading of each report, by report."""
    found: dict[str, list[Claim]] = defaultdict(list)
    wanted = select(claims.c.report, claims.c.claim, reports.c.text).join(reports, reports.c.id == claims.c.report)
    for part in chunked(report_ids):
        for row in connection.execute(wanted.where(claims.c.report.in_(part), claims.c.gone.is_(None))):
            found[row.report].append(claim_of(row.claim, row.text))
    return found


def reject(connection: Connection, rejected: Collection[str]) -> None:
    """Claims that a person rejected count no longer."""
    for part in chunked(rejected):
        connection.execute(update(claim_entries).where(claim_entries.c.claim.in_(part)).values(live=False))


def judged_now(ledger: Engine, judgements: Sequence[Judgement]) -> Judged:
    """What people's verdicts come to in the ledger as it is."""
    with telling(ledger), ledger.connect() as connection:
        return resolved(connection, judgements)
