"""The table of Django's cache, in which the limits on sign-in attempts are counted by all processes together."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    """Make the table, where the cache of this installation lies in the database."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [
        ('shell', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
