"""What is sent is kept as it was, shared, begun anew."""

from __future__ import annotations

import pytest
from django.utils import timezone

from authorities.models import User
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.models import Participation, Round, SelfAssessment, SentVersion, VisitDay
from rounds.queries import frozen_content
from rounds.queries.proposals import proposal_of
from rounds.queries.self_assessments import status_rows
from rounds.queries.sharing import late_said
from rounds.states import ParticipationState, SelfAssessmentState
from tests.world import ANSWER_TOKEN, World, fresh, run_effects


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


def test_only_directors_whom_the_round_names_read_it_and_only_once_it_is_shared(
    world: World,
) -> None:
    round = world.shared()
    first, second, third = round.participations.order_by("authority__dfe_code")
    world.sent(second)
    readers = SelfAssessment.objects.visible_to(fresh(world.directors[2]))
    assert set(readers) == {first.self_assessment, third.self_assessment}
    assert SentVersion.objects.visible_to(fresh(world.directors[2])).get().self_assessment == (
        first.self_assessment
    )
    assert promised("rounds.tell_readers_shared") == sorted([second.pk, third.pk])
    assert promised("rounds.tell_self_assessment_shared") == [first.self_assessment.pk]


def test_in_a_group_those_of_the_same_challenge_read_it(world: World) -> None:
    round = world.shared("group")
    own = round.participations.get(authority=world.authorities[0]).self_assessment
    others = [fresh(director) for director in world.directors[1:]]
    assert promised("rounds.tell_readers_shared") == []
    assert [visible(own, director) for director in others] == [False, False]
    first, second, third = round.participations.order_by("authority__dfe_code")
    pairs = {first: second, second: third, third: first}
    actions.propose_matches(round, pairs, by=world.officer)
    actions.confirm_matches(round, by=world.officer)
    assert [visible(own, director) for director in others] == [True, True]


def test_where_the_round_names_nobody_it_is_not_shared(world: World, part: Participation) -> None:
    own = world.sent(part)
    with pytest.raises(Refused, match="nobody to share it with"):
        actions.share_self_assessment(own, by=world.officer)
    with pytest.raises(Refused, match="nobody to share it with"):
        actions.share_submitted(part.round, [own.versions.get().pk], by=world.officer)


def test_a_version_that_was_sent_anew_is_not_shared_unseen(world: World) -> None:
    round = world.shared()
    own = world.sent(round.participations.get(authority=world.authorities[1]))
    seen = own.versions.get()
    actions.return_self_assessment(own, reason="Say more.", by=world.officer)
    actions.submit_self_assessment(own, by=world.directors[1])
    with pytest.raises(Refused, match="sent anew"):
        actions.share_self_assessment(own, version=seen.number, by=world.officer)
    assert actions.share_submitted(round, [seen.pk], by=world.officer) == []


def test_a_round_is_shared_at_once_with_one_mail_to_each(world: World) -> None:
    round = world.shared()
    Effect.objects.all().delete()
    waiting = round.participations.order_by("authority__dfe_code")[1:]
    versions = [world.sent(part).versions.get().pk for part in waiting]
    assert len(actions.share_submitted(round, versions, by=world.officer)) == 2
    everybody = round.participations.order_by("pk").values_list("pk", flat=True)
    assert sorted(promised("rounds.tell_readers_shared")) == list(everybody)


def test_a_new_version_takes_the_names_off_and_is_never_late(world: World) -> None:
    own = world.shared().participations.get(authority=world.authorities[0]).self_assessment
    own.sign_offs.get_or_create(role="director", defaults={"signed_by": world.directors[0]})
    with pytest.raises(Refused, match="Only the director"):
        actions.begin_version(own, by=world.officer)
    assert late_said(own, own.versions.get()) == "1 day late"
    begun = actions.begin_version(own, by=world.directors[0])
    assert (begun.state, begun.sign_offs.count()) == (SelfAssessmentState.DRAFTING, 0)
    with pytest.raises(Refused, match="once the self-assessment is shared"):
        actions.begin_version(own, by=world.directors[0])
    sent = actions.submit_self_assessment(own, by=world.directors[0])
    assert late_said(sent, sent.versions.last()) == ""
    assert next(row.late for row in status_rows(own.participation.round)) == "1 day late"


def test_who_withdraws_is_read_by_its_own_people_and_the_officers(world: World) -> None:
    round = world.shared()
    part = round.participations.get(authority=world.authorities[0])
    gone = actions.withdraw_participation(part, reason="No capacity.", by=world.officer)
    assert gone.state == ParticipationState.WITHDRAWN
    readers = [world.directors[0], world.officer, world.directors[1]]
    own = part.self_assessment
    assert [visible(own, fresh(user)) for user in readers] == [True, True, False]
    with pytest.raises(Refused, match="has withdrawn"):
        actions.begin_version(own, by=world.directors[0])
    assert promised("rounds.tell_participation_withdrawn") == [part.pk]
    actions.readmit_participation(part, by=world.officer)
    assert [visible(own, fresh(user)) for user in readers] == [True, True, True]
    assert promised("rounds.tell_participation_readmitted") == [part.pk]


def test_withdrawing_opens_what_was_published_and_matching_goes_on_without(
    world: World, proposed: Round
) -> None:
    first, second, third = proposed.participations.order_by("authority__dfe_code")
    published = proposed.scenarios.get(published_at__isnull=False)
    actions.withdraw_participation(first, reason="No capacity.", by=world.officer)
    assert not proposed.challenges.exists()
    published.refresh_from_db()
    assert published.published_at is None
    on_board = proposal_of(proposed, published)
    assert set(on_board.members) == {second.authority.dfe_code, third.authority.dfe_code}
    assert on_board.pairs == ((second.authority.dfe_code, third.authority.dfe_code),)


def test_withdrawing_takes_its_offers_back_and_tells_both_sides(
    world: World, offered: Round
) -> None:
    first, second, third = offered.participations.order_by("authority__dfe_code")
    actions.withdraw_participation(first, reason="No capacity.", by=world.officer)
    gone = offered.challenges.filter(state="cancelled").order_by("pk")
    assert set(gone.values_list("host", "challenger")) == {
        (first.pk, second.pk),
        (third.pk, first.pk),
    }
    keys = list(gone.values_list("pk", flat=True))
    assert promised("rounds.tell_host_cancelled") == keys
    assert promised("rounds.tell_challenger_cancelled") == keys
    assert list(offered.challenges.live().values_list("host", flat=True)) == [second.pk]


def test_who_is_put_off_withdraws_unless_a_day_of_the_visit_is_over(
    world: World, offered: Round
) -> None:
    part = offered.participations.order_by("authority__dfe_code").first()
    host = offered.challenges.get(host=part)
    challengers = offered.challenges.live().with_side(pk=part.pk).exclude(pk=host.pk)
    challengers.update(state="cancelled")
    offered.challenges.filter(pk=host.pk).update(state="postponed")
    kept = VisitDay.objects.create(challenge=host, phase="day1", day=timezone.localdate())
    assert permissions.withdraw_participation(world.officer, part).reason == (
        f"The visit has begun or is over: {host}. Nobody withdraws after that."
    )
    kept.delete()
    actions.withdraw_participation(part, reason="No capacity.", by=world.officer)
    assert offered.challenges.get(pk=host.pk).state == "cancelled"


def test_nobody_withdraws_once_a_visit_has_begun_or_from_a_draft(
    world: World, offered: Round
) -> None:
    part = offered.participations.order_by("authority__dfe_code").first()
    offered.challenges.filter(host=part).update(state="on_site")
    with pytest.raises(Refused, match="Nobody withdraws after that"):
        actions.withdraw_participation(part, reason="No capacity.", by=world.officer)
    assert not offered.challenges.filter(state="cancelled").exists()
    draft = world.drafted().participations.first()
    with pytest.raises(Refused, match="nobody withdraws"):
        actions.withdraw_participation(draft, reason="No capacity.", by=world.officer)
    with pytest.raises(Refused, match="takes part already"):
        actions.readmit_participation(part, by=world.officer)


def visible(own: SelfAssessment, user: User) -> bool:
    return SelfAssessment.objects.visible_to(user).filter(pk=own.pk).exists()


def promised(task: str) -> list[int]:
    found = Effect.objects.filter(task=task).order_by("pk")
    return list(found.values_list("argument", flat=True))
