"""With whom a host shares its letter, from which moment, and until when."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.utils import timezone

from authorities.states import Role
from feedback import actions
from feedback.models import Letter, LetterShare
from feedback.queries.redacting import redactable
from feedback.states import Audience, FileKind, LetterState
from peerchallenge.audit.actions import CLOCK
from peerchallenge.shared.answers import Refused
from tests.feedback.conftest import Happened, again, cast
from tests.world import World, fresh, run_effects

A = Audience
L = LetterState
# Besides the host, the team, the approver and the officers, who read it all along.
READ_WHEN = {
    A.DIRECTORS: {"director_elsewhere"},
    A.COMMITTEE: set[str](),
    A.BOARD: {"chair"},
    A.PUBLIC: {"director_elsewhere", "chair"},
}


def sealed(world: World) -> Letter:
    return again(actions.seal_letter(world.letter_issuing(), b"%PDF-one", by=CLOCK))


def others_who_read(world: World, letter: Letter) -> set[str]:
    everybody = cast(world, letter.challenge)
    return {
        name
        for name in ("chair", "director_elsewhere", "stranger")
        if Letter.objects.visible_to(fresh(everybody[name])).filter(pk=letter.pk).exists()
    }


def test_readers_read_it_from_the_share_until_it_is_withdrawn(world: World) -> None:
    letter = sealed(world)
    director = world.director_of(letter.challenge.host_authority)
    assert others_who_read(world, letter) == set()
    for audience in Audience:
        happened = Happened()
        share = actions.share_letter(letter, audience, by=director)
        assert others_who_read(world, letter) == READ_WHEN[audience]
        assert again(letter).state == (L.PUBLISHED if audience == A.PUBLIC else L.SHARED)
        actions.withdraw_share(share, reason="A fact is wrong.", by=director)
        assert others_who_read(world, letter) == set()
        assert again(letter).state == L.ISSUED
        verb = "letter.published" if audience == A.PUBLIC else "letter.shared"
        assert happened.verbs == [verb, "letter.share_withdrawn"]
        assert happened.promises == [
            "feedback.tell_readers_shared",
            "feedback.tell_readers_withdrawn",
        ]


def test_the_state_follows_the_widest_share(world: World) -> None:
    letter = sealed(world)
    director = world.director_of(letter.challenge.host_authority)
    public = actions.share_letter(letter, A.PUBLIC, by=director)
    board = actions.share_letter(letter, A.BOARD, by=director)
    assert again(letter).state == L.PUBLISHED
    actions.withdraw_share(public, reason="Later.", by=director)
    assert again(letter).state == L.SHARED
    actions.withdraw_share(board, reason="Later.", by=director)
    assert again(letter).state == L.ISSUED


def test_only_the_hosts_director_decides_and_once(world: World) -> None:
    letter = sealed(world)
    everybody = cast(world, letter.challenge)
    for name in set(everybody) - {"director"}:
        with pytest.raises(Refused, match="Only the director of"):
            actions.share_letter(letter, A.BOARD, by=fresh(everybody[name]))
    share = actions.share_letter(letter, A.BOARD, by=everybody["director"])
    with pytest.raises(Refused, match="shared already"):
        actions.share_letter(letter, A.BOARD, by=everybody["director"])
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw_share(share, reason=" ", by=everybody["director"])
    actions.withdraw_share(share, reason="A fact is wrong.", by=everybody["director"])
    with pytest.raises(Refused, match="withdrawn already"):
        actions.withdraw_share(share, reason="Again.", by=everybody["director"])
    with pytest.raises(Refused, match="has not been made"):
        actions.share_letter(letter, A.PUBLIC, redacted=True, by=everybody["director"])


def test_nothing_is_published_in_the_hosts_pre_election_period(world: World) -> None:
    letter = sealed(world)
    host, today = letter.challenge.host_authority, timezone.localdate()
    director = world.director_of(host)
    host.periods.create(
        kind="pre_election",
        first_day=today,
        last_day=today + timezone.timedelta(days=20),
    )
    with pytest.raises(Refused, match=r"Nothing is published in .* pre-election period"):
        actions.share_letter(letter, A.PUBLIC, by=director)
    assert actions.share_letter(letter, A.DIRECTORS, by=director)


def test_mail_goes_to_who_holds_the_post_now_and_carries_a_link_alone(world: World) -> None:
    letter = sealed(world)
    run_effects()
    director = world.director_of(letter.challenge.host_authority)
    gone = world.person(Role.BOARD_MEMBER)
    gone.memberships.update(from_date=date(2020, 1, 1), to_date=date(2021, 1, 1))
    share = actions.share_letter(letter, A.BOARD, by=director)
    mail.outbox.clear()
    run_effects()
    assert [one.to for one in mail.outbox] == [[world.chair.email]]
    assert f"/letters/{letter.pk}" in mail.outbox[0].body
    assert "tokletter" not in mail.outbox[0].body + mail.outbox[0].subject
    actions.withdraw_share(share, reason="tokreason", by=director)
    mail.outbox.clear()
    run_effects()
    assert [one.to for one in mail.outbox] == [[world.chair.email]]
    assert "tokreason" not in mail.outbox[0].body
    directors = actions.share_letter(letter, A.DIRECTORS, by=director)
    mail.outbox.clear()
    run_effects()
    others = {user.email for user in world.directors} - {director.email}
    assert {one.to[0] for one in mail.outbox} == others
    assert LetterShare.objects.live().get() == directors


def test_only_the_hosts_director_and_officers_leave_passages_out(world: World) -> None:
    letter = sealed(world)
    everybody = cast(world, letter.challenge)
    passage = redactable(letter.frozen_content)[0].place
    with pytest.raises(Refused, match="leave passages out"):
        actions.leave_passages_out(letter, [passage], reason="A name", by=everybody["lead_member"])
    assert not letter.redactions.exists()
    actions.leave_passages_out(letter, [passage], reason="A name", by=everybody["director"])
    with pytest.raises(Refused, match="leave passages out"):
        actions.put_passage_back(letter, letter.redactions.get().pk, by=everybody["lead_member"])
    assert letter.redactions.exists()


def test_only_the_hosts_director_and_officers_have_a_redacted_version_made(world: World) -> None:
    letter = sealed(world)
    everybody = cast(world, letter.challenge)
    passage = redactable(letter.frozen_content)[0].place
    actions.leave_passages_out(letter, [passage], reason="A name", by=everybody["director"])
    with pytest.raises(Refused, match="leave passages out"):
        actions.make_redacted_version(letter, by=everybody["lead_member"])
    assert not letter.files.filter(kind=FileKind.REDACTED).exists()
