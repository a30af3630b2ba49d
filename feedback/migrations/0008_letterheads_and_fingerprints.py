"""Pictures of letterheads by their SHA-256, and the fingerprint that a letter carries in print."""

import hashlib
import json
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

sealing = import_module("feedback.migrations.0003_an_issued_letter_never_changes")


def write_fingerprints(apps, schema_editor):
    """Of letters issued before: of all that was kept of their contents, as it was printed then."""
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER feedback_letter_sealed ON feedback_letter")
    else:
        for name in ("sealed", "kept"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS feedback_letter_{name}")
    letters = apps.get_model("feedback", "Letter").objects.filter(content__isnull=False)
    for pk, content in letters.values_list("pk", "content"):
        said = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
        letters.filter(pk=pk).update(fingerprint=digest)
    sealing.seal_letters(apps, schema_editor)


def picture():
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="feedback.letterpicture",
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("feedback", "0007_answers_and_confirmed_details"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("data", models.BinaryField()),
                ("kept_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RemoveField(model_name="letterhead", name="logo"),
        migrations.RemoveField(model_name="letterhead", name="signature"),
        migrations.AddField(model_name="letterhead", name="logo", field=picture()),
        migrations.AddField(model_name="letterhead", name="signature", field=picture()),
        migrations.AlterField(
            model_name="letterhead",
            name="signature_says",
            field=models.CharField(
                blank=True, help_text="Whose it is; printed below it.", max_length=120
            ),
        ),
        migrations.AddField(
            model_name="letterhead",
            name="edits",
            field=models.PositiveIntegerField(default=0, help_text="Counts its saves."),
        ),
        migrations.AddField(
            model_name="letterhead",
            name="changed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="letterhead",
            constraint=models.CheckConstraint(
                condition=Q(logo__isnull=True) | ~Q(logo_says=""),
                name="letterhead_logo_says_what_it_shows",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterhead",
            constraint=models.CheckConstraint(
                condition=Q(signature__isnull=True) | ~Q(signature_says=""),
                name="letterhead_signature_says_whose_it_is",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="fingerprint",
            field=models.CharField(
                blank=True,
                db_index=True,
                default="",
                help_text="Of its contents, as it is printed.",
                max_length=64,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(write_fingerprints, migrations.RunPython.noop),
    ]
