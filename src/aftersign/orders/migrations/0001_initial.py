"""The tables of this package."""

import aftersign.kernel.clock.ids
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('org', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('code', models.CharField(blank=True, default='', max_length=60)),
                ('credit_code', models.CharField(blank=True, default='', max_length=40)),
                ('address', models.CharField(blank=True, default='', max_length=300)),
                ('channel', models.CharField(blank=True, default='', max_length=40)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['name'], name='customer_by_name')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='one_customer_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('role', models.CharField(blank=True, default='', max_length=120)),
                ('phone', models.CharField(blank=True, default='', max_length=60)),
                ('email', models.EmailField(blank=True, default='', max_length=254)),
                ('decides', models.BooleanField(default=False)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='orders.customer')),
            ],
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('contract_no', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=40)),
                ('grade', models.CharField(blank=True, default='', max_length=20)),
                ('stage', models.CharField(blank=True, default='', max_length=40)),
                ('signed_on', models.DateField()),
                ('delivery_on', models.DateField(blank=True, null=True)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=15, null=True)),
                ('currency', models.CharField(max_length=3)),
                ('rate', models.DecimalField(blank=True, decimal_places=6, max_digits=15, null=True)),
                ('rate_on', models.DateField(blank=True, null=True)),
                ('amount_base', models.DecimalField(blank=True, decimal_places=2, max_digits=15, null=True)),
                ('tax_rate', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('secrecy', models.CharField(blank=True, default='', max_length=40)),
                ('version', models.PositiveIntegerField(default=1)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='orders.customer')),
                ('sales_owner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sold_orders', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-signed_on', '-id'], name='order_by_signing'), models.Index(fields=['contract_no'], name='order_by_contract'), models.Index(fields=['stage', '-signed_on', '-id'], name='order_by_stage'), models.Index(fields=['sales_owner', '-signed_on'], name='order_by_owner'), models.Index(django.db.models.functions.text.Upper('contract_no'), name='order_by_contract_known'), models.Index(fields=['title', 'id'], name='order_sorted_by_title'), models.Index(fields=['stage', 'id'], name='order_sorted_by_stage'), models.Index(fields=['grade', 'id'], name='order_sorted_by_grade'), models.Index(fields=['kind', 'id'], name='order_sorted_by_kind'), models.Index(fields=['delivery_on', 'id'], name='order_sorted_by_delivery_on'), models.Index(fields=['amount_base', 'id'], name='order_sorted_by_amount_base')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=15, null=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('condition', models.CharField(blank=True, default='', max_length=200)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='orders.order')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('specification', models.CharField(blank=True, default='', max_length=300)),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=15)),
                ('measure', models.CharField(blank=True, default='', max_length=20)),
                ('unit_price', models.DecimalField(decimal_places=4, max_digits=15)),
                ('discount', models.DecimalField(decimal_places=2, default=0, max_digits=5)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=15)),
                ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.order')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('order', 'position'), name='one_line_a_position')],
            },
        ),
        migrations.CreateModel(
            name='InformationChange',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(max_length=60)),
                ('old', models.TextField(blank=True, default='')),
                ('new', models.TextField(blank=True, default='')),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='information_changes', to='orders.order')),
            ],
            options={
                'ordering': ['changed_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='HaltRequest',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('suspension', 'Suspension'), ('termination', 'Termination')], max_length=20)),
                ('reason', models.CharField(max_length=500)),
                ('settled_how', models.CharField(blank=True, default='', max_length=500)),
                ('requested_at', models.DateTimeField()),
                ('state', models.CharField(default='asked', max_length=20)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, default='', max_length=500)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('on_behalf_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='halt_requests', to='orders.order')),
            ],
            options={
                'ordering': ['requested_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('order', 'kind'), name='one_open_request_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('text', models.CharField(max_length=500)),
                ('source', models.CharField(blank=True, default='', max_length=120)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='orders.order')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('name', models.CharField(blank=True, default='', max_length=200)),
                ('file', models.FileField(blank=True, upload_to='papers/')),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, default='', max_length=64)),
                ('none_reason', models.CharField(blank=True, default='', max_length=200)),
                ('stated_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='orders.order')),
                ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['stated_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('post', models.CharField(max_length=40)),
                ('is_named', models.BooleanField(default=False)),
                ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_deputies', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='team', to='orders.order')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='order_posts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('order', 'post'), name='one_person_a_post')],
            },
        ),
        migrations.CreateModel(
            name='DefaultMember',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('post', models.CharField(max_length=40)),
                ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'post'), name='one_default_a_post')],
            },
        ),
    ]
