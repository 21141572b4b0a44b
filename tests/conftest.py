"""What all tests share: the flag for golden files, and reports written as docstrings."""

import inspect

import pytest

from twotrack import read
from twotrack.reading import Reading


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def reading(request: pytest.FixtureRequest) -> Reading:
    """The docstring of the test, read as a report of Friday, 31 December 2021."""
    return read(inspect.cleandoc(request.function.__doc__), published="2021-12-31")
