import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0009_timetable_pdfs"),
    ]

    operations = [
        migrations.AddField(
            model_name="challenge",
            name="cancelled_for",
            field=models.TextField(
                blank=True, help_text="Why it was cancelled, in a sentence for both sides."
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                help_text="The one whose challenger fell out.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="replaced_by",
                to="rounds.challenge",
            ),
        ),
        migrations.AddField(
            model_name="postponement",
            name="looked_at",
            field=models.DateTimeField(
                help_text="When new days were looked for; empty: they are still to be.", null=True
            ),
        ),
        migrations.AddField(
            model_name="postponement",
            name="not_before",
            field=models.DateField(
                blank=True, help_text="New days are looked for from here on.", null=True
            ),
        ),
        migrations.AddField(
            model_name="postponement",
            name="obstacles",
            field=models.JSONField(
                default=list,
                help_text="Where fewer days were found than offered: why, a sentence each.",
            ),
        ),
    ]
