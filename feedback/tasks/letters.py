from celery import shared_task

from feedback import actions, documents, emails
from feedback.models import Letter
from feedback.states import LetterState
from peerchallenge.audit.actions import CLOCK
from rounds.models import SelfAssessment


def render_letter(letter_id: int) -> None:
    letter = Letter.objects.filter(pk=letter_id, state=LetterState.ISSUING).first()
    if letter:
        pdf = documents.render_letter_pdf(letter.frozen_content)
        actions.seal_letter(letter, pdf, by=CLOCK)


@shared_task(name="feedback.count_silence_as_agreement", ignore_result=True)
def count_silence_as_agreement() -> None:
    """Every hour: where the host's days have run out, its silence is agreement."""
    for letter in Letter.objects.filter(state=LetterState.WITH_HOST).defer("pdf"):
        actions.count_silence_as_agreement(letter, by=CLOCK)


def carry_areas_forward(self_assessment_id: int) -> None:
    part = SelfAssessment.objects.select_related("participation__round")
    actions.carry_areas_forward(part.get(pk=self_assessment_id), by=CLOCK)


def ask_host_for_accuracy(letter_id: int) -> None:
    emails.ask_host_for_accuracy(_found(letter_id))


def tell_lead_of_reply(letter_id: int) -> None:
    emails.tell_lead_of_reply(_found(letter_id))


def ask_for_approval(letter_id: int) -> None:
    emails.ask_for_approval(_found(letter_id))


def tell_officers_approved(letter_id: int) -> None:
    emails.tell_officers_approved(_found(letter_id))


def tell_lead_sent_back(letter_id: int) -> None:
    emails.tell_lead_sent_back(_found(letter_id))


def tell_host_issued(letter_id: int) -> None:
    emails.tell_host_issued(_found(letter_id))


def tell_team_issued(letter_id: int) -> None:
    emails.tell_team_issued(_found(letter_id))


def _found(letter_id: int) -> Letter:
    return Letter.objects.with_challenge().get(pk=letter_id)
