"""The tables of this package."""

import aftersign.kernel.clock.ids
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('account', models.CharField(max_length=60, unique=True, verbose_name='account')),
                ('name', models.CharField(max_length=60)),
                ('email', models.EmailField(blank=True, default='', max_length=254)),
                ('language', models.CharField(choices=[('zh-hans', 'Simplified Chinese'), ('zh-hant', 'Traditional Chinese'), ('en', 'English')], default='zh-hans', max_length=10)),
                ('title', models.CharField(blank=True, default='', max_length=60)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('is_active', models.BooleanField(default=True)),
                ('is_administrator', models.BooleanField(default=False)),
                ('is_auditor', models.BooleanField(default=False)),
                ('is_operating', models.BooleanField(default=False)),
                ('must_change_password', models.BooleanField(default=False)),
                ('is_sample', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('theme', models.CharField(blank=True, default='', max_length=8)),
                ('density', models.CharField(blank=True, default='', max_length=8)),
                ('keys', models.CharField(blank=True, default='', max_length=8)),
                ('years', models.CharField(blank=True, default='', max_length=8)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_operating', True)), fields=('is_operating',), name='one_operating_account')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('said', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.UUIDField(default=uuid.UUID('00000000-0000-0000-0000-000000000001'), editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('time_zone', models.CharField(default='Asia/Shanghai', max_length=60)),
                ('base_currency', models.CharField(default='CNY', max_length=3)),
                ('language', models.CharField(choices=[('zh-hans', 'Simplified Chinese'), ('zh-hant', 'Traditional Chinese'), ('en', 'English')], default='zh-hans', max_length=10)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', uuid.UUID('00000000-0000-0000-0000-000000000001'))), name='one_company')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(blank=True, default='', max_length=60)),
                ('name', models.CharField(max_length=120)),
                ('works_on_orders', models.BooleanField(default=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('above', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='below', to='org.department')),
                ('head', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='heads', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), ('closed_on', None)), fields=('code',), name='one_open_department_a_code')],
            },
        ),
        migrations.AddField(
            model_name='person',
            name='department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='org.department'),
        ),
        migrations.CreateModel(
            name='Deputyship',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField()),
                ('until', models.DateField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputyships', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['deputy', 'until'], name='deputyship_of_deputy')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gte', models.F('from_on'))), name='a_deputyship_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('person', models.F('deputy')), _negated=True), name='nobody_deputises_for_themselves')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('from_on', models.DateField(blank=True, null=True)),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('scopes', models.JSONField(default=list)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
