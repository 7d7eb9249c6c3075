"""The tables of this package."""

import aftersign.kernel.clock.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('org', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='OrderTable',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('sent_at', models.DateTimeField()),
                ('state', models.CharField(default='sent', max_length=10)),
                ('state_at', models.DateTimeField()),
                ('heads', models.JSONField(default=list)),
                ('rows', models.PositiveIntegerField()),
                ('chart_name', models.CharField(blank=True, default='', max_length=40)),
                ('chart', models.JSONField(default=dict)),
                ('stage', models.CharField(blank=True, default='', max_length=40)),
                ('is_partly', models.BooleanField(default=False)),
                ('found', models.JSONField(default=dict)),
                ('fault', models.CharField(blank=True, default='', max_length=500)),
                ('on_behalf_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-sent_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('state__in', ('looking', 'taking'))), fields=['state_at'], name='tables_at_work'), models.Index(fields=['sent_by', 'sent_at'], name='tables_of_person')],
            },
        ),
        migrations.CreateModel(
            name='OrderTableFile',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='desk.ordertable')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('table', 'name'), name='one_file_a_name')],
            },
        ),
    ]
