"""How much of whole reports is found: what careful readers expected, against what the program claims.

    python benchmarks/reports.py [--data FOLDER of NAME.txt and NAME.toml] [--json] [--missed]

The reports and the expectations were written by people who had not seen what the program makes of them. Those in
benchmarks/reports/ were never used to change a rule; --missed is for other folders, such as benchmarks/seen_reports/.
"""

import argparse
import json
import tomllib
from collections import Counter
from pathlib import Path

from expectations import matches, missed
from twotrack import read

UNSEEN = Path(__file__).resolve().parent / "reports"
KINDS = ("event", "statement", "commitment", "meeting")


def scores(folder: Path, show: bool) -> dict[str, float]:
    """Share of expected claims that are found, by kind and over all, and how many rows of what must be absent are claimed."""
    expected: Counter[str] = Counter()
    lacking: Counter[str] = Counter()
    wrong = 0
    for path in sorted(folder.glob("*.txt")):
        rows = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
        claims = read(path.read_text(encoding="utf-8"), published=rows["published"]).claims
        lost = missed(claims, rows["expect"])
        expected.update(row["kind"] for row in rows["expect"])
        lacking.update(row["kind"] for row in lost)
        wrong += sum(any(matches(claim, row) for claim in claims) for row in rows.get("absent", []))
        if show:
            print("\n".join(f"{path.stem}: {row}" for row in lost))
    figures = {f"{kind}_recall": 1 - lacking[kind] / expected[kind] for kind in KINDS if expected[kind]}
    return {"recall": 1 - lacking.total() / expected.total(), **figures, "wrongly_claimed": wrong, "expected": expected.total()}


def main() -> None:
    """Parses the flags, scores, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=UNSEEN)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--missed", action="store_true", help="print what was expected and is not found")
    args = parser.parse_args()
    figures = scores(args.data, args.missed)
    print(json.dumps(figures) if args.json else "\n".join(f"{key:>20}  {value:.3f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
