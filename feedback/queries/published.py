"""Letters that their hosts have published, for whoever asks: nobody signs in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from feedback.models import Letter, LetterContent, LetterFile, LetterShare
from feedback.queries.redacting import newest_redacted
from feedback.states import STANDING, Audience

PER_PAGE = 50


@dataclass(frozen=True)
class Published:
    """A letter that is or was public. Gone (withdrawn, or replaced): without its words."""

    letter: Letter
    share: LetterShare
    content: LetterContent | None
    replaced_by: Letter | None = None

    @property
    def is_gone(self) -> bool:
        return self.content is None


def published(reference: str) -> Published | None:
    """By the reference on its face; None where it was never public."""
    share = (
        LetterShare.objects.public()
        .filter(letter__reference=reference)
        .select_related("letter__challenge__round__region", "letter__challenge__host__authority")
        .defer("letter__pdf")
        .order_by("-shared_at", "-pk")
        .first()
    )
    if share is None:
        return None
    letter = share.letter
    if letter.is_replaced:
        return Published(letter, share, None, _published_successor(letter))
    if share.withdrawn_at is not None:
        return Published(letter, share, None)
    return Published(letter, share, content_shared(letter, redacted=share.redacted))


def content_shared(letter: Letter, *, redacted: bool) -> LetterContent:
    """The letter's words, or those that its redacted version has left."""
    if not redacted:
        return letter.frozen_content
    return LetterContent.from_json(_redacted_version(letter).content or {})


def published_pdf(found: Published) -> bytes:
    if not found.share.redacted:
        return found.letter.sealed_pdf
    return _redacted_version(found.letter).kept_data


def published_letters(*, page: int = 1) -> Page[Any]:
    """All that are public now, by region and host, the newest of each first."""
    shares = (
        LetterShare.objects.public()
        .live()
        .filter(letter__state__in=STANDING)
        .select_related(
            "letter__challenge__round__region",
            "letter__challenge__host__authority",
            "letter__challenge__host__self_assessment__area",
        )
        .defer("letter__pdf", "letter__sent_content")
        .order_by(
            "letter__challenge__round__region__name",
            "letter__challenge__host__authority__name",
            "-letter__issued_on",
            "pk",
        )
    )
    return Paginator(shares, PER_PAGE).get_page(page)


def _redacted_version(letter: Letter) -> LetterFile:
    made = newest_redacted(letter, made=True)
    assert made is not None  # noqa: S101 - shared redacted only once it was made
    return made


def _published_successor(letter: Letter) -> Letter | None:
    """The letter that now stands in its place, where that is public."""
    while letter.is_replaced:
        after = Letter.objects.filter(supersedes=letter).defer("pdf").first()
        if after is None:
            return None
        letter = after
    public = letter.shares.live().filter(audience=Audience.PUBLIC).exists()
    return letter if public else None
