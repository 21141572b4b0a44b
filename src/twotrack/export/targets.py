"""Where an export is written: into a file of another name first, which takes the target's place when it is whole."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from twotrack.errors import TwotrackError

HEAD = 2_048  # bytes at the beginning of a file by which an export is known

Result = TypeVar("Result")


def begins_with(pattern: bytes) -> Callable[[Path], bool]:
    """Whether a file begins in that way, as every export of a format does."""
    beginning = re.compile(pattern, re.DOTALL)

    def is_ours(path: Path) -> bool:
        with path.open("rb") as file:
            return beginning.match(file.read(HEAD)) is not None

    return is_ours


def replaced(target: Path, is_ours: Callable[[Path], bool], write: Callable[[BinaryIO], Result]) -> Result:
    """Writes a file whole or not at all, in the place of an earlier export of the same format, and of nothing else.

    Raises TwotrackError where another file is in its place, or it cannot be written.
    """
    target = Path(os.path.realpath(target))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _refuse_others(target, is_ours)
        try:
            with part.open("wb") as stream:
                result = write(stream)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise TwotrackError(f"{target} cannot be written ({reason}); make room or check the rights of its folder.") from None
    return result


def _refuse_others(target: Path, is_ours: Callable[[Path], bool]) -> None:
    if target.is_dir():
        raise TwotrackError(f"{target} is a folder; give the name of a file in it.")
    if target.exists() and not target.is_file():
        raise TwotrackError(f"{target} is no file but a device or a pipe; give a file, or - for standard output.")
    if target.exists() and target.stat().st_size and not is_ours(target):
        raise TwotrackError(f"{target} is there already and is no export of this format; give another name, or move it away.")
