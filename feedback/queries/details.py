"""What in a letter looks like a child's details, and who said that it is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse

from feedback.models import Letter, LetterDetail
from feedback.queries.composing import letter_content
from feedback.queries.places import Place, places_of
from peerchallenge.shared.personal_data.passages import Detail, Written, details_in

# Who wrote, whom it goes to and what follows by when are nobody's case.
WRITTEN = ("part", "finding", "line")


def letter_details(letter: Letter) -> list[Detail[LetterDetail]]:
    """Everything found in the letter as it stands; the same thing twice in a place is one."""
    places = places_of(letter_content(letter))
    return _found_in(letter, [one for one in places if one.place.startswith(WRITTEN)])


def letter_details_to_settle(letter: Letter) -> list[Detail[LetterDetail]]:
    """What nobody has put their name to yet."""
    return [detail for detail in letter_details(letter) if detail.confirmed is None]


def noted_details_to_settle(letter: Letter) -> list[Detail[LetterDetail]]:
    """What the host's notes hold of it before they are sent, and nobody has put their name to."""
    noted = [
        Place(point.place, "What is noted as wrong", point.wrong) for point in letter.points.noted()
    ]
    return [detail for detail in _found_in(letter, noted) if detail.confirmed is None]


def _found_in(letter: Letter, places: Iterable[Place]) -> list[Detail[LetterDetail]]:
    confirmed = {one.fingerprint: one for one in letter.confirmed.select_related("confirmed_by")}
    return details_in(_texts(letter, places), confirmed, salt="feedback.details")


def _texts(letter: Letter, places: Iterable[Place]) -> Iterator[Written]:
    for one in places:
        to, at = "letter_edit", letter.pk
        if one.place.startswith("finding"):
            to, at = "challenge_findings", letter.challenge_id
        yield Written(one.heading, one.heading, "in the letter", reverse(to, args=[at]), one.text)
