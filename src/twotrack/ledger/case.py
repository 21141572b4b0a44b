"""A case: the folder of one crisis, with `case.toml`, the ledger, and the judgements. Makes one, and opens one."""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from twotrack.errors import TwotrackError
from twotrack.lexicon import actor_names

CASE_FILE = "case.toml"
LEDGER_FILE = "ledger.sqlite"
JUDGEMENTS_FILE = "judgements.jsonl"
KEYS = ("title", "sides", "ledger", "outlets", "issues")
LETTERS = "ABCDEF"
SCHEMES = ("sqlite:///", "postgresql://", "postgres://")
MIN_SIDES = 2
NEAR = 0.6  # likeness of a suggested id or word; difflib's own default
NEAR_NAME = 0.8  # of a suggested name: "Rusia" is Russia, "Prussia" is not Persia

TEMPLATE = """\
# A Twotrack case. What follows a # is a comment.
title = {title}

# The parties to the crisis, by actor id: ISO 3166 codes of states (USA, RUS), IGO.NATO, ...
sides = [{sides}]

# Where the ledger is kept: {ledger_file} in this folder unless a PostgreSQL database is named, one for each case.
# Keep its password in ~/.pgpass or PGPASSWORD, not here.
{ledger}

# How reliable an outlet is, by its name: A completely, B usually, C fairly, D not usually, E not at all, F cannot be judged.
[outlets]
# "The Gulf Post" = "C"

# What the sides quarrel over, with words by which it is known. What no issue is named for is found by its words.
[issues]
# "Oil price" = ["oil", "barrel", "quota"]
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its `case.toml` has it. `ledger` is a database URL; `outlets` are reliability letters by name.

    `issues` are the case's own issues, with the words by which each is known.
    """

    folder: Path
    title: str
    sides: tuple[str, ...]
    ledger: str
    outlets: Mapping[str, str]
    issues: Mapping[str, tuple[str, ...]]


def init_case(folder: Path, sides: Iterable[str], *, title: str | None = None, ledger: str | None = None) -> Case:
    """Makes the folder of a new case: init_case(Path("geneva"), ["USA", "RUS"]).

    Raises TwotrackError where the folder is in use or cannot be made, or a side is no actor id.
    """
    ids = checked_sides(sides)
    if ledger is not None:
        _checked_ledger(ledger)
    text = TEMPLATE.format(
        title=_quoted(title or folder.resolve().name),
        sides=", ".join(map(_quoted, ids)),
        ledger_file=LEDGER_FILE,
        ledger=f"ledger = {_quoted(ledger)}" if ledger else '# ledger = "postgresql://name@host/database"',
    )
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise TwotrackError(f"{folder} exists already; give another name, or add reports to it with twotrack add.")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / JUDGEMENTS_FILE).touch()
        (folder / CASE_FILE).write_text(text, encoding="utf-8")
    except OSError as error:
        raise TwotrackError(f"{folder} cannot be made ({error.strerror}); choose a folder that you may write to.") from None
    return open_case(folder)


def open_case(folder: Path) -> Case:
    """The case in a folder. Raises TwotrackError where there is none, or its case.toml says what cannot be."""
    path = folder / CASE_FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        raise TwotrackError(
            f"{folder.resolve()} holds no case; make one with twotrack init NAME --sides A,B, or name its folder with --case."
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TwotrackError(f"{path} cannot be read ({error}); correct it.") from None
    try:
        return _case(folder, found)
    except TwotrackError as error:
        raise TwotrackError(f"{path}: {error}") from None


def _case(folder: Path, found: Mapping[str, Any]) -> Case:
    for key in found:
        if key not in KEYS:
            raise TwotrackError(f"{key!r} is no setting;{_suggested(key, KEYS)} it takes {', '.join(KEYS)}.")
    title, sides, ledger = found.get("title", folder.resolve().name), found.get("sides", []), found.get("ledger")
    if not isinstance(title, str):
        raise TwotrackError("title is a text in quotes.")
    if not isinstance(sides, list) or not all(isinstance(side, str) for side in sides):
        raise TwotrackError('sides is a list of actor ids, as in sides = ["USA", "RUS"].')
    outlets, issues = _checked_outlets(found.get("outlets", {})), _checked_issues(found.get("issues", {}))
    return Case(folder, title, checked_sides(sides), _ledger_url(folder, ledger), outlets, issues)


def checked_sides(sides: Iterable[str]) -> tuple[str, ...]:
    """Actor ids in capitals: ("usa", "RUS.GOV") -> ("USA", "RUS.GOV"). Raises TwotrackError where one is no actor."""
    ids = tuple(dict.fromkeys(_checked_side(side.strip()) for side in sides if side.strip()))
    if len(ids) < MIN_SIDES:
        raise TwotrackError("A case needs at least two sides; give their actor ids, as in --sides USA,RUS.")
    return ids


def _checked_side(side: str) -> str:
    names = actor_names()
    own = side.upper()
    if own in names or own.split(".")[0] in names:
        return own
    raise TwotrackError(f"{side!r} is no actor id;{_near_actors(side)} states have ISO 3166 codes, as USA.")


def _near_actors(side: str) -> str:
    """A suggestion for what was meant: "Russia" or "RUSS" -> " did you mean RUS (Russia)?"."""
    names = actor_names()
    by_name = {name.casefold(): actor for actor, name in names.items()}
    near = [by_name[name] for name in get_close_matches(side.casefold(), by_name, n=2, cutoff=NEAR_NAME)]
    near = near or get_close_matches(side.upper(), names, n=3, cutoff=NEAR)
    listed = [f"{actor} ({names[actor]})" for actor in dict.fromkeys(near)][:3]
    return f" did you mean {' or '.join(listed)}?" if listed else ""


def _suggested(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=NEAR)
    return f" did you mean {near[0]}?" if near else ""


def _ledger_url(folder: Path, ledger: object) -> str:
    """The database's URL; an SQLite file without a leading slash lies in the case's folder."""
    if ledger is None:
        return f"sqlite:///{(folder / LEDGER_FILE).resolve()}"
    url = _checked_ledger(ledger)
    return f"sqlite:///{(folder / url.removeprefix('sqlite:///')).resolve()}" if url.startswith("sqlite:///") else url


def _checked_ledger(ledger: object) -> str:
    if isinstance(ledger, str) and any(ledger.startswith(scheme) and ledger != scheme for scheme in SCHEMES):
        return ledger
    raise TwotrackError("ledger is a database address: postgresql://name@host/database, or sqlite:///file.sqlite.")


def _checked_outlets(outlets: object) -> Mapping[str, str]:
    if not isinstance(outlets, dict):
        raise TwotrackError('[outlets] takes lines like "The Gulf Post" = "C".')
    for name, letter in outlets.items():
        if not isinstance(letter, str) or len(letter) != 1 or letter not in LETTERS:
            raise TwotrackError(f"{name!r} has the letter {letter!r}; reliability goes from A to F.")
    return MappingProxyType(dict(outlets))


def _checked_issues(issues: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(issues, dict):
        raise TwotrackError('[issues] takes lines like "Oil price" = ["oil", "barrel"].')
    for name, words in issues.items():
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            raise TwotrackError(f'{name!r} takes a list of words in quotes, as in ["oil", "barrel"].')
    return MappingProxyType({name: tuple(words) for name, words in issues.items()})


def _quoted(words: str) -> str:
    """A TOML string; JSON's escapes are TOML's too, but for the delete character, which JSON leaves bare."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
