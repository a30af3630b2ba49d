"""Finds what looks like a child's details in a text. It warns; a person decides.

Each kind is one function from a text to what it found. Every pattern is bounded, so a text of
n characters takes time in proportion to n, whoever wrote it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator

from peerchallenge.shared.personal_data import numbers, phrases
from peerchallenge.shared.personal_data.found import Found

__all__ = ["KINDS", "Found", "find", "fingerprint"]

KINDS: tuple[Callable[[str], Iterator[Found]], ...] = (
    numbers.nhs_numbers,
    numbers.pupil_numbers,
    numbers.national_insurance_numbers,
    phrases.dates_of_birth,
    phrases.lettered_children,
    phrases.names_with_age,
    phrases.postcodes,
    numbers.phone_numbers,
    numbers.case_numbers,
)


def find(text: str) -> list[Found]:
    """All that looks like a child's details, in order; of what overlaps, the longest."""
    found = [found for kind in KINDS for found in kind(text)]
    found.sort(key=lambda one: (one.start - one.end, one.start))
    kept: list[Found] = []
    taken = bytearray(len(text))
    for one in found:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def fingerprint(found: Found) -> str:
    """The same for the same detail however it is spaced; says nothing of where it stands."""
    plain = re.sub(r"[\W_]+", "", found.text).casefold()
    return hashlib.sha256(f"{found.kind}\n{plain}".encode()).hexdigest()
