"""Puts our own admin site in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "crossinno.admin.Desk"
