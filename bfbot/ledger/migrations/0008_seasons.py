from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower
from django.db.models.lookups import Exact


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0007_languages_and_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("period", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64)),
                ("signer", models.CharField(max_length=120)),
                ("said", models.TextField()),
                ("given_at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["subject"], name="sign_off_subject")]},
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("signature", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("asked_by", models.CharField(max_length=120)),
                ("asked_at", models.DateTimeField()),
                ("given_by", models.CharField(blank=True, max_length=120)),
                ("given_at", models.DateTimeField(null=True)),
                ("hold", models.ForeignKey(on_delete=models.PROTECT, related_name="clearances", to="ledger.hold")),
                ("post", models.ForeignKey(on_delete=models.PROTECT, related_name="clearances", to="ledger.post")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(Exact(Lower("asked_by"), Lower("given_by"))), name="cleared_by_two_people"
                    ),
                    models.UniqueConstraint(fields=["post", "hold", "signature"], name="one_clearance_a_version"),
                ],
            },
        ),
    ]
