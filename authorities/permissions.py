"""Who may change who takes part."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from authorities.models import (
    Authority,
    Intervention,
    Invitation,
    Membership,
    Period,
    Region,
    User,
)
from authorities.queries.periods import days_said
from authorities.states import (
    ACTS_FOR_AUTHORITY,
    HELD_IN_A_REGION,
    HELD_IN_AN_AUTHORITY,
    PeriodKind,
    Role,
)
from peerchallenge.audit.actions import Clock
from peerchallenge.shared.answers import YES, Answer, no, yes_if

# What a director may hand out in their own authority; a new director is the board's to name.
GIVEN_BY_DIRECTOR = tuple(role for role in HELD_IN_AN_AUTHORITY if role != Role.DIRECTOR)


def open_people(by: User) -> Answer:
    return yes_if(
        by.holds(Role.BOARD_OFFICER, Role.DIRECTOR),
        "Only the board’s officers and directors of children’s services look after people here.",
    )


def invite_person(
    by: User | Clock, role: str, *, region: Region | None = None, authority: Authority | None = None
) -> Answer:
    if isinstance(by, Clock):
        return YES
    if region:
        if role not in HELD_IN_A_REGION:
            return no("This role is held in an authority: choose which one.")
        return yes_if(
            by.holds(Role.BOARD_OFFICER, region=region),
            "Only an officer of this board may invite people to it.",
        )
    if authority is None or role not in HELD_IN_AN_AUTHORITY:
        return no("Choose the authority in which this role is held.")
    if by.holds(Role.BOARD_OFFICER, region=authority.region_id):
        return YES
    return yes_if(
        role in GIVEN_BY_DIRECTOR and by.holds(Role.DIRECTOR, authority=authority),
        "Only the board’s officers may invite a director, and only the director may invite others.",
    )


def correct_validity(by: User | Clock, authority: Authority) -> Answer:
    return yes_if(
        isinstance(by, Clock) or by.holds(Role.SYSTEM_ADMINISTRATOR),
        "Only a system administrator corrects the published facts.",
    )


def change_invitation(by: User, invitation: Invitation) -> Answer:
    """Send it again, or withdraw it: whoever may give the role, while nobody has taken it."""
    return invite_person(
        by, invitation.role, region=invitation.region, authority=invitation.authority
    ) & yes_if(not invitation.accepted_at, f"{invitation.name} has accepted this invitation.")


def end_membership(by: User | Clock, membership: Membership) -> Answer:
    if membership.to_date and membership.to_date < timezone.localdate():
        return no("This role has ended already.")
    if not isinstance(by, Clock) and membership.user_id == by.pk:
        return no("You cannot end your own role: ask another officer of the board.")
    return invite_person(
        by, membership.role, region=membership.region, authority=membership.authority
    )


def see_interventions(by: User) -> Answer:
    return yes_if(
        by.holds(Role.BOARD_OFFICER), "Only the board’s officers see which authorities these are."
    )


def add_intervention(by: User, authority: Authority) -> Answer:
    return yes_if(
        by.holds(Role.BOARD_OFFICER, region=authority.region_id),
        "Only an officer of this authority’s board says that it is in intervention.",
    )


def end_intervention(by: User, intervention: Intervention) -> Answer:
    ended = intervention.to_date is not None and intervention.to_date < timezone.localdate()
    return add_intervention(by, intervention.authority) & yes_if(
        not ended, "This intervention has ended already."
    )


def see_calendar(by: User, region: Region | int) -> Answer:
    """A region's days, and its authorities': whoever has to do with it."""
    key = region.pk if isinstance(region, Region) else region
    return yes_if(key in by.region_ids(), "Only people of this region see its calendars.")


def keep_calendar(by: User | Clock, authority: Authority) -> Answer:
    return yes_if(
        isinstance(by, Clock) or _acts_for(by, authority),
        f"Only {authority}’s director and officers, and the board’s officers, enter its days.",
    )


def keep_region_calendar(by: User | Clock, region: Region) -> Answer:
    return yes_if(
        isinstance(by, Clock) or by.holds(Role.BOARD_OFFICER, region=region),
        "Only the board’s officers enter days without visits.",
    )


def remove_period(by: User | Clock, period: Period) -> Answer:
    if period.region:
        return keep_region_calendar(by, period.region)
    assert period.authority is not None  # noqa: S101 - the database says so
    return keep_calendar(by, period.authority)


def end_inspection(by: User, period: Period) -> Answer:
    return remove_period(by, period) & yes_if(
        period.kind == PeriodKind.INSPECTION, "Only an inspection ends later than it is entered."
    )


def keep_venues(by: User | Clock, authority: Authority) -> Answer:
    return yes_if(
        isinstance(by, Clock) or _acts_for(by, authority),
        f"Only {authority}’s director and officers, and the board’s officers, change its venues.",
    )


def may_publish_on(authority: Authority, day: date) -> Answer:
    """Whether something about the authority may be made public that day."""
    found = authority.periods.of_kind(PeriodKind.PRE_ELECTION).touching(day, day).first()
    if found is None:
        return YES
    days = days_said(found.first_day, found.last_day)
    return no(f"Nothing is published in {authority}’s pre-election period, {days}.")


def _acts_for(by: User, authority: Authority) -> bool:
    return by.holds(*ACTS_FOR_AUTHORITY, authority=authority) or by.holds(
        Role.BOARD_OFFICER, region=authority.region_id
    )


def say_reviewing(by: User) -> Answer:
    return yes_if(
        by.holds(*HELD_IN_AN_AUTHORITY),
        "Only people who work for an authority can be asked to review another.",
    )


def open_reviewers(by: User) -> Answer:
    return yes_if(
        by.holds(Role.BOARD_OFFICER, Role.DIRECTOR),
        "Only the board’s officers and directors see who can sit on a team.",
    )


def enter_training(by: User) -> Answer:
    """Of whom, is asked of each."""
    return yes_if(
        by.holds(Role.BOARD_OFFICER), "Only the board’s officers enter what training people had."
    )


def keep_reviewer(by: User, user: User) -> Answer:
    """Training, and a note: an officer of a region in which they work."""
    held = Membership.objects.current().filter(
        user=user,
        role__in=HELD_IN_AN_AUTHORITY,
        authority__region__in=by.regions_where(Role.BOARD_OFFICER),
    )
    return yes_if(held.exists(), "Only an officer of their board enters what training they had.")
