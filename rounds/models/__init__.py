from rounds.models.calendar import CalendarEntry
from rounds.models.challenge import Challenge, FellowChallenger, Part, VisitDay
from rounds.models.conflict import Conflict, ConflictKind
from rounds.models.evidence import Evidence
from rounds.models.format import PRESETS, Format, LetterPart, Phase
from rounds.models.matching import EarlierChallenge, Exclusion, Scenario, ScenarioMatch
from rounds.models.offering import Capacity, HostPreference, StrengthOffered, Unavailable
from rounds.models.questionnaire import Asked, Question, RegionPreset, Section
from rounds.models.reminders import Reminder, ReminderText
from rounds.models.round import Participation, PriorityArea, Round
from rounds.models.self_assessment import SelfAssessment
from rounds.models.sending import ConfirmedDetail, Purge, SentVersion, SignOff
from rounds.models.team import Seat, TeamMember
from rounds.models.writing import GivenSection, ProgressSince, WrittenAnswer

__all__ = [
    "PRESETS",
    "Asked",
    "CalendarEntry",
    "Capacity",
    "Challenge",
    "ConfirmedDetail",
    "Conflict",
    "ConflictKind",
    "EarlierChallenge",
    "Evidence",
    "Exclusion",
    "FellowChallenger",
    "Format",
    "GivenSection",
    "HostPreference",
    "LetterPart",
    "Part",
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
    "Scenario",
    "ScenarioMatch",
    "Seat",
    "Section",
    "SelfAssessment",
    "SentVersion",
    "SignOff",
    "StrengthOffered",
    "TeamMember",
    "Unavailable",
    "VisitDay",
    "WrittenAnswer",
]
