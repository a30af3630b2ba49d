"""A small region on its way through a round, moved on by actions alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from authorities.models import Authority, Region, User
from authorities.states import HELD_IN_A_REGION, Role
from peerchallenge.audit.actions import CLOCK
from peerchallenge.shared.dates import is_working_day
from rounds import actions as rounds
from rounds.models import (
    PRESETS,
    Challenge,
    Participation,
    Question,
    Round,
    SelfAssessment,
    WrittenAnswer,
)
from tests.effects import run_effects as run_effects
from tests.factories import AuthorityFactory, MembershipFactory, RegionFactory, UserFactory
from tests.remembered import remembered
from tests.tokens import ANSWER_TOKEN, OTHERS_TOKEN, POSTPONED_TOKEN
from tests.tokens import FINDING_TOKEN as FINDING_TOKEN
from tests.tokens import LETTER_TOKEN as LETTER_TOKEN
from tests.tokens import WORDING_TOKEN as WORDING_TOKEN
from tests.world_of_letters import WorldOfLetters


def fresh(user: User) -> User:
    """The same person at their next request: what they hold is read again."""
    return User.objects.get(pk=user.pk)


def answer_to(question: Question, participation: Participation) -> str:
    token = ANSWER_TOKEN if question.section.position == 1 else OTHERS_TOKEN
    return f"{token} {question.key}: what {participation.authority} says of itself."


def working_day(first: date, after: int = 0) -> date:
    day = first + timedelta(days=after)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@remembered
@dataclass
class World(WorldOfLetters):
    """`size` authorities A, B, C …, each with a director; A is challenged by B, B by C …

    `preset`: the format of its rounds.
    """

    size: int = 3
    preset: str = "paired_visits"
    region: Region = field(init=False)
    authorities: list[Authority] = field(init=False)
    officer: User = field(init=False)
    approver: User = field(init=False)
    chair: User = field(init=False)
    directors: list[User] = field(init=False)

    def __post_init__(self) -> None:
        self.region = RegionFactory()
        self.authorities = AuthorityFactory.create_batch(self.size, region=self.region)
        self.officer = self.person(Role.BOARD_OFFICER)
        self.approver = self.person(Role.APPROVER)
        self.chair = self.person(Role.CHAIR)
        self.directors = [self.person(Role.DIRECTOR, authority) for authority in self.authorities]

    def person(self, role: Role, place: Authority | None = None, name: str = "") -> User:
        """Somebody who holds the role, in the region's board or in the authority."""
        user = UserFactory(**({"name": name} if name else {}))
        if role in HELD_IN_A_REGION:
            MembershipFactory(user=user, role=role, region=self.region)
        elif role == Role.SYSTEM_ADMINISTRATOR:
            MembershipFactory(user=user, role=role)
        else:
            MembershipFactory(user=user, role=role, authority=place or self.authorities[0])
        return user

    def drafted(self, *, questions_from: Round | None = None) -> Round:
        """Visits open today and last ten weeks."""
        today = timezone.localdate()
        return rounds.start_round(
            self.region,
            PRESETS[self.preset],
            name=f"Round {Round.objects.count() + 1}",
            authorities=self.authorities,
            areas=["Adoption", "Diversion from care", "Thresholds"],
            self_assessment_due=today - timedelta(days=1),
            visits_from=today,
            visits_to=today + timedelta(weeks=10),
            questions_from=questions_from,
            by=self.officer,
        )

    def opened(self) -> Round:
        return rounds.invite_authorities(self.drafted(), by=self.officer)

    def next_round(self) -> Round:
        """The last round's questions again, each authority's own answers in them."""
        draft = self.drafted(questions_from=Round.objects.latest("created_at"))
        round = rounds.invite_authorities(draft, by=self.officer)
        run_effects()
        return round

    def answered(self, participation: Participation) -> SelfAssessment:
        """Every question answered and an area chosen, by the director; not yet sent."""
        director = self.director_of(participation.authority)
        self_assessment = participation.self_assessment
        asked = Question.objects.filter(section__round=participation.round)
        first, *others = asked.select_related("section")
        text = answer_to(first, participation)
        rounds.save_answer(self_assessment, first, text, version=0, by=director)
        # The rest at once: a thousand tests begin here.
        WrittenAnswer.objects.bulk_create(
            WrittenAnswer(
                self_assessment=self_assessment,
                question=question,
                text=answer_to(question, participation),
                asked=question.text,
                saved_by=director,
                version=1,
            )
            for question in others
        )
        area = participation.round.areas.first()
        return rounds.choose_area(self_assessment, area=area, by=director)

    def sent(self, participation: Participation) -> SelfAssessment:
        """Signed by whoever the round asks, and sent."""
        self_assessment = self.answered(participation)
        director = self.director_of(participation.authority)
        others = [role for role in participation.round.format.sign_offs if role != Role.DIRECTOR]
        if others:
            people = [self.person(Role(role), participation.authority) for role in others]
            rounds.ask_for_signatures(self_assessment, by=director)
            for person in people:
                rounds.sign_self_assessment(self_assessment, by=person)
        return rounds.submit_self_assessment(self_assessment, by=director)

    def shared(self, rule: str = "all") -> Round:
        """The first authority's is sent and shared, in a round whose rule says with whom."""
        round = self.opened()
        readers = round.format_data["readers"]
        readers["self_assessment_submitted"]["other_directors"] = rule
        round.save(update_fields=["format_data"])
        own = self.sent(round.participations.get(authority=self.authorities[0]))
        rounds.share_self_assessment(own, by=self.officer)
        return Round.objects.get(pk=round.pk)

    def proposed(self) -> Round:
        """All self-assessments sent; everybody challenged by the next in the row."""
        round = self.opened()
        members = list(round.participations.order_by("authority__dfe_code"))
        for participation in members:
            self.sent(participation)
        ring = dict(zip(members, members[1:] + members[:1], strict=True))
        return rounds.propose_matches(round, ring, by=self.officer)

    def offered(self) -> Round:
        round = self.proposed()
        rounds.confirm_matches(round, by=self.officer)
        return Round.objects.get(pk=round.pk)

    def accepted(self) -> Round:
        round = self.offered()
        for challenge in round.challenges.with_both_sides():
            for authority in (challenge.host_authority, challenge.challenger_authority):
                rounds.accept_challenge(challenge, by=fresh(self.director_of(authority)))
        return round

    def staffed(self) -> Round:
        """Accepted, with two reviewers in every authority and nobody on a team."""
        round = self.accepted()
        for authority in self.authorities:
            for which in ("First", "Second"):
                self.person(Role.REVIEWER, authority, name=f"{which} of {authority}")
        return round

    def teamed(self) -> Round:
        """Each challenge led by a reviewer of the challenger, with one more beside them."""
        round = self.accepted()
        for challenge in round.challenges.with_both_sides():
            challenger = challenge.challenger_authority
            director = self.director_of(challenger)
            lead = self.person(Role.REVIEWER, challenger, name=f"Lead of {challenger}")
            rounds.name_lead(challenge, lead, by=director)
            member = self.person(Role.REVIEWER, challenger, name=f"Member of {challenger}")
            rounds.seat_team_member(challenge, member, by=director)
        return round

    def booked(self) -> Round:
        """Days a fortnight apart, so that nobody is in two places; dates sent."""
        round = self.teamed()
        for place, challenge in enumerate(round.challenges.order_by("host__authority_id", "pk")):
            day1 = working_day(round.visits_from, 14 * (place % 4) + place // 4 % 3)
            days = {"day1": day1, "feedback": working_day(day1, 7)}
            rounds.set_visit_days(challenge, days, by=self.officer)
        rounds.send_dates(round, by=self.officer)
        return round

    def postponed(self) -> Challenge:
        """The first challenge: put off by its host, and other days offered."""
        challenge = self.first(self.booked())
        host = self.director_of(challenge.host_authority)
        reason = f"{POSTPONED_TOKEN}: who is ill"
        postponement = rounds.postpone_challenge(challenge, kind="illness", reason=reason, by=host)
        day1 = working_day(challenge.round.visits_to, 28)
        days = {"day1": day1, "feedback": working_day(day1, 7)}
        rounds.offer_dates(postponement, [days], by=CLOCK)
        return self.again(challenge)

    def director_of(self, authority: Authority) -> User:
        return self.directors[self.authorities.index(authority)]

    def lead_of(self, challenge: Challenge) -> User:
        return challenge.team.leads().get().user

    def member_of(self, challenge: Challenge) -> User:
        return challenge.team.exclude(seat="lead").get().user

    @staticmethod
    def officer_of(round: Round) -> User:
        return User.objects.in_post(Role.BOARD_OFFICER, region=round.region).get()

    @staticmethod
    def first(round: Round) -> Challenge:
        """Hosted by the first authority, whatever the order of names and codes."""
        return round.challenges.with_both_sides().order_by("host__authority_id", "pk").first()

    @staticmethod
    def again(challenge: Challenge) -> Challenge:
        return Challenge.objects.with_both_sides().get(pk=challenge.pk)
