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
            name='Channel',
            fields=[
                ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('failing_since', models.DateTimeField(null=True)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('error', models.CharField(blank=True, default='', max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Wishes',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('ways', models.JSONField(default=dict)),
                ('digest', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('unit', models.CharField(max_length=40)),
                ('unit_id', models.CharField(max_length=64)),
                ('order_id', models.UUIDField(null=True)),
                ('reason', models.CharField(max_length=40)),
                ('level', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('unread', models.BooleanField(default=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-at', '-id'], name='notice_of_person'), models.Index(condition=models.Q(('unread', True)), fields=['person'], name='notice_unread'), models.Index(fields=['unit_id'], name='notice_of_unit')],
                'constraints': [models.UniqueConstraint(fields=('person', 'unit', 'unit_id'), name='one_notice_an_object')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('notice', 'Notice'), ('digest', 'Digest'), ('trial', 'Trial')], default='notice', max_length=10)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('address', models.EmailField(max_length=254)),
                ('level', models.PositiveSmallIntegerField(default=0)),
                ('since', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('sent', 'Sent'), ('refused', 'Refused'), ('dropped', 'Dropped')], default='waiting', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('not_before', models.DateTimeField()),
                ('claimed_until', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, default='', max_length=300)),
                ('sent_at', models.DateTimeField(null=True)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='notices.notice')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['not_before', 'id'], name='message_waiting'), models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_until'], name='message_sending'), models.Index(condition=models.Q(('state', 'refused')), fields=['-made_at'], name='message_refused'), models.Index(fields=['person', 'made_at'], name='message_of_person')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=80)),
                ('fact', models.CharField(blank=True, default='', max_length=80)),
                ('reason', models.CharField(blank=True, default='', max_length=40)),
                ('level', models.PositiveSmallIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('actor_id', models.UUIDField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('notice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='notices.notice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('notice', 'key'), name='told_once_in_a_thread')],
            },
        ),
    ]
