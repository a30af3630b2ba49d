from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from peerchallenge.demo.build import build
from peerchallenge.demo.reviews import build_reviews
from peerchallenge.demo.weeks import WEEKS, build_week
from rounds.models import Round


class Command(BaseCommand):
    help = "Make the demo region, with a round whose dates are set from today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", default="south-west", choices=["south-west", *WEEKS])
        parser.add_argument(
            "--reviews", action="store_true", help="three published reviews as whole letters"
        )
        parser.add_argument("--fresh", action="store_true", help="start over: delete everything")

    def handle(self, *, region: str, reviews: bool, fresh: bool, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Everybody knows the demo’s password: it is made only where DEMO=1 is set."
            )
        if fresh:
            self._start_over()
        if reviews:
            self._make_reviews()
            return
        if Round.objects.filter(region__slug=region).exists():
            self.stdout.write("The demo region is there already; --fresh makes it anew.")
            return
        with transaction.atomic():
            make = build_week if region in WEEKS else build
            round = make(region, self.stdout.write)
        self.stdout.write(f"{round.region.board_name}: {round.name} is ready.")

    def _make_reviews(self) -> None:
        with transaction.atomic():
            letters = build_reviews(self.stdout.write)
        for letter in letters:
            self.stdout.write(f"{letter.reference}: {letter} is issued.")
        if not letters:
            self.stdout.write("The reviews are there already; --fresh makes them anew.")

    def _start_over(self) -> None:
        """An issued letter cannot be deleted, not even from here: the whole database goes."""
        if connection.vendor != "sqlite":
            call_command("flush", interactive=False, verbosity=0)
            return
        path = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        call_command("migrate", verbosity=0)
