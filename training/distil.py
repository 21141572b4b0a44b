"""A slimmer tagger that a trained one teaches: its layers with the inner units that it uses most, then its judgements.

The small one learns from what is annotated and, with equal weight, from the teacher's probabilities, which say of every piece
how near it is to being something else.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from attribution_spans import Window
from minilm import MiniLM
from tagger import Tagger, annotated, batch, link_loss, links

INNER = 1024  # of the teacher's 1,536 units in each layer: four fifths of its time
RATE = 1e-4  # greatest learning rate; half of the teacher's, since its weights are there already
SOFT = 0.5  # weight of the teacher's probabilities beside what is annotated
WARMTH = 2.0  # what both networks' log-odds are divided by, so that small probabilities count


def slimmed(teacher: Tagger, windows: Sequence[Window]) -> Tagger:
    """The teacher's layers and heads; of the inner units of each layer those that add most on `windows`."""
    teacher.eval()
    used: list[Tensor] = []
    hooks = [
        layer.down.register_forward_pre_hook(lambda _, given: used.append(given[0].detach().abs().mean((0, 1))))
        for layer in teacher.encoder.layers
    ]
    ids, features, _ = batch(windows)
    with torch.no_grad():
        teacher(ids, features)
    for hook in hooks:
        hook.remove()
    made = Tagger(MiniLM(len(used), INNER))
    state = dict(teacher.state_dict())
    for n, active in enumerate(used):
        layer = f"encoder.layers.{n}"
        down = state[f"{layer}.down.weight"]
        kept = (active * down.norm(dim=0)).topk(INNER).indices.sort().values
        state[f"{layer}.down.weight"] = down[:, kept]
        for kind in ("weight", "bias"):
            state[f"{layer}.up.{kind}"] = state[f"{layer}.up.{kind}"][kept]
    made.load_state_dict(state)
    return made


def taught(model: Tagger, windows: Sequence[Window], teacher: Tagger) -> tuple[Tensor, Tensor]:
    """(loss of the tags, loss of the links), by piece: from what is annotated and from the teacher."""
    ids, features, labels = batch(windows)
    with torch.no_grad():
        wanted, asked, offered = teacher(ids, features)
    tags, queries, keys = model(ids, features)
    by_tag, by_link = annotated((tags, queries, keys), labels, windows)
    real = labels[:, :, 0].reshape(-1) >= 0
    ours, theirs = (one.reshape(len(real), -1, 3)[real] / WARMTH for one in (tags, wanted))
    soft_tag = functional.kl_div(ours.log_softmax(-1), theirs.log_softmax(-1), reduction="none", log_target=True)
    soft_tag = soft_tag.sum((-2, -1)).mean() * WARMTH**2
    judged = [one.sigmoid() for one in links(windows, asked, offered)]
    soft_link = link_loss(links(windows, queries, keys), judged, windows)
    return (1 - SOFT) * by_tag + SOFT * soft_tag, (1 - SOFT) * by_link + SOFT * soft_link
