"""Who may ask for papers, give and open them, when, and what we tell them if not."""

from __future__ import annotations

from authorities.models import User
from authorities.states import READS_FOR_AUTHORITY
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Challenge, Paper, PaperAsked
from rounds.permissions.challenges import leads, sits_on_team
from rounds.permissions.scope import acts_for_host, runs
from rounds.states import DATES_OPEN, ChallengeState

PAPERS_OPEN = (*DATES_OPEN, ChallengeState.ON_SITE, ChallengeState.POSTPONED)
FOR_THE_TEAM = "Papers are read by the host’s own people and by the team that challenges it."


def list_papers(by: User, challenge: Challenge) -> Answer:
    """Which there are; what is in one is asked about by `read_paper`."""
    return yes_if(runs(by, challenge) or open_any_papers(by, challenge), FOR_THE_TEAM)


def open_any_papers(by: User, challenge: Challenge) -> bool:
    """Whether they read papers, or only see which there are."""
    return belongs_to_host(by, challenge) or _reads_on_team(by, challenge)


def belongs_to_host(by: User, challenge: Challenge) -> bool:
    return by.holds(*READS_FOR_AUTHORITY, authority=challenge.host.authority_id)


def ask_for_papers(by: User, challenge: Challenge) -> Answer:
    """The team draws up the list."""
    return yes_if(
        sits_on_team(by, challenge), "Only the team asks the host for papers."
    ) & _papers_open(challenge)


def send_papers_asked(by: User, challenge: Challenge) -> Answer:
    return yes_if(
        leads(by, challenge),
        f"Only the {challenge.round.format.lead_said} sends the list to the host.",
    ) & _papers_open(challenge)


def give_papers(by: User, challenge: Challenge) -> Answer:
    return yes_if(
        acts_for_host(by, challenge), "Only the host’s director and its officers give papers."
    ) & _papers_open(challenge)


def give_paper(by: User, asked: PaperAsked) -> Answer:
    """Something that the host was told of, and that is still asked for."""
    return give_papers(by, asked.challenge) & yes_if(
        asked.sent_at is not None and asked.withdrawn_at is None,
        f"“{asked.title}” is not asked for any more.",
    )


def remove_paper(by: User, paper: Paper) -> Answer:
    return give_papers(by, paper.asked.challenge)


def read_paper(by: User, paper: Paper) -> Answer:
    return yes_if(
        Paper.objects.open_to(by).filter(pk=paper.pk).exists(),
        "You see which papers there are. " + FOR_THE_TEAM,
    )


def _reads_on_team(by: User, challenge: Challenge) -> bool:
    return Challenge.objects.open_to_team_of(by).filter(pk=challenge.pk).exists()


def _papers_open(challenge: Challenge) -> Answer:
    return yes_if(
        challenge.state in PAPERS_OPEN,
        "Papers are asked for and given once all sides have accepted, and until the visit is over.",
    )
