from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0010_postponing_whole"),
    ]

    operations = [
        migrations.AddField(
            model_name="dateobjection",
            name="answer",
            field=models.TextField(blank=True, help_text="Why the days stay; for that side."),
        ),
    ]
