from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_watching"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="vouched",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
