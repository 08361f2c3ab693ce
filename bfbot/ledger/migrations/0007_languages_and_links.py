from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0004_vouched"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("address", models.TextField(unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("there", "there"),
                            ("moved", "moved"),
                            ("gone", "gone"),
                            ("closed", "closed"),
                            ("faulty", "faulty"),
                            ("unreached", "unreached"),
                        ],
                        max_length=16,
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("final", models.TextField(blank=True)),
                ("why", models.TextField(blank=True)),
                ("checked_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="post",
            name="language",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name="post",
            name="pair",
            field=models.PositiveBigIntegerField(null=True),
        ),
    ]
