"""The machines of a round: what each thing can be, and what can follow."""

from django.db.models import IntegerChoices, TextChoices

from peerchallenge.shared.transitions import Transitions


class RoundState(TextChoices):
    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    MATCHING = "matching", "Matching"
    UNDER_WAY = "under_way", "Under way"
    FOLLOWING_UP = "following_up", "Following up"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


class ParticipationState(TextChoices):
    INVITED = "invited", "Invited"
    TAKING_PART = "taking_part", "Taking part"
    WITHDRAWN = "withdrawn", "Withdrawn"


class SelfAssessmentState(TextChoices):
    NOT_STARTED = "not_started", "Not started"
    DRAFTING = "drafting", "Drafting"
    WITH_SIGN_OFF = "with_sign_off", "With sign-off"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned"
    SHARED = "shared", "Shared"


class GivenState(TextChoices):
    """Where a section stands that a colleague was asked to write."""

    GIVEN = "given", "With them"
    READY = "ready", "Ready to check"
    BACK = "back", "Back with them"
    CHECKED = "checked", "Checked"
    ENDED = "ended", "Taken back"


class QuestionKind(TextChoices):
    LONG_TEXT = "long_text", "Long text"
    SHORT_TEXT = "short_text", "Short text"
    CHOICE = "choice", "Choice"
    MEASURE = "measure", "Measure with value and baseline"
    TABLE = "table", "Table of rows"
    FILE = "file", "File"


class AnsweredBy(TextChoices):
    ANYBODY = "anybody", "Whoever has the section"
    DIRECTOR = "director", "The director alone"


class Leaning(TextChoices):
    """What a director says an answer shows, so that the board can set its areas by it."""

    STRENGTH = "strength", "Mostly a strength"
    CONCERN = "concern", "Mostly a concern"


class ChallengeState(TextChoices):
    PROPOSED = "proposed", "Proposed"
    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    SCOPED = "scoped", "Scoped"
    READY = "ready", "Ready"
    ON_SITE = "on_site", "On site"
    FED_BACK = "fed_back", "Fed back"
    LETTER = "letter", "Letter"
    ACTION_PLANNING = "action_planning", "Action planning"
    AWAITING_REVISIT = "awaiting_revisit", "Awaiting revisit"
    CLOSED = "closed", "Closed"
    DECLINED = "declined", "Declined"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"


class DateSearchState(TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Looking"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class PostponedFor(TextChoices):
    INSPECTION = "inspection", "An inspection"
    ELECTION = "election", "An election"
    CAPACITY = "capacity", "Not enough people or time"
    ILLNESS = "illness", "Illness"
    OTHER = "other", "Something else"


class SeatOfferState(TextChoices):
    PROPOSED = "proposed", "Proposed"
    ASKED = "asked", "Asked"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class SessionKind(TextChoices):
    PRESENTATION = "presentation", "Presentation"
    INTERVIEW = "interview", "Interview"
    FOCUS_GROUP = "focus_group", "Focus group"
    SERVICE_VISIT = "service_visit", "Visit to a service"
    CASE_RECORDS = "case_records", "Case records"
    TEAM_MEETING = "team_meeting", "Team meeting"
    FEEDBACK = "feedback", "Feedback"
    BREAK = "break", "Break"


R, P, S, C = RoundState, ParticipationState, SelfAssessmentState, ChallengeState
G, A = GivenState, SeatOfferState

ROUND = Transitions(
    "round",
    {
        R.DRAFT: [R.OPEN, R.CANCELLED],
        R.OPEN: [R.MATCHING, R.CANCELLED],
        R.MATCHING: [R.UNDER_WAY, R.CANCELLED],
        R.UNDER_WAY: [R.FOLLOWING_UP, R.CANCELLED],
        R.FOLLOWING_UP: [R.CLOSED],
        R.CLOSED: [],
        R.CANCELLED: [],
    },
)

PARTICIPATION = Transitions(
    "participation",
    {
        P.INVITED: [P.TAKING_PART, P.WITHDRAWN],
        P.TAKING_PART: [P.WITHDRAWN],
        P.WITHDRAWN: [P.TAKING_PART],
    },
)

SELF_ASSESSMENT = Transitions(
    "self-assessment",
    {
        S.NOT_STARTED: [S.DRAFTING],
        S.DRAFTING: [S.WITH_SIGN_OFF, S.SUBMITTED],
        S.WITH_SIGN_OFF: [S.DRAFTING, S.SUBMITTED],
        S.SUBMITTED: [S.RETURNED, S.SHARED],
        S.RETURNED: [S.WITH_SIGN_OFF, S.SUBMITTED],
        S.SHARED: [S.DRAFTING],
    },
)

GIVEN_SECTION = Transitions(
    "section",
    {
        G.GIVEN: [G.READY, G.ENDED],
        G.READY: [G.BACK, G.CHECKED, G.ENDED],
        G.BACK: [G.READY, G.ENDED],
        G.CHECKED: [G.BACK, G.ENDED],
        G.ENDED: [],
    },
)

CHALLENGE = Transitions(
    "challenge",
    {
        C.PROPOSED: [C.OFFERED, C.CANCELLED],
        C.OFFERED: [C.ACCEPTED, C.DECLINED, C.CANCELLED],
        # On site without having been ready: the day comes all the same.
        C.ACCEPTED: [C.SCOPED, C.READY, C.ON_SITE, C.POSTPONED, C.CANCELLED],
        C.SCOPED: [C.ACCEPTED, C.READY, C.ON_SITE, C.POSTPONED, C.CANCELLED],
        # Something it was ready with is gone again.
        C.READY: [C.ACCEPTED, C.SCOPED, C.ON_SITE, C.POSTPONED, C.CANCELLED],
        C.ON_SITE: [C.FED_BACK, C.POSTPONED, C.CANCELLED],
        C.FED_BACK: [C.LETTER],
        C.LETTER: [C.ACTION_PLANNING],
        C.ACTION_PLANNING: [C.AWAITING_REVISIT],
        C.AWAITING_REVISIT: [C.CLOSED],
        C.POSTPONED: [C.ACCEPTED, C.SCOPED, C.CANCELLED],
        C.CLOSED: [],
        C.DECLINED: [],
        C.CANCELLED: [],
    },
)

SEAT_OFFER = Transitions(
    "invitation to a team",
    {
        A.PROPOSED: [A.ASKED, A.WITHDRAWN],
        A.ASKED: [A.ACCEPTED, A.DECLINED, A.WITHDRAWN],
        # They can no longer come; the seat ends.
        A.ACCEPTED: [A.DECLINED, A.WITHDRAWN],
        A.DECLINED: [],
        A.WITHDRAWN: [],
    },
)
SEAT_ASKED = (A.ASKED, A.ACCEPTED)

# Offers that stand: one host has one, one challenger gives one.
LIVE = (
    C.OFFERED,
    C.ACCEPTED,
    C.SCOPED,
    C.READY,
    C.ON_SITE,
    C.FED_BACK,
    C.LETTER,
    C.ACTION_PLANNING,
    C.AWAITING_REVISIT,
    C.CLOSED,
    C.POSTPONED,
)
# Days on site may still be set, or moved.
DATES_OPEN = (C.ACCEPTED, C.SCOPED, C.READY)
LETTER_OUT = (C.ACTION_PLANNING, C.AWAITING_REVISIT, C.CLOSED)
# Both sides have said yes, and the challenge is not over: the team reads the host's material.
OPEN_TO_TEAM = tuple(state for state in LIVE if state not in {C.OFFERED, C.CLOSED})
# The team has been on site, or had days to come for.
VISIT_KNOWN = tuple(state for state in OPEN_TO_TEAM if state not in DATES_OPEN)
WRITING_OPEN = (S.NOT_STARTED, S.DRAFTING, S.RETURNED)
SENT = (S.SUBMITTED, S.SHARED)
# Nobody but the board's own record has anything more to do with these.
ROUND_OVER = (R.CLOSED, R.CANCELLED)
# Some authority may still be writing its self-assessment, or be matched.
WRITES = (R.OPEN, R.MATCHING, R.UNDER_WAY)
# Whoever holds a section reads it, and writes in it while it is with them.
GIVEN = (G.GIVEN, G.READY, G.BACK, G.CHECKED)
SECTION_OPEN = (G.GIVEN, G.BACK)


# Where a correction of a question counts.
THIS_ROUND, THE_PRESET = "round", "preset"


class Stage(IntegerChoices):
    """How far an authority has come, as the board counts it."""

    INVITED = 0, "Invited"
    WRITING = 1, "Self-assessment"
    SENT = 2, "Submitted"
    MATCHED = 3, "Matched"
    BOOKED = 4, "Visit booked"
    VISITED = 5, "Visit done"
    LETTER = 6, "Letter issued"
    PLAN = 7, "Plan agreed"


STAGE_OF_CHALLENGE = {
    C.OFFERED: Stage.MATCHED,
    C.ACCEPTED: Stage.MATCHED,
    C.SCOPED: Stage.MATCHED,
    C.POSTPONED: Stage.MATCHED,
    C.READY: Stage.BOOKED,
    C.ON_SITE: Stage.BOOKED,
    C.FED_BACK: Stage.VISITED,
    C.LETTER: Stage.VISITED,
    C.ACTION_PLANNING: Stage.LETTER,
    C.AWAITING_REVISIT: Stage.PLAN,
    C.CLOSED: Stage.PLAN,
}


def stage_of(self_assessment: str, challenge: str | None, *, dates_sent: bool = False) -> Stage:
    """By the challenge an authority hosts once one is offered, until then by what it wrote."""
    if dates_sent and challenge in DATES_OPEN:
        return Stage.BOOKED
    if challenge in STAGE_OF_CHALLENGE:
        return STAGE_OF_CHALLENGE[ChallengeState(challenge)]
    if self_assessment in SENT:
        return Stage.SENT
    return Stage.INVITED if self_assessment == S.NOT_STARTED else Stage.WRITING
