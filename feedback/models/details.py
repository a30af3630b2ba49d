from __future__ import annotations

from django.conf import settings
from django.db import models

from feedback.models.letter import Letter


class LetterDetail(models.Model):
    """What looked like a child's details in a letter, and who said that it is none.

    Only its fingerprint is kept: words that say something else must be confirmed anew.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="confirmed")
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "fingerprint"], name="letter_detail_confirmed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}, confirmed by {self.confirmed_by}"
