import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError

from peerchallenge.outbox import actions, alone
from peerchallenge.outbox.models import Effect, EffectState


class Command(BaseCommand):
    help = "Runs one effect that a worker has taken; the worker starts this, nobody else need."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("effect", type=int)
        parser.add_argument("attempt", type=int)

    def handle(self, *, effect: int, attempt: int, **options: Any) -> None:
        alone.limit_memory()
        alone.limit_time()
        taken = Effect.objects.filter(pk=effect, attempts=attempt, state=EffectState.RUNNING)
        try:
            for found in taken:
                actions.perform(found)
        except (InterfaceError, OperationalError):
            sys.exit(alone.INTERRUPTED)
