from celery import shared_task
from django.utils import timezone

from peerchallenge.audit.actions import CLOCK
from peerchallenge.shared.answers import Refused
from rounds import actions, documents, emails
from rounds.models import (
    Challenge,
    Conflict,
    GivenSection,
    Participation,
    Purge,
    Reminder,
    SelfAssessment,
    SentVersion,
    TeamMember,
)
from rounds.queries.challenges import due_by_calendar
from rounds.queries.reminders import chased, due_reminders

# Nobody is reminded before this hour of the day.
EARLIEST = 8


@shared_task(name="rounds.follow_the_calendar", ignore_result=True)
def follow_the_calendar() -> None:
    """Every hour: a visit whose first day has come is on site, one that is over has fed back."""
    for challenge, then in due_by_calendar(timezone.localdate()):
        try:
            actions.follow_calendar(challenge, then, by=CLOCK)
        except Refused:  # the lead reviewer was quicker
            continue


@shared_task(name="rounds.remind", ignore_result=True)
def remind() -> None:
    """Every hour from eight in the morning: what is to go out today, each once."""
    now = timezone.localtime()
    if now.hour < EARLIEST:
        return
    for participation, rule in due_reminders(now.date()):
        try:
            actions.remind(participation, rule.key, today=now.date(), by=CLOCK)
        except Refused:  # sent, held or handed in since it was found
            continue


def invite_participation(participation_id: int) -> None:
    emails.invite_participation(
        Participation.objects.select_related("round__region", "authority").get(pk=participation_id)
    )


def carry_forward(self_assessment_id: int) -> None:
    actions.carry_forward(_self_assessment(self_assessment_id), by=CLOCK)


def tell_areas_set(participation_id: int) -> None:
    emails.tell_areas_set(
        Participation.objects.select_related("round__region", "authority").get(pk=participation_id)
    )


def confirm_self_assessment(self_assessment_id: int) -> None:
    emails.confirm_self_assessment(_self_assessment(self_assessment_id))


def tell_self_assessment_returned(self_assessment_id: int) -> None:
    emails.tell_self_assessment_returned(_self_assessment(self_assessment_id))


def send_reminder(reminder_id: int) -> None:
    """Not to those who have handed it in since, or have left the round."""
    reminder = Reminder.objects.filter(pk=reminder_id, participation__in=chased()).first()
    if reminder:
        emails.send_reminder(reminder)


def tell_administrators_of_purge(purge_id: int) -> None:
    emails.tell_administrators_of_purge(Purge.objects.with_places().get(pk=purge_id))


def tell_purged(purge_id: int) -> None:
    emails.tell_purged(Purge.objects.with_places().get(pk=purge_id))


def ask_for_signatures(self_assessment_id: int) -> None:
    emails.ask_for_signatures(_self_assessment(self_assessment_id))


def tell_all_signed(self_assessment_id: int) -> None:
    emails.tell_all_signed(_self_assessment(self_assessment_id))


def tell_not_signed(self_assessment_id: int) -> None:
    emails.tell_not_signed(_self_assessment(self_assessment_id))


def tell_section_given(given_id: int) -> None:
    if given := _given(given_id):
        emails.tell_section_given(given)


def tell_section_ready(given_id: int) -> None:
    if given := _given(given_id):
        emails.tell_section_ready(given)


def tell_section_back(given_id: int) -> None:
    if given := _given(given_id):
        emails.tell_section_back(given)


def render_self_assessment(version_id: int) -> None:
    """Nothing to do where it is there already, or was purged with its self-assessment."""
    version = SentVersion.objects.filter(pk=version_id, pdf__isnull=True).first()
    if version:
        content = version.frozen
        pdf = documents.render_self_assessment_pdf(content)
        actions.keep_pdf(version, content, pdf, by=CLOCK)


def tell_self_assessment_shared(self_assessment_id: int) -> None:
    emails.tell_self_assessment_shared(_self_assessment(self_assessment_id))


def tell_readers_shared(participation_id: int) -> None:
    emails.tell_readers_shared(_participation(participation_id))


def tell_participation_withdrawn(participation_id: int) -> None:
    emails.tell_participation_withdrawn(_participation(participation_id))


def tell_participation_readmitted(participation_id: int) -> None:
    emails.tell_participation_readmitted(_participation(participation_id))


def offer_to_host(challenge_id: int) -> None:
    emails.offer_to_host(_challenge(challenge_id))


def offer_to_challenger(challenge_id: int) -> None:
    emails.offer_to_challenger(_challenge(challenge_id))


def tell_host_accepted(challenge_id: int) -> None:
    emails.tell_host_accepted(_challenge(challenge_id))


def tell_challenger_accepted(challenge_id: int) -> None:
    emails.tell_challenger_accepted(_challenge(challenge_id))


def tell_officers_declined(challenge_id: int) -> None:
    emails.tell_officers_declined(_challenge(challenge_id))


def tell_officers_conflict(conflict_id: int) -> None:
    """Not where it has been withdrawn since."""
    conflict = Conflict.objects.standing().with_sides().filter(pk=conflict_id).first()
    if conflict:
        emails.tell_officers_conflict(conflict)


def tell_conflict_withdrawn(conflict_id: int) -> None:
    emails.tell_conflict_withdrawn(Conflict.objects.with_sides().get(pk=conflict_id))


def tell_host_cancelled(challenge_id: int) -> None:
    challenge = _challenge(challenge_id)
    emails.tell_host_cancelled(challenge, documents.visit_files(challenge))


def tell_challenger_cancelled(challenge_id: int) -> None:
    challenge = _challenge(challenge_id)
    emails.tell_challenger_cancelled(challenge, documents.visit_files(challenge))


def tell_host_dates(challenge_id: int) -> None:
    challenge = _challenge(challenge_id)
    emails.tell_host_dates(challenge, documents.visit_files(challenge))


def tell_challenger_dates(challenge_id: int) -> None:
    challenge = _challenge(challenge_id)
    emails.tell_challenger_dates(challenge, documents.visit_files(challenge))


def tell_team_member(member_id: int) -> None:
    member = TeamMember.objects.current().filter(pk=member_id).select_related("user").first()
    if member:
        emails.tell_team_member(member)


def _given(given_id: int) -> GivenSection | None:
    """None once it is taken back: nobody is written to about it any more."""
    rows = GivenSection.objects.current().select_related(
        "section",
        "user",
        "invitation__accepted_by",
        "given_by",
        "self_assessment__participation__round__region",
        "self_assessment__participation__authority",
    )
    return rows.filter(pk=given_id).first()


def _challenge(challenge_id: int) -> Challenge:
    return Challenge.objects.with_both_sides().get(pk=challenge_id)


def _participation(participation_id: int) -> Participation:
    return Participation.objects.select_related(
        "round__region", "authority", "self_assessment"
    ).get(pk=participation_id)


def _self_assessment(self_assessment_id: int) -> SelfAssessment:
    return SelfAssessment.objects.select_related(
        "participation__round__region", "participation__authority"
    ).get(pk=self_assessment_id)
