"""Reads of a public page are counted; a host that takes back all it shared has its letter as it
was issued, which the trigger of an issued letter must let through."""

from importlib import import_module

from django.db import migrations, models

sealing = import_module("feedback.migrations.0003_an_issued_letter_never_changes")


def seal_anew(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER feedback_letter_sealed ON feedback_letter")
    else:
        for name in ("sealed", "kept"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS feedback_letter_{name}")
    sealing.seal_letters(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0004_letters_whole")]

    operations = [
        migrations.AddField(
            model_name="lettershare",
            name="times_downloaded",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="lettershare",
            name="times_read",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(seal_anew, migrations.RunPython.noop),
    ]
