"""Trains the attribution tagger: `python training/attribution.py --data .../polnear/train --dev .../polnear/dev`.

Fine-tunes four layers of MiniLM-L6 on one thread of a CPU, then has them teach a slimmer network (distil.py); one seed gives
one set of weights on one machine. `--keep FOLDER` keeps parses and the weights of both; with `--epochs 0 2` those of the
teacher are taken from there, with `--epochs 0 0` those of both. With `--write` the slim network goes to
src/twotrack/data/attribution.onnx in 8 bits.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import distil
from attribution_spans import Labelled, Window, epoch, labelled, tokenizer_of
from distil import slimmed, taught
from export import write_onnx
from minilm import package_folder, pretrained
from tagger import Tagger, batch, loss
from trials import corpus

DATA = Path(__file__).resolve().parent.parent / "src" / "twotrack" / "data"
LAYERS = 4  # of MiniLM's six: four, trained for longer, do better than six did
TEACHER, TAGGER = "teacher.pt", "tagger.pt"  # names of the weights that are kept
OUTPUTS = ("tags", "queries", "keys")
BATCH = 4  # windows; about 900 pieces
RATE, HEADS = 2e-4, 5  # greatest learning rate of MiniLM; how many times faster what is new learns
WARM_UP = 0.06  # of all steps


Losses = Callable[[Tagger, Sequence[Window]], tuple[Tensor, Tensor]]
Plan = list[list[list[Window]]]  # by epoch, by step


def train(model: Tagger, losses: Losses, plan: Plan, dev: list[Labelled], kept: Path | None, rate: float) -> None:
    """Trains by the losses of tags and links; after each epoch those on the development articles are printed, and the weights
    go to the file `kept`."""
    steps = sum(len(one) for one in plan)
    body = list(model.encoder.parameters())
    known = {id(one) for one in body}
    heads = [one for one in model.parameters() if id(one) not in known]
    groups = [{"params": body, "lr": rate}, {"params": heads, "lr": HEADS * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: rate_at(n, steps))
    start, done = time.time(), 0
    for number, part in enumerate(plan, 1):
        model.train()
        seen = [0.0, 0.0]
        for k, windows in enumerate(part, 1):
            by_tag, by_link = losses(model, windows)
            (by_tag + by_link).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            seen = [seen[0] + by_tag.item(), seen[1] + by_link.item()]
            done += 1
            if k % 50 == 0:
                print(f"{number} {done}/{steps} {seen[0] / 50:.4f} {seen[1] / 50:.4f} {time.time() - start:.0f}s", flush=True)
                seen = [0.0, 0.0]
        if kept is not None:
            torch.save(model.state_dict(), kept)
        print(f"epoch {number}: dev {dev_loss(model, dev)} {time.time() - start:.0f}s", flush=True)


def rate_at(step: int, steps: int) -> float:
    """Up in a line, then down in a line."""
    warm = max(1, int(steps * WARM_UP))
    return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))


def batches(windows: list[Window], chance: random.Random) -> list[list[Window]]:
    """Windows of like length together, in an order by chance."""
    ordered = sorted(windows, key=lambda one: len(one.ids) + chance.random() * 16)
    made = [ordered[n : n + BATCH] for n in range(0, len(ordered), BATCH)]
    chance.shuffle(made)
    return made


def dev_loss(model: Tagger, dev: list[Labelled]) -> str:
    """The losses of tags and links on articles that nothing was learned from."""
    model.eval()
    found = epoch(dev, None)
    with torch.no_grad():
        made = [loss(model, found[n : n + 8]) for n in range(0, len(found), 8)]
    return " ".join(f"{sum(one[k].item() for one in made) / max(1, len(made)):.4f}" for k in (0, 1))


def main() -> None:
    """Reads the arguments, trains, saves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR's training split")
    parser.add_argument("--dev", type=Path, required=True, help="PolNeAR's development split")
    parser.add_argument("--keep", type=Path, help="a folder where parses and trained weights are kept")
    parser.add_argument("--write", action="store_true", help="write the network into the package")
    parser.add_argument("--epochs", type=int, nargs=2, default=(4, 2), help="of the teacher and of the slim network")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)
    tokenizer = tokenizer_of(package_folder())
    dev = labelled(corpus(options.dev, options.keep), tokenizer)
    found = labelled(corpus(options.data, options.keep), tokenizer) if any(options.epochs) else []
    plans = [[batches(epoch(found, chance), chance) for _ in range(epochs)] for epochs in options.epochs]
    kept = [options.keep / name if options.keep else None for name in (TEACHER, TAGGER)]
    teacher = Tagger(pretrained(LAYERS))
    if plans[0]:
        train(teacher, loss, plans[0], dev, kept[0], RATE)
    else:
        teacher.load_state_dict(torch.load(kept[0]))
    model = slimmed(teacher, epoch(found or dev, None)[:64])
    if plans[1]:
        train(model, partial(taught, teacher=teacher), plans[1], dev, kept[1], distil.RATE)
    else:
        model.load_state_dict(torch.load(kept[1]))
    if options.write:
        write(model, dev)


def write(model: Tagger, dev: list[Labelled]) -> None:
    """Writes network and vocabulary into the package, and prints how like its outputs are to those before quantisation."""
    ids, features, _ = batch(epoch(dev, None)[:8])
    likeness = write_onnx(model, {"ids": ids, "features": features}, OUTPUTS, DATA / "attribution.onnx")
    tokenizer_of(package_folder()).save(str(DATA / "pieces.json"), pretty=False)
    print(f"least cosine in 8 bits: {likeness:.4f}")


if __name__ == "__main__":
    main()
