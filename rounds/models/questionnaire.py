from django.db import models

from rounds.models.round import Round


class Section(models.Model):
    """Part of a round's questionnaire."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField()
    title = models.CharField(max_length=160)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="section_key_once_in_round"),
            models.UniqueConstraint(fields=["round", "position"], name="section_place_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """Asked of every authority in the round, in the officers' own words."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField()
    text = models.CharField(max_length=300)
    guidance = models.TextField(blank=True)
    word_limit = models.PositiveSmallIntegerField(default=500)
    required = models.BooleanField(default=True)

    class Meta:
        ordering = ["section__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "key"], name="question_key_once"),
            models.UniqueConstraint(fields=["section", "position"], name="question_place_once"),
        ]

    def __str__(self) -> str:
        return self.text
