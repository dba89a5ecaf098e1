"""A seeded collection of raw files for measuring: Zipf-like words, shared boilerplate, a third of copies."""

from __future__ import annotations

import random
from itertools import accumulate
from pathlib import Path

SYLLABLES = (
    *("ba", "be", "bo", "da", "de", "dor", "el", "en", "fa", "gar", "ha", "il", "ka", "len", "lo", "ma", "mer", "na"),
    *("nor", "o", "pa", "ra", "ren", "sa", "sel", "ta", "tor", "u", "va", "ven", "wi", "zo"),
)
SITES = 40
VOCABULARY = 20_000
PARAGRAPHS = (6, 10)
"""Paragraphs of a text, least and most: raw files of 3.7 KB on average."""


def write(folder: Path, pages: int, seed: int = 1, paragraphs: tuple[int, int] = PARAGRAPHS) -> int:
    """Write ``pages`` raw files below ``folder``/raw, one folder a site; gives their bytes in all."""
    rng = random.Random(seed)
    words = _vocabulary(rng)
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    boilerplate = [_boilerplate(rng, words, weights, site) for site in range(SITES)]
    articles: list[list[str]] = []
    size = 0
    for number in range(pages):
        site = rng.randrange(SITES)
        if articles and number % 3 == 2:
            article = _copied(rng, articles[rng.randrange(max(0, len(articles) - 500), len(articles))], words, weights)
        else:
            article = [_sentence(rng, words, weights, rng.randint(8, 12) * 8) for _ in range(rng.randint(*paragraphs))]
            articles.append(article)
        data = _page(rng, article, boilerplate[site], words, weights, number).encode()
        path = folder / "raw" / f"site-{site:02}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        size += len(data)
    return size


def _vocabulary(rng: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4)))] = None
    return sorted(words, key=lambda word: (len(word), word))


def _sentence(rng: random.Random, words: list[str], weights: list[float], length: int) -> str:
    chosen = rng.choices(words, cum_weights=weights, k=length)
    for at in range(0, length, 14):
        chosen[at] = chosen[at].capitalize()
        if at:
            chosen[at - 1] += "."
    return " ".join(chosen) + "."


def _boilerplate(rng: random.Random, words: list[str], weights: list[float], site: int) -> tuple[list[str], list[str]]:
    name = f"The {words[1000 + site].capitalize()} Post"
    menu = ["Home", "News", "Opinion", "Sport", f"About {name}", "Search"]
    foot = ["Share this:", "Facebook", "Twitter", "Email", f"© 2017 {name}. All rights reserved."]
    appeal = f"Please support {name} with a donation. " + _sentence(rng, words, weights, 30)
    return [name, *menu], [appeal, *foot]


def _copied(rng: random.Random, article: list[str], words: list[str], weights: list[float]) -> list[str]:
    kind = rng.random()
    if kind < 0.5:
        return list(article)
    if kind < 0.8:
        return [p if rng.random() < 0.7 else _sentence(rng, words, weights, 60) for p in article]
    return article[: max(1, len(article) // 2)] + [_sentence(rng, words, weights, 60) for _ in range(4)]


def _page(  # noqa: PLR0917
    rng: random.Random,
    article: list[str],
    boilerplate: tuple[list[str], list[str]],
    words: list[str],
    weights: list[float],
    number: int,
) -> str:
    title = " ".join(rng.choices(words, cum_weights=weights, k=6)).capitalize()
    date = f"{1 + number % 28} March {2010 + number % 10}"
    head, foot = boilerplate
    return (
        "\n\n".join([*head, title, f"By {words[2000 + number % 300].capitalize()} Orlick", date, *article, *foot])
        + "\n"
    )
