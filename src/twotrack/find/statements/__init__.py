"""What was said: statements with their speaker and the chain they came through."""

from twotrack.find.statements.finder import find_statements

__all__ = ["find_statements"]
