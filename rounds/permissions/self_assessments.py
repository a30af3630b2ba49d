"""Who may write, send and return a self-assessment, when, and what we tell them if not."""

from __future__ import annotations

from django.db.models import QuerySet

from authorities.models import User
from authorities.states import (
    ACTS_FOR_AUTHORITY,
    READS_FOR_AUTHORITY,
    Role,
)
from peerchallenge.shared.answers import YES, Answer, no, yes_if
from rounds.models import GivenSection, Participation, Question, Section, SelfAssessment
from rounds.permissions.rounds import run_round
from rounds.queries.signing import unsigned_said
from rounds.states import (
    SECTION_OPEN,
    SELF_ASSESSMENT,
    WRITING_OPEN,
    AnsweredBy,
    ChallengeState,
    ParticipationState,
    RoundState,
    SelfAssessmentState,
)

NOT_GIVEN = "You write only in the sections that were given to you."
SEES_ITS_SECTIONS = "You see only the sections that were given to you."


def write_self_assessment(by: User, self_assessment: SelfAssessment) -> Answer:
    """Anything in it; whoever was given a section is asked about by `write_answer`."""
    return acts_for(by, self_assessment.participation) & may_be_changed(self_assessment)


def choose_area(by: User, self_assessment: SelfAssessment) -> Answer:
    """As long as it is written; where the board set its areas later, until a match is accepted."""
    round = self_assessment.participation.round
    hosted = self_assessment.participation.hosting.live().exclude(state=ChallengeState.OFFERED)
    late = round.areas_came_late and not hosted.exists()
    return (
        acts_for(by, self_assessment.participation)
        & yes_if(
            round.areas_set,
            "The board sets the areas of this round from what comes in. "
            "We write to you when you can choose.",
        )
        & (takes_part(self_assessment.participation) if late else may_be_changed(self_assessment))
    )


def write_answer(by: User, self_assessment: SelfAssessment, question: Question) -> Answer:
    """Its own writers, and in a section given to a colleague that colleague while it is theirs."""
    participation = self_assessment.participation
    by_director = question.answered_by == AnsweredBy.DIRECTOR
    return (
        _writes_in(by, self_assessment, question.section_id)
        & may_be_changed(self_assessment)
        & yes_if(
            question.withdrawn_at is None, "The board has taken this question out of the round."
        )
        & yes_if(
            not by_director or by.holds(Role.DIRECTOR, authority=participation.authority_id),
            "Only the director of children’s services answers this question.",
        )
    )


def write_section(by: User, self_assessment: SelfAssessment, section: Section) -> Answer:
    """Somewhere in it; which of its questions is asked about by `write_answer`."""
    return _writes_in(by, self_assessment, section.pk) & may_be_changed(self_assessment)


def has_section(by: User, self_assessment: SelfAssessment, section: Section) -> Answer:
    """Whether it is theirs to write in at all, now or at another time."""
    acts = acts_for(by, self_assessment.participation)
    held = not acts and _held(by, self_assessment).filter(section=section).exists()
    return YES if held else acts


def read_section(by: User, self_assessment: SelfAssessment, section: Section) -> Answer:
    """From the first word on: the authority's own people, and whoever was given the section."""
    if belongs_to(by, self_assessment.participation):
        return YES
    held = _held(by, self_assessment).filter(section=section).exists()
    return yes_if(held, SEES_ITS_SECTIONS)


def read_whole(by: User, self_assessment: SelfAssessment) -> Answer:
    """Everybody who may open it, but for those who see it for a section alone."""
    readers = SelfAssessment.objects.read_whole_by(by)
    return yes_if(
        belongs_to(by, self_assessment.participation)
        or readers.filter(pk=self_assessment.pk).exists(),
        SEES_ITS_SECTIONS,
    )


def may_be_changed(self_assessment: SelfAssessment) -> Answer:
    """Whether anybody writes in it now."""
    if self_assessment.state == SelfAssessmentState.WITH_SIGN_OFF:
        locked = (
            "The self-assessment is with those who sign it, so it cannot be changed. "
            "The director can take it back."
        )
    else:
        locked = (
            "The self-assessment has been sent, so it can no longer be changed. "
            "Ask a board officer to return it to you."
        )
    return takes_part(self_assessment.participation) & yes_if(
        self_assessment.state in WRITING_OPEN, locked
    )


def _held(by: User, self_assessment: SelfAssessment) -> QuerySet[GivenSection]:
    return GivenSection.objects.held_by(by).filter(self_assessment=self_assessment)


def _writes_in(by: User, self_assessment: SelfAssessment, section_id: int) -> Answer:
    acts = acts_for(by, self_assessment.participation)
    if acts:
        return acts
    states = set(
        _held(by, self_assessment).filter(section=section_id).values_list("state", flat=True)
    )
    if not states:
        own = belongs_to(by, self_assessment.participation)
        return acts if own else no(NOT_GIVEN)
    return yes_if(
        bool(states & set(SECTION_OPEN)),
        "You have said that this section is ready, so it is with those who check it. "
        "They can give it back to you.",
    )


def submit_self_assessment(by: User, self_assessment: SelfAssessment) -> Answer:
    """Who may send it; whether it is complete is `queries.missing_answers`."""
    participation = self_assessment.participation
    return (
        yes_if(
            by.holds(Role.DIRECTOR, authority=participation.authority_id),
            "Only the director of children’s services sends the self-assessment.",
        )
        & takes_part(participation)
        & SELF_ASSESSMENT.may(self_assessment.state, SelfAssessmentState.SUBMITTED)
        & _is_signed(self_assessment)
    )


def review_carried(by: User, self_assessment: SelfAssessment) -> Answer:
    """All answers of last time at once; one at a time, whoever writes it."""
    return yes_if(
        by.holds(Role.DIRECTOR, authority=self_assessment.participation.authority_id),
        "Only the director of children’s services lets all answers of last time stand at once.",
    ) & may_be_changed(self_assessment)


def _is_signed(self_assessment: SelfAssessment) -> Answer:
    """By all but the director, whose signature it is to send it."""
    missing = unsigned_said(self_assessment)
    return yes_if(not missing, f"It is not signed yet by {missing}.")


def return_self_assessment(by: User, self_assessment: SelfAssessment) -> Answer:
    return run_round(by, self_assessment.participation.round.region) & SELF_ASSESSMENT.may(
        self_assessment.state, SelfAssessmentState.RETURNED
    )


def belongs_to(by: User, participation: Participation) -> bool:
    """One of the authority's own people, who read what is its own from the first word."""
    return by.holds(*READS_FOR_AUTHORITY, authority=participation.authority_id)


def open_self_assessment(by: User, self_assessment: SelfAssessment) -> Answer:
    return yes_if(
        belongs_to(by, self_assessment.participation), "Only the authority’s own people open it."
    )


def acts_for(by: User, participation: Participation) -> Answer:
    return yes_if(
        by.holds(*ACTS_FOR_AUTHORITY, authority=participation.authority_id),
        "Only the director and the authority’s officers write the self-assessment.",
    )


def takes_part(participation: Participation) -> Answer:
    if participation.state == ParticipationState.WITHDRAWN:
        return no(f"{participation.authority} has withdrawn from this round.")
    if participation.round.state in {RoundState.DRAFT, RoundState.CLOSED, RoundState.CANCELLED}:
        return no(f"The round is “{participation.round.get_state_display().lower()}”.")
    return YES
