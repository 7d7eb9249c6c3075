"""The first tables of this package."""

import aftersign.kernel.clock.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DoneAct',
            fields=[
                ('key', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('actor_id', models.UUIDField(null=True)),
                ('act', models.CharField(max_length=80)),
                ('body', models.CharField(max_length=64)),
                ('unit', models.CharField(blank=True, max_length=40)),
                ('unit_id', models.CharField(blank=True, max_length=36)),
                ('done_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RefusedAct',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('act', models.CharField(max_length=80)),
                ('unit', models.CharField(max_length=40)),
                ('unit_id', models.CharField(max_length=36)),
                ('order_id', models.UUIDField(null=True)),
                ('actor_id', models.UUIDField(null=True)),
                ('terms', models.JSONField(default=list)),
                ('reasons', models.JSONField(default=list)),
                ('refused_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['refused_at'], name='refused_by_time')],
            },
        ),
    ]
