"""What became of commitments and meetings."""

from collections.abc import Collection

from sqlalchemy import Connection


def settle_outcomes(connection: Connection, touched: Collection[str]) -> None:
    """To be written."""
