"""Addresses of the shell itself."""

from django.urls import path

from aftersign.kernel.shell import (
    audit_pages,
    keeping_views,
    key_pages,
    samples,
    settings_pages,
    sign_ins,
    token_pages,
    views,
)

app_name = "shell"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("people/suggested/", views.people, name="people"),
    path("me/acting/", views.act_for, name="act_for"),
    path("me/preferences/", views.preferences, name="preferences"),
    path("drafts/<str:form>/<str:subject>/", views.draft, name="draft"),
    path("lists/<str:list_name>/views/", keeping_views.save, name="view_save"),
    path("lists/views/<uuid:pk>/", keeping_views.change, name="view_change"),
    path("lists/views/<uuid:pk>/delete/", keeping_views.delete, name="view_delete"),
    path("settings/", settings_pages.settings, name="settings"),
    path("settings/audit/", audit_pages.audit_log, name="audit"),
    path("settings/people/<uuid:pk>/sign-ins/", sign_ins.of_person, name="sign_ins_of"),
    path("settings/people/<uuid:pk>/sign-ins/end/", sign_ins.end_of_person, name="end_sign_ins_of"),
    path("settings/people/<uuid:pk>/second-factor/reset/", sign_ins.reset_factor, name="reset_factor"),
    path("me/sign-ins/end/", sign_ins.end_mine, name="end_sign_ins"),
    path("me/tokens/", token_pages.mine, name="tokens"),
    path("me/tokens/revoke/", token_pages.revoke_mine, name="revoke_token"),
    path("settings/keys/", key_pages.ring, name="keys"),
    path("settings/keys/journal/", key_pages.public_keys, name="public_keys"),
    path("settings/keys/certificates/", key_pages.public_certificates, name="public_certificates"),
    path("settings/tokens/", token_pages.all_tokens, name="all_tokens"),
    path("settings/tokens/revoke/", token_pages.revoke_any, name="revoke_any_token"),
    path("settings/samples/", samples.samples, name="samples"),
]
