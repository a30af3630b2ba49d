from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from authorities.models.authority import Authority
from authorities.models.region import Region
from authorities.states import HELD_EVERYWHERE, HELD_IN_A_REGION, HELD_IN_AN_AUTHORITY, Role


class UserQuerySet(models.QuerySet["User"]):
    def in_post(
        self, *roles: Role, region: Region | None = None, authority: Authority | None = None
    ) -> UserQuerySet:
        """Active people who hold one of these roles there today."""
        held = Membership.objects.current().filter(
            role__in=roles, region=region, authority=authority
        )
        return self.filter(is_active=True, memberships__in=held).distinct()


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person, whatever they do here: what they may do hangs on their memberships."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager.from_queryset(UserQuerySet)()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def current_memberships(self) -> list[Membership]:
        """Read once for each request: the request's user is a new object every time."""
        if not self.is_active:
            return []
        return list(self.memberships.current().select_related("region", "authority__region"))

    def holds(
        self,
        *roles: Role,
        region: Region | int | None = None,
        authority: Authority | int | None = None,
    ) -> bool:
        """Does the user hold one of the roles today: there, or anywhere if no place is named?"""
        region_id = region.pk if isinstance(region, Region) else region
        authority_id = authority.pk if isinstance(authority, Authority) else authority
        return any(
            held.role in roles
            and (region_id is None or held.region_id == region_id)
            and (authority_id is None or held.authority_id == authority_id)
            for held in self.current_memberships
        )

    def holds_any_post_in(self, authority: Authority) -> bool:
        return any(held.authority_id == authority.pk for held in self.current_memberships)

    def regions_where(self, *roles: Role) -> list[int]:
        return [m.region_id for m in self.current_memberships if m.region_id and m.role in roles]

    def authorities_where(self, *roles: Role) -> list[int]:
        return [
            m.authority_id for m in self.current_memberships if m.authority_id and m.role in roles
        ]

    def region_ids(self) -> set[int]:
        """Every region the user has to do with, through a board or an authority."""
        boards = {m.region_id for m in self.current_memberships if m.region_id}
        return boards | {m.authority.region_id for m in self.current_memberships if m.authority}


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        today = timezone.localdate()
        return self.filter(Q(from_date__lte=today), Q(to_date__isnull=True) | Q(to_date__gte=today))

    def visible_to(self, user: User) -> MembershipQuerySet:
        """All of a region for its officers, all of an authority for its director."""
        return self.filter(_run_by(user))


class Membership(models.Model):
    """A person holds a role in a region or an authority, from a day to a day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices)
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    authority = models.ForeignKey(
        Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    post = models.CharField(
        max_length=120,
        blank=True,
        help_text="What the post is called there, as in “Service manager”.",
    )
    from_date = models.DateField(default=timezone.localdate)
    to_date = models.DateField(null=True, blank=True, help_text="The last day in the role.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["-from_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=HELD_IN_A_REGION, region__isnull=False, authority__isnull=True)
                | Q(role__in=HELD_IN_AN_AUTHORITY, region__isnull=True, authority__isnull=False)
                | Q(role__in=HELD_EVERYWHERE, region__isnull=True, authority__isnull=True),
                name="membership_held_where_its_role_is",
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True)
                | Q(to_date__gte=F("from_date") - timedelta(days=1)),
                name="membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.place}"

    @property
    def post_name(self) -> str:
        return self.post or self.get_role_display()

    @property
    def place(self) -> Region | Authority | str:
        return self.region or self.authority or "everywhere"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        return self.filter(accepted_at__isnull=True, expires_at__gt=timezone.now())

    def with_token(self, token: str) -> InvitationQuerySet:
        return self.filter(token_hash=hash_of(token))

    def visible_to(self, user: User) -> InvitationQuerySet:
        return self.filter(_run_by(user))


def _run_by(user: User) -> Q:
    """Posts whose people the user looks after, whether held or offered."""
    regions = user.regions_where(Role.BOARD_OFFICER)
    return (
        Q(region__in=regions)
        | Q(authority__region__in=regions)
        | Q(authority__in=user.authorities_where(Role.DIRECTOR))
    )


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Invitation(models.Model):
    """Somebody is asked by e-mail to take a role. The link works once, for 48 hours."""

    LASTS = timedelta(hours=48)

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=Role.choices)
    post = models.CharField(max_length=120, blank=True)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT)
    authority = models.ForeignKey(Authority, null=True, blank=True, on_delete=models.PROTECT)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    # Only the mail holds the token itself; it is drawn when the mail is sent.
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    expires_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"

    def draw_token(self) -> str:
        """A new token; the link of an earlier mail stops working."""
        token = secrets.token_urlsafe(32)
        self.token_hash = hash_of(token)
        self.expires_at = timezone.now() + self.LASTS
        return token
