"""The addresses of signing in and of one's own account. What the library offers beyond them has no address."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from django.urls import path, re_path

from accounts import views
from accounts.later import later

FACTOR, PASSKEYS = "allauth.mfa.base.views", "allauth.mfa.webauthn.views"  # with much cryptography

urlpatterns = [
    path("", views.own_account, name="account"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", later(FACTOR, "authenticate"), name="mfa_authenticate"),
    path("sign-in/passkey/", later("accounts.passkeys", "sign_in_by_passkey"), name="mfa_login_webauthn"),
    path("invitation/", views.invitation, name="invitation"),
    path("sign-out/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("forgotten/", account.password_reset, name="account_reset_password"),
    path("forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("forgotten/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", later(FACTOR, "reauthenticate"), name="mfa_reauthenticate"),
    path("confirm/passkey/", later(PASSKEYS, "reauthenticate_webauthn"), name="mfa_reauthenticate_webauthn"),
    path("e-mail/", account.email, name="account_email"),
    path("e-mail/<str:key>/", views.new_address, name="account_confirm_email"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("sessions/", views.own_sessions, name="usersessions_list"),
    path("data/", views.own_data, name="account_data"),
    path("data/export/", views.export, name="account_export"),
    path("data/erase/", views.erase_own, name="account_erase"),
    path("second-factor/", later(FACTOR, "index"), name="mfa_index"),
    path("second-factor/app/", app.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-factor/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("second-factor/passkeys/", later(PASSKEYS, "list_webauthn"), name="mfa_list_webauthn"),
    path("second-factor/passkeys/add/", later(PASSKEYS, "add_webauthn"), name="mfa_add_webauthn"),
    path("second-factor/passkeys/<int:pk>/name/", later(PASSKEYS, "edit_webauthn"), name="mfa_edit_webauthn"),
    path("second-factor/passkeys/<int:pk>/remove/", later(PASSKEYS, "remove_webauthn"), name="mfa_remove_webauthn"),
]
