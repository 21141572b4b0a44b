"""What the report claims by what it mentions: a marked Reading -> claims. No finder needs another's claims."""

from collections.abc import Callable, Iterator

from twotrack.errors import Problem
from twotrack.model import Claim
from twotrack.reading import Reading

FINDERS: tuple[Callable[[Reading], Iterator[Claim | Problem]], ...] = ()
