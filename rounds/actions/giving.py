"""Sections go to colleagues, come back ready, and are checked or given back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from authorities import actions as authorities
from authorities.models import Invitation, User
from authorities.states import Role
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.actions.answers import lock
from rounds.models import GivenSection, Participation, SelfAssessment
from rounds.queries.giving import Gift, given_in
from rounds.states import GivenState


@transaction.atomic
def give_sections(
    self_assessment: SelfAssessment, gifts: Sequence[Gift], *, by: User
) -> list[GivenSection]:
    """Ask colleagues to write these; each gets one mail, however many sections they are given."""
    self_assessment = lock(self_assessment)
    permissions.give_sections(by, self_assessment).require()
    taken = given_in(self_assessment)
    told: set[tuple[int | None, int | None]] = set()
    rows = []
    for gift in gifts:
        if there := taken.get(gift.section.pk):
            no(f"{gift.section.title} is with {there.holder_name}: take it back first.").require()
        user, invitation = _holder(gift, self_assessment.participation, by)
        row = self_assessment.given.create(
            section=gift.section, user=user, invitation=invitation, given_by=by
        )
        taken[gift.section.pk] = row
        rows.append(row)
        record("section.given", self_assessment, by=by, section=gift.section.key)
        who = (user.pk if user else None, invitation.pk if invitation else None)
        if user and who not in told:
            promise("rounds.tell_section_given", row.pk)
        told.add(who)
    return rows


def _holder(
    gift: Gift, participation: Participation, by: User
) -> tuple[User | None, Invitation | None]:
    """Whoever works there is given it by name; a newcomer is invited, once."""
    authority = participation.authority
    email = gift.email.lower()
    user = gift.user or User.objects.filter(email=email, is_active=True).first()
    if user and user.holds_any_post_in(authority):
        return user, None
    if gift.user:
        no(f"{gift.user} does not work for {authority}: invite them by e-mail.").require()
    asked = Invitation.objects.filter(
        email=email, role=Role.COLLEAGUE, authority=authority, accepted_at__isnull=True
    ).first()
    return None, asked or authorities.invite_person(
        email, gift.name, Role.COLLEAGUE, authority=authority, by=by
    )


@transaction.atomic
def say_section_ready(given: GivenSection, *, by: User) -> GivenSection:
    """Its holder has finished; from now on it is read by them and written by the others."""
    given = _lock(given)
    permissions.say_section_ready(by, given).require()
    return _move(given, GivenState.READY, "section.ready", by, tell="rounds.tell_section_ready")


@transaction.atomic
def check_section(given: GivenSection, *, by: User) -> GivenSection:
    """It is as it should be."""
    given = _lock(given)
    permissions.check_section(by, given).require()
    return _move(given, GivenState.CHECKED, "section.checked", by)


@transaction.atomic
def return_section(given: GivenSection, *, comment: str, by: User) -> GivenSection:
    """Back to its holder, with what is still to be done."""
    given = _lock(given)
    permissions.return_section(by, given).require()
    given.comment = comment
    return _move(given, GivenState.BACK, "section.returned", by, tell="rounds.tell_section_back")


@transaction.atomic
def take_back_section(given: GivenSection, *, by: User) -> GivenSection:
    """Whoever had it sees nothing of it from their next request on; what they wrote stays."""
    given = _lock(given)
    permissions.take_back_section(by, given).require()
    return _move(given, GivenState.ENDED, "section.taken_back", by)


def _move(
    given: GivenSection, state: GivenState, verb: str, by: User, *, tell: str = ""
) -> GivenSection:
    given.state, given.since = state, timezone.now()
    given.save(update_fields=["state", "since", "comment"])
    record(verb, given.self_assessment, by=by, section=given.section.key)
    if tell:
        promise(tell, given.pk)
    return given


def _lock(given: GivenSection) -> GivenSection:
    return (
        GivenSection.objects.select_for_update(of=("self",))
        .select_related("section", "self_assessment__participation__round__region")
        .select_related("self_assessment__participation__authority")
        .get(pk=given.pk)
    )
