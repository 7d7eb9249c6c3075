"""The doors of the sign-in library that are open here: in, out, another password, and the second factor."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from aftersign.kernel.shell.sign_ins import mine

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("sign-ins/", mine, name="mfa_index"),
    path("2fa/code/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
