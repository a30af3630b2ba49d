"""Promised about an authority's part in a round, and about what it writes."""

from __future__ import annotations

from peerchallenge.audit.actions import CLOCK
from rounds import actions, documents, emails
from rounds.models import (
    Participation,
    Purge,
    Reminder,
    SentVersion,
)
from rounds.queries.reminders import still_chased
from rounds.tasks.rows import given_now, participation_of, self_assessment_of


def invite_participation(participation_id: int) -> None:
    emails.invite_participation(
        Participation.objects.select_related("round__region", "authority").get(pk=participation_id)
    )


def carry_forward(self_assessment_id: int) -> None:
    actions.carry_forward(self_assessment_of(self_assessment_id), by=CLOCK)


def tell_areas_set(participation_id: int) -> None:
    emails.tell_areas_set(
        Participation.objects.select_related("round__region", "authority").get(pk=participation_id)
    )


def confirm_self_assessment(self_assessment_id: int) -> None:
    emails.confirm_self_assessment(self_assessment_of(self_assessment_id))


def tell_self_assessment_returned(self_assessment_id: int) -> None:
    emails.tell_self_assessment_returned(self_assessment_of(self_assessment_id))


def send_reminder(reminder_id: int) -> None:
    """Not to those who have done it since, or have left the round."""
    rows = Reminder.objects.select_related("participation__round__region")
    reminder = rows.filter(pk=reminder_id).first()
    if reminder and still_chased(reminder.participation, reminder.key):
        emails.send_reminder(reminder)


def tell_administrators_of_purge(purge_id: int) -> None:
    emails.tell_administrators_of_purge(Purge.objects.with_places().get(pk=purge_id))


def tell_purged(purge_id: int) -> None:
    emails.tell_purged(Purge.objects.with_places().get(pk=purge_id))


def ask_for_signatures(self_assessment_id: int) -> None:
    emails.ask_for_signatures(self_assessment_of(self_assessment_id))


def tell_all_signed(self_assessment_id: int) -> None:
    emails.tell_all_signed(self_assessment_of(self_assessment_id))


def tell_not_signed(self_assessment_id: int) -> None:
    emails.tell_not_signed(self_assessment_of(self_assessment_id))


def tell_section_given(given_id: int) -> None:
    if given := given_now(given_id):
        emails.tell_section_given(given)


def tell_section_ready(given_id: int) -> None:
    if given := given_now(given_id):
        emails.tell_section_ready(given)


def tell_section_back(given_id: int) -> None:
    if given := given_now(given_id):
        emails.tell_section_back(given)


def render_self_assessment(version_id: int) -> None:
    """Nothing to do where it is there already, or was purged with its self-assessment."""
    version = SentVersion.objects.filter(pk=version_id, pdf__isnull=True).first()
    if version:
        content = version.frozen
        pdf = documents.render_self_assessment_pdf(content)
        actions.keep_pdf(version, content, pdf, by=CLOCK)


def tell_self_assessment_shared(self_assessment_id: int) -> None:
    emails.tell_self_assessment_shared(self_assessment_of(self_assessment_id))


def tell_readers_shared(participation_id: int) -> None:
    emails.tell_readers_shared(participation_of(participation_id))


def tell_participation_withdrawn(participation_id: int) -> None:
    emails.tell_participation_withdrawn(participation_of(participation_id))


def tell_participation_readmitted(participation_id: int) -> None:
    emails.tell_participation_readmitted(participation_of(participation_id))
