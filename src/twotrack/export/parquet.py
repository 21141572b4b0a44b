"""Entries as Parquet: the columns of the CSV with types of their own. Needs pyarrow, the extra `parquet`."""

from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Engine

from twotrack.errors import TwotrackError
from twotrack.export.pages import Exported, in_pages, told
from twotrack.export.table import COLUMNS, row_of
from twotrack.ledger.case import Case
from twotrack.ledger.queries import Filter

GROUP = 5_000  # rows that are compressed together; they lie in memory at once, some 10 MB
MARK = "twotrack"  # a key of the file's metadata
FOOTER = 65_536  # bytes at the end of a file in which its metadata are looked for


def write_parquet(ledger: Engine, case: Case, wanted: Filter, stream: BinaryIO) -> Exported:
    """Writes entries as Parquet. Raises TwotrackError where pyarrow is not installed."""
    arrow, parquet = _arrow()
    schema = _schema(arrow)
    written = 0
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        for page in in_pages(map(row_of, told(ledger, case, wanted)), GROUP):
            writer.write_table(arrow.Table.from_pylist(page, schema=schema))
            written += len(page)
    return Exported(written)


def _arrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise TwotrackError("Parquet needs one more package; install it with: pip install 'twotrack[parquet]'.") from None


def _schema(arrow: Any) -> Any:
    types = {
        "text": arrow.string(), "day": arrow.date32(), "number": arrow.int64(), "truth": arrow.bool_(),
        "texts": arrow.list_(arrow.string()),
    }  # fmt: skip
    return arrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()], metadata={MARK: "entries"})


def is_ours(path: Path) -> bool:
    """Whether a file is an export of entries as Parquet."""
    with path.open("rb") as file:
        begins = file.read(4)
        file.seek(max(path.stat().st_size - FOOTER, 0))
        return begins == b"PAR1" and MARK.encode() in file.read()
