"""Why a file is not taken, and how large it may be."""

from __future__ import annotations

MOST_MEGABYTES = 20
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
# The beginning of the harmless file by which virus scanners are tried out.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"


class UploadRefused(Exception):
    """The file is not kept; `reason` says why, and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def damaged(what: str) -> UploadRefused:
    return UploadRefused(
        f"The file is damaged or not complete. Open it, save it again as {what}, and attach that"
    )


def something_else(named: str) -> UploadRefused:
    return UploadRefused(
        f"The file is called {named} but is something else inside. "
        f"Open it, save it as {named}, and attach that"
    )


def hides_more(what: str) -> UploadRefused:
    return UploadRefused(
        f"The file holds more than {what}: something stands before its beginning or after its "
        f"end. Open it, save it again as {what}, and attach that"
    )
