from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from authorities.actions import invite_person, load_facts
from authorities.models import Region
from authorities.states import Role
from peerchallenge.audit.actions import CLOCK


class Command(BaseCommand):
    help = "Load England's authorities and invite a region's first board officer by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("region", help="for instance south-west")
        parser.add_argument("--officer", required=True, help="the officer's e-mail address")
        parser.add_argument("--name", required=True, help="the officer's name")

    @transaction.atomic
    def handle(self, *, region: str, officer: str, name: str, **options: object) -> None:
        load_facts()
        found = Region.objects.filter(slug=region).first()
        if found is None:
            slugs = ", ".join(Region.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no region {region}: choose one of {slugs}.")
        invite_person(officer, name, Role.BOARD_OFFICER, region=found, by=CLOCK)
        self.stdout.write(f"{officer} is invited as board officer of the {found.name}.")
