"""The tables of this package."""

import aftersign.kernel.clock.ids
import django.db.models.deletion
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
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('state', models.CharField(default='draft', max_length=20)),
                ('latest', models.PositiveIntegerField(default=0)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='handover', to='orders.order')),
            ],
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('check_value', models.CharField(db_index=True, max_length=64)),
                ('submitted_at', models.DateTimeField()),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orders.order')),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='handover.handover')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('handover', 'number'), name='one_form_a_version')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(max_length=120)),
                ('old', models.CharField(blank=True, default='', max_length=1000)),
                ('new', models.CharField(blank=True, default='', max_length=1000)),
                ('cause', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orders.order')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='handover.handover')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='HandoverCopy',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('word', models.CharField(blank=True, default='', max_length=60)),
                ('state', models.CharField(default='sent', max_length=20)),
                ('sent_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('recall_reason', models.CharField(blank=True, default='', max_length=300)),
                ('version', models.PositiveIntegerField(default=1)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handover_copies', to='org.department')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='handover.formversion')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='handover.handover')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handover_copies', to='orders.order')),
                ('since', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='handover.formversion')),
            ],
            options={
                'ordering': ['sent_at', 'id'],
                'indexes': [models.Index(fields=['department', 'state'], name='copies_waiting')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'recalled'), _negated=True), fields=('handover', 'department'), name='one_live_copy_a_department')],
            },
        ),
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('in_person', 'In person'), ('online', 'Online')], max_length=20)),
                ('held_at', models.DateTimeField()),
                ('points', models.JSONField()),
                ('attendees', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
                ('explainer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orders.order')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='explanations', to='handover.handover')),
                ('copies', models.ManyToManyField(related_name='explanations', to='handover.handovercopy')),
            ],
            options={
                'ordering': ['held_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Original',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('place', models.CharField(max_length=120)),
                ('receipt', models.FileField(upload_to='receipts/')),
                ('receipt_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('received_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orders.order')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('order',), name='one_original_an_order')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(blank=True, default='', max_length=120)),
                ('text', models.CharField(max_length=500)),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(default='asked', max_length=20)),
                ('answer', models.CharField(blank=True, default='', max_length=1000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='handover.handovercopy')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handover_questions', to='orders.order')),
            ],
            options={
                'ordering': ['asked_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ReturnItem',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(max_length=120)),
                ('reason', models.CharField(choices=[('unclear', 'Unclear'), ('lacking', 'Incomplete'), ('contradicts', 'Differs from the contract')], max_length=20)),
                ('text', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, default='', max_length=500)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='returned', to='handover.handovercopy')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returned', to='handover.formversion')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orders.order')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('giver', 'Handing over'), ('receiver', 'Receiving')], max_length=10)),
                ('name', models.CharField(max_length=60)),
                ('check_value', models.CharField(max_length=64)),
                ('responsibility', models.CharField(max_length=500)),
                ('reservations', models.CharField(blank=True, default='', max_length=500)),
                ('method', models.CharField(choices=[('password', 'Account and password'), ('second_factor', 'Account and a code of the second factor'), ('paper', 'By hand, on paper')], default='password', max_length=20)),
                ('address', models.CharField(blank=True, default='', max_length=60)),
                ('device', models.CharField(blank=True, default='', max_length=200)),
                ('received_at', models.DateTimeField(blank=True, null=True)),
                ('parts_read', models.PositiveSmallIntegerField(default=0)),
                ('parts', models.PositiveSmallIntegerField(default=0)),
                ('signed_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('copy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='handover.handovercopy')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.department')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='handover.formversion')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='handover.handover')),
                ('on_behalf_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orders.order')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['signed_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('role', 'giver'), ('withdrawn_at', None)), fields=('form',), name='one_giver_a_version'), models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('form', 'copy'), name='one_receiver_a_copy_and_version')],
            },
        ),
        migrations.CreateModel(
            name='PaperSigning',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('signed_on', models.DateField()),
                ('place', models.CharField(max_length=120)),
                ('scan', models.FileField(upload_to='papers/')),
                ('scan_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orders.order')),
                ('signature', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='paper', to='handover.signature')),
            ],
        ),
    ]
