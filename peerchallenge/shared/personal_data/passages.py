"""What was found in a text with the words around it, for somebody to take out or say it is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.crypto import salted_hmac

from peerchallenge.shared import personal_data

Confirmed = TypeVar("Confirmed")
AROUND = 60


@dataclass(frozen=True)
class Written:
    """A text: what it counts as the same under, where it stands, and where it is changed."""

    key: str
    section: str
    place: str
    url: str
    text: str


@dataclass(frozen=True)
class Detail(Generic[Confirmed]):
    """One thing that was found, with the words around it, and who said that it is none."""

    kind: str
    label: str
    text: str
    before: str
    after: str
    section: str
    place: str
    url: str
    fingerprint: str
    confirmed: Confirmed | None


def details_in(
    texts: Iterable[Written], confirmed: Mapping[str, Confirmed], *, salt: str
) -> list[Detail[Confirmed]]:
    """All in the order of the texts; the same thing twice in a place is one.

    `confirmed` is by fingerprint. That is keyed: nobody can try all numbers against it without
    our key.
    """
    found: dict[str, Detail[Confirmed]] = {}
    for written in texts:
        for one in personal_data.find(written.text):
            value = f"{written.key}\n{personal_data.fingerprint(one)}"
            fingerprint = salted_hmac(salt, value, algorithm="sha256").hexdigest()
            detail = Detail(
                one.kind,
                one.label,
                one.text,
                written.text[max(0, one.start - AROUND) : one.start],
                written.text[one.end : one.end + AROUND],
                written.section,
                written.place,
                written.url,
                fingerprint,
                confirmed.get(fingerprint),
            )
            found.setdefault(fingerprint, detail)
    return list(found.values())
