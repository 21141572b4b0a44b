"""PLOVER as data: the sixteen event types with their modes and intensities, and the type of each CAMEO code.

"Russia massed troops" is MOBILIZE, mode "troops": quad class 4, intensity -6.5, CAMEO 154. The tables are data/plover.toml.
"""

from functools import lru_cache

from twotrack.lexicon import rows


@lru_cache
def types() -> dict[str, int]:
    """Type -> quad class: 1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict."""
    return {row["name"]: row["quad"] for row in rows("plover", "type", "name", "quad", "score", "examples")}


@lru_cache
def modes() -> dict[str, frozenset[str]]:
    """Type -> its modes: modes()["CONSULT"] holds "phone"."""
    found: dict[str, set[str]] = {name: set() for name in types()}
    for row in rows("plover", "mode", "type", "name"):
        found[row["type"]].add(row["name"])
    return {name: frozenset(own) for name, own in found.items()}


@lru_cache
def intensities() -> dict[tuple[str, str | None], float]:
    """(type, mode or None) -> PLOVER's score from -10 to +10; a mode without a score has its type's."""
    scores: dict[tuple[str, str | None], float] = {
        (row["name"], None): float(row["score"]) for row in rows("plover", "type", "name", "quad", "score", "examples")
    }
    for row in rows("plover", "mode", "type", "name"):
        scores[row["type"], row["name"]] = float(row.get("score", scores[row["type"], None]))
    return scores


def intensity(event_type: str, mode: str | None = None) -> float:
    """The score of a type with a mode: intensity("CONSULT", "phone") == 1.5."""
    return intensities()[event_type, mode]


@lru_cache
def cameo_types() -> dict[str, str]:
    """CAMEO code -> PLOVER type: "193" -> "ASSAULT"."""
    return {row["code"]: row["type"] for row in rows("plover", "cameo", "code", "type", "label")}


@lru_cache
def cameo_labels() -> dict[str, str]:
    """CAMEO code -> what it stands for: "036" -> "Express intent to meet or negotiate"."""
    return {row["code"]: row["label"] for row in rows("plover", "cameo", "code", "type", "label")}
