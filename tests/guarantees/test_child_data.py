"""Guarantee 16: a child's details are noticed, and plain council prose is left alone."""

import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from peerchallenge.demo import content
from peerchallenge.shared.personal_data import find
from tests.guarantees.child_data_corpus import Snippet, checksummed, clean, corpus, phrases


def recall(snippets: list[Snippet]) -> tuple[float, list[Snippet]]:
    missed = [one for one in snippets if one.kind not in {found.kind for found in find(one.text)}]
    return 100 * (1 - len(missed) / len(snippets)), missed


def words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_of(part)


def demo_texts() -> list[str]:
    files = sorted(Path(content.__file__).parent.glob("*.toml"))
    return [text for file in files for text in texts_of(tomllib.loads(file.read_text()))]


def test_a_child_s_details_are_noticed_and_council_prose_is_left_alone(
    figure: Callable[[str], None],
) -> None:
    assert len(corpus()) >= 300
    assert len(clean()) * 2 >= len(corpus())
    by_sum, missed_by_sum = recall(checksummed())
    by_words, missed_by_words = recall(phrases())
    prose = [*(one.text for one in clean()), *demo_texts()]
    alarms = [found for text in prose for found in find(text)]
    rate = 10_000 * len(alarms) / words(prose)
    corpus_alarms = [found for one in clean() for found in find(one.text)]
    corpus_rate = 10_000 * len(corpus_alarms) / words([one.text for one in clean()])
    figure(
        f"guarantee 16: {len(corpus())} snippets, {len(clean())} of them clean. "
        f"{by_sum:.1f} % of {len(checksummed())} checksummed numbers and {by_words:.1f} % of "
        f"{len(phrases())} phrases noticed; {len(alarms)} false alarms in {words(prose):,} "
        f"words of prose ({rate:.1f} in 10,000), {len(corpus_alarms)} of them in the snippets "
        f"written to look alike ({corpus_rate:.1f})."
    )
    assert by_sum >= 95, missed_by_sum
    assert by_words >= 80, missed_by_words
    assert rate <= 2, alarms
    assert corpus_rate <= 2, corpus_alarms


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * 50_000,
        "1 " * 25_000,
        "07700 " * 8_400,
        "A" * 50_000,
        "Aa-" * 16_700,
        "Mia, " * 10_000,
        "Mia aged " * 5_600,
        "born " * 10_000,
        "born" + " " * 50_000,
        "b.1." * 12_500,
        "NHS number" + " " * 50_000,
        "NHS no " * 7_200,
        "seven year old " * 3_400,
        "Child " * 8_400,
        "dob(" * 12_500,
    ],
    ids=lambda text: text[:10],
)
def test_a_hostile_text_takes_no_longer_than_its_length(hostile: str) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        find(text)
        return time.process_time() - start

    seconds(hostile[:100])
    assert seconds(hostile[:50_000]) < 2
