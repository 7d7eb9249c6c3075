"""The tables of this package."""

import aftersign.kernel.clock.ids
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orders', '0001_initial'),
        ('org', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatedFact',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('sequence', models.BigIntegerField()),
                ('fact', models.CharField(max_length=80)),
                ('unit', models.CharField(max_length=40)),
                ('unit_id', models.CharField(max_length=36)),
                ('at', models.DateTimeField()),
                ('entered', models.DateTimeField()),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_id', models.UUIDField(null=True)),
                ('on_behalf_of', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'journal',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='ShownBreach',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('duty_id', models.UUIDField(db_index=True)),
                ('from_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('rulebook', models.CharField(max_length=60)),
                ('version', models.CharField(max_length=40, unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('files', models.JSONField()),
                ('drafted_at', models.DateTimeField()),
                ('reason', models.TextField(blank=True, default='')),
                ('changes', models.JSONField(default=list)),
                ('issued_at', models.DateTimeField(null=True)),
                ('effective_on', models.DateField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('in_force_from', models.DateTimeField(null=True)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counted_at', models.DateTimeField()),
                ('clause', models.CharField(max_length=40)),
                ('department', models.UUIDField(null=True)),
                ('state', models.CharField(max_length=20)),
                ('extended', models.BooleanField()),
                ('number', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['counted_at', 'clause'], name='tally_of_clause')],
            },
        ),
        migrations.CreateModel(
            name='CaseClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('next_step_at', models.DateTimeField(null=True)),
                ('order', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='clock', to='orders.order')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_step_at__isnull', False)), fields=['next_step_at'], name='next_step')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('term', models.CharField(max_length=40)),
                ('clause', models.CharField(max_length=40)),
                ('room', models.CharField(max_length=40)),
                ('severity', models.CharField(max_length=10)),
                ('unit', models.CharField(max_length=40)),
                ('unit_id', models.CharField(max_length=64)),
                ('period', models.CharField(blank=True, default='', max_length=40)),
                ('opened_by', models.UUIDField()),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('left', models.CharField(blank=True, default='', max_length=20)),
                ('state', models.CharField(choices=[('open', 'Open'), ('paused', 'Paused'), ('done', 'Done'), ('done_late', 'Done Late'), ('breached', 'Breached'), ('waived', 'Waived'), ('void', 'Void'), ('not_applicable', 'Not Applicable')], max_length=20)),
                ('extended', models.BooleanField(default=False)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.UUIDField(null=True)),
                ('breached_at', models.DateTimeField(null=True)),
                ('without_owner', models.BooleanField(default=False)),
                ('cause', models.CharField(blank=True, default='', max_length=200)),
                ('order', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='orders.order')),
                ('owner', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to=settings.AUTH_USER_MODEL)),
                ('owner_department', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='org.department')),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='policy.edition')),
            ],
            options={
                'indexes': [models.Index(fields=['order', 'state'], name='duty_of_order'), models.Index(fields=['owner', 'state', 'due_at', 'edition', 'term', 'extended'], name='duty_of_owner'), models.Index(condition=models.Q(('state__in', ('open', 'paused', 'breached'))), fields=['owner_department', 'owner', 'due_at'], name='duty_of_department'), models.Index(fields=['clause', 'state', 'due_at'], name='duty_of_clause'), models.Index(condition=models.Q(('state__in', ('open', 'paused', 'breached'))), fields=['clause', 'due_at', 'id'], name='unfinished_of_clause'), models.Index(fields=['due_at', 'id'], name='duty_by_due'), models.Index(condition=models.Q(('state__in', ('open', 'paused', 'breached'))), fields=['edition', 'order'], name='unfinished_duty'), models.Index(condition=models.Q(('state__in', ('open', 'paused', 'breached'))), fields=['due_at'], include=('owner', 'owner_department', 'order', 'edition', 'term', 'state', 'extended'), name='unfinished_by_due')],
            },
        ),
        migrations.CreateModel(
            name='ToldStep',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('duty_id', models.UUIDField()),
                ('step', models.CharField(max_length=60)),
                ('role', models.CharField(blank=True, default='', max_length=60)),
                ('due_at', models.DateTimeField()),
                ('told', models.JSONField(default=list)),
                ('told_at', models.DateTimeField()),
                ('order', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orders.order')),
            ],
            options={
                'indexes': [models.Index(fields=['order'], name='told_of_order')],
                'constraints': [models.UniqueConstraint(fields=('duty_id', 'step'), name='a_step_is_told_once')],
            },
        ),
    ]
