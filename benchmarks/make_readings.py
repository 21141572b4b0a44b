"""Makes readings of any number of reports, the same ones every time: for measuring the ledger, not the finders.

A crisis of PER_DAY reports a day in which things happen, are said, demanded and scheduled; a report tells CLAIMS of them: some
that are new, and some that others told before, in words of its own.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from twotrack.ledger.identity import identified
from twotrack.model import Actor, Cite, Claim, Commitment, Event, Meeting, Report, Statement, When
from twotrack.ontology import types
from twotrack.reading import Reading

START = date(2022, 1, 1)
PER_DAY = 27  # 10,000 reports in a year
CLAIMS = 30
THINGS_PER_REPORT = 20  # new things, so that 10,000 reports tell about 200,000 entries
LATE = 400  # things back from which a report takes what it tells again
STATES = ("USA", "RUS", "UKR", "GBR", "FRA", "DEU", "POL", "TUR", "CHN", "BLR", "LTU", "HUN")
OFFICES = ("", ".GOV", ".GOV.HOS", ".GOV.MFA", ".MIL")
OUTLETS = 40
SYLLABLES = ("ba", "den", "fir", "gol", "hem", "jun", "kar", "lis", "mor", "nal", "pre", "rit", "sol", "tan", "vek", "zim")
VOCABULARY = 20_000


def made_readings(count: int, seed: int = 1) -> Iterator[Reading]:
    """Readings in the order of their days; the first thousand are the same whatever the count."""
    rng = random.Random(seed)
    words = ["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))) for _ in range(VOCABULARY)]
    things: list[tuple[str, int, tuple[str, ...], list[str], int]] = []
    for number in range(count):
        day = number // PER_DAY
        for _ in range(THINGS_PER_REPORT):
            things.append(_thing(rng, words, day))
        told = things[-THINGS_PER_REPORT:] + rng.sample(things[-LATE:], min(CLAIMS - THINGS_PER_REPORT, len(things)))
        yield _reading(rng, number, START + timedelta(days=day), told, words)


def _thing(rng: random.Random, words: list[str], day: int) -> tuple[str, int, tuple[str, ...], list[str], int]:
    """Kind, seed of its details, parties, words, day."""
    kind = rng.choices(("event", "statement", "commitment", "meeting"), (10, 10, 4, 1))[0]
    parties = tuple(rng.choice(STATES) + rng.choice(OFFICES) for _ in range(2))
    own = [words[int(VOCABULARY ** rng.uniform(0.3, 1)) - 1] for _ in range(rng.randint(6, 14))]  # about as Zipf's law has it
    return kind, rng.randrange(1 << 30), parties, own, day


def _reading(
    rng: random.Random, number: int, day: date, told: list[tuple[str, int, tuple[str, ...], list[str], int]], words: list[str]
) -> Reading:
    sentences, spans, at = [], [], 0
    for _, _, parties, own, _ in told:
        kept = [word for word in own if rng.random() < 0.8] or own
        sentence = f"{parties[0]} {' '.join(kept)} {rng.choice(words)} {parties[1]}."
        spans.append((at, at + len(sentence)))
        sentences.append(sentence)
        at += len(sentence) + 1
    text = "\n".join(sentences)
    outlet, url = f"Outlet {rng.randrange(OUTLETS)}", f"https://example.org/{number}"
    report = identified(Report("", text, published=day, outlet=outlet, url=url))
    claims = tuple(_claim(report, n, one, spans[n]) for n, one in enumerate(told))
    return Reading(report, (), (), (), (), (), claims=claims)


def _claim(report: Report, place: int, thing: tuple[str, int, tuple[str, ...], list[str], int], span: tuple[int, int]) -> Claim:
    kind, seed, parties, _, day = thing
    rng = random.Random(seed)
    start, end = span
    cite = report.cite(start, end)
    first, second = (Actor(id_, None, id_, start, start + len(id_)) for id_ in parties)
    on = START + timedelta(days=day)
    when = When(on, on, "that day") if rng.random() < 0.5 else None
    own = f"{report.id}-{kind[0]}{place}"
    if kind == "event":
        of = rng.choice(sorted(types()))
        return Event(own, of, None, None, (first,), (second,), when, None, "actual", 0.0, (cite,), 0.8, "made")
    if kind == "statement":
        cue = Cite(start, start + len(parties[0]), report.text[start : start + len(parties[0])])
        return Statement(own, first, cue, cite, (), False, rng.random() < 0.2, (), when, "said", (cite,), 0.8, "made")
    if kind == "commitment":
        act = rng.choice(("demand", "threat", "promise", "refusal"))
        return Commitment(own, act, (first,), (second,), cite, None, None, None, "firm", first, (cite,), 0.8, "made")  # type: ignore[arg-type]
    ahead = on + timedelta(days=rng.randint(1, 20))
    parties_met = (first, second)
    return Meeting(own, parties_met, "talks", When(ahead, ahead, "then"), None, "scheduled", (cite,), 0.8, "made")
