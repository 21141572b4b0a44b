"""Reads labelled families of reports: tests/copies/*.txt, whose README.txt says how they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

OWN_SET = Path(__file__).resolve().parents[1] / "tests" / "copies"
COPIES = frozenset({"original", "reprint", "trimmed", "spun20", "spun35", "spun50", "rewritten", "distant", "paraphrase"})
HEADING = re.compile(r"== (\w+) (\d{4}-\d\d-\d\d) (.+)")
PLAIN_WORD = re.compile(r"\b[a-z']+\b")
EVERY = {"@spun35": 5, "@spun50": 1}  # these change a third and a half of the words
CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)(?:\|([^{}|]*))?\}")


@dataclass(frozen=True)
class Sample:
    """One report of a family; `id` is "family/number kind". Copies of one family are one report, all others are not."""

    id: str
    family: str
    kind: str
    published: date
    outlet: str
    headline: str
    text: str


def samples(folder: Path = OWN_SET) -> list[Sample]:
    """All reports of all families in a folder."""
    return [sample for path in sorted(folder.glob("*.txt")) if path.stem.islower() for sample in family(path)]


def family(path: Path) -> Iterator[Sample]:
    """The reports of one file, with "@all", "@ 1 3" and "@spun20" put in full."""
    original: list[str] = []
    for number, block in enumerate(re.split(r"^(?=== )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]):
        lines = block.strip().split("\n")
        heading = HEADING.fullmatch(lines[0])
        if heading is None:
            raise ValueError(f"{path.name}: {lines[0]!r} is no heading.")
        kind, day, outlet = heading.groups()
        if kind == "original":
            original = lines[2:]
        body = "\n".join(_paragraphs(lines[2:], original))
        sample_id = f"{path.stem}/{number} {kind}"
        yield Sample(sample_id, path.stem, kind, date.fromisoformat(day), outlet, lines[1], f"{lines[1]}\n{body}")


def _paragraphs(lines: list[str], original: list[str]) -> list[str]:
    how = lines[0]
    if how in EVERY:
        return [spun_by_dictionary(line, EVERY[how]) for line in original]
    if how == "@all":
        return [spun(line, 0) for line in original]
    if how.startswith("@ "):
        return [spun(original[int(n) - 1], 0) for n in how.split()[1:]]
    if how == "@spun20":
        return [spun(line, 1) for line in original]
    return [spun(line, 0) for line in lines]


def spun(text: str, column: int) -> str:
    """A text with one column of its choices: spun("{Talks|Discussions} {ended||broke up}", 1) -> "Discussions ended"."""

    parts: list[str] = []
    at = 0
    for n, match in enumerate(CHOICE.finditer(text)):
        first, second, third = match[1], match[2] or match[1], match[3]
        second_or_not = first if n % 4 == 3 else second  # three choices of four make the fifth of all words
        parts += [text[at : match.start()], (first, second_or_not, second if third is None else third or second)[column]]
        at = match.end()
    return "".join(parts) + text[at:]


@lru_cache
def synonyms() -> dict[str, str]:
    """What a rewriting machine makes of common words: tests/copies/SPINNING.txt."""
    lines = (OWN_SET / "SPINNING.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" = ", 1) for line in lines)


def spun_by_dictionary(text: str, every: int) -> str:
    """The third column of a text's choices, and of all other words one in `every` that the dictionary knows."""
    known = synonyms()
    count = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal count
        count += match[0] in known
        return known.get(match[0], match[0]) if count % every == 0 else match[0]

    parts: list[str] = []
    at = 0
    for match in [*CHOICE.finditer(text), None]:
        between = text[at : match.start() if match else len(text)]
        parts.append(PLAIN_WORD.sub(replaced, between))
        if match:
            parts.append(spun(match[0], 2))
            at = match.end()
    return "".join(parts)


def label(a: Sample, b: Sample) -> str:
    """What two reports are to each other: "copy", "digest", "independent" (same event), or "other" (another event)."""
    if a.family != b.family:
        return "other"
    if "digest" in (a.kind, b.kind):
        return "digest"
    if a.kind in COPIES and b.kind in COPIES:
        return "copy"
    return "other" if "other" in (a.kind, b.kind) else "independent"
