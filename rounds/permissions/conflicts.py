"""Who may declare a conflict of interest, withdraw it, and read what is behind it."""

from __future__ import annotations

from authorities.models import Authority, User
from authorities.states import Role
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Conflict


def declare_conflicts(by: User) -> Answer:
    """At all; for which authority is asked about by `declare_conflict`."""
    works_somewhere = any(held.authority_id for held in by.current_memberships)
    return yes_if(
        works_somewhere or by.holds(Role.BOARD_OFFICER),
        "A conflict of interest is declared by somebody who works for one of the two "
        "authorities, or by the board’s officer: tell the officer.",
    )


def declare_conflict(by: User, authority: Authority, *, only_me: bool = False) -> Answer:
    """For an authority one works for; an officer for any of the region, but not in person."""
    own = by.holds_any_post_in(authority)
    if only_me:
        return yes_if(own, f"You do not work for {authority}, so you sit on no team of theirs.")
    return yes_if(
        own or by.holds(Role.BOARD_OFFICER, region=authority.region_id),
        f"Only somebody who works for {authority}, or the board’s officer, declares that.",
    )


def withdraw_conflict(by: User, conflict: Conflict) -> Answer:
    """Whoever declared it, as long as it is theirs to say, or an officer."""
    own = conflict.declared_by_id == by.pk and (
        conflict.person_id == by.pk or by.holds_any_post_in(conflict.authority)
    )
    return yes_if(
        own or bool(see_touched_matches(by, conflict)),
        "Whoever declared it withdraws it while they work there, or the board’s officer.",
    ) & yes_if(conflict.withdrawn_at is None, "This has been withdrawn already.")


def read_conflict_details(by: User, conflict: Conflict) -> Answer:
    return yes_if(
        conflict.declared_by_id == by.pk or bool(see_touched_matches(by, conflict)),
        "Only whoever declared it and the board’s officers read the details.",
    )


def see_conflicts_of_region(by: User) -> Answer:
    return yes_if(
        by.holds(Role.BOARD_OFFICER), "Only the board’s officers see everybody’s conflicts."
    )


def see_touched_matches(by: User, conflict: Conflict) -> Answer:
    """Published matches are known to officers before anybody else."""
    regions = {conflict.authority.region_id, conflict.other.region_id}
    return yes_if(
        any(by.holds(Role.BOARD_OFFICER, region=region) for region in regions),
        "Only the board’s officers see which matches it touches.",
    )
