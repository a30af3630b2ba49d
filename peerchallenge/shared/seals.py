"""Files that are kept with the SHA-256 of their bytes, and handed out only as they were kept."""

import hashlib


class SealBroken(Exception):
    """The bytes that are kept are not those that were made."""


def seal_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def unbroken(data: bytes | memoryview | None, seal: str, otherwise: str) -> bytes:
    """The bytes, or SealBroken with what is wrong: a changed file is never handed out."""
    kept = bytes(data or b"")
    if seal_of(kept) != seal:
        raise SealBroken(otherwise)
    return kept
