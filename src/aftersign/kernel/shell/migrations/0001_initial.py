"""The first tables of this package."""
import aftersign.kernel.clock.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(max_length=80)),
                ('subject', models.CharField(blank=True, default='', max_length=80)),
                ('data', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'form', 'subject'), name='one_draft_a_form_and_subject')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=aftersign.kernel.clock.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('list_name', models.CharField(max_length=80)),
                ('label', models.CharField(max_length=60)),
                ('query', models.TextField(blank=True, default='')),
                ('shared_with', models.CharField(blank=True, choices=[('', 'Only me'), ('department', 'My department'), ('company', 'The whole company')], default='', max_length=12)),
                ('is_default', models.BooleanField(default=False)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner', 'list_name', 'label'), name='one_view_a_label'), models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('owner', 'list_name'), name='one_default_view_a_list')],
            },
        ),
    ]
