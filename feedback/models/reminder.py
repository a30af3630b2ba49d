from __future__ import annotations

from django.db import models

from feedback.states import LetterStep
from rounds.models import Challenge


class LetterReminder(models.Model):
    """A reminder of a step of the letter that has been promised; once before its day, once after.

    Of the challenge, for the first is sent when there is no letter yet. Another day is another
    reminder.
    """

    challenge = models.ForeignKey(
        Challenge, on_delete=models.CASCADE, related_name="letter_reminders"
    )
    step = models.CharField(max_length=20, choices=LetterStep.choices)
    due = models.DateField()
    late = models.BooleanField(help_text="Its day has passed.")
    promised_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "step", "due", "late"], name="letter_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} of {self.challenge}, due {self.due}"
