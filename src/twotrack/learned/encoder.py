"""Encoders in ONNX: a text cut into word pieces, and a network's outputs for them. Loaded when first used, and kept.

`load_encoder("attribution")` reads `data/attribution.onnx` and cuts with `data/pieces.json`, the vocabulary that all encoders
share: "Tehran's offer" -> "tehran", "'", "s", "offer", each with its characters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from twotrack.errors import TwotrackError
from twotrack.model import Span

if TYPE_CHECKING:
    from numpy import ndarray

CLS, SEP, PAD = 101, 102, 0  # pieces of BERT's vocabulary that open and close a sequence, and fill a batch


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of a text: their numbers in the vocabulary and their characters. Spans count from the text's start."""

    ids: tuple[int, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Encoder:
    """A network and its cutter into word pieces; `session` is onnxruntime's, `tokenizer` that of the package tokenizers."""

    session: Any
    tokenizer: Any

    def pieces(self, text: str) -> Pieces:
        """The pieces of a text, without opening and closing ones: spans are characters (code points) of `text`."""
        return cut(self.tokenizer, text)

    def run(self, inputs: Mapping[str, "ndarray[Any, Any]"]) -> list["ndarray[Any, Any]"]:
        """The network's outputs, in their order, for inputs by name: arrays of [batch, length] or [batch, length, features]."""
        found: list[ndarray[Any, Any]] = self.session.run(None, dict(inputs))
        return found


def cut(tokenizer: Any, text: str) -> Pieces:
    """The pieces of a text by a tokenizer."""
    coded = tokenizer.encode(text, add_special_tokens=False)
    return Pieces(tuple(coded.ids), tuple(Span(start, end) for start, end in coded.offsets))


@lru_cache(maxsize=4)
def load_encoder(name: str) -> Encoder:
    """The encoder in `data/<name>.onnx`. Raises TwotrackError where that file is missing."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # other cores are left to other work, as in parse.py
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    resource = files("twotrack") / "data" / f"{name}.onnx"
    if not resource.is_file():
        raise TwotrackError(f"The learned part {name!r} is not installed; read with fast, which needs none.")
    with as_file(resource) as path:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return Encoder(session, load_tokenizer())


@lru_cache(maxsize=1)
def load_tokenizer() -> Any:
    """The cutter into word pieces that all encoders share, from `data/pieces.json`."""
    from tokenizers import Tokenizer

    resource = files("twotrack") / "data" / "pieces.json"
    tokenizer = Tokenizer.from_str(resource.read_text(encoding="utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
