from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("feedback", "0005_shares_counted_and_taken_back")]

    operations = [
        migrations.AddField(
            model_name="accuracyreply",
            name="corrections",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="How many paragraphs it says are wrong."
            ),
        ),
        migrations.AddField(
            model_name="accuracyreply",
            name="content",
            field=models.JSONField(help_text="The words that it is about.", null=True),
        ),
        migrations.RemoveConstraint(
            model_name="accuracyreply", name="accuracy_objection_says_what"
        ),
        migrations.AddConstraint(
            model_name="accuracyreply",
            constraint=models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(comment="") | Q(corrections__gt=0),
                name="accuracy_objection_says_what",
            ),
        ),
    ]
