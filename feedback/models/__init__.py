from feedback.models.content import LetterContent
from feedback.models.finding import Finding
from feedback.models.letter import (
    AccuracyReply,
    Letter,
    LetterPart,
    SealBroken,
    fingerprint_of,
)

__all__ = [
    "AccuracyReply",
    "Finding",
    "Letter",
    "LetterContent",
    "LetterPart",
    "SealBroken",
    "fingerprint_of",
]
