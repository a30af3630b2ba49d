"""Which findings say nearly the same: a suggestion, from the words they share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log

# How much of what two texts say they must say both, from 0 to 1, before a pair is suggested.
ALIKE = 0.35
FEWEST_SHARED = 2
# So that the page answers at once whatever is noted: a finding says what it says early, and a
# word of every text tells nothing.
MOST_WORDS, MOST_HOLDERS = 120, 100
WORD = re.compile(r"[^\W\d_]{3,}")
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "edly", "ed", "es", "ly", "s", "y", "e")
SHORTEST_STEM = 4
# Words that tell nothing of what a finding is about.
PLAIN_WORDS = (
    "about after again all also and any are because been before being between both but can "
    "could did does done down each even every few for from had has have her here him his how "
    "into its just like many may more most much need not now off often only other our out over "
    "own said same saw see she should some still such than that the their them then there "
    "these they this those through told too under until very was well were what when where "
    "which while who why will with would yet you your"
)
PLAIN = frozenset(PLAIN_WORDS.split())


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two texts by their keys; `score` from 0 to 1, `shared`: words of both, rarest first."""

    first: int
    second: int
    score: float
    shared: tuple[str, ...]


def likely_pairs(texts: Mapping[int, str], *, at_least: float = ALIKE) -> list[LikelyPair]:
    """Pairs of texts, key to text, that share much of what they say; the most alike first.

    Each word counts by how rare it is among all of the texts (Dice’s coefficient over words
    weighted by their inverse document frequency).
    """
    said = {key: _words(text) for key, text in texts.items()}
    holders = Counter(stem for words in said.values() for stem in words)
    weight = {stem: log((len(said) + 1) / number) for stem, number in holders.items()}
    total = {key: sum(weight[stem] for stem in words) for key, words in said.items()}
    pairs = []
    for (first, second), number in _together(said).items():
        if number < FEWEST_SHARED:
            continue
        shared = said[first].keys() & said[second].keys()
        score = 2 * sum(weight[stem] for stem in shared) / (total[first] + total[second])
        if score >= at_least:
            rarest = sorted(shared, key=lambda stem: (-weight[stem], stem))
            words = tuple(said[first][stem] for stem in rarest)
            pairs.append(LikelyPair(first, second, round(score, 3), words))
    return sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second))


def _together(said: Mapping[int, Mapping[str, str]]) -> Counter[tuple[int, int]]:
    """How many words each pair of texts has in common; a pair with none is not there."""
    having: dict[str, list[int]] = {}
    for key in sorted(said):
        for stem in said[key]:
            having.setdefault(stem, []).append(key)
    telling = (keys for keys in having.values() if len(keys) <= MOST_HOLDERS)
    return Counter(pair for keys in telling for pair in _pairs(keys))


def _pairs(keys: list[int]) -> Iterable[tuple[int, int]]:
    return combinations(keys, 2)


def _words(text: str) -> dict[str, str]:
    """Stem to the word as it first stands in the text."""
    found: dict[str, str] = {}
    for word in WORD.findall(text.casefold()):
        if word not in PLAIN:
            found.setdefault(_stem(word), word)
        if len(found) == MOST_WORDS:
            break
    return found


def _stem(word: str) -> str:
    """Without its ending, so that “calls” and “calling” count as one."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
