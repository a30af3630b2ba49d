"""The machines of what was said, and what came of it."""

from django.db.models import TextChoices

from peerchallenge.shared.transitions import Transitions


class FindingKind(TextChoices):
    STRENGTH = "strength", "Strength"
    AREA_FOR_CONSIDERATION = "area_for_consideration", "Area for consideration"
    GOOD_PRACTICE = "good_practice", "Good practice"


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
        L.DRAFTING: [L.WITH_HOST],
        # Back with the team: the host or the approver asked for changes.
        L.WITH_TEAM: [L.WITH_HOST, L.CHECKED],
        L.WITH_HOST: [L.WITH_TEAM, L.CHECKED],
        L.CHECKED: [L.WITH_TEAM, L.APPROVED],
        L.APPROVED: [L.WITH_TEAM, L.ISSUING],
        # A letter whose PDF cannot be made goes back; it keeps the number it was given.
        L.ISSUING: [L.WITH_TEAM, L.ISSUED],
        L.ISSUED: [L.SHARED, L.SUPERSEDED],
        L.SHARED: [L.PUBLISHED, L.SUPERSEDED],
        L.PUBLISHED: [L.SHARED, L.SUPERSEDED],
        L.SUPERSEDED: [],
    },
)

BEING_WRITTEN = (L.DRAFTING, L.WITH_TEAM)
# From the accuracy check on, and until it is issued, the host reads what it was sent.
READ_BY_HOST = (L.WITH_HOST, L.WITH_TEAM, L.CHECKED, L.APPROVED, L.ISSUING)
READ_BY_APPROVER = (L.CHECKED, L.APPROVED, L.ISSUING)
SEALED = (L.ISSUED, L.SHARED, L.PUBLISHED, L.SUPERSEDED)
NUMBERED = (L.ISSUING, *SEALED)
