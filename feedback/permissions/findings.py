"""Who may note, change and read what the team found, together or each on their own."""

from __future__ import annotations

from authorities.models import User
from feedback.models import Finding, IndependentPhase
from feedback.models.finding import PhaseQuerySet
from feedback.states import BEING_WRITTEN
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Challenge
from rounds.permissions import leads, sits_on_team
from rounds.states import OPEN_TO_TEAM, ChallengeState

VISITING = (
    ChallengeState.ON_SITE,
    ChallengeState.FED_BACK,
    ChallengeState.LETTER,
)
# Three times what a long visit yields; beyond, pages and letter are of no use to anybody.
MOST_FINDINGS = 600


def read_findings(by: User, challenge: Challenge) -> Answer:
    return yes_if(
        sits_on_team(by, challenge), "Only the team reads what it noted during the visit."
    ) & yes_if(
        challenge.state in OPEN_TO_TEAM,
        f"This challenge is “{challenge.get_state_display().lower()}”: there are no findings.",
    )


def record_finding(by: User, challenge: Challenge) -> Answer:
    return (
        yes_if(sits_on_team(by, challenge), "Only the team records findings.")
        & yes_if(
            challenge.booked
            or challenge.state in VISITING
            or _partly_held(challenge)
            or _corrected(challenge),
            "Findings are recorded from the day the dates are agreed.",
        )
        & _not_settled(challenge)
    )


def record_another(by: User, challenge: Challenge) -> Answer:
    return record_finding(by, challenge) & yes_if(
        challenge.findings.standing().count() < MOST_FINDINGS,
        f"{MOST_FINDINGS} findings are noted, and no more fit. Merge or delete some first.",
    )


def change_finding(by: User, finding: Finding) -> Answer:
    return record_finding(by, finding.challenge) & yes_if(
        finding.merged_into_id is None,
        "It is part of a merged finding: change that one, or take it apart.",
    )


def give_source(by: User, finding: Finding) -> Answer:
    """Say what a finding rests on, or take that back."""
    return record_finding(by, finding.challenge)


def merge_findings(by: User, challenge: Challenge) -> Answer:
    return record_finding(by, challenge) & team_agrees(challenge)


def take_finding_apart(by: User, finding: Finding) -> Answer:
    return merge_findings(by, finding.challenge) & yes_if(
        finding.merged_into_id is None,
        "It is part of a merged finding: take that one apart first.",
    )


def move_finding(by: User, challenge: Challenge) -> Answer:
    return record_finding(by, challenge) & team_agrees(challenge)


def begin_independent_phase(by: User, challenge: Challenge) -> Answer:
    return (
        yes_if(leads(by, challenge), "Only the lead reviewer lets each note on their own.")
        & record_finding(by, challenge)
        & yes_if(not challenge.letters.exists(), "The letter has been drafted already.")
        & yes_if(
            not IndependentPhase.objects.filter(challenge=challenge).exists(),
            "Each of the team has noted on their own already.",
        )
    )


def say_done(by: User, challenge: Challenge) -> Answer:
    return (
        yes_if(sits_on_team(by, challenge), "Only the team says that it has noted all.")
        & _alone(challenge)
        & yes_if(
            not _going_on(challenge).filter(done__user=by).exists(),
            "You have said already that you have noted all.",
        )
    )


def end_independent_phase(by: User, challenge: Challenge) -> Answer:
    return yes_if(
        leads(by, challenge), "Only the lead reviewer ends the time in which each notes alone."
    ) & _alone(challenge)


def team_agrees(challenge: Challenge) -> Answer:
    """Not while each notes on their own: before the team puts together what it found."""
    return yes_if(
        not _going_on(challenge).exists(),
        "Each of the team still notes on their own: put together what you found once all are done.",
    )


def _alone(challenge: Challenge) -> Answer:
    return yes_if(_going_on(challenge).exists(), "The team sees all findings: nobody notes alone.")


def _going_on(challenge: Challenge) -> PhaseQuerySet:
    return IndependentPhase.objects.going_on().filter(challenge=challenge)


def _not_settled(challenge: Challenge) -> Answer:
    newest = challenge.letters.order_by("-version").values_list("state", flat=True).first()
    return yes_if(
        newest is None or newest in BEING_WRITTEN, "The letter has gone out: its findings stand."
    )


def _partly_held(challenge: Challenge) -> bool:
    """Put off after a day on site: what was seen on that day is noted all the same."""
    return challenge.state == ChallengeState.POSTPONED and challenge.days.exists()


def _corrected(challenge: Challenge) -> bool:
    """A correction of the issued letter is being written."""
    return challenge.letters.filter(supersedes__isnull=False, state__in=BEING_WRITTEN).exists()
