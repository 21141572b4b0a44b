"""What can go wrong, in the shapes that callers meet: a caller's mistake is raised, an unreadable text is reported."""

from dataclasses import dataclass


class TwotrackError(Exception):
    """The caller's mistake, as one sentence that says what to do. The command line prints it and exits with 2."""


class UnreadableReport(TwotrackError):
    """The input holds no report that can be read: empty, binary, too large, in another language, not reachable."""


class LexiconError(TwotrackError):
    """A lexicon file breaks its own rules; the message names the file and the row."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read or resolved, kept beside the results: message, and where in `report.text` (0, 0: all of it)."""

    message: str
    start: int = 0
    end: int = 0
