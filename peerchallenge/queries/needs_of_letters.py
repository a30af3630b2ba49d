"""What is left to do once a letter is issued, and letters of others that somebody may read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from feedback.models import Letter, LetterShare, WrittenByHost
from feedback.queries.issuing import unmade
from feedback.queries.sharing import shared_letters
from feedback.states import FileKind, LetterState
from peerchallenge.queries.needs import Need

# The host may well not thank, nor share: after these weeks nobody is asked any more.
ASKED_FOR = timedelta(weeks=6)


def unmade_needs(user: User) -> Iterator[Need]:
    """To the approver, who alone can send back what no worker can make a PDF of."""
    letters = (
        Letter.objects.visible_to(user)
        .filter(
            challenge__round__region__in=user.regions_where(Role.APPROVER),
            state=LetterState.ISSUING,
        )
        .with_challenge()
    )
    for letter in unmade(letters):
        title = f"The PDF of the letter to {letter.challenge.host_authority} could not be made"
        said = f"See why, and send it back to be put right. {letter.challenge.round.name}."
        yield Need(title, reverse("letter", args=[letter.pk]), said, "Failed", "red")


def issued_needs(user: User, letters: Sequence[Letter]) -> Iterator[Need]:
    """`letters`: issued ones they are a party to. For the host's director, until it thanks,
    and decides of a correction whether those who read the letter before may read it."""
    since = timezone.localdate() - ASKED_FOR
    own = [
        letter
        for letter in letters
        if not letter.is_replaced
        and letter.issued_on
        and letter.issued_on >= since
        and user.holds(Role.DIRECTOR, authority=letter.challenge.host_authority)
    ]
    if not own:
        return
    challenges = [letter.challenge_id for letter in own]
    # Whoever has thanked for a letter need not thank for its correction.
    thanked = WrittenByHost.objects.filter(
        letter__challenge__in=challenges, kind=FileKind.THANKS, sent_at__isnull=False
    )
    done = set(thanked.values_list("letter__challenge", flat=True))
    left = LetterShare.objects.live().filter(
        letter__challenge__in=challenges, letter__state=LetterState.SUPERSEDED
    )
    left_behind = set(left.values_list("letter__challenge", flat=True))
    shared = set(
        LetterShare.objects.filter(letter__in=[one.pk for one in own]).values_list(
            "letter", flat=True
        )
    )
    for letter in own:
        if letter.challenge_id not in done:
            title = "Your letter is issued: thank the team, decide who may read it"
        elif letter.challenge_id in left_behind and letter.pk not in shared:
            title = "Your corrected letter is issued: decide who may read it"
        else:
            continue
        said = f"{letter.reference}, from {letter.challenge.challengers_said}."
        yield Need(title, reverse("letter", args=[letter.pk]), said)


def reads_of_others(user: User) -> bool:
    """Whether there is anything on their page of letters shared with them."""
    reads = user.holds(Role.DIRECTOR, Role.CHAIR, Role.BOARD_MEMBER)
    return reads and shared_letters(user).exists()
