"""What is sent is kept as it was, shared, begun anew."""

from __future__ import annotations

from django.utils import timezone

from authorities.models import User
from peerchallenge.outbox.models import Effect
from rounds import actions
from rounds.models import Participation, SelfAssessment
from rounds.queries import frozen_content
from tests.world import ANSWER_TOKEN, World, run_effects


def test_what_is_sent_is_kept_word_for_word(
    world: World, part: Participation, director: User
) -> None:
    own = actions.submit_self_assessment(world.answered(part), by=director)
    version = own.versions.get()
    today = timezone.localdate()
    assert (version.number, version.sent_by, version.sent_at) == (1, director, own.submitted_at)
    assert version.frozen == frozen_content(own, version=1, sent_on=today, sent_by=str(director))
    assert version.frozen.sections[0].answers[0].text.startswith(ANSWER_TOKEN)
    assert (version.shared_at, version.pdf) == (None, None)


def test_its_pdf_is_made_of_what_was_sent(world: World, part: Participation) -> None:
    version = world.sent(part).versions.get()
    run_effects()
    version.refresh_from_db()
    assert version.kept_pdf.startswith(b"%PDF")


def test_sent_again_after_a_return_it_is_another_version(
    world: World, part: Participation, director: User
) -> None:
    own = world.sent(part)
    actions.return_self_assessment(own, reason="Say how you know.", by=world.officer)
    answer = own.answers.first()
    actions.save_answer(own, answer.question, "We audited it.", version=1, by=director)
    actions.submit_self_assessment(own, by=director)
    first, second = own.versions.all()
    assert (first.number, second.number) == (1, 2)
    texts = [version.frozen.sections[0].answers[0].text for version in (first, second)]
    assert (texts[0].split()[0], texts[1]) == (ANSWER_TOKEN, "We audited it.")
    assert promised("rounds.render_self_assessment") == [first.pk, second.pk]


def promised(task: str) -> list[int]:
    found = Effect.objects.filter(task=task).order_by("pk")
    return list(found.values_list("argument", flat=True))


def again(own: SelfAssessment) -> SelfAssessment:
    return SelfAssessment.objects.with_round().get(pk=own.pk)
