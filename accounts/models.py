"""People who sign in."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.roles import WEBMASTERS, roles_of


class UserQuerySet(models.QuerySet):
    """Questions about many people."""

    def standing(self, standing):
        """Those who are invited, are active, have left, or are erased."""
        invited = models.Q(invited_at__isnull=False, password__startswith=UNUSABLE_PASSWORD_PREFIX)
        present = self.filter(is_active=True)
        return {
            User.Standing.INVITED: present.filter(invited),
            User.Standing.ACTIVE: present.exclude(invited),
            User.Standing.LEFT: self.filter(is_active=False, erased_at=None),
            User.Standing.ERASED: self.filter(erased_at__isnull=False),
        }[standing]


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes accounts that are known by their e-mail address."""

    @classmethod
    def normalize_email(cls, email):
        """The address as it is stored: in small letters, because people do not care and signing in must not either."""
        return super().normalize_email(email).strip().lower()

    def create_user(self, email, password=None, **facts):
        """An account without any rights."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **facts):
        """An account that may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **facts)

    def get_by_natural_key(self, email):
        return self.get(email=self.normalize_email(email))


class MailLevel(models.TextChoices):
    """How much somebody wants to be written to."""

    NONE = "none", _("nothing")
    MINE = "mine", _("only what I must act on")
    ALL = "all", _("everything about my cases")


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_staff = models.BooleanField(
        _("may use the admin"), default=False, help_text=_("Coordinators and webmasters work in the admin.")
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick this instead of deleting the account of someone who leaves.")
    )
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    mails = models.CharField(_("mails"), max_length=4, choices=MailLevel, default=MailLevel.MINE)
    language = models.CharField(
        _("language"), max_length=8, blank=True, help_text=_("The desk and our mails speak it.")
    )
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    invited_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("invited by")
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email",
                violation_error_message=_("There is an account with this e-mail address already."),
            ),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="accounts_user_email_is_small"),
        ]

    def __str__(self):
        if self.erased_at:
            return gettext("former editor")
        return self.name or self.email

    def get_short_name(self):
        """How the admin greets this person."""
        return str(self)

    class Standing(models.TextChoices):
        """How far somebody has come, or whether they have gone."""

        INVITED = "invited", _("invited")
        ACTIVE = "active", _("active")
        LEFT = "left", _("left")
        ERASED = "erased", _("erased")

    @property
    def standing(self):
        """Whether this person is invited, active, has left, or is erased."""
        if self.erased_at:
            return self.Standing.ERASED
        if not self.is_active:
            return self.Standing.LEFT
        return self.Standing.INVITED if self.is_invited else self.Standing.ACTIVE

    @property
    def is_invited(self):
        """Whether this person has not come yet."""
        return bool(self.invited_at) and self.is_active and not self.has_usable_password()

    @cached_property
    def has_second_factor(self):
        """Whether this person signs in with more than a password; codes for emergencies alone do not count."""
        return self.authenticator_set.exclude(type="recovery_codes").exists()

    @property
    def needs_second_factor(self):
        """Whether what this person may do asks for more than a password."""
        return settings.SECOND_FACTOR_REQUIRED and (self.is_superuser or WEBMASTERS in roles_of(self))

    @property
    def lacks_second_factor(self):
        """Whether this person may not go on before having set up a second factor."""
        return self.needs_second_factor and not self.has_second_factor


class Count(models.Model):
    """What all processes together must remember for a while: how often somebody tried, which codes are used up.

    The table of Django's cache in the database, which reads and writes it.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self):
        return self.cache_key
