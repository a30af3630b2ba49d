"""Plain rows for tests; what only an action may make is made by `tests.world`."""

from datetime import date

import factory
from django.utils.http import int_to_base36
from factory.django import DjangoModelFactory

from authorities.models import Authority, Membership, Region, User
from authorities.states import Role


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region

    name = factory.Sequence(lambda n: f"Region {n}")
    slug = factory.Sequence(lambda n: f"region-{n}")
    board_name = factory.LazyAttribute(lambda region: f"{region.name} Improvement Board")


class AuthorityFactory(DjangoModelFactory[Authority]):
    class Meta:
        model = Authority

    # Three characters, in the order of their making, for 46,656 authorities in one run.
    dfe_code = factory.Sequence(lambda n: int_to_base36(n % 36**3).upper().rjust(3, "0"))
    name = factory.Sequence(lambda n: f"Authority {n}")
    short_name = factory.SelfAttribute("name")
    official_name = factory.LazyAttribute(lambda authority: f"{authority.name} Council")
    code3 = factory.Sequence(lambda n: f"A{n:02}"[-3:])
    kind = "unitary"
    region = factory.SubFactory(RegionFactory)
    map_column = factory.Sequence(lambda n: n % 5)
    map_row = factory.Sequence(lambda n: n // 5)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person.{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    # Nobody signs in with a password in most tests, and hashing one is slow.
    password = "!"


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.DIRECTOR
    from_date = date(2012, 1, 1)
