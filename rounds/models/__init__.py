from rounds.models.calendar import CalendarEntry
from rounds.models.challenge import Challenge, FellowChallenger, Part, VisitDay
from rounds.models.conflict import Conflict, ConflictKind
from rounds.models.dates import (
    DateObjection,
    DateOffer,
    DateOfferAnswer,
    DateSearch,
    Postponement,
)
from rounds.models.evidence import Evidence
from rounds.models.format import PRESETS, Format, LetterPart, Phase, SeatKind
from rounds.models.matching import EarlierChallenge, Exclusion, Scenario, ScenarioMatch
from rounds.models.offering import (
    AvailabilityAnswer,
    Capacity,
    HostPreference,
    StrengthOffered,
    Unavailable,
)
from rounds.models.questionnaire import Asked, Question, RegionPreset, Section
from rounds.models.reminders import Reminder, ReminderText
from rounds.models.round import Participation, PriorityArea, Round
from rounds.models.scope import EnquiryLine, Limb, Paper, PaperAsked, ReadyDespite, Scope
from rounds.models.seats import SeatOffer
from rounds.models.self_assessment import SelfAssessment
from rounds.models.sending import ConfirmedDetail, Purge, SentVersion, SignOff
from rounds.models.team import Seat, TeamMember
from rounds.models.timetable import (
    PrintKind,
    Seen,
    Session,
    Timetable,
    TimetablePdf,
    TimetableRelease,
)
from rounds.models.writing import GivenSection, ProgressSince, WrittenAnswer
