"""Makes any number of reports with known copies, the same ones every time: for measuring throughput, not quality.

`python benchmarks/make_reports.py --count 3` prints three. Events have names, figures and a quotation of their own; three
reports of ten are copies of an earlier report of their day (reprint, trimmed, reworded), one is another report of its event.
"""

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

START = date(2022, 1, 1)
WORDS = 30_000  # different words, used as often as Zipf's law has it
PER_DAY = 500
LENGTH = (120, 260)  # words of a report
SYLLABLES = ["ba", "den", "fir", "gol", "hem", "jun", "kar", "lis", "mor", "nal", "pre", "rit", "sol", "tan", "vek", "zim"]
GRAMMAR = ["the", "of", "to", "in", "a", "and", "that", "on", "for", "with", "was", "had", "its", "by", "after", "said"]


@dataclass(frozen=True)
class Made:
    """A report that was made: `copy_of` is the id of the report that it copies, "" where it is none."""

    id: str
    published: date
    text: str
    copy_of: str


def made_reports(count: int, seed: int = 1, per_day: int = PER_DAY) -> Iterator[Made]:
    """Reports in the order of their dates; the first thousand are the same whatever the count."""
    rng = random.Random(seed)
    words = ["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))) for _ in range(WORDS)]
    weights = list(accumulate(1 / rank for rank in range(10, WORDS + 10)))
    today: list[Made] = []
    for n in range(count):
        day = START + timedelta(days=n // per_day)
        if n % per_day == 0:
            today = []
        draw = rng.random()
        if draw < 0.3 and today:
            original = rng.choice(today)
            one = Made(f"r{n}", day, _copied(rng, original.text, words, weights), original.copy_of or original.id)
        else:
            event = rng.choice(today).text if draw < 0.4 and today else ""
            one = Made(f"r{n}", day, _written(rng, event, words, weights), "")
        today.append(one)
        yield one


def _written(rng: random.Random, event: str, words: list[str], weights: list[float]) -> str:
    """A report of its own; of the same event as another where that one's text is given: its names and its quotation."""
    names = [word for word in event.split() if word[0].isupper()][:8] or [rng.choice(words).capitalize() for _ in range(8)]
    quotation = event.split('"')[1] if '"' in event else " ".join(rng.choices(words, cum_weights=weights, k=15))
    content = rng.choices(words, cum_weights=weights, k=rng.randint(*LENGTH))
    parts = []
    for n, word in enumerate(content):
        kind = rng.random()
        parts.append(rng.choice(names) if kind < 0.1 else str(rng.randint(2, 900)) if kind < 0.13 else word)
        if rng.random() < 0.6:
            parts.append(rng.choice(GRAMMAR))
        if n % 20 == 19:
            parts[-1] += "." if n % 60 != 59 else ".\n"
    return f'Report on {names[0]} and {names[1]}\n{" ".join(parts)}.\n"{quotation}," {names[2]} said.'


def _copied(rng: random.Random, text: str, words: list[str], weights: list[float]) -> str:
    """A reprint under another headline, a trimmed copy, or one with every seventh word replaced."""
    headline, body = text.split("\n", 1)
    kind = rng.choice(["reprint", "trimmed", "reworded"])
    if kind == "trimmed":
        body = body[: body.rfind(" ", 0, len(body) * 2 // 3)]
    elif kind == "reworded":
        others = iter(rng.choices(words, cum_weights=weights, k=len(body) // 7 + 1))
        body = " ".join(next(others) if n % 7 == 6 and word.islower() else word for n, word in enumerate(body.split(" ")))
    return f"{headline} {rng.choice(words)}\n{body}"


def main() -> None:
    """Prints made reports as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    for one in made_reports(arguments.count, arguments.seed):
        print(json.dumps({"id": one.id, "published": one.published.isoformat(), "text": one.text, "copy_of": one.copy_of}))


if __name__ == "__main__":
    main()
