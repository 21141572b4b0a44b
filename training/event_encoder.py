"""The event encoder: MiniLM-L6 with three heads, its inputs, and its fine-tuning.

One graph reads a bare sentence and a sentence whose parties are marked alike; the heads give BIO tags for the parties, one of
sixteen PLOVER types or none, and one of the five classes of cameo_class. The heads for type and class see the sentence's mean
and the states at the two marks, which are zero where nothing is marked. A mark is a word piece that MiniLM never used.
"""

import json
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn

from minilm import WIDTH, package_folder, pretrained
from twotrack.learned.encoder import PAD
from twotrack.learned.events import MARKS, TAGS, TYPES

MASK = 103  # the piece of BERT's vocabulary that hides another
MAX_LENGTH = 128  # word pieces; the longest training sentence has 121
TAG_NAMES = tuple(f"{'B' if opens else 'I'}-{role}" if role else "O" for opens, role in TAGS)
CLASSES = 5
LEARNING_RATE, HEAD_RATE, BATCH, WARM_UP = 8e-5, 1e-3, 16, 0.1
MASKED_PARTY = 0.25  # share of marked inputs whose parties' words are hidden: what they do must tell, not who they are
UNHINTED = 0.2  # share of first readings without the rules' marks: the rules were written with these sentences at hand
TAG_WEIGHT = 3.0  # of the tags' loss, whose mean over pieces is small beside the others
ALL_MARKS = frozenset(piece for pair in MARKS.values() for piece in pair)
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Input:
    """Word pieces with marks, the offsets of each (-1 for marks), and the labels that the heads learn from."""

    pieces: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    tags: tuple[int, ...] | None = None
    types: tuple[int, ...] | None = None
    classes: tuple[int, ...] | None = None


class EventEncoder(nn.Module):
    """Word pieces -> logits of tags, types and classes."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = pretrained()
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(WIDTH, len(TAGS))
        self.types = nn.Sequential(nn.Linear(3 * WIDTH, WIDTH), nn.Tanh(), nn.Dropout(0.1), nn.Linear(WIDTH, len(TYPES)))
        self.classes = nn.Sequential(nn.Linear(3 * WIDTH, WIDTH), nn.Tanh(), nn.Dropout(0.1), nn.Linear(WIDTH, CLASSES))

    def forward(self, pieces: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """(batch, length) -> (batch, length, 7), (batch, 17), (batch, 5)."""
        states = self.drop(self.encoder(pieces))
        mask = (pieces != PAD).to(states.dtype).unsqueeze(-1)
        parts = [(states * mask).sum(1) / mask.sum(1)]
        for name in ("S", "T"):
            at = (pieces == MARKS[name][0]).to(states.dtype).unsqueeze(-1)
            parts.append((states * at).sum(1))
        whole = torch.cat(parts, dim=-1)
        return self.tags(states), self.types(whole), self.classes(whole)


# --- inputs -------------------------------------------------------------------------------------------------------------


def tokenizer() -> Tokenizer:
    """MiniLM's own tokenizer, without padding and cut at MAX_LENGTH."""
    own = Tokenizer.from_file(str(package_folder() / "tokenizer.json"))
    own.no_padding()
    own.enable_truncation(MAX_LENGTH - 4)
    return own


def encoded(words: Tokenizer, text: str, pair: list[list[Any]]) -> Input:
    """The pieces of a text with marks around its pair; of several the first; one that is both is marked as source."""
    encoding = words.encode(text)
    pieces, offsets = list(encoding.ids), list(encoding.offsets)
    for name, start, end in reversed(marked_parties(pair)):
        inside = [n for n, (first, last) in enumerate(offsets) if first >= start and last <= end and last > first >= 0]
        if inside:
            for at, mark in ((inside[-1] + 1, MARKS[name][1]), (inside[0], MARKS[name][0])):
                pieces.insert(at, mark)
                offsets.insert(at, (-1, -1))
    return Input(tuple(pieces), tuple(offsets))


def marked_parties(pair: list[list[Any]]) -> list[tuple[str, int, int]]:
    """The spans to mark, by place: two that act together are marked as source and target, the first as source."""
    found: dict[str, tuple[str, int, int]] = {}
    for tag, start, end in pair:
        name = tag if tag != "R" else ("T" if "S" in found else "S")
        found.setdefault(name, (name, start, end))
    return sorted(found.values(), key=lambda span: span[1])


def inputs_of(words: Tokenizer, example: dict[str, Any]) -> Iterator[Input]:
    """What an example teaches: with the rules' parties marked, tags and class; with its own marked, type and class."""
    classes = tuple(example["classes"]) if example["classes"] else None
    types = tuple(TYPES.index(kind) for kind in example["types"]) if example["types"] else None
    if example["tagged"] or example["set"] == "cameo":
        first = encoded(words, example["text"], example["rule_spans"])
        tags = tags_of(first.offsets, example["spans"]) if example["tagged"] else None
        yield Input(first.pieces, first.offsets, tags, None, classes if example["set"] == "cameo" else None)
    if example["pair"]:
        both = encoded(words, example["text"], example["pair"])
        yield Input(both.pieces, both.offsets, None, types, classes)


def tags_of(offsets: tuple[tuple[int, int], ...], spans: list[list[Any]]) -> tuple[int, ...]:
    """The tag of each piece; marks and the sequence's ends have none."""
    found = [TAG_NAMES.index("O")] * len(offsets)
    for name, start, end in spans:
        inside = [n for n, (first, last) in enumerate(offsets) if first >= start and last <= end and last > first]
        for n in inside:
            found[n] = TAG_NAMES.index(f"{'B' if n == inside[0] else 'I'}-{name}")
    return tuple(IGNORED if last == first else tag for tag, (first, last) in zip(found, offsets, strict=True))


def varied(one: Input, chance: random.Random) -> Input:
    """An input as an epoch sees it: now and then without the rules' marks, or with the words of its marked parties hidden."""
    if one.types is None:
        return unmarked(one) if chance.random() < UNHINTED else one
    return masked(one) if chance.random() < MASKED_PARTY else one


def unmarked(one: Input) -> Input:
    """The input without its marks."""
    kept = [n for n, piece in enumerate(one.pieces) if piece not in ALL_MARKS]
    tags = tuple(one.tags[n] for n in kept) if one.tags is not None else None
    return Input(tuple(one.pieces[n] for n in kept), tuple(one.offsets[n] for n in kept), tags, one.types, one.classes)


def masked(one: Input) -> Input:
    """The input with its parties' words hidden."""
    pieces, hiding = list(one.pieces), False
    for n, piece in enumerate(pieces):
        if piece in ALL_MARKS:
            hiding = piece in (MARKS["S"][0], MARKS["T"][0])
        elif hiding:
            pieces[n] = MASK
    return Input(tuple(pieces), one.offsets, one.tags, one.types, one.classes)


# --- training -----------------------------------------------------------------------------------------------------------


def padded(batch: list[Input]) -> torch.Tensor:
    """The pieces of a batch, one length."""
    length = max(len(one.pieces) for one in batch)
    return torch.tensor([[*one.pieces, *[PAD] * (length - len(one.pieces))] for one in batch])


def loss_of(model: EventEncoder, batch: list[Input]) -> torch.Tensor:
    """The sum of the heads' mean losses; a label that is a set of labels costs the probability outside the set."""
    pieces = padded(batch)
    tags, types, classes = model(pieces)
    gold = torch.full(pieces.shape, IGNORED)
    for row, one in enumerate(batch):
        if one.tags is not None:
            gold[row, : len(one.tags)] = torch.tensor(one.tags)
    total = torch.zeros(())
    if bool((gold != IGNORED).any()):
        total = total + TAG_WEIGHT * nn.functional.cross_entropy(tags.flatten(0, 1), gold.flatten(), ignore_index=IGNORED)
    return total + _set_loss(types, [one.types for one in batch]) + _set_loss(classes, [one.classes for one in batch])


def _set_loss(logits: torch.Tensor, allowed: list[tuple[int, ...] | None]) -> torch.Tensor:
    logs = logits.log_softmax(-1)
    losses = [-logs[row, list(kinds)].logsumexp(0) for row, kinds in enumerate(allowed) if kinds]
    return torch.stack(losses).mean() if losses else torch.zeros(())


def batches(inputs: list[Input], chance: random.Random) -> Iterator[list[Input]]:
    """Random batches of inputs of like length."""
    order = sorted(inputs, key=lambda one: len(one.pieces) + chance.uniform(-6, 6))
    cut = [order[n : n + BATCH] for n in range(0, len(order), BATCH)]
    chance.shuffle(cut)
    yield from cut


def trained(examples: list[dict[str, Any]], *, epochs: int, seed: int) -> EventEncoder:
    """A model fine-tuned on these examples."""
    torch.manual_seed(seed)
    chance, words, model = random.Random(seed), tokenizer(), EventEncoder()
    inputs = [one for example in examples for one in inputs_of(words, example)]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": list(model.encoder.parameters()), "lr": LEARNING_RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * math.ceil(len(inputs) / BATCH)
    slope = lambda step: min(step / (WARM_UP * steps), (steps - step) / ((1 - WARM_UP) * steps))  # noqa: E731
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, slope)
    model.train()
    for epoch in range(epochs):
        sum_of_losses = 0.0
        for batch in batches(inputs, chance):
            loss = loss_of(model, [varied(one, chance) for one in batch])
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            sum_of_losses += float(loss.detach())
        print(f"epoch {epoch + 1}: {sum_of_losses * BATCH / len(inputs):.3f} on {len(inputs)} inputs", flush=True)
    return model.eval()


def load_examples(path: Path) -> list[dict[str, Any]]:
    """The lines that event_examples.py wrote."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
