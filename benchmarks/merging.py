"""Which claims are one entry: B-cubed against cases whose entries were written down by somebody who had not seen the program.

    python benchmarks/merging.py [--data FOLDER of cases, or an ECB+ folder] [--json] [--errors]

A case is a folder with reports.jsonl and gold.toml: [[entry]] with its kind and its mentions (report, words). A claim belongs
to the mention of its kind whose words it shares most characters with; claims of no mention and mentions without a claim are
left out of B-cubed, and counted apart. Beside it, the same figures for claims left alone, and for what others count: one entry
for each type, parties and day. A folder of ECB+ (*_ecbplus.xml) is read with its event mentions instead of our finders'.
"""

import argparse
import json
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from ecbplus import ecbplus_figures, is_ecbplus
from twotrack.adding import add, take
from twotrack.ledger.case import init_case
from twotrack.ledger.rows import claim_of
from twotrack.ledger.schema import claim_entries, claims, report_families, reports
from twotrack.ledger.settling import settle
from twotrack.ledger.store import open_ledger
from twotrack.ledger.traits import trait_from
from twotrack.model import Claim
from twotrack.read import read_report

HERE = Path(__file__).resolve().parent
CASES = (HERE.parent / "examples", HERE / "cases")
LEAST = 0.3  # of the shorter of a claim's and a mention's words that they must share


@dataclass(frozen=True)
class Found:
    """A claim of the ledger, the slug of its report, its entry, and what one who counts reports would count it as."""

    claim: Claim
    slug: str
    entry: str
    counted: Hashable


def figures_of(folder: Path, errors: bool = False) -> dict[str, float]:
    """B-cubed and coverage of one case."""
    told = [json.loads(line) for line in (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = tomllib.loads((folder / "gold.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as place:
        case = init_case(Path(place) / "case", ["USA", "RUS"])
        ledger = open_ledger(case)
        for _ in add(ledger, take([str(folder / "reports.jsonl")]), read_report):
            pass
        settle(ledger, case)
        found, families = _found(ledger, {one["url"]: one["slug"] for one in told})
        ledger.dispose()
    texts = {one["slug"]: one["text"] for one in told}
    mentions = _mentions(gold["entry"], texts)
    gold_of = _aligned(found, mentions)
    aligned = [one for one in found if one.claim.id in gold_of]
    if errors:
        _print_errors(aligned, gold_of, gold["entry"])
    golden = [gold_of[one.claim.id] for one in aligned]
    figures: dict[str, float] = {"claims": len(found), "aligned_claims": len(aligned), "mentions": len(mentions)}
    figures["entries_found"] = len(set(golden)) / len(gold["entry"])
    ways: dict[str, list[Hashable]] = {
        "": [one.entry for one in aligned],
        "alone_": [one.claim.id for one in aligned],
        "counted_": [one.counted for one in aligned],
    }
    for name, made in ways.items():
        precision, recall, f1 = b_cubed(made, golden)
        figures |= {f"{name}bcubed_precision": precision, f"{name}bcubed_recall": recall, f"{name}bcubed_f1": f1}
    return figures | _family_figures(families, gold["families"]["groups"])


def _found(ledger: Engine, slugs: Mapping[str, str]) -> tuple[list[Found], dict[str, str]]:
    joined = claims.join(claim_entries, claim_entries.c.claim == claims.c.id).join(reports, reports.c.id == claims.c.report)
    wanted = select(
        claims.c.claim, claim_entries.c.entry, claim_entries.c.kind, claim_entries.c.trait, reports.c.text, reports.c.url
    )
    with ledger.connect() as connection:
        rows = connection.execute(wanted.select_from(joined).where(claim_entries.c.live).order_by(claims.c.id)).all()
        of = select(reports.c.url, report_families.c.family).join(reports, reports.c.id == report_families.c.report)
        families = {slugs[row.url]: row.family for row in connection.execute(of)}
    found = []
    for row in rows:
        claim = claim_of(row.claim, row.text)
        trait = trait_from(claim.id, row.kind, row.trait)
        states = frozenset((party.id or "?").split(".")[0] for party in (*trait.who, *trait.whom))
        found.append(Found(claim, slugs[row.url], row.entry, (trait.kind, trait.type, states, trait.day)))
    return found, families


def _mentions(entries: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> list[tuple[str, str, int, int, int]]:
    """(kind, report, start, end, entry's number) of every mention."""
    found = []
    for number, entry in enumerate(entries):
        for mention in entry["mentions"]:
            start = texts[mention["report"]].index(mention["words"])
            found.append((entry["kind"], mention["report"], start, start + len(mention["words"]), number))
    return found


def _aligned(found: Sequence[Found], mentions: Sequence[tuple[str, str, int, int, int]]) -> dict[str, int]:
    """Claim -> number of the gold entry whose mention it shares most words with."""
    gold_of: dict[str, int] = {}
    for one in found:
        spans = {(cite.start, cite.end) for cite in one.claim.cites} | {_words_of(one.claim)}
        best = max(
            ((max(_shared(span, (start, end)) for span in spans), -start, number)
             for kind, slug, start, end, number in mentions if (kind, slug) == (one.claim.kind, one.slug)),
            default=(0.0, 0, 0),
        )  # fmt: skip
        if best[0] >= LEAST:
            gold_of[one.claim.id] = best[2]
    return gold_of


def _words_of(claim: Claim) -> tuple[int, int]:
    cite = claim.content if claim.kind == "statement" else claim.act if claim.kind == "commitment" else claim.cites[0]
    return cite.start, cite.end


def _shared(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Characters in common, as a share of both together: the mention that fits best is not the longest one."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(common, 0) / (max(a[1], b[1]) - min(a[0], b[0]))


def b_cubed(made: Sequence[Hashable], golden: Sequence[Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a grouping (Bagga and Baldwin 1998): for each item, how many of its group belong with it."""
    if not made:
        return 0.0, 0.0, 0.0
    ours, theirs = _groups(made), _groups(golden)
    shared = [len(ours[a] & theirs[b]) for a, b in zip(made, golden, strict=True)]
    precision = sum(n / len(ours[a]) for n, a in zip(shared, made, strict=True)) / len(made)
    recall = sum(n / len(theirs[b]) for n, b in zip(shared, golden, strict=True)) / len(made)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _groups(labels: Sequence[Hashable]) -> dict[Hashable, set[int]]:
    found: dict[Hashable, set[int]] = defaultdict(set)
    for n, label in enumerate(labels):
        found[label].add(n)
    return found


def _family_figures(families: Mapping[str, str], groups: Sequence[Sequence[str]]) -> dict[str, float]:
    golden = {slug: n for n, group in enumerate(groups) for slug in group}
    slugs = sorted(families)
    precision, recall, f1 = b_cubed([families[slug] for slug in slugs], [golden.get(slug, slug) for slug in slugs])
    return {"families_precision": precision, "families_recall": recall, "families_f1": f1}


def _print_errors(aligned: Sequence[Found], gold_of: Mapping[str, int], entries: Sequence[Mapping[str, Any]]) -> None:
    by_entry: dict[str, list[Found]] = defaultdict(list)
    by_gold: dict[int, list[Found]] = defaultdict(list)
    for one in aligned:
        by_entry[one.entry].append(one)
        by_gold[gold_of[one.claim.id]].append(one)
    for entry, members in by_entry.items():
        if len({gold_of[one.claim.id] for one in members}) > 1:
            print("MERGED", entry)
            for one in members:
                print("   ", gold_of[one.claim.id], one.claim.id, one.slug, one.counted, "|", one.claim.cites[0].text[:150])
    for number, members in by_gold.items():
        if len({one.entry for one in members}) > 1:
            print("SPLIT", number, entries[number]["summary"])
            for one in members:
                print("   ", one.entry, one.claim.id, one.slug, one.counted, "|", one.claim.cites[0].text[:150])


def main() -> None:
    """Parses the flags, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="a folder of cases or of ECB+; both own folders by default")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list what was merged or split wrongly")
    args = parser.parse_args()
    if args.data and is_ecbplus(args.data):
        figures = ecbplus_figures(args.data, b_cubed)
    else:
        folders = sorted(path.parent for root in ([args.data] if args.data else CASES) for path in root.rglob("gold.toml"))
        figures = {
            f"{folder.name}_{key}": value for folder in folders for key, value in figures_of(folder, args.errors).items()
        }
    if args.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{key:>40}  {value:,.3f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
