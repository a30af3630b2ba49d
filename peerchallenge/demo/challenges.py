"""The demo's round: invited, written, matched, booked and visited, each on its day."""

from __future__ import annotations

from datetime import date, timedelta

from authorities.models import User
from feedback.actions import record_finding
from feedback.states import FindingKind
from peerchallenge.demo.content import AuthorityContent, RegionContent
from peerchallenge.demo.content import Challenge as Story
from peerchallenge.demo.moments import at
from peerchallenge.demo.offices import SPEAK_TO, explain_areas
from peerchallenge.demo.people import Cast
from peerchallenge.shared.dates import bank_holidays, monday_of
from rounds import actions
from rounds.models import PRESETS, Challenge, Participation, Question, Round, Scenario
from rounds.queries.proposals import proposal_of
from rounds.states import ChallengeState, Leaning

MATCHED_WEEKS_AGO = 15
FIRST_VISIT_WEEKS_AGO = 13
AGREED = "After the directors’ meeting"
# The first two of the story: Dorset to Bath and North East Somerset, which goes on to Swindon.
ASKED_FOR = 2


def open_round(content: RegionContent, cast: Cast, today: date) -> Round:
    closed = bank_holidays()
    with at(content.opens.on(today, closed=closed)):
        round = actions.start_round(
            cast.region,
            PRESETS[content.preset],
            name=content.round_name(today),
            authorities=list(cast.authorities.values()),
            areas=list(content.priority_areas.values()),
            self_assessment_due=content.self_assessments_due.on(today, closed=closed),
            visits_from=monday_of(today) - timedelta(weeks=FIRST_VISIT_WEEKS_AGO),
            visits_to=content.closes.on(today, closed=closed),
            by=cast.officer,
        )
        explain_areas(round, content, cast)
        return actions.invite_authorities(round, by=cast.officer)


def write_self_assessment(round: Round, words: AuthorityContent, cast: Cast, today: date) -> None:
    """Written over a fortnight by the director's office; sent, where the story says so."""
    participation = _part(round, cast, words.slug)
    self_assessment = participation.self_assessment
    officer = next(
        user for user in cast.users.values() if user.email.startswith(f"officer.{words.slug}@")
    )
    ends = words.submitted_on.on(today) if words.submitted_on else today - timedelta(days=2)
    questions = {q.key: q for q in Question.objects.filter(section__round=round)}
    with at(ends - timedelta(days=14), 9):
        area = round.areas.filter(name=words.area.title).first() if words.area.priority else None
        actions.choose_area(
            self_assessment,
            area=area,
            own_area=words.area.title,
            reason=words.area.reason,
            by=cast.director(words.slug),
        )
    for number, (key, text) in enumerate(words.answers.items()):
        with at(ends - timedelta(days=max(1, 13 - number // 2)), 9 + number % 8, number * 7 % 60):
            # What somebody asks to be challenged on is what concerns them.
            asked_for = key in SPEAK_TO.get(words.area.priority or "", ())
            actions.save_answer(
                self_assessment,
                questions[key],
                text,
                version=0,
                leaning=Leaning.CONCERN if asked_for else None,
                by=officer,
            )
    if words.submitted_on:
        with at(ends, 16, 20):
            actions.submit_self_assessment(self_assessment, by=cast.director(words.slug))


def match(round: Round, content: RegionContent, cast: Cast, today: date) -> dict[str, Challenge]:
    """Offered to all on one day; answered within the week, where the story says so."""
    day = monday_of(today) - timedelta(weeks=MATCHED_WEEKS_AGO)
    with at(day - timedelta(days=4), 15):
        proposal = _propose(round, cast)
    with at(day, 11):
        actions.publish_scenario(_agree(proposal, content, cast), by=cast.officer)
    with at(day + timedelta(days=2), 14):
        actions.confirm_matches(round, by=cast.officer)
    found = {
        story.host: Challenge.objects.get(round=round, host=_part(round, cast, story.host))
        for story in content.challenges
    }
    for number, story in enumerate(content.challenges):
        with at(day + timedelta(days=3 + number % 4), 10 + number % 6):
            actions.accept_challenge(found[story.host], by=cast.director(story.host))
            if story.has_reached("accepted"):
                actions.accept_challenge(found[story.host], by=cast.director(story.challenger))
    return found


def _propose(round: Round, cast: Cast) -> Scenario:
    """What the solver found best, kept as it came, for officers to compare."""
    proposed = proposal_of(round, None)
    return actions.save_matches(round, None, proposed.pairs, by=cast.officer)


def _agree(proposal: Scenario, content: RegionContent, cast: Cast) -> Scenario:
    """What the directors settled on together; two matches they had asked for are locked."""
    round = proposal.round
    agreed = actions.copy_scenario(proposal, AGREED, by=cast.officer)
    pairs = [
        (cast.authorities[story.host].dfe_code, cast.authorities[story.challenger].dfe_code)
        for story in content.challenges
    ]
    agreed = actions.save_matches(round, agreed, pairs, by=cast.officer)
    for story in content.challenges[:ASKED_FOR]:
        host, challenger = (_part(round, cast, one) for one in (story.host, story.challenger))
        agreed = actions.lock_match(round, agreed, host, challenger, by=cast.officer)
    return agreed


def book(
    round: Round, challenges: dict[str, Challenge], content: RegionContent, cast: Cast, today: date
) -> None:
    day = monday_of(today) - timedelta(weeks=MATCHED_WEEKS_AGO - 1)
    for story in content.challenges:
        if not story.has_reached("booked"):
            continue
        challenge, words = challenges[story.host], content.authority(story.challenger)
        day1, feedback = story.days(today, closed=bank_holidays())
        with at(day, 15):
            lead = cast.lead(story.challenger)
            actions.name_lead(challenge, lead, by=cast.director(story.challenger))
            for person in words.team:
                actions.seat_team_member(challenge, cast.users[person.email], by=lead)
            actions.set_visit_days(challenge, {"day1": day1, "feedback": feedback}, by=cast.officer)
    with at(day + timedelta(days=2), 9):
        actions.send_dates(round, by=cast.officer)


def visit(
    story: Story, challenge: Challenge, content: RegionContent, cast: Cast, today: date
) -> None:
    """On site; the findings written down by the team on both days."""
    if not story.has_reached("on_site"):
        return
    lead = cast.lead(story.challenger)
    team = [lead, *(cast.users[p.email] for p in content.authority(story.challenger).team)]
    day1, feedback = story.days(today, closed=bank_holidays())
    with at(day1, 9):
        actions.follow_calendar(challenge, ChallengeState.ON_SITE, by=lead)
    findings = content.authority(story.host).findings
    for number, finding in enumerate(findings):
        first_day = number < len(findings) * 2 // 3
        with at(day1 if first_day else feedback, 11 + number % 6, number * 11 % 60):
            _record(challenge, finding, by=team[number % len(team)])
    if story.has_reached("fed_back"):
        with at(feedback, 16, 30):
            actions.follow_calendar(challenge, ChallengeState.FED_BACK, by=lead)


def _record(challenge: Challenge, finding: object, *, by: User) -> None:
    themes = {row["key"]: row["label"] for row in challenge.round.format_data["finding_themes"]}
    record_finding(
        challenge,
        kind=FindingKind(finding.kind),
        theme=themes.get(finding.theme, finding.theme),
        team_text=finding.team_text,
        letter_text=finding.letter_text,
        for_letter=finding.in_letter,
        by=by,
    )


def _part(round: Round, cast: Cast, slug: str) -> Participation:
    return Participation.objects.select_related("authority").get(
        round=round, authority=cast.authorities[slug]
    )
