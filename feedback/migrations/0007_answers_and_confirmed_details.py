"""A part of a letter may answer a question of the host's; who confirmed that words are no child's
details is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("feedback", "0006_replies_say_what_they_are_about"),
    ]

    operations = [
        migrations.AlterField(
            model_name="letterpart",
            name="kind",
            field=models.CharField(
                choices=[
                    ("text", "Text alone"),
                    ("activity", "What we did, counted from the timetable"),
                    ("lines", "The host’s own questions, answered one by one"),
                    ("answer", "The answer to one of them"),
                    ("findings", "Each theme: strengths, then areas for consideration"),
                    ("good_practice", "Good practice to share"),
                    ("next_steps", "Next steps, with their dates"),
                    ("team", "The challenge team"),
                ],
                default="text",
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="LetterDetail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=40)),
                ("confirmed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmed",
                        to="feedback.letter",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("letter", "fingerprint"), name="letter_detail_confirmed_once"
                    )
                ],
            },
        ),
    ]
