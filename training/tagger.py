"""The attribution tagger as a torch module: MiniLM's first layers, with the parse and the rules' drafts as further embeddings.

For every piece it gives `tags` [9]: outside, first, inside for content, source and cue; and `queries` and `keys` [3 x 64],
whose products say which content, source and further cue belong to a cue.
"""

from collections.abc import Sequence

import numpy
import torch
from torch import Tensor, nn
from torch.nn import functional

from attribution_spans import Window
from minilm import WIDTH, MiniLM
from twotrack.learned.encoder import CLS, PAD, SEP
from twotrack.mark.attribution.inputs import FEATURES, PARTS
from twotrack.mark.attribution.tagger import LINK_BIAS

LINK = 64  # width of a query and a key


Outputs = tuple[Tensor, Tensor, Tensor]


class Tagger(nn.Module):
    """Pieces [batch, length] and features [batch, length, 4] -> (tags, queries, keys)."""

    def __init__(self, encoder: MiniLM) -> None:
        super().__init__()
        self.encoder = encoder
        self.features = nn.ModuleList(nn.Embedding(count, WIDTH) for count in FEATURES)
        for one in self.features:
            nn.init.normal_(one.weight, std=0.01)
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(WIDTH, 3 * len(PARTS))
        self.queries, self.keys = nn.Linear(WIDTH, LINK * len(PARTS)), nn.Linear(WIDTH, LINK * len(PARTS))

    def forward(self, ids: Tensor, features: Tensor) -> Outputs:
        added = sum(embed(features[:, :, n]) for n, embed in enumerate(self.features))
        x = self.dropout(self.encoder(ids, added))
        return self.tags(x), self.queries(x), self.keys(x)


def batch(windows: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """(ids, features, labels) of windows, opened, closed and filled to one length; what is not learned from has label -1."""
    length = max(len(one.ids) for one in windows) + 2
    ids = numpy.full((len(windows), length), PAD, dtype=numpy.int64)
    features = numpy.zeros((len(windows), length, len(FEATURES)), dtype=numpy.int64)
    labels = numpy.full((len(windows), length, len(PARTS)), -1, dtype=numpy.int64)
    for n, one in enumerate(windows):
        size = len(one.ids)
        ids[n, 0], ids[n, size + 1] = CLS, SEP
        ids[n, 1 : size + 1], features[n, 1 : size + 1], labels[n, 1 : size + 1] = one.ids, one.features, one.labels
    return torch.from_numpy(ids), torch.from_numpy(features), torch.from_numpy(labels)


def loss(model: Tagger, windows: Sequence[Window]) -> tuple[Tensor, Tensor]:
    """(loss of the tags, loss of the links), both by piece."""
    ids, features, labels = batch(windows)
    return annotated(model(ids, features), labels, windows)


def annotated(outputs: Outputs, labels: Tensor, windows: Sequence[Window]) -> tuple[Tensor, Tensor]:
    """(loss of the tags, loss of the links), both by piece, of outputs for windows against what is annotated there."""
    tags, queries, keys = outputs
    by_tag = functional.cross_entropy(tags.reshape(-1, 3), labels.reshape(-1), ignore_index=-1) * len(PARTS)
    wanted = [torch.from_numpy(numpy.stack([mask for _, mask in one.cues])) for _, one in with_cues(windows)]
    return by_tag, link_loss(links(windows, queries, keys), wanted, windows)


def link_loss(found: Sequence[Tensor], wanted: Sequence[Tensor], windows: Sequence[Window]) -> Tensor:
    """How far log-odds of links are from the probabilities that are wanted, by piece of all windows."""
    pairs = zip(found, wanted, strict=True)
    losses = [functional.binary_cross_entropy_with_logits(own, other, reduction="sum") for own, other in pairs]
    return sum(losses, torch.zeros(())) / sum(len(one.ids) for one in windows)


def links(windows: Sequence[Window], queries: Tensor, keys: Tensor) -> list[Tensor]:
    """Of every window with cues, the log-odds that pieces belong to a cue: [cues, parts, pieces]."""
    made, parts = [], len(PARTS)
    for n, one in with_cues(windows):
        asked = torch.stack([queries[n, [k + 1 for k in cue]].mean(0) for cue, _ in one.cues]).view(-1, parts, LINK)
        offered = keys[n, 1 : len(one.ids) + 1].view(-1, parts, LINK)
        made.append(torch.einsum("cpd,lpd->cpl", asked, offered) / LINK**0.5 + LINK_BIAS)
    return made


def with_cues(windows: Sequence[Window]) -> list[tuple[int, Window]]:
    """The windows that hold a whole cue, by their place in the batch."""
    return [(n, one) for n, one in enumerate(windows) if one.cues]
