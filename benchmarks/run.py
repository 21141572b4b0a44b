"""Runs every benchmark and writes benchmarks/RESULTS.md; with --check holds the scores against benchmarks/floors.json.

    python benchmarks/run.py --data FOLDER            # FOLDER holds data/ and gold/
    python benchmarks/run.py --data FOLDER --check    # fails where a score is below its floor; writes nothing
    python benchmarks/run.py --data FOLDER --raise-floors | --lower-floors

Floors are scores (0 to 1) of development data, never times. Only --lower-floors may lower one.
"""

import argparse
import json
import math
import platform
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
RESULTS = HERE / "RESULTS.md"
SLACK = 0.002  # a score may fall by this much without failing: another processor rounds the parser's sums otherwise

Figures = Mapping[str, float]


@dataclass(frozen=True)
class Benchmark:
    """One run of one script: its data, below --data or "own:" in the project, the figures that are pinned, what peers reach."""

    name: str
    title: str
    script: str
    data: str
    pinned: tuple[str, ...]
    peers: str
    flags: tuple[str, ...] = ()


ENCODER = (
    "By rules alone (--fast), since the encoder learned from most of these sentences. Rules and encoder together, on a fifth "
    "held out by similarity (benchmarks/events_heldout.py, docs/events.md): "
)
BENCHMARKS = (
    Benchmark(
        "attribution",
        "Who said it: PolNeAR, development split",
        "attribution.py",
        "data/polnear/dev",
        ("content_exact_f1", "content_iou50_f1", "source_exact_f1", "cue_exact_f1", "linked_f1", "triple_exact_f1"),
        "On PolNeAR's test split, linked F1: Citron (all parts retrained) .494, GenderGapTracker's extractor .458, "
        "textacy .264, "
        "a BiLSTM-CRF .686, two people .750.",
    ),
    Benchmark(
        "attribution_fast",
        "Who said it, by rules alone (--fast): PolNeAR, development split",
        "attribution.py",
        "data/polnear/dev",
        ("content_exact_f1", "content_iou50_f1", "source_exact_f1", "cue_exact_f1", "linked_f1", "triple_exact_f1"),
        "Without the learned tagger.",
        ("--fast",),
    ),
    Benchmark(
        "styles",
        "Who said it, beyond PolNeAR: own texts in four styles",
        "styles.py",
        "own:benchmarks/styles",
        ("seen_linked_f1", "unseen_linked_f1"),
        "32 texts of agencies, newspapers, offices and state media by two authors, annotated in PolNeAR's manner. When first "
        "read linked F1 was .895 for each; `seen` are those whose errors were read, `unseen` nobody looked at.",
    ),
    Benchmark(
        "cameo_class",
        "What was done: CAMEO sentences, five classes, training split",
        "events.py",
        "data/cameo_class/train.tsv",
        ("macro_f1", "accuracy"),
        ENCODER + "macro-F1 .923. On the test split: PETRARCH-2 .533, frozen MiniLM with logistic regression .622, ConfliBERT "
        "(published) .895.",
        ("--fast",),
    ),
    Benchmark(
        "plv",
        "What was done: PLV, PLOVER types given source and target, training split",
        "events.py",
        "data/plv/PLV_train.tsv",
        ("type_macro_f1", "type_accuracy", "class_macro_f1", "class_accuracy"),
        ENCODER + "macro-F1 of 15 types .844, of 4 classes .941."
        "\n\n| confidence | pairs | mean | right |\n| --- | --- | --- | --- |\n| below .5 | 4 | .37 | .25 |\n"
        "| .5 to .8 | 23 | .67 | .65 |\n| .8 to .9 | 15 | .85 | .53 |\n| .9 and more | 171 | .98 | .94 |\n\n"
        "On the test split: PETRARCH-2 .407 and .542, masked TF-IDF .634 and .822, ZSP (published) .821 and .892.",
        ("--fast",),
    ),
    Benchmark(
        "cameo_ner",
        "Who and whom: CAMEO sentences, source and target, training split",
        "events.py",
        "data/cameo_ner/train.txt",
        ("entity_f1",),
        ENCODER + "entity F1 .762. On the test split: ConfliBERT-v2 (published) .752.",
        ("--fast",),
    ),
    Benchmark(
        "records",
        "Who did what to whom, end to end: records in PLOVER's form that nobody looked at",
        "events.py",
        "own:benchmarks/records/unseen.json",
        ("dyad_and_type", "dyad"),
        "350 sentences of our own, by three authors who had not seen the program; on 350 like them, by which rules were "
        "corrected, dyad_and_type is .70. PETRARCH-2 has .24, and .40 of the dyads, on "
        "PLOVER's own gold records, which are not at hand.",
    ),
    Benchmark(
        "commitments",
        "What is promised, threatened and demanded: commitments, development split",
        "commitments.py",
        "gold/commitments.dev.jsonl",
        ("detection_f1", "record_f1", "kind_f1", "party_f1", "toward_f1", "act_iou50_f1", "condition_iou50_f1", "condition_f1"),
        "No other program finds commitments with their conditions.",
    ),
    Benchmark(
        "actors",
        "Who is named: own sentences, as of May 2023",
        "actors.py",
        "own:benchmarks/actors.toml",
        ("bare_accuracy", "composed_accuracy", "accuracy", "resolved_precision"),
        "300 sentences by somebody who had not seen the program; when first read they gave these very figures.",
    ),
    Benchmark(
        "dates",
        "When: TimeBank and AQUAINT",
        "dates.py",
        "data/timex",
        ("strict_f1", "relaxed_f1", "value_f1", "future_end_to_end"),
        "On TempEval-3 platinum, strict, relaxed and value F1: HeidelTime .818, .907, .781; recognizers-text .742, .864, .545; "
        "dateparser's search .485, .689, .341.",
    ),
    Benchmark(
        "reports",
        "Whole reports: twenty-eight unseen ones",
        "reports.py",
        "own:benchmarks/reports",
        ("recall", "event_recall", "statement_recall", "commitment_recall"),
        "By six authors, of whom the last four wrote rows with days, parties and verbatim acts: of theirs .51, .57, .52 and "
        ".52 were found when first read (.60 of the last one's where words quoted within a sentence need not be all of a "
        "statement). An act counts where the words found hold the wanted ones or are half of them (without that, recall is "
        ".01 lower). No other program reads reports into events, statements, commitments and meetings at once.",
    ),
    Benchmark(
        "meetings",
        "Which talks, when: own sentences",
        "meetings.py",
        "own:benchmarks/meetings.toml",
        (
            "dev_meeting_f1",
            "test_meeting_f1",
            "blind_meeting_f1",
            "dev_date_accuracy",
            "test_date_accuracy",
            "blind_date_accuracy",
        ),
        "Nobody has gold for scheduled meetings; these are 510 texts of our own by four authors, split before any was read by "
        "the program; nobody looked at `blind`. The third author's 110 gave F1 .87 and days .70 when first read, and are `dev` "
        "now; the fourth's 90 gave .96 and .88, and half of them are `blind`.",
    ),
    Benchmark(
        "sourcing",
        "Who spoke: anonymity, chains and pronouns, own sentences",
        "sourcing.py",
        "own:tests/corpus",
        ("anonymity_precision", "anonymity_recall", "chain_accuracy", "pronoun_accuracy"),
        "The rules were corrected on what is not kept, whose first figures were .946, .814, .844 and .855; nobody looked at "
        "the cases of `_kept`. The chains are by ten authors. When first read, those of the last five, 540 of ordinary copy, "
        "were right in .61, .53, .74, .58 and .69; corrected on were the seventh's, the ninth's and half of the others', kept "
        "are the other halves and half of the fifth's (.60 at first).",
    ),
    Benchmark(
        "families",
        "Which reports are one report: own families",
        "families.py",
        "own:tests/copies",
        (),
        "On 70 real texts, AUC of copies against independent reports: word pairs .995, MinHash .94, MiniLM cosine .90, "
        "SimHash .84. With `--sizes 100000`: 250 reports a second, families exactly as they were made.",
    ),
    Benchmark(
        "merging_example",
        "Which claims are one entry: the example case",
        "merging.py",
        "own:examples",
        ("river-dam_bcubed_precision", "river-dam_bcubed_f1", "river-dam_families_f1"),
        "The thresholds were set on this case. `alone` leaves every claim alone; `counted` makes one entry of each type, "
        "parties and day, as report counters do.",
    ),
    Benchmark(
        "merging_unseen",
        "Which claims are one entry: a case that nobody looked at",
        "merging.py",
        "own:benchmarks/cases",
        ("strait_bcubed_precision", "strait_bcubed_f1", "strait_families_f1"),
        "Reports and entries were written down by somebody who had not seen the program; its errors were never looked at.",
    ),
    Benchmark(
        "ledger",
        "The ledger as it grows: adding, and views at the largest size",
        "ledger.py",
        "own:benchmarks",
        (),
        "Made readings on SQLite. `flat` is the speed of adding at the largest size by that at the smallest, reading included. "
        "Views are asked of some 200,000 entries. It takes half an hour.",
    ),
    Benchmark(
        "speed",
        "Speed: reading against the bare parse",
        "speed.py",
        "data/polnear/dev/text",
        (),
        "Speeds are per second of one processor core, on the machine named above.",
    ),
)


def run(benchmark: Benchmark, data: Path) -> dict[str, float]:
    """The figures that a script prints as JSON. Exits where the script fails or the data are not there."""
    own = benchmark.data.removeprefix("own:")
    path = data / own if own == benchmark.data else HERE.parent / own
    if not path.exists():
        sys.exit(f"{path} does not exist; --data takes the folder that holds data/ and gold/.")
    command = [sys.executable, str(HERE / benchmark.script), "--data", str(path), "--json", *benchmark.flags]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{benchmark.script} failed on {path}.")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def written(figures: float | str) -> str:
    """A figure as a table shows it: scores with three digits, large numbers whole."""
    if isinstance(figures, str):
        return figures
    return f"{figures:.3f}" if abs(figures) < 10 and not float(figures).is_integer() else f"{figures:,.0f}"


def section(benchmark: Benchmark, figures: Figures) -> str:
    """A benchmark's part of the page: its title, a table, and what others reach."""
    rows = [f"| {key} | {written(value)} |" for key, value in figures.items()]
    return "\n".join([f"## {benchmark.title}", "", "| figure | value |", "| --- | --- |", *rows, "", benchmark.peers, ""])


def results_page(scores: Mapping[str, Figures], before: str) -> str:
    """RESULTS.md with a part for every benchmark; those that were not run stay as they stand in `before`."""
    kept = {part.split("\n", 1)[0]: part for part in re.split(r"^(?=## )", before, flags=re.MULTILINE)}
    head = [
        "# Results",
        "",
        "Written by `make bench`. Development data: every figure here may be flattered by what was learned on it.",
        "",
        f"Machine: {platform.machine()}, Python {platform.python_version()}, one thread.",
        "",
    ]
    made = [section(one, scores[one.name]) if one.name in scores else kept.get(f"## {one.title}", "") for one in BENCHMARKS]
    return "\n".join(head) + "\n" + "\n".join(part.rstrip("\n") + "\n" for part in made if part)


def below(scores: Mapping[str, Figures], floors: Mapping[str, Figures]) -> list[str]:
    """One line for each score that is under its floor."""
    return [
        f"{name} {key}: {scores[name][key]:.4f} is below its floor {floor:.4f}"
        for name, pinned in floors.items()
        for key, floor in pinned.items()
        if name in scores and scores[name][key] < floor - SLACK
    ]


def new_floors(scores: Mapping[str, Figures], floors: Mapping[str, Figures], lower: bool) -> dict[str, dict[str, float]]:
    """Each pinned score, cut to three digits; not under the old floor unless lowering is asked for."""
    made: dict[str, dict[str, float]] = {}
    for benchmark in BENCHMARKS:
        for key in benchmark.pinned:
            if benchmark.name not in scores:
                made.setdefault(benchmark.name, {}).update(floors.get(benchmark.name, {}))
                continue
            score = math.floor(scores[benchmark.name][key] * 1000) / 1000
            old = floors.get(benchmark.name, {}).get(key, 0.0)
            made.setdefault(benchmark.name, {})[key] = score if lower else max(score, old)
    return made


def main() -> None:
    """Parses the flags, runs the scripts one after another, and writes or checks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    action = parser.add_mutually_exclusive_group()
    for flag in ("--check", "--raise-floors", "--lower-floors"):
        action.add_argument(flag, action="store_true")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="run these alone; the other results stay")
    args = parser.parse_args()
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text()) if FLOORS.is_file() else {}
    if unknown := set(args.only) - {one.name for one in BENCHMARKS}:
        sys.exit(f"No benchmark is named {', '.join(sorted(unknown))}; there are {', '.join(one.name for one in BENCHMARKS)}.")
    wanted = [b for b in BENCHMARKS if (b.pinned or not args.check) and (not args.only or b.name in args.only)]
    scores = {benchmark.name: run(benchmark, args.data) for benchmark in wanted}
    if args.check:
        sys.exit("\n".join(below(scores, floors)) or 0)
    RESULTS.write_text(results_page(scores, RESULTS.read_text(encoding="utf-8")), encoding="utf-8")
    if args.raise_floors or args.lower_floors:
        FLOORS.write_text(json.dumps(new_floors(scores, floors, args.lower_floors), indent=1) + "\n")


if __name__ == "__main__":
    main()
