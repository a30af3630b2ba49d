"""Takes a file as it comes in: to a temporary file, and no further than it may be long."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from peerchallenge.shared.uploads.refusals import MOST_BYTES


class BoundedUploadHandler(FileUploadHandler):
    """What is beyond the limit is read and dropped; so is all of it when the disk is full.

    The file then says so (`not_kept`), or is one byte too long: a form tells the person.
    """

    file: TemporaryUploadedFile
    kept = 0
    failed = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept, self.failed = 0, False
        self.file = TemporaryUploadedFile(
            self.file_name or "", self.content_type or "", 0, self.charset, self.content_type_extra
        )
        # Django shortens a name to its last part; what is refused must see the ending it had.
        self.file.called = str(self.file_name)  # type: ignore[attr-defined]

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = MOST_BYTES + 1 - self.kept
        if room <= 0 or self.failed:
            return
        try:
            self.file.write(raw_data[:room])
        except OSError:
            self.failed = True
        self.kept += len(raw_data[:room])

    def file_complete(self, file_size: int) -> TemporaryUploadedFile:
        try:
            self.file.seek(0)
        except OSError:
            self.failed = True
        self.file.size = self.kept
        self.file.not_kept = self.failed  # type: ignore[attr-defined]
        return self.file
