"""Another organisation agrees to a post that names it; an approval keeps the claims that its word is for.

The word of an approval from before settles every claim, as it did when it was given.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0009_going_live"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnerSignOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("owner", models.CharField(max_length=120)),
                ("subject", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64)),
                ("signer", models.CharField(max_length=120)),
                ("said", models.TextField()),
                ("given_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("taken_back_by", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "indexes": [models.Index(fields=["subject"], name="owner_sign_off_subject")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(taken_back_at=None),
                        fields=("owner", "subject", "digest", "signer"),
                        name="one_owner_sign_off_a_version",
                    ),
                ],
            },
        ),
        migrations.AddField("approval", "settled", models.JSONField(null=True)),
        migrations.AddField("standingapproval", "settled", models.JSONField(null=True)),
    ]
