from rounds.models.challenge import Challenge, Seat, TeamMember, VisitDay
from rounds.models.evidence import Evidence
from rounds.models.format import PRESETS, Format, LetterPart, Phase
from rounds.models.questionnaire import Asked, Question, RegionPreset, Section
from rounds.models.reminders import Reminder, ReminderText
from rounds.models.round import Participation, PriorityArea, Round
from rounds.models.self_assessment import SelfAssessment
from rounds.models.sending import ConfirmedDetail, Purge, SentVersion, SignOff
from rounds.models.writing import GivenSection, ProgressSince, WrittenAnswer

__all__ = [
    "PRESETS",
    "Asked",
    "Challenge",
    "ConfirmedDetail",
    "Evidence",
    "Format",
    "GivenSection",
    "LetterPart",
    "Participation",
    "Phase",
    "PriorityArea",
    "ProgressSince",
    "Purge",
    "Question",
    "RegionPreset",
    "Reminder",
    "ReminderText",
    "Round",
    "Seat",
    "Section",
    "SelfAssessment",
    "SentVersion",
    "SignOff",
    "TeamMember",
    "VisitDay",
    "WrittenAnswer",
]
