"""The first tables of this package, and where words lie: a table of FTS5, or a column with its index."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SQLITE = ("CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize = 'unicode61 remove_diacritics 0')",)
POSTGRESQL = (
    "ALTER TABLE search_entry ADD COLUMN words tsvector",
    "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
)


def lay_words(apps, editor):
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def drop_words(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE search_words")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('unit_id', models.UUIDField()),
                ('part', models.PositiveSmallIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, default='', max_length=64)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('sha256', ''), _negated=True), fields=['sha256'], name='entry_of_file')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'unit_id', 'part'), name='one_entry_a_part')],
            },
        ),
        migrations.CreateModel(
            name='FileText',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('suffix', models.CharField(max_length=10)),
                ('text', models.TextField(blank=True, default='')),
                ('is_read', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_read', False)), fields=['sha256'], name='file_not_read')],
            },
        ),
        migrations.CreateModel(
            name='Opened',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('unit_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'unit_id'), name='opened_once')],
            },
        ),
        migrations.RunPython(lay_words, drop_words),
    ]
