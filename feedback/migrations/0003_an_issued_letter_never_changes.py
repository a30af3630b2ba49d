"""The database itself refuses to change or delete an issued letter.

A later migration that alters feedback_letter must end with `seal_letters` again on SQLite, which
makes a changed table anew and forgets its triggers; tests/feedback/test_seal.py notices.
"""

from django.db import migrations

NEXT = {
    "issued": ("issued", "shared", "superseded"),
    # Back to issued: the host takes back what it shared (see 0005).
    "shared": ("shared", "published", "issued", "superseded"),
    "published": ("published", "shared", "superseded"),
    "superseded": ("superseded",),
}
FOLLOWS = " OR ".join(
    f"(OLD.state = '{state}' AND NEW.state IN ({', '.join(repr(then) for then in following)}))"
    for state, following in NEXT.items()
)
SEALED = f"OLD.state IN ({', '.join(map(repr, NEXT))})"
CHANGED = "an issued letter never changes: a correction supersedes it"
DELETED = "an issued letter is never deleted"
# What may change on an issued letter: who may read it.
OPEN_COLUMNS = {"state", "since"}

POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION feedback_letter_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    otherwise_new feedback_letter%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '{DELETED}' USING ERRCODE = 'restrict_violation';
    END IF;
    otherwise_new := NEW;
    otherwise_new.state := OLD.state;
    otherwise_new.since := OLD.since;
    IF otherwise_new IS DISTINCT FROM OLD OR NOT ({FOLLOWS}) THEN
        RAISE EXCEPTION '{CHANGED}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feedback_letter_sealed BEFORE UPDATE OR DELETE ON feedback_letter
FOR EACH ROW WHEN ({SEALED}) EXECUTE FUNCTION feedback_letter_sealed();
"""


def seal_letters(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        return
    with connection.cursor() as cursor:
        columns = [row.name for row in connection.introspection.get_table_description(
            cursor, "feedback_letter"
        )]
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in columns if name not in OPEN_COLUMNS)
    for statement in (
        f"CREATE TRIGGER feedback_letter_sealed BEFORE UPDATE ON feedback_letter "
        f"WHEN {SEALED} AND NOT ({same} AND ({FOLLOWS})) "
        f"BEGIN SELECT RAISE(ABORT, '{CHANGED}'); END",
        f"CREATE TRIGGER feedback_letter_kept BEFORE DELETE ON feedback_letter "
        f"WHEN {SEALED} BEGIN SELECT RAISE(ABORT, '{DELETED}'); END",
    ):
        schema_editor.execute(statement, params=None)


def unseal_letters(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER feedback_letter_sealed ON feedback_letter")
        schema_editor.execute("DROP FUNCTION feedback_letter_sealed()")
    else:
        schema_editor.execute("DROP TRIGGER feedback_letter_sealed")
        schema_editor.execute("DROP TRIGGER feedback_letter_kept")


class Migration(migrations.Migration):
    dependencies = [("feedback", "0002_keep_what_the_host_was_sent")]

    operations = [migrations.RunPython(seal_letters, unseal_letters)]
