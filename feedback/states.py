"""The machines of what was said, and what came of it."""

from django.db.models import TextChoices

from peerchallenge.shared.transitions import Transitions


class FindingKind(TextChoices):
    STRENGTH = "strength", "Strength"
    AREA_FOR_CONSIDERATION = "area_for_consideration", "Area for consideration"
    GOOD_PRACTICE = "good_practice", "Good practice"


class Grouping(TextChoices):
    """What the team lays its findings out by."""

    THEME = "theme", "Theme"
    LINE = "line", "Line of enquiry"


class Way(TextChoices):
    """Where a finding is moved among those of its group."""

    UP = "up", "Up"
    DOWN = "down", "Down"
    TOP = "top", "To the top"


class SourceKind(TextChoices):
    """Where the team has a finding from; never leaves the team."""

    SESSION = "session", "A session of the visit"
    DOCUMENT = "document", "A document"
    DATA = "data", "Data"
    CASE_RECORDS = "case_records", "Case records, as a whole"
    OBSERVED = "observed", "Seen on site"


class PartKind(TextChoices):
    """What a part of a letter is made of, besides the text that its writer gives it."""

    TEXT = "text", "Text alone"
    ACTIVITY = "activity", "What we did, counted from the timetable"
    LINES = "lines", "The host’s own questions, answered one by one"
    ANSWER = "answer", "The answer to one of them"
    FINDINGS = "findings", "Each theme: strengths, then areas for consideration"
    GOOD_PRACTICE = "good_practice", "Good practice to share"
    NEXT_STEPS = "next_steps", "Next steps, with their dates"
    TEAM = "team", "The challenge team"


class PointOutcome(TextChoices):
    """What the lead did about something the host said was wrong."""

    CHANGED = "changed", "Changed"
    KEPT = "kept", "Kept as it is"


class Audience(TextChoices):
    """With whom a host shares its letter, from few to everybody."""

    DIRECTORS = "directors", "The region’s directors"
    COMMITTEE = "committee", "A committee of the council"
    BOARD = "board", "The improvement board"
    PUBLIC = "public", "Everybody: a public page"


class FileKind(TextChoices):
    """A file made beside the sealed PDF, from the same frozen words."""

    LARGE_PRINT = "large_print", "Large print (PDF)"
    WORD = "word", "Word document"
    REDACTED = "redacted", "Redacted version (PDF)"
    THANKS = "thanks", "Letter of thanks (PDF)"
    SUMMARY = "summary", "Summary for the committee (Word)"


class LetterStep(TextChoices):
    """What somebody is reminded to do with a letter, by whose turn it is."""

    DRAFT = "draft", "Draft"
    REPLY = "reply", "Reply of the host"
    CHANGES = "changes", "Changes"
    APPROVAL = "approval", "Approval"
    ISSUE = "issue", "Issue"


class LetterState(TextChoices):
    DRAFTING = "drafting", "Drafting"
    WITH_TEAM = "with_team", "Back with the team"
    WITH_HOST = "with_host", "With the host for accuracy"
    CHECKED = "checked", "With the approver"
    APPROVED = "approved", "Approved"
    ISSUING = "issuing", "Being issued"
    ISSUED = "issued", "Issued"
    SHARED = "shared", "Shared"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"


L = LetterState

LETTER = Transitions(
    "letter",
    {
        # Straight to the approver: a correction of an issued letter alone.
        L.DRAFTING: [L.WITH_HOST, L.CHECKED],
        # Back with the team: the host or the approver asked for changes.
        L.WITH_TEAM: [L.WITH_HOST, L.CHECKED],
        L.WITH_HOST: [L.WITH_TEAM, L.CHECKED],
        L.CHECKED: [L.WITH_TEAM, L.APPROVED],
        L.APPROVED: [L.WITH_TEAM, L.ISSUING],
        # A letter whose PDF cannot be made goes back; it keeps the number it was given.
        L.ISSUING: [L.WITH_TEAM, L.ISSUED],
        L.ISSUED: [L.SHARED, L.SUPERSEDED],
        # Issued again: the host has taken back all that it shared.
        L.SHARED: [L.PUBLISHED, L.ISSUED, L.SUPERSEDED],
        L.PUBLISHED: [L.SHARED, L.SUPERSEDED],
        L.SUPERSEDED: [],
    },
)

BEING_WRITTEN = (L.DRAFTING, L.WITH_TEAM)
# From the accuracy check on, and until it is issued, the host reads what it was sent.
READ_BY_HOST = (L.WITH_HOST, L.WITH_TEAM, L.CHECKED, L.APPROVED, L.ISSUING)
READ_BY_APPROVER = (L.CHECKED, L.APPROVED, L.ISSUING)
# Those that count: no correction has taken their place.
STANDING = (L.ISSUED, L.SHARED, L.PUBLISHED)
SEALED = (*STANDING, L.SUPERSEDED)
NUMBERED = (L.ISSUING, *SEALED)
