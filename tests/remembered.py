"""Moments of a World are built once in a process; later tests load the rows they left.

Most of a test's time went into moving a round on, action by action, to where the test begins.
Loading is for where it cannot be told from building: on PostgreSQL, in a test's own transaction,
with nothing else written before or in between, and with clock and settings as they are.
"""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import UserSettingsHolder, settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

if TYPE_CHECKING:
    from tests.world import World

MOMENTS = (
    *("drafted", "opened", "shared", "proposed", "offered", "accepted", "staffed", "teamed"),
    *("booked", "postponed", "visited", "alone", "letter_drafted", "letter_with_host"),
    *("letter_checked", "letter_approved", "letter_issuing", "letter_issued", "letter_published"),
    *("letter_correcting", "letter_corrected"),
)
CLOCK = timezone.now
# How many rows this connection has written of late, by table, and also those it took back again.
# Within a transaction the numbers only grow.
WRITTEN = """
    SELECT relid::regclass::text, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""


@dataclass(frozen=True)
class Moment:
    """The rows of every table that was written to, the mails sent, and what was returned."""

    rows: dict[str, bytes]
    mails: list[EmailMessage]
    result: bytes

    @classmethod
    def now(cls, result: object, *, since: dict[str, int], mails_before: int) -> Moment:
        rows = {}
        changed = [table for table, count in _written().items() if count != since.get(table)]
        with connection.cursor() as cursor:
            for table in changed:
                with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as out:
                    rows[table] = b"".join(out)
        return cls(rows, copy.copy(mail.outbox[mails_before:]), pickle.dumps(result))

    def load(self) -> Any:
        """The rows as they were, numbers too: no sequence goes back, so none is given twice."""
        emptied = "".join(f"DELETE FROM {table};" for table in self.rows)
        with connection.cursor() as cursor:
            # Rows that fitted together need no check, and a seal no breaking.
            cursor.execute(f"SET LOCAL session_replication_role = replica; {emptied}")
            for table, rows in self.rows.items():
                with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as into:
                    into.write(rows)
            cursor.execute("SET LOCAL session_replication_role = origin")
        mail.outbox.extend(copy.copy(message) for message in self.mails)
        return pickle.loads(self.result)


MEMORY: dict[Hashable, Moment] = {}


def remembered(world: type[World]) -> type[World]:
    """A class of worlds whose beginning and moments are kept."""
    world.__post_init__ = _beginning(world.__post_init__)
    for name in MOMENTS:
        setattr(world, name, _moment(getattr(world, name)))
    return world


def _beginning(populate: Callable[[World], None]) -> Callable[[World], None]:
    """People and authorities are the same in every test that begins with them."""

    def begin(world: World) -> None:
        world.began = None
        if not _possible() or _has_written():
            return populate(world)

        def built() -> dict[str, Any]:
            populate(world)
            return vars(world)

        vars(world).update(_remembered((world.size,), _written(), built), preset=world.preset)
        world.began = _written()
        return None

    return begin


def _moment(build: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(build)
    def get_there(world: World, *args: Any, **options: Any) -> Any:
        if world.began is None or not _possible() or _written() != world.began:
            return build(world, *args, **options)
        key = (
            build.__name__,
            timezone.localdate(),
            world.size,
            world.preset,
            repr((args, options)),
        )
        return _remembered(key, world.began, lambda: build(world, *args, **options))

    return get_there


def _remembered(key: Hashable, since: dict[str, int], build: Callable[[], Any]) -> Any:
    if key in MEMORY:
        return MEMORY[key].load()
    mails_before = len(mail.outbox)
    result = build()
    MEMORY[key] = Moment.now(result, since=since, mails_before=mails_before)
    return result


def _possible() -> bool:
    changed = isinstance(settings._wrapped, UserSettingsHolder) or timezone.now is not CLOCK
    return connection.vendor == "postgresql" and connection.in_atomic_block and not changed


def _has_written() -> bool:
    """Has this transaction written anything at all?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        return bool(cursor.fetchone()[0])


def _written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())
