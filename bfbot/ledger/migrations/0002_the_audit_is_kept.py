"""The database itself refuses to change or delete an entry of the audit, and an approver who is the author.

A later migration that makes the audit's table anew on SQLite has to lay these triggers down again.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

SQLITE = [
    f"""CREATE TRIGGER ledger_audit_{name} BEFORE {event} ON ledger_auditentry
    BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"""
    for name, event in (("unchanged", "UPDATE"), ("undeleted", "DELETE"))
]
SQLITE_BACK = [f"DROP TRIGGER IF EXISTS ledger_audit_{name}" for name in ("unchanged", "undeleted")]
POSTGRES = [
    """CREATE FUNCTION ledger_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$""",
    """CREATE TRIGGER ledger_audit_kept BEFORE UPDATE OR DELETE ON ledger_auditentry
    FOR EACH ROW EXECUTE FUNCTION ledger_audit_refuse()""",
    """CREATE TRIGGER ledger_audit_whole BEFORE TRUNCATE ON ledger_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_audit_refuse()""",
]
POSTGRES_BACK = [
    "DROP TRIGGER IF EXISTS ledger_audit_whole ON ledger_auditentry",
    "DROP TRIGGER IF EXISTS ledger_audit_kept ON ledger_auditentry",
    "DROP FUNCTION IF EXISTS ledger_audit_refuse()",
]


def guard(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRES})


def unguard(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRES_BACK})


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: dict[str, list[str]]) -> None:
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_the_memory")]

    operations = [
        migrations.RemoveConstraint(model_name="approval", name="author_is_not_approver"),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(Exact(Lower("author"), Lower("approver")), _negated=True),
                name="author_is_not_approver",
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
