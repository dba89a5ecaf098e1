"""The line model in torch: the same sums as :mod:`stemma.clean.labels.line_model`, made to be learned."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from stemma.clean.labels.features import BAG, BUCKETS
from stemma.clean.labels.line_model import LIMIT, LOOKS, STATES

LAYERS = 6
PLACES = 4


class Network(nn.Module):
    """A table of word vectors, dilated convolutions over lines, and two looks at the whole page."""

    def __init__(
        self, numbers: int, *, vector: int = 12, width: int = 64, signals: int = 32, drop: float = 0.2
    ) -> None:
        """Take the number of numbers a line has; the rest are sizes."""
        super().__init__()
        self.drop = drop
        self.vectors = nn.Embedding(BUCKETS, vector, padding_idx=0)
        nn.init.normal_(self.vectors.weight, 0, 0.1)
        self.entry = nn.Linear(numbers + vector * (1 + PLACES), width)
        self.layers = nn.ModuleList(
            [nn.Conv1d(width, width, 3, dilation=1 << at, padding=1 << at) for at in range(LAYERS)]
        )
        self.gates = nn.ModuleList([nn.Linear(width, signals) for _ in LOOKS])
        self.scans = nn.ModuleList([nn.Linear(2 * signals, width) for _ in LOOKS])
        self.exit = nn.Linear(width, len(STATES))

    def forward(self, numbers: torch.Tensor, words: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Logarithms of the chances of each state, for (pages, lines, ...); ``mask`` is 1 where there is a line."""
        inside = mask[..., None]
        found = self.vectors(words)
        known = (words[:, :, :BAG] > 0).sum(2, keepdim=True).clamp(min=1)
        entry = torch.cat(
            [numbers.clamp(-LIMIT, LIMIT), found[:, :, :BAG].sum(2) / known, found[:, :, BAG:].flatten(2)], -1
        )
        hidden = torch.relu(self.entry(functional.dropout(entry, 0.1, self.training))) * inside
        for at, layer in enumerate(self.layers):
            more = torch.relu(layer(hidden.transpose(1, 2)).transpose(1, 2))
            hidden = (hidden + functional.dropout(more, self.drop, self.training)) * inside
            if at in LOOKS:
                hidden = self._look(hidden, inside, LOOKS.index(at))
        return torch.log_softmax(self.exit(hidden), -1)

    def _look(self, hidden: torch.Tensor, inside: torch.Tensor, look: int) -> torch.Tensor:
        signals = torch.relu(self.gates[look](hidden)) * inside
        above = torch.cumsum(signals, 1)
        around = torch.log1p(torch.cat([above - signals, (above[:, -1:] - above).clamp(min=0)], -1).clamp(min=0))
        more = functional.dropout(torch.relu(self.scans[look](around)), self.drop, self.training)
        return (hidden + more) * inside


def exported(state: Mapping[str, torch.Tensor], mean: np.ndarray, scale: np.ndarray) -> dict[str, np.ndarray]:
    """The arrays :func:`stemma.clean.labels.line_model.read_weights` reads, from what was learned."""
    half = {name: tensor.numpy().astype(np.float16) for name, tensor in state.items()}
    arrays = {
        "mean": mean,
        "scale": scale,
        "vectors": half["vectors.weight"],
        "entry": half["entry.weight"].T,
        "entry_bias": half["entry.bias"],
        "exit": half["exit.weight"].T,
        "exit_bias": half["exit.bias"],
    }
    for at in range(LAYERS):
        arrays[f"kernel_{at}"] = half[f"layers.{at}.weight"].transpose(2, 1, 0)
        arrays[f"bias_{at}"] = half[f"layers.{at}.bias"]
    for at in range(len(LOOKS)):
        for single, plural in (("gate", "gates"), ("scan", "scans")):
            arrays[f"{single}_{at}"] = half[f"{plural}.{at}.weight"].T
            arrays[f"{single}_bias_{at}"] = half[f"{plural}.{at}.bias"]
    return {name: np.ascontiguousarray(array) for name, array in arrays.items()}
