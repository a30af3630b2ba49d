"""To whom a reminder goes: whoever is in post on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from authorities.models import Membership, User
from authorities.states import HELD_IN_AN_AUTHORITY, Role
from rounds.models import GivenSection, Participation, SignOff
from rounds.queries.answered_days import unsaid_in
from rounds.queries.reminder_texts import AVAILABILITY, Rule
from rounds.states import SECTION_OPEN, WRITING_OPEN, SelfAssessmentState

WITH_SIGN_OFF = SelfAssessmentState.WITH_SIGN_OFF


@dataclass(frozen=True)
class Reminded:
    """Somebody who gets a reminder, and the name of the address that it leads to."""

    user: User
    page: str


@dataclass(frozen=True)
class People:
    """By participation: the directors, and those who only get some of the reminders."""

    directors: dict[int, list[Reminded]]
    others: dict[int, list[Reminded]]

    def directors_of(self, participation: int) -> list[Reminded]:
        return self.directors.get(participation, [])

    def get(self, participation: int, rule: Rule) -> list[Reminded]:
        """Everybody once; a director who also has something to sign is a director here."""
        found = [
            *self.directors.get(participation, []),
            *(self.others.get(participation, []) if rule.others else []),
        ]
        return list({one.user.pk: one for one in reversed(found)}.values())[::-1]


def people_to_remind(rule: Rule, participations: Iterable[Participation]) -> People:
    """A fixed number of queries, however many of one round there are."""
    participations = list(participations)
    if rule.about == AVAILABILITY:
        return _to_say(participations)
    return _to_write(participations)


def _to_say(participations: list[Participation]) -> People:
    """Whoever has not said on which days they cannot."""
    rounds = {one.round_id: one.round for one in participations}
    unsaid = {part: who for round in rounds.values() for part, who in unsaid_in(round).items()}
    return People(
        {
            part: [Reminded(user, "availability") for user in who.directors]
            for part, who in unsaid.items()
        },
        {
            part: [Reminded(user, "availability") for user in who.others]
            for part, who in unsaid.items()
        },
    )


def _to_write(participations: list[Participation]) -> People:
    posts: dict[tuple[int, str], list[User]] = defaultdict(list)
    held = Membership.objects.current().filter(
        authority__in={one.authority_id for one in participations},
        role__in=HELD_IN_AN_AUTHORITY,
        user__is_active=True,
    )
    for row in held.select_related("user").order_by("user__name", "user_id"):
        posts[row.authority_id or 0, row.role].append(row.user)
    directors = {
        one.pk: [
            Reminded(user, "self_assessment") for user in posts[one.authority_id, Role.DIRECTOR]
        ]
        for one in participations
    }
    others: dict[int, list[Reminded]] = defaultdict(list)
    for part, user in _writing(participations, posts):
        others[part].append(Reminded(user, "self_assessment"))
    for part, user in _signing(participations, posts):
        others[part].append(Reminded(user, "self_assessment_sign"))
    return People(directors, others)


Posts = dict[tuple[int, str], list[User]]


def _writing(participations: list[Participation], posts: Posts) -> Iterator[tuple[int, User]]:
    """Colleagues who have a section to write, as long as they work there."""
    writing = {
        one.self_assessment.pk: one
        for one in participations
        if one.self_assessment.state in WRITING_OPEN
    }
    there: dict[int, set[int]] = defaultdict(set)
    for (authority, _), users in posts.items():
        there[authority].update(user.pk for user in users)
    given = GivenSection.objects.current().filter(
        self_assessment__in=writing, state__in=SECTION_OPEN
    )
    for row in given.select_related("user", "invitation__accepted_by"):
        part = writing[row.self_assessment_id]
        if row.holder and row.holder.pk in there[part.authority_id]:
            yield part.pk, row.holder


def _signing(participations: list[Participation], posts: Posts) -> Iterator[tuple[int, User]]:
    """The holders of posts that have not signed what is out for signature."""
    out = [one for one in participations if one.self_assessment.state == WITH_SIGN_OFF]
    signed = set(
        SignOff.objects.filter(self_assessment__participation__in=out).values_list(
            "self_assessment", "role"
        )
    )
    for part in out:
        for role in part.round.format.sign_offs:
            if role != Role.DIRECTOR and (part.self_assessment.pk, role) not in signed:
                for user in posts[part.authority_id, role]:
                    yield part.pk, user
