"""The reminder of a letter, to whoever has it on the day that it is sent."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY, Role
from feedback import queries
from feedback.models import LetterReminder
from feedback.states import LetterStep
from peerchallenge.shared.mail import Mail, address, send_each
from rounds.models import Challenge

S = LetterStep
ASKED = {
    S.DRAFT: "write the feedback letter and send it to the host for its check",
    S.REPLY: "check the facts in the draft of your feedback letter",
    S.CHANGES: "make the changes that were asked for, and hand the letter on",
    S.APPROVAL: "read the letter, then approve it or send it back",
    S.ISSUE: "issue the letter, which is approved",
}


def remind_of_letter(reminder: LetterReminder) -> None:
    """Not where it has gone on, or its day has moved, since it was promised."""
    challenge = Challenge.objects.with_both_sides().get(pk=reminder.challenge_id)
    found = queries.to_remind(challenge, timezone.localdate())
    if found is None or not found.is_as(reminder):
        return
    context = {
        "challenge": challenge,
        "due": reminder.due,
        "late": found.late,
        "asked": ASKED[found.step],
        "replies": found.step == S.REPLY,
        "said": queries.due_said("This", reminder.due, timezone.localdate()),
        "link": _page(found),
    }
    mails = [Mail(user.email, {"user": user, **context}) for user in _people(found)]
    send_each("feedback/remind_of_letter", mails)


def _page(found: queries.Reminding) -> str:
    if found.letter is None:
        return address("challenge_findings", found.challenge.pk)
    if found.step == S.ISSUE:
        return address("round_letters", found.challenge.round_id)
    page = {S.DRAFT: "letter_edit", S.CHANGES: "letter_edit", S.REPLY: "letter_accuracy"}
    return address(page.get(found.step, "letter"), found.letter.pk)


def _people(found: queries.Reminding) -> Iterable[User]:
    challenge, in_post = found.challenge, User.objects.in_post
    team = challenge.team.current()
    match found.step:
        case S.REPLY:
            return in_post(*ACTS_FOR_AUTHORITY, authority=challenge.host_authority)
        case S.APPROVAL:
            approvers = in_post(Role.APPROVER, region=challenge.round.region)
            return approvers.exclude(pk__in=team.values("user"))
        case S.ISSUE:
            return in_post(Role.BOARD_OFFICER, region=challenge.round.region)
    return User.objects.filter(is_active=True, seats__in=team.leads())
