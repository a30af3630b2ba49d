"""One function a mail; each goes to whoever holds the role on the day it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from authorities.models import Authority, User
from authorities.states import Role
from peerchallenge.shared.mail import Attachment, address, send
from rounds.models import (
    Challenge,
    Conflict,
    GivenSection,
    Participation,
    Purge,
    Reminder,
    SelfAssessment,
    TeamMember,
)
from rounds.queries.challenges import days_of
from rounds.queries.conflicts import regions_touched, touched_by
from rounds.queries.giving import next_after_ready
from rounds.queries.reminder_texts import rule_of, values_for, worded_as
from rounds.queries.reminders import people_to_remind
from rounds.queries.signing import unsigned_roles

# What a person gets with a mail.
Files = Callable[[User], Sequence[Attachment]]


def invite_participation(participation: Participation) -> None:
    context = {
        "participation": participation,
        "link": address("self_assessment", participation.self_assessment.pk),
        "give_link": address("self_assessment_give", participation.self_assessment.pk),
    }
    _send("invite_participation", _directors(participation.authority), context)


def tell_areas_set(participation: Participation) -> None:
    context = {
        "participation": participation,
        "link": address("self_assessment_area", participation.self_assessment.pk),
    }
    _send("tell_areas_set", _directors(participation.authority), context)


def confirm_self_assessment(self_assessment: SelfAssessment) -> None:
    _self_assessment("confirm_self_assessment", self_assessment)


def tell_self_assessment_returned(self_assessment: SelfAssessment) -> None:
    _self_assessment("tell_self_assessment_returned", self_assessment)


def tell_self_assessment_shared(self_assessment: SelfAssessment) -> None:
    _self_assessment("tell_self_assessment_shared", self_assessment)


def tell_readers_shared(participation: Participation) -> None:
    """To a director who can read what another authority has sent."""
    link = address("round_shared", participation.round_id)
    context = {"participation": participation, "link": link}
    _send("tell_readers_shared", _directors(participation.authority), context)


def tell_participation_withdrawn(participation: Participation) -> None:
    _participation("tell_participation_withdrawn", participation)


def tell_participation_readmitted(participation: Participation) -> None:
    _participation("tell_participation_readmitted", participation)


def send_reminder(reminder: Reminder) -> None:
    """In the region's words, to everybody of the authority whom this reminder is for."""
    part = reminder.participation
    rule = rule_of(part.round, reminder.key)
    if rule is None:
        return
    wording = worded_as(part.round, rule).wording
    for one in people_to_remind([part]).get(part.pk, rule):
        link = address(one.page, part.self_assessment.pk)
        values = values_for(
            part.round, name=one.user.name, authority=part.authority.name, link=link
        )
        _send("send_reminder", [one.user], {"wording": wording.filled(values)})


def ask_for_signatures(self_assessment: SelfAssessment) -> None:
    """To the holders of the posts that have not signed."""
    authority = self_assessment.participation.authority
    roles = unsigned_roles(self_assessment)
    link = address("self_assessment_sign", self_assessment.pk)
    context: dict[str, object] = {"self_assessment": self_assessment, "link": link}
    _send("ask_for_signatures", User.objects.in_post(*roles, authority=authority), context)


def tell_all_signed(self_assessment: SelfAssessment) -> None:
    link = address("self_assessment_check", self_assessment.pk)
    context: dict[str, object] = {"self_assessment": self_assessment, "link": link}
    _send("tell_all_signed", _directors(self_assessment.participation.authority), context)


def tell_not_signed(self_assessment: SelfAssessment) -> None:
    _self_assessment("tell_not_signed", self_assessment)


def tell_section_given(given: GivenSection) -> None:
    """To a colleague who is known here; a newcomer gets an invitation instead."""
    if given.holder:
        link = address("self_assessment", given.self_assessment_id)
        _send("tell_section_given", [given.holder], {"given": given, "link": link})


def tell_section_ready(given: GivenSection) -> None:
    """Where nothing is left but to choose the area or to send, the link leads there."""
    page, what = next_after_ready(given)
    args = [given.self_assessment_id, given.pk][: 2 if page == "self_assessment_given" else 1]
    context = {"given": given, "link": address(page, *args), "next": what}
    _send("tell_section_ready", _directors(given.self_assessment.participation.authority), context)


def tell_section_back(given: GivenSection) -> None:
    if given.holder:
        link = address("self_assessment", given.self_assessment_id)
        _send("tell_section_back", [given.holder], {"given": given, "link": link})


def offer_to_host(challenge: Challenge) -> None:
    _challenge("offer_to_host", challenge, _directors(challenge.host_authority))


def offer_to_challenger(challenge: Challenge) -> None:
    _challenge("offer_to_challenger", challenge, _directors(*challenge.challengers))


def tell_host_accepted(challenge: Challenge) -> None:
    _challenge("tell_host_accepted", challenge, _directors(challenge.host_authority))


def tell_challenger_accepted(challenge: Challenge) -> None:
    _challenge("tell_challenger_accepted", challenge, _directors(*challenge.challengers))


def tell_officers_declined(challenge: Challenge) -> None:
    """The link leads to the board, which says why, and how to match again."""
    officers = User.objects.in_post(Role.BOARD_OFFICER, region=challenge.round.region)
    link = address("round_match", challenge.round_id)
    _challenge("tell_officers_declined", challenge, officers, link=link)


def tell_officers_conflict(conflict: Conflict) -> None:
    """To the officers of each region in which it touches a match; what it is, the page says."""
    touched = touched_by([conflict], Challenge.objects.all()).get(conflict.pk, [])
    for region, rounds in regions_touched(touched):
        context = {
            "region": region,
            "rounds": rounds,
            "link": address("conflict", conflict.pk),
        }
        _send(
            "tell_officers_conflict",
            User.objects.in_post(Role.BOARD_OFFICER, region=region),
            context,
        )


def tell_conflict_withdrawn(conflict: Conflict) -> None:
    """To whoever declared it, if they still have an account here."""
    people = [conflict.declared_by] if conflict.declared_by.is_active else []
    context = {"conflict": conflict, "link": address("conflict", conflict.pk)}
    _send("tell_conflict_withdrawn", people, context)


def tell_host_dates(challenge: Challenge, files: Files) -> None:
    people = _directors(challenge.host_authority)
    _visit("tell_host_dates", challenge, people, files, days=days_of(challenge))


def tell_challenger_dates(challenge: Challenge, files: Files) -> None:
    people = _challenging(challenge)
    _visit("tell_challenger_dates", challenge, people, files, days=days_of(challenge))


def tell_host_cancelled(challenge: Challenge, files: Files) -> None:
    _visit("tell_host_cancelled", challenge, _directors(challenge.host_authority), files)


def tell_challenger_cancelled(challenge: Challenge, files: Files) -> None:
    _visit("tell_challenger_cancelled", challenge, _challenging(challenge), files)


def tell_team_member(member: TeamMember) -> None:
    context = {"member": member, "link": address("challenge", member.challenge_id)}
    _send("tell_team_member", [member.user], context)


def tell_administrators_of_purge(purge: Purge) -> None:
    people = User.objects.in_post(Role.SYSTEM_ADMINISTRATOR)
    context = {"purge": purge, "link": address("purge", purge.pk)}
    _send("tell_administrators_of_purge", people, context)


def tell_purged(purge: Purge) -> None:
    context = {"purge": purge, "link": address("self_assessment", purge.self_assessment_id)}
    _send("tell_purged", [purge.asked_by], context)


def _directors(*authorities: Authority) -> Iterable[User]:
    """Each once, whoever is director of several."""
    found = {
        user.pk: user
        for authority in authorities
        for user in User.objects.in_post(Role.DIRECTOR, authority=authority)
    }
    return found.values()


def _challenging(challenge: Challenge) -> Iterable[User]:
    """The challengers' directors and the team."""
    people = {
        *_directors(*challenge.challengers),
        *User.objects.filter(is_active=True, seats__in=challenge.team.current()),
    }
    return sorted(people, key=lambda user: user.pk)


def _self_assessment(name: str, self_assessment: SelfAssessment) -> None:
    context = {
        "self_assessment": self_assessment,
        "link": address("self_assessment", self_assessment.pk),
    }
    _send(name, _directors(self_assessment.participation.authority), context)


def _participation(name: str, participation: Participation) -> None:
    context = {
        "participation": participation,
        "link": address("self_assessment", participation.self_assessment.pk),
    }
    _send(name, _directors(participation.authority), context)


def _challenge(name: str, challenge: Challenge, people: Iterable[User], **more: object) -> None:
    context = {"challenge": challenge, "link": address("challenge", challenge.pk), **more}
    _send(name, people, context)


def _visit(
    name: str, challenge: Challenge, people: Iterable[User], files: Files, **more: object
) -> None:
    """With entries for the reader's own calendar, where days were ever sent."""
    for user in people:
        own = files(user)
        context = {"challenge": challenge, "link": address("challenge", challenge.pk), **more}
        _send(name, [user], {"attached": len(own), **context}, own)


def _send(
    name: str,
    people: Iterable[User],
    context: dict[str, object],
    attachments: Sequence[Attachment] = (),
) -> None:
    for user in people:
        send(f"rounds/{name}", user.email, {"user": user, **context}, attachments)
