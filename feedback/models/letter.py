from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from authorities.states import READS_FOR_AUTHORITY, Role
from feedback.models.content import LetterContent, in_fours
from feedback.models.template import LetterTemplate
from feedback.states import (
    NUMBERED,
    READ_BY_APPROVER,
    READ_BY_HOST,
    SEALED,
    STANDING,
    Audience,
    LetterState,
    PartKind,
)
from peerchallenge.shared.marks import mark_of
from peerchallenge.shared.seals import unbroken
from rounds.models import Challenge
from rounds.states import OPEN_TO_TEAM

if TYPE_CHECKING:
    from authorities.models import User


class LetterQuerySet(models.QuerySet["Letter"]):
    def sealed(self) -> LetterQuerySet:
        return self.filter(state__in=SEALED)

    def standing(self) -> LetterQuerySet:
        """Issued, and no correction has taken their place."""
        return self.filter(state__in=STANDING)

    def approved(self) -> LetterQuerySet:
        return self.filter(state=LetterState.APPROVED)

    def with_challenge(self) -> LetterQuerySet:
        """With all that says whose letter it is; the bytes stay behind until asked for."""
        return self.select_related(
            "challenge__round__region",
            "challenge__host__authority",
            "challenge__host__self_assessment__area",
            "challenge__challenger__authority",
            "drafted_by",
            "approved_by",
        ).defer("pdf")

    def visible_to(self, user: User) -> LetterQuerySet:
        """The team's; the host's from the accuracy check; the approver's once it is checked;
        the board's officers' and the approver's once issued; theirs whom the host lets read it."""
        own = Challenge.objects.filter(state__in=OPEN_TO_TEAM, team__in=user.seats.current())
        team = Q(challenge__in=own.values("pk"))
        # A correction may go to the approver at once: its host reads it once it is issued.
        sent = Q(state__in=READ_BY_HOST, sent_to_host_at__isnull=False)
        host = (sent | Q(state__in=SEALED)) & Q(
            challenge__host__authority__in=user.authorities_where(*READS_FOR_AUTHORITY)
        )
        approver = Q(
            state__in=(*READ_BY_APPROVER, *SEALED),
            challenge__round__region__in=user.regions_where(Role.APPROVER),
        )
        officer = Q(
            state__in=SEALED,
            challenge__round__region__in=user.regions_where(Role.BOARD_OFFICER),
        )
        shared = self._shared_with(user, redacted=False)
        return self.filter(team | host | approver | officer | shared).defer("pdf")

    def shared_with(self, user: User) -> LetterQuerySet:
        """Those that a host lets this person read in full."""
        return self.filter(self._shared_with(user, redacted=False)).defer("pdf")

    def redacted_for(self, user: User) -> LetterQuerySet:
        """Those whose redacted version this person may read, and not the letter itself."""
        shared = self.filter(self._shared_with(user, redacted=True))
        return shared.exclude(pk__in=Letter.objects.visible_to(user).values("pk")).defer("pdf")

    def _shared_with(self, user: User, *, redacted: bool) -> Q:
        """By a share that is not withdrawn: as a director, or as a member of the board."""
        directors = {
            held.authority.region_id
            for held in user.current_memberships
            if held.authority and held.role == Role.DIRECTOR
        }
        boards = user.regions_where(Role.BOARD_MEMBER, Role.CHAIR)
        # One by one, so that a letter shared twice is found once.
        live = {"shares__withdrawn_at": None, "shares__redacted": redacted}
        told = Q(
            shares__audience__in=(Audience.DIRECTORS, Audience.PUBLIC),
            challenge__round__region__in=directors,
        ) | Q(
            shares__audience__in=(Audience.BOARD, Audience.PUBLIC),
            challenge__round__region__in=boards,
        )
        return Q(state__in=SEALED, pk__in=Letter.objects.filter(told, **live).values("pk"))


class Letter(models.Model):
    """The team's feedback to its host. Issued, it never changes."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="letters")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=20, choices=LetterState.choices, default=LetterState.DRAFTING
    )
    since = models.DateTimeField(default=timezone.now, help_text="When it came into its state.")
    template = models.ForeignKey(
        LetterTemplate,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The region's own that it began from; empty: the format's.",
    )
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    correction_reason = models.TextField(
        blank=True, help_text="Why it replaces the one before, on its face."
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField(auto_now_add=True)
    sent_to_host_at = models.DateTimeField(null=True)
    sent_content = models.JSONField(null=True, help_text="What the host was asked to check.")
    sent_back_because = models.TextField(blank=True, help_text="For the team, by the approver.")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    # From here on set when it is issued: what the PDF is made from, and what came of it.
    number = models.PositiveIntegerField(null=True)
    reference = models.CharField(max_length=40, blank=True)
    issued_on = models.DateField(null=True)
    content = models.JSONField(null=True)
    fingerprint = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="Of its contents, as it is printed."
    )
    pdf = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["challenge__host__authority__name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "version"], name="letter_version_once"),
            models.CheckConstraint(
                condition=Q(sent_to_host_at__isnull=True, sent_content__isnull=True)
                | Q(sent_to_host_at__isnull=False, sent_content__isnull=False),
                name="letter_sent_with_its_words",
            ),
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(reference=""), name="letter_reference_once"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="letter_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="letter_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NUMBERED)
                | (
                    Q(number__isnull=False, issued_on__isnull=False, content__isnull=False)
                    & ~Q(reference="")
                ),
                name="letter_numbered_when_issuing",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(correction_reason=""),
                name="letter_correction_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SEALED)
                | (Q(pdf__isnull=False, sealed_at__isnull=False) & ~Q(sha256="")),
                name="letter_issued_has_bytes_and_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"Letter to {self.challenge.host_authority}"

    @property
    def is_sealed(self) -> bool:
        return self.state in SEALED

    @property
    def is_replaced(self) -> bool:
        """Issued, and a correction has taken its place since."""
        return self.state == LetterState.SUPERSEDED

    @property
    def sealed_pdf(self) -> bytes:
        """The bytes as they were issued, or SealBroken."""
        otherwise = f"letter {self.pk}: the PDF is not the one that was issued"
        return unbroken(self.pdf, self.sha256, otherwise)

    @property
    def short_fingerprint(self) -> str:
        """As it is printed at the foot of each page."""
        return in_fours(self.fingerprint)

    @property
    def as_sent(self) -> LetterContent:
        """What the host was asked to check, however the team goes on."""
        return LetterContent.from_json(self.sent_content or {})

    @property
    def frozen_content(self) -> LetterContent:
        """What was issued: never read again from the rows it came from."""
        return LetterContent.from_json(self.content or {})


class LetterPart(models.Model):
    """One part of a letter's text, edited by the team; findings flow in beside it."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="parts")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=PartKind.choices, default=PartKind.TEXT)
    after_findings = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: it reads as the template does.",
    )

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["letter", "key"], name="letter_part_once")]

    def __str__(self) -> str:
        return self.heading

    @property
    def seen(self) -> str:
        """Another for every other text: what a page was drawn from, to be sent back with it."""
        return self.seen_with(self.heading, self.text)

    @staticmethod
    def seen_with(heading: str, text: str) -> str:
        return mark_of(heading.strip(), text.strip())
