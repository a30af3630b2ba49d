"""What in a letter looks like a child's details, and who said that it is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.crypto import salted_hmac

from feedback.models import Letter, LetterDetail
from feedback.queries.composing import letter_content
from feedback.queries.places import Place, places_of
from peerchallenge.shared import personal_data

AROUND = 60
# Who wrote, whom it goes to and what follows by when are nobody's case.
WRITTEN = ("part", "finding", "line")


@dataclass(frozen=True)
class LetterDetailFound:
    """One thing that was found, with the words around it."""

    kind: str
    label: str
    text: str
    before: str
    after: str
    section: str
    place: str
    url: str
    fingerprint: str
    confirmed: LetterDetail | None = None


def letter_details(letter: Letter) -> list[LetterDetailFound]:
    """Everything found in the letter as it stands; the same thing twice in a place is one."""
    confirmed = {one.fingerprint: one for one in letter.confirmed.select_related("confirmed_by")}
    found: dict[str, LetterDetailFound] = {}
    for place in places_of(letter_content(letter)):
        if place.place.startswith(WRITTEN):
            for detail in _found_in(letter, place):
                found.setdefault(detail.fingerprint, detail)
    return [
        replace(detail, confirmed=confirmed.get(fingerprint))
        for fingerprint, detail in found.items()
    ]


def letter_details_to_settle(letter: Letter) -> list[LetterDetailFound]:
    """What nobody has put their name to yet."""
    return [detail for detail in letter_details(letter) if detail.confirmed is None]


def noted_details_to_settle(letter: Letter) -> list[LetterDetailFound]:
    """What the host's notes hold of it before they are sent, and nobody has put their name to."""
    confirmed = set(letter.confirmed.values_list("fingerprint", flat=True))
    found: dict[str, LetterDetailFound] = {}
    for point in letter.points.noted():
        for detail in _found_in(letter, Place(point.place, "What is noted as wrong", point.wrong)):
            found.setdefault(detail.fingerprint, detail)
    return [one for one in found.values() if one.fingerprint not in confirmed]


def _found_in(letter: Letter, place: Place) -> Iterator[LetterDetailFound]:
    to = "challenge_findings" if place.place.startswith("finding") else "letter_edit"
    at = letter.challenge_id if to == "challenge_findings" else letter.pk
    for one in personal_data.find(place.text):
        yield LetterDetailFound(
            one.kind,
            one.label,
            one.text,
            place.text[max(0, one.start - AROUND) : one.start],
            place.text[one.end : one.end + AROUND],
            place.heading,
            "in the letter",
            reverse(to, args=[at]),
            _fingerprint(place, one),
        )


def _fingerprint(place: Place, found: personal_data.Found) -> str:
    """Of a thing under its heading. Keyed: nobody can try all numbers against it without our
    key."""
    value = f"{place.heading}\n{personal_data.fingerprint(found)}"
    return salted_hmac("feedback.details", value, algorithm="sha256").hexdigest()
