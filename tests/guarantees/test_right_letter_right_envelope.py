"""Guarantee 5: each letter's PDF says what that letter says and nothing of another; its mails go to
those who hold a post today, and say nothing of it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import timedelta

from django.core import mail
from django.utils import timezone

from authorities.models import Membership
from authorities.states import Role
from feedback import actions
from feedback.models import Letter
from feedback.states import FindingKind, LetterState
from rounds.actions import follow_calendar
from rounds.models import Challenge
from rounds.states import ChallengeState
from tests.world import World, run_effects

LETTERS = 16
TOKEN = re.compile(r"tok(?:part|find)\w+?z")


def written(world: World, challenge: Challenge) -> Letter:
    """Approved; a token of its own in every part of its text and in its finding."""
    lead = world.lead_of(challenge)
    follow_calendar(challenge, ChallengeState.ON_SITE, by=lead)
    for kind in (FindingKind.STRENGTH, FindingKind.GOOD_PRACTICE):
        actions.record_finding(
            challenge,
            kind=kind,
            theme="Leadership and direction",
            team_text="As the team puts it",
            letter_text=f"tokfind{challenge.pk}{kind[0]}z is what we found",
            by=lead,
        )
    letter = actions.draft_letter(challenge, by=lead)
    texts = {part.key: f"tokpart{challenge.pk}n{part.position}z" for part in letter.parts.all()}
    actions.edit_letter(letter, texts, by=lead)
    letter = actions.send_letter_to_host(letter, by=lead)
    host = world.director_of(challenge.host_authority)
    actions.reply_on_accuracy(letter, agrees=True, by=host)
    return actions.approve_letter(letter, by=world.approver)


def text_of(pdf: bytes) -> str:
    run = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()


def test_each_letter_goes_whole_to_those_it_is_for_and_to_nobody_else(
    db: None, figure: Callable[[str], None]
) -> None:
    world = World(LETTERS)
    round = world.booked()
    letters = [written(world, one) for one in round.challenges.with_both_sides()]
    run_effects()
    # One host changes its director before the letters go out.
    changed = letters[0].challenge.host_authority
    gone = world.director_of(changed)
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=gone).update(to_date=yesterday)
    successor = world.person(Role.DIRECTOR, changed)
    mail.outbox.clear()
    actions.issue_all_letters(round, by=world.officer)
    run_effects()

    sealed = list(Letter.objects.filter(state=LetterState.ISSUED).order_by("pk"))
    tokens = {one.pk: set(TOKEN.findall(text_of(one.sealed_pdf))) for one in sealed}
    strange = missing = 0
    for one in sealed:
        own = {f"tokpart{one.challenge_id}n{part.position}z" for part in one.parts.all()}
        own |= {f"tokfind{one.challenge_id}{kind}z" for kind in "sg"}
        strange += len(tokens[one.pk] - own)
        missing += len(own - tokens[one.pk])
    told, wrong, content = 0, 0, 0
    for message in mail.outbox:
        (pk,) = {int(found) for found in re.findall(r"/letters/(\d+)", message.body)}
        letter = next(one for one in sealed if one.pk == pk)
        host = letter.challenge.host_authority
        own, team = host.memberships.current(), letter.challenge.team.current()
        may = {held.user.email for held in (*own, *team)}
        told += 1
        wrong += len(set(message.to) - may)
        content += bool(TOKEN.search(message.subject + message.body)) + len(message.attachments)
    figure(
        f"guarantee 5: {len(sealed)} letters with {sum(map(len, tokens.values()))} tokens, "
        f"{strange} of another letter, {missing} missing; {told} mails, {wrong} to people without "
        f"a post, {content} with content"
    )
    assert len(sealed) == LETTERS
    assert (strange, missing, wrong, content) == (0, 0, 0, 0)
    everybody = {receiver for message in mail.outbox for receiver in message.to}
    assert successor.email in everybody
    assert gone.email not in everybody
    assert told >= 2 * LETTERS
