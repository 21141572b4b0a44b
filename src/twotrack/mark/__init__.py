"""What the text mentions: who, when, who is speaking where, what hangs on what. Each marker sees the marks before it."""

from collections.abc import Callable, Iterator

from twotrack.errors import Problem
from twotrack.model import Mark
from twotrack.reading import Reading

MARKERS: tuple[Callable[[Reading], Iterator[Mark | Problem]], ...] = ()
