"""The line model: pages with known bodies, and variants of them -> the weights of the network (training/labels.py)."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from benchmarks.known_claims import Row
from stemma.clean.labels.features import SLOTS, describe_lines
from stemma.clean.labels.line_model import Weights, read_weights
from stemma.clean.lines.segment import segment
from training.alignment import BODY, COMMENT, Marked, mark
from training.network import Network, exported
from training.threads import plain
from training.variants import vary

FOLDS = 5
"""Parts of the sites, each left out once to measure what the rest teaches."""
VARIANTS = 2
"""Variants made of each page."""
EPOCHS = 5
"""Passes over as many pages as there are; twelve were too many for sites not seen (docs/accuracy.md)."""
LINES = 6000
"""Lines of a training step."""
RATE = 3e-3
DECAY = 0.05
KEPT = 0.995
"""The stored weights are an exponential moving mean of those of the steps; this share of it is kept at each step."""


@dataclass(frozen=True, slots=True)
class PageArrays:
    """A page as the network sees it: a row a non-blank line."""

    domain: str
    numbers: np.ndarray
    words: np.ndarray
    states: np.ndarray
    weights: np.ndarray


def folds(domains: Sequence[str], count: int) -> dict[str, int]:
    """Each site's fold, the same every time."""
    shuffled = sorted(set(domains))
    random.Random(7).shuffle(shuffled)  # noqa: S311
    return {domain: at % count for at, domain in enumerate(shuffled)}


def folds_of_files(files: Sequence[Sequence[str]], count: int) -> dict[str, int]:
    """The fold of each site of several files: those of the first as :func:`folds` deals them, the others by a hash.

    So the folds of the first file stay the same whatever is added to it.
    """
    dealt = folds(files[0], count)
    for domain in (domain for file in files[1:] for domain in file):
        dealt.setdefault(domain, int(hashlib.sha256(domain.encode()).hexdigest(), 16) % count)
    return dealt


def prepare(
    rows: Sequence[Row], fold: Mapping[str, int], *, scripts: bool
) -> tuple[list[PageArrays], list[PageArrays]]:
    """The pages and their variants, some in other scripts if asked. A variant borrows from pages of its own fold."""
    chance = random.Random(5)  # noqa: S311
    marked = [mark(row["raw_text"], row["gold_body"] or "") for row in rows]
    pages, varied = [], []
    for number in sorted(set(fold.values())):
        inside = [(row, page) for row, page in zip(rows, marked, strict=True) if fold[row["domain"]] == number]
        real = comments(inside)
        for row, page in inside:
            pages.append(arrays_of(row["domain"], page))
            for _ in range(VARIANTS):
                one = arrays_of(row["domain"], vary(page, chance, real, chance.choice(inside)[1], scripts=scripts))
                if (one.states == BODY).any():
                    varied.append(one)
    return pages, varied


def comments(pages: Sequence[tuple[Row, Sequence[Marked]]]) -> list[list[str]]:
    """The real comments of the pages, site by site."""
    found: dict[str, list[str]] = defaultdict(list)
    for row, page in pages:
        if row["flavour"] in ("page", "paras"):
            found[row["domain"]] += [
                plain(line.text.strip()) for line in page if line.state == COMMENT and line.words >= 4
            ]
    return [sorted(set(one)) for one in found.values() if len(one) > 3]


def arrays_of(domain: str, page: Sequence[Marked]) -> PageArrays:
    """A page as numbers; lines weigh by their share of the body's words, and a little each."""
    lines = segment("\n".join(line.text for line in page))
    numbers, words = describe_lines(lines)
    chosen = [page[line.number - 1] for line in lines]
    states = np.array([line.state for line in chosen], dtype=np.int64)
    sizes = np.array([line.words for line in chosen], dtype=np.float32)
    weights = np.minimum(sizes / max(1, sizes[states == BODY].sum()), 0.2) + 0.25 / max(1, len(lines))
    return PageArrays(domain, numbers.astype(np.float16), words.astype(np.int16), states, weights.astype(np.float32))


def batches(sheets: Sequence[PageArrays], chance: random.Random) -> list[list[PageArrays]]:
    """Sheets of about the same length together, in a random order."""
    grouped: list[list[PageArrays]] = []
    for one in sorted(sheets, key=lambda one: len(one.states) + chance.random() * 40):
        if not grouped or (len(grouped[-1]) + 1) * len(one.states) > LINES:
            grouped.append([])
        grouped[-1].append(one)
    chance.shuffle(grouped)
    return grouped


def padded(batch: Sequence[PageArrays], mean: np.ndarray, scale: np.ndarray) -> Iterator[torch.Tensor]:
    """Numbers, words, mask, states, weights of a batch as tensors of one length."""
    shape = len(batch), max(len(one.states) for one in batch)
    numbers = np.zeros((*shape, len(mean)), np.float32)
    words = np.zeros((*shape, SLOTS), np.int64)
    mask, weights = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    states = np.zeros(shape, np.int64)
    for at, one in enumerate(batch):
        size = len(one.states)
        numbers[at, :size] = (one.numbers.astype(np.float32) - mean) / scale
        words[at, :size], mask[at, :size] = one.words, 1
        states[at, :size], weights[at, :size] = one.states, one.weights
    return map(torch.from_numpy, (numbers, words, mask, states, weights))


def learn(pages: Sequence[PageArrays], varied: Sequence[PageArrays], seed: int = 0) -> dict[str, np.ndarray]:
    """Train the network; half of each epoch's pages are real, half variants. Gives the arrays to be stored."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311
    stacked = np.concatenate([one.numbers.astype(np.float32) for one in pages])
    mean, scale = stacked.mean(axis=0), stacked.std(axis=0) + np.float32(0.01)
    del stacked
    network = Network(len(mean))
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    half = len(pages) // 2
    total = EPOCHS * len(batches(pages, chance))
    step = 0
    averaged: dict[str, torch.Tensor] = {}
    for epoch in range(EPOCHS):
        network.train()
        losses = []
        for batch in batches(chance.sample(pages, half) + chance.sample(varied, min(half, len(varied))), chance):
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, step / 200) * max(0.02, 1 - step / total)
            step += 1
            losses.append(_step(network, optimiser, list(padded(batch, mean, scale))))
            if step > 0.3 * total:
                for name, value in network.state_dict().items():
                    averaged[name] = KEPT * averaged.get(name, value) + (1 - KEPT) * value
        print(f"epoch {epoch}: loss {sum(losses) / len(losses):.3f}", flush=True)
    return exported(averaged, mean, scale)


def _step(network: Network, optimiser: torch.optim.Optimizer, batch: Sequence[torch.Tensor]) -> float:
    numbers, words, mask, states, weights = batch
    words = words * (torch.rand(words.shape) > 0.3) * (torch.rand(len(words), 1, 1) > 0.1)
    chances = network(numbers, words, mask)
    losses = functional.nll_loss(chances.flatten(0, 1), states.flatten(), reduction="none").reshape(states.shape)
    loss = (losses * weights).sum() / len(words)
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return float(loss.item())


def read_file(path: Path) -> Weights:
    """The weights of a file as :func:`learn` makes them."""
    with path.open("rb") as stream:
        return read_weights(stream)
