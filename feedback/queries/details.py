"""What in a letter looks like a child's details, and who said that it is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse

from feedback.models import Letter, LetterContent, LetterDetail
from feedback.queries.composing import letter_content
from feedback.queries.host_texts import Draft
from feedback.queries.places import Place, places_of
from peerchallenge.shared.personal_data.passages import Detail, Written, details_in

# Who wrote, whom it goes to and what follows by when are nobody's case.
WRITTEN = ("part", "finding", "line", "activity")
ANSWER = "answer"


def letter_details(letter: Letter, says: LetterContent | None = None) -> list[Detail[LetterDetail]]:
    """Everything found in the letter as it stands; the same thing twice in a place is one.

    `says`: what it says now, where the caller has composed it already.
    """
    content = says or letter_content(letter)
    places = [one for one in places_of(content) if one.place.startswith(WRITTEN)]
    return _found_in(letter, [*_headings(content), *places, *_answers(letter)])


def letter_details_to_settle(
    letter: Letter, says: LetterContent | None = None
) -> list[Detail[LetterDetail]]:
    """What nobody has put their name to yet."""
    return [detail for detail in letter_details(letter, says) if detail.confirmed is None]


def noted_details_to_settle(letter: Letter) -> list[Detail[LetterDetail]]:
    """What the host's notes hold of it before they are sent, and nobody has put their name to."""
    noted = [
        Place(point.place, "What is noted as wrong", point.wrong) for point in letter.points.noted()
    ]
    return [one for one in _found_in(letter, noted, "noted") if one.confirmed is None]


def host_text_details_to_settle(letter: Letter, draft: Draft) -> list[Detail[LetterDetail]]:
    """What the host's thanks or summary hold of it, and nobody has put their name to."""
    texts = [Place(part["key"], part["heading"], part["text"]) for part in draft.parts]
    return [one for one in _found_in(letter, texts, draft.kind) if one.confirmed is None]


def _headings(content: LetterContent) -> Iterator[Place]:
    """The team words them too."""
    for part in (*content.opening, *content.parts, *content.closing):
        yield Place("part:heading", part.heading, part.heading)
    for found in content.themes:
        yield Place("finding:theme", found.theme, found.theme)


def _answers(letter: Letter) -> Iterator[Place]:
    """What the lead says to the host's points goes to the host with the letter."""
    for point in letter.points.sent().exclude(answer=""):
        yield Place(ANSWER, "Your answers to the host", point.answer)


def _found_in(letter: Letter, places: Iterable[Place], of: str = "") -> list[Detail[LetterDetail]]:
    """`of`: of which text, where it is not the letter's; what is confirmed there counts there."""
    confirmed = {one.fingerprint: one for one in letter.confirmed.select_related("confirmed_by")}
    return details_in(_texts(letter, places, of), confirmed, salt="feedback.details")


def _texts(letter: Letter, places: Iterable[Place], of: str) -> Iterator[Written]:
    for one in places:
        to, at = "letter_edit", letter.pk
        if one.place.startswith("finding"):
            to, at = "challenge_findings", letter.challenge_id
        elif one.place == ANSWER:
            to = "letter_points"
        where = "in what you wrote" if of else "in the letter"
        key = f"{of}\n{one.heading}" if of else one.heading
        yield Written(key, one.heading, where, reverse(to, args=[at]), one.text)
