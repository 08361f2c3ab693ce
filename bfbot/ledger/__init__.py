"""The memory: Django models, migrations, and queries that return domain objects. Nothing decides here."""
