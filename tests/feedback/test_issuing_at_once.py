"""Several people issue at the same moment: one number a letter, none lost, nobody stuck."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from authorities.states import Role
from feedback import actions
from feedback.models import Letter, LetterPart
from feedback.states import LetterState
from peerchallenge.audit.actions import CLOCK
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds.models import Round
from tests.world import World, fresh

LETTERS = 6
at_once = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"
)


def approved(world: World) -> list[Letter]:
    """One letter by the whole path, and later versions of it beside it."""
    first = world.letter_approved()
    letters = [first]
    for version in range(2, LETTERS + 1):
        letter = Letter.objects.create(
            challenge=first.challenge,
            version=version,
            state=LetterState.APPROVED,
            drafted_by=first.drafted_by,
            approved_by=first.approved_by,
            approved_at=timezone.now(),
        )
        LetterPart.objects.create(letter=letter, key="x", position=1, heading="X", text="x")
        letters.append(letter)
    return letters


def together(*acts: Callable[[], object]) -> list[object]:
    """Each in a thread and a connection of its own, started at the same moment."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        close_old_connections()
        ready.wait()
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@at_once
@pytest.mark.django_db(transaction=True)
def test_every_letter_gets_one_number_when_all_and_single_ones_are_issued_at_once() -> None:
    world = World()
    letters = approved(world)
    round, second = Round.objects.get(), world.person(Role.BOARD_OFFICER)

    def issue_all() -> object:
        return actions.issue_all_letters(round, by=fresh(world.officer))

    def issue(letter: Letter) -> Callable[[], object]:
        return lambda: actions.issue_letter(letter, by=fresh(second))

    together(issue_all, issue_all, issue_all, *(issue(letter) for letter in reversed(letters)))

    numbers = sorted(Letter.objects.values_list("number", flat=True))
    assert numbers == list(range(1, LETTERS + 1))
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.ISSUING}
    world.region.refresh_from_db()
    assert world.region.letters_issued == LETTERS
    asked = Event.objects.filter(verb="letter.issue_requested").values_list("subject_id", flat=True)
    assert sorted(asked) == sorted(letter.pk for letter in letters)
    promised = Effect.objects.filter(task="feedback.render_letter")
    assert sorted(promised.values_list("argument", flat=True)) == sorted(asked)


@at_once
@pytest.mark.django_db(transaction=True)
def test_two_workers_with_a_pdf_of_one_letter_seal_it_once() -> None:
    world = World()
    letter = world.letter_issuing()
    sealed = [lambda n=n: actions.seal_letter(letter, b"%%PDF-%d" % n, by=CLOCK) for n in range(4)]
    together(*sealed)
    letter.refresh_from_db()
    assert letter.sealed_pdf.startswith(b"%PDF-")
    assert Event.objects.filter(verb="letter.issued").count() == 1
    assert Effect.objects.filter(task="feedback.tell_host_issued").count() == 1


@at_once
@pytest.mark.django_db(transaction=True)
def test_of_the_host_and_the_clock_only_the_first_replies() -> None:
    world = World()
    letter = world.letter_with_host()
    Letter.objects.filter(pk=letter.pk).update(
        sent_to_host_at=timezone.now() - timezone.timedelta(days=30)
    )
    host = world.director_of(letter.challenge.host_authority)
    together(
        lambda: actions.reply_on_accuracy(letter, agrees=False, comment="No", by=fresh(host)),
        lambda: actions.count_silence_as_agreement(letter, by=CLOCK),
    )
    assert letter.replies.count() == 1
    assert Event.objects.filter(verb="letter.accuracy_replied").count() == 1


@at_once
@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_the_same_part_one_is_shown_both_texts() -> None:
    world = World()
    letter = world.letter_drafted()
    lead, member = world.lead_of(letter.challenge), world.member_of(letter.challenge)
    seen = {part.key: part.seen for part in letter.parts.all()}

    def write(text: str, by: object) -> Callable[[], object]:
        def act() -> object:
            try:
                return actions.edit_letter(letter, {"headlines": text}, seen=seen, by=by)
            except actions.OverwriteRefused as refused:
                return refused

        return act

    answers = together(write("The lead’s", lead), write("The member’s", member))
    refused = [answer for answer in answers if isinstance(answer, actions.OverwriteRefused)]
    assert len(refused) == 1
    kept = letter.parts.get(key="headlines").text
    assert [part.text for part in refused[0].theirs] == [kept]
    assert kept in {"The lead’s", "The member’s"}
