from rounds.models.challenge import Challenge, Seat, TeamMember, VisitDay
from rounds.models.format import PRESETS, Format, LetterPart, Phase
from rounds.models.questionnaire import Question, Section
from rounds.models.round import Participation, PriorityArea, Round
from rounds.models.self_assessment import SelfAssessment, WrittenAnswer

__all__ = [
    "PRESETS",
    "Challenge",
    "Format",
    "LetterPart",
    "Participation",
    "Phase",
    "PriorityArea",
    "Question",
    "Round",
    "Seat",
    "Section",
    "SelfAssessment",
    "TeamMember",
    "VisitDay",
    "WrittenAnswer",
]
