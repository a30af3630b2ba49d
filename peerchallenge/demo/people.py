"""Everybody of the demo region, each invited by an officer and in post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from authorities.actions import (
    accept_invitation,
    correct_validity,
    draw_invitation,
    invite_person,
    load_facts,
)
from authorities.models import Authority, Region, User
from authorities.states import Role
from peerchallenge.audit.actions import CLOCK, Clock
from peerchallenge.demo import PASSWORD
from peerchallenge.demo.content import AuthorityContent, Person, RegionContent

BOARD = {"officer": Role.BOARD_OFFICER, "chair": Role.CHAIR, "approver": Role.APPROVER}
AUTHORITY = {
    "director": Role.DIRECTOR,
    "lead_member": Role.LEAD_MEMBER,
    "officer": Role.AUTHORITY_OFFICER,
    "lead": Role.REVIEWER,
    "member": Role.REVIEWER,
}
NOT_YET = date(2100, 1, 1)


@dataclass(frozen=True)
class Cast:
    """Who is who, by the content's own names."""

    region: Region
    authorities: dict[str, Authority]
    users: dict[str, User]

    @property
    def officer(self) -> User:
        return next(user for email, user in self.users.items() if email.startswith("officer@"))

    @property
    def approver(self) -> User:
        return next(user for email, user in self.users.items() if email.startswith("approver@"))

    def director(self, slug: str) -> User:
        return self._of("director", slug)

    def lead(self, slug: str) -> User:
        return self._of("lead", slug)

    def _of(self, role: str, slug: str) -> User:
        return next(u for email, u in self.users.items() if email.startswith(f"{role}.{slug}@"))


def make_cast(content: RegionContent) -> Cast:
    load_facts()
    region = Region.objects.get(slug=content.slug)
    authorities = _as_it_stood(region, content)
    users: dict[str, User] = {}
    first, *board = content.people
    officer = users[first.email] = join(first, BOARD[first.role], by=CLOCK, region=region)
    for person in board:
        users[person.email] = join(person, BOARD[person.role], by=officer, region=region)
    for words in content.authorities:
        for person in (*words.people, *words.team):
            users[person.email] = join(
                person,
                AUTHORITY[person.role],
                by=officer,
                authority=authorities[words.slug],
                post=_post(person, words),
            )
    return Cast(region, authorities, users)


def _as_it_stood(region: Region, content: RegionContent) -> dict[str, Authority]:
    """The region's authorities of that day, open today; those that came later not yet."""
    then = set(region.authorities.open_on(content.as_it_stood_on))
    for authority in region.authorities.all():
        opens = authority.valid_from if authority in then else NOT_YET
        correct_validity(authority, valid_from=opens, valid_to=None, by=CLOCK)
    by_code = {authority.dfe_code: authority for authority in then}
    return {words.slug: by_code[words.dfe_code] for words in content.authorities}


def join(
    person: Person,
    role: Role,
    *,
    by: User | Clock,
    region: Region | None = None,
    authority: Authority | None = None,
    post: str = "",
) -> User:
    """Invited, and the invitation accepted with the demo's password."""
    invitation = invite_person(
        person.email,
        person.name,
        role,
        post=post or person.post,
        region=region,
        authority=authority,
        by=by,
    )
    draw_invitation(invitation, by=CLOCK)
    return accept_invitation(invitation, password=PASSWORD, by=None)


def _post(person: Person, words: AuthorityContent) -> str:
    """A partner's post says whose it is: their membership is of the authority they join."""
    own = person.organisation == words.name
    return person.post if own else f"{person.post}, {person.organisation}"
