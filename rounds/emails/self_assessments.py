"""What is written to an authority about its part in a round, and about what it writes."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.mail import Mail, address, send_each
from rounds.emails.sending import (
    about_participation,
    about_self_assessment,
    directors_of,
    send_to,
)
from rounds.models import (
    GivenSection,
    Participation,
    Purge,
    Reminder,
    SelfAssessment,
)
from rounds.queries.giving import next_after_ready
from rounds.queries.reminded import people_to_remind
from rounds.queries.reminder_texts import AVAILABILITY, rule_of, values_for, worded_as
from rounds.queries.signing import unsigned_roles


def invite_participation(participation: Participation) -> None:
    context = {
        "participation": participation,
        "link": address("self_assessment", participation.self_assessment.pk),
        "give_link": address("self_assessment_give", participation.self_assessment.pk),
    }
    send_to("invite_participation", directors_of(participation.authority), context)


def tell_areas_set(participation: Participation) -> None:
    context = {
        "participation": participation,
        "link": address("self_assessment_area", participation.self_assessment.pk),
    }
    send_to("tell_areas_set", directors_of(participation.authority), context)


def confirm_self_assessment(self_assessment: SelfAssessment) -> None:
    about_self_assessment("confirm_self_assessment", self_assessment)


def tell_self_assessment_returned(self_assessment: SelfAssessment) -> None:
    about_self_assessment("tell_self_assessment_returned", self_assessment)


def tell_self_assessment_shared(self_assessment: SelfAssessment) -> None:
    about_self_assessment("tell_self_assessment_shared", self_assessment)


def tell_readers_shared(participation: Participation) -> None:
    """To a director who can read what another authority has sent."""
    link = address("round_shared", participation.round_id)
    context = {"participation": participation, "link": link}
    send_to("tell_readers_shared", directors_of(participation.authority), context)


def tell_participation_withdrawn(participation: Participation) -> None:
    about_participation("tell_participation_withdrawn", participation)


def tell_participation_readmitted(participation: Participation) -> None:
    about_participation("tell_participation_readmitted", participation)


def send_reminder(reminder: Reminder) -> None:
    """In the region's words, to everybody of the authority whom this reminder is for."""
    part = reminder.participation
    rule = rule_of(part.round, reminder.key)
    if rule is None:
        return
    wording = worded_as(part.round, rule).wording
    mails = []
    for one in people_to_remind(rule, [part]).get(part.pk, rule):
        pages = [] if rule.about == AVAILABILITY else [part.self_assessment.pk]
        link = address(one.page, *pages)
        values = values_for(
            part.round, rule, name=one.user.name, authority=part.authority.name, link=link
        )
        context = {"user": one.user, "wording": wording.filled(values)}
        mails.append(Mail(one.user.email, context))
    send_each("rounds/send_reminder", mails)


def ask_for_signatures(self_assessment: SelfAssessment) -> None:
    """To the holders of the posts that have not signed."""
    authority = self_assessment.participation.authority
    roles = unsigned_roles(self_assessment)
    link = address("self_assessment_sign", self_assessment.pk)
    context: dict[str, object] = {"self_assessment": self_assessment, "link": link}
    send_to("ask_for_signatures", User.objects.in_post(*roles, authority=authority), context)


def tell_all_signed(self_assessment: SelfAssessment) -> None:
    link = address("self_assessment_check", self_assessment.pk)
    context: dict[str, object] = {"self_assessment": self_assessment, "link": link}
    send_to("tell_all_signed", directors_of(self_assessment.participation.authority), context)


def tell_not_signed(self_assessment: SelfAssessment) -> None:
    about_self_assessment("tell_not_signed", self_assessment)


def tell_section_given(given: GivenSection) -> None:
    """To a colleague who is known here; a newcomer gets an invitation instead."""
    if given.holder:
        link = address("self_assessment", given.self_assessment_id)
        send_to("tell_section_given", [given.holder], {"given": given, "link": link})


def tell_section_ready(given: GivenSection) -> None:
    """Where nothing is left but to choose the area or to send, the link leads there."""
    page, what = next_after_ready(given)
    args = [given.self_assessment_id, given.pk][: 2 if page == "self_assessment_given" else 1]
    context = {"given": given, "link": address(page, *args), "next": what}
    send_to(
        "tell_section_ready", directors_of(given.self_assessment.participation.authority), context
    )


def tell_section_back(given: GivenSection) -> None:
    if given.holder:
        link = address("self_assessment", given.self_assessment_id)
        send_to("tell_section_back", [given.holder], {"given": given, "link": link})


def tell_administrators_of_purge(purge: Purge) -> None:
    people = User.objects.in_post(Role.SYSTEM_ADMINISTRATOR)
    context = {"purge": purge, "link": address("purge", purge.pk)}
    send_to("tell_administrators_of_purge", people, context)


def tell_purged(purge: Purge) -> None:
    context = {"purge": purge, "link": address("self_assessment", purge.self_assessment_id)}
    send_to("tell_purged", [purge.asked_by], context)
