"""A challenge of a quick round with its team, for tests of what comes before a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Round
from tests.world import World, fresh, working_day


@dataclass
class Teamed:
    """The first challenge of a round: its host's director and officer, its lead, a member."""

    world: World
    round: Round
    challenge: Challenge
    director: User
    organiser: User
    lead: User
    member: User

    @classmethod
    def of(cls, world: World, accepted: Round) -> Teamed:
        challenge = world.first(accepted)
        challenger = challenge.challenger_authority
        sender = world.director_of(challenger)
        lead = world.person(Role.REVIEWER, challenger, name="Lena Hart")
        member = world.person(Role.REVIEWER, challenger, name="Tom Reed")
        actions.name_lead(challenge, lead, by=sender)
        actions.seat_team_member(challenge, member, by=sender)
        return cls(
            world,
            accepted,
            challenge,
            fresh(world.director_of(challenge.host_authority)),
            world.person(Role.AUTHORITY_OFFICER, challenge.host_authority, name="Ola Brook"),
            fresh(lead),
            fresh(member),
        )

    def again(self) -> Challenge:
        return self.world.again(self.challenge)

    def agreed(self, text: str = "Thresholds") -> Challenge:
        """One line, agreed by both sides."""
        actions.add_line(self.challenge, text, by=self.lead)
        for user in (self.director, self.lead):
            version = self.again().scope.version
            actions.agree_scope(self.challenge, version=version, by=user)
        return self.again()

    def dated(self, weeks: int = 6) -> date:
        """Days so many weeks ahead, known to both sides; the first of them."""
        day1 = working_day(timezone.localdate(), 7 * weeks)
        days = {"day1": day1, "feedback": working_day(day1 + timedelta(days=7))}
        actions.set_visit_days(self.challenge, days, by=self.world.officer)
        actions.send_dates(self.round, by=self.world.officer)
        return day1
