"""The embedded queue: kombu's folder of messages, of which a reader never sees half a one."""

from __future__ import annotations

import uuid
from pathlib import Path
from time import time_ns
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Write the message aside and rename it into place.

        kombu opens the file under its final name and writes afterwards; a worker that looks in
        between reads nothing and stops with a JSONDecodeError.
        """
        name = f"{time_ns():020}_{uuid.uuid4()}"
        folder = Path(self.data_folder_out)
        aside = folder / f"{name}.part"
        aside.write_text(dumps(payload))  # type: ignore[no-untyped-call]
        aside.rename(folder / f"{name}.{queue}.msg")


class Transport(filesystem.Transport):
    Channel = Channel


def install() -> None:
    """Let `filesystem://` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = "peerchallenge.outbox.folder:Transport"
