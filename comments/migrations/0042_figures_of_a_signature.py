from django.db import migrations, models


class Migration(migrations.Migration):
    """What was signed before this has none: what was counted then is known to nobody."""

    dependencies = [("comments", "0041_carried_causes")]
    operations = [
        migrations.AddField(
            model_name="conclusion",
            name="figures",
            field=models.JSONField(null=True),
        )
    ]
