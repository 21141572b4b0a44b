"""What is demanded, refused, threatened, promised, warned of, agreed and planned, and on what condition."""

from twotrack.find.commitments.finder import find_commitments

__all__ = ["find_commitments"]
