"""The tables of this package."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Cursor',
            fields=[
                ('reader', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('sequence', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('sequence', models.BigIntegerField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(unique=True)),
                ('fact', models.CharField(max_length=80)),
                ('unit', models.CharField(max_length=40)),
                ('unit_id', models.CharField(max_length=36)),
                ('units', models.TextField()),
                ('order_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('entered', models.DateTimeField()),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_id', models.UUIDField(null=True)),
                ('on_behalf_of', models.UUIDField(null=True)),
                ('payload', models.TextField()),
                ('files', models.TextField()),
                ('request_id', models.CharField(max_length=64)),
                ('seen', models.BigIntegerField()),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'journal',
                'indexes': [models.Index(fields=['order_id', 'sequence'], name='journal_of_order'), models.Index(condition=models.Q(('order_id', None)), fields=['sequence'], name='journal_of_company'), models.Index(fields=['fact', 'sequence'], name='journal_by_fact'), models.Index(fields=['unit_id', 'sequence'], name='journal_of_unit'), models.Index(condition=models.Q(('on_behalf_of__isnull', False)), fields=['on_behalf_of', 'sequence'], name='journal_of_deputies')],
            },
        ),
        migrations.CreateModel(
            name='Tail',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('sequence', models.BigIntegerField(default=0)),
                ('hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_tail')],
            },
        ),
        migrations.CreateModel(
            name='PrivateValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('salt', models.CharField(blank=True, max_length=64)),
                ('value', models.TextField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('entry', models.ForeignKey(db_column='sequence', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='private_values', to='journal.entry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry', 'key'), name='one_private_value_a_key')],
            },
        ),
    ]
