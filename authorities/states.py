"""The posts people hold and where each is held; what a calendar knows of days."""

from django.db.models import TextChoices


class Role(TextChoices):
    BOARD_OFFICER = "board_officer", "Board officer"
    BOARD_MEMBER = "board_member", "Board member"
    CHAIR = "chair", "Chair of the board"
    APPROVER = "approver", "Approver of letters"
    DIRECTOR = "director", "Director of children’s services"
    AUTHORITY_OFFICER = "authority_officer", "Authority officer"
    LEAD_MEMBER = "lead_member", "Lead member"
    CHIEF_EXECUTIVE = "chief_executive", "Chief executive"
    REVIEWER = "reviewer", "Reviewer"
    COLLEAGUE = "colleague", "Colleague"
    SYSTEM_ADMINISTRATOR = "system_administrator", "System administrator"


class PeriodKind(TextChoices):
    """What the days of a period are to an authority, or to all of a region."""

    SCHOOL_HOLIDAY = "school_holiday", "School holiday"
    HALF_TERM = "half_term", "Half term"
    PRE_ELECTION = "pre_election", "Pre-election period"
    NO_GO = "no_go", "Days without visits"
    INSPECTION = "inspection", "Inspection in progress"


class TeamSeat(TextChoices):
    """The seats of a team that somebody can fill, as a format's `seats` name them."""

    LEAD = "lead", "Lead reviewer"
    ASSISTANT_DIRECTOR = "assistant_director", "Assistant director"
    PRACTITIONER = "practitioner", "Practitioner"
    ELECTED_MEMBER = "elected_member", "Elected member"
    HEALTH_PARTNER = "health_partner", "Health partner"
    ANALYST = "analyst", "Analyst"
    OFF_SITE = "off_site", "Off-site reviewer"


HELD_IN_A_REGION = (Role.BOARD_OFFICER, Role.BOARD_MEMBER, Role.CHAIR, Role.APPROVER)
HELD_IN_AN_AUTHORITY = (
    Role.DIRECTOR,
    Role.AUTHORITY_OFFICER,
    Role.LEAD_MEMBER,
    Role.CHIEF_EXECUTIVE,
    Role.REVIEWER,
    Role.COLLEAGUE,
)
HELD_EVERYWHERE = (Role.SYSTEM_ADMINISTRATOR,)

# Whoever acts for the authority; the others read what is its own. A colleague, like a
# reviewer, sees only what is given to them by name.
ACTS_FOR_AUTHORITY = (Role.DIRECTOR, Role.AUTHORITY_OFFICER)
READS_FOR_AUTHORITY = (*ACTS_FOR_AUTHORITY, Role.LEAD_MEMBER, Role.CHIEF_EXECUTIVE)
READS_FOR_BOARD = (Role.BOARD_OFFICER, Role.BOARD_MEMBER, Role.CHAIR)

SCHOOLS_CLOSED = (PeriodKind.SCHOOL_HOLIDAY, PeriodKind.HALF_TERM)
# What is said of an authority by day, in one form; the others have acts of their own.
SAID_OF_AN_AUTHORITY = (*SCHOOLS_CLOSED, PeriodKind.PRE_ELECTION)
# A longer one is a slip of the pen: a wrong year, a term instead of a holiday.
MOST_DAYS = {
    PeriodKind.SCHOOL_HOLIDAY: 75,
    PeriodKind.HALF_TERM: 18,
    PeriodKind.PRE_ELECTION: 75,
    PeriodKind.NO_GO: 31,
    PeriodKind.INSPECTION: 366,
}
