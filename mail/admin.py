"""Mails and background work, for webmasters: to be read, and jobs to be tried again or given up."""

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.defaultfilters import linebreaksbr, urlize
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import admin as procrastinate

from mail.models import Job, Mail
from mail.queue import TITLES

admin.site.unregister(procrastinate.models.ProcrastinateJob)  # ours says the same in the words of the field

SHOWN = 20  # of the jobs that somebody is asked about, the others are only counted


def moment(time):
    """A day and a time as the reader of the page writes them."""
    return date_format(localtime(time), "DATETIME_FORMAT")


class OnlyToRead(admin.ModelAdmin):
    """Rows that make themselves and that nobody writes by hand."""

    list_per_page = 50

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Mail)
class MailAdmin(OnlyToRead):
    """What was written to whom. What a mail says is shown only where mails are not sent: it may let its reader in."""

    list_display = ["subject", "to", "state", "attempts", "what_went_wrong", "created_at"]
    list_filter = ["state", "created_at"]
    search_fields = ["to", "subject"]

    def get_fields(self, request, obj=None):
        facts = ["subject", "to", "sender", "reply_to", "state", "attempts", "error", "created_at", "sent_at"]
        return [*facts[:4], "words", *facts[4:]] if settings.MAIL_IS_KEPT else facts

    @admin.display(description=_("what went wrong"))
    def what_went_wrong(self, mail):
        """The beginning of the last error."""
        return Truncator(mail.error).chars(100) or "–"

    @admin.display(description=_("text"))
    def words(self, mail):
        """What the mail says; its links can be followed."""
        return linebreaksbr(urlize(mail.text))


class StateFilter(admin.SimpleListFilter):
    """Jobs in one state."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return Job.State.choices

    def queryset(self, request, jobs):
        return jobs.filter(status=self.value()) if self.value() in Job.State.values else jobs


@admin.register(Job)
class JobAdmin(OnlyToRead):
    """Background work: what waits, runs and failed, and why."""

    list_display = ["what", "about", "state", "attempts", "short_error", "since", "next_attempt"]
    list_display_links = ["what"]
    list_filter = [StateFilter]
    fields = ["what", "about", "state", "attempts", "last_error", "since", "next_attempt", "history"]
    actions = ["try_again", "give_up"]

    def get_queryset(self, request):
        return Job.objects.with_history()

    def get_ordering(self, request):
        return ["urgency", "-pk"]

    def has_settle_permission(self, request):
        """Whether this person may have jobs tried again or given up."""
        return request.user.has_perm("mail.change_job")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        job = self.get_object(request, object_id)
        may = self.has_settle_permission(request) and job and job.status in {Job.State.WAITING, Job.State.FAILED}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "may_settle": may})

    @admin.display(description=_("what"), ordering="task_name")
    def what(self, job):
        """What is to be done, in words."""
        return TITLES.get(job.task_name, job.task_name)

    @admin.display(description=_("about"))
    def about(self, job):
        """What the job was told; of a mail, to whom it goes."""
        if job.mail_to:
            return format_html('<a href="{}">{}</a>', reverse("admin:mail_mail_change", args=[job.mail]), job.mail_to)
        told = [f"{name}: {value}" for name, value in job.args.items() if name != "timestamp"]
        return Truncator(", ".join(told)).chars(200) or "–"

    @admin.display(description=_("state"), ordering="urgency")
    def state(self, job):
        """Where the job stands; one that failed before and waits for its next attempt says so."""
        if job.status == Job.State.WAITING and job.attempts:
            return _("waiting to be tried again")
        return Job.State(job.status).label if job.status in Job.State.values else job.status

    @admin.display(description=_("what went wrong"))
    def last_error(self, job):
        """The last error, if there was one."""
        return job.error.text if hasattr(job, "error") else "–"

    @admin.display(description=_("what went wrong"))
    def short_error(self, job):
        """The beginning of the last error."""
        return Truncator(self.last_error(job)).chars(100)

    @admin.display(description=_("not before"), ordering="scheduled_at")
    def next_attempt(self, job):
        """Before when a waiting job is not tried again."""
        return moment(job.scheduled_at) if job.scheduled_at and job.status == Job.State.WAITING else "–"

    @admin.display(description=_("since"), ordering="since")
    def since(self, job):
        """When the job was put into the queue."""
        return moment(job.since) if job.since else "–"

    @admin.display(description=_("history"))
    def history(self, job):
        """Everything that befell the job, in order."""
        names = dict(STEPS)
        steps = job.procrastinateevent_set.order_by("pk").values_list("type", "at")
        lines = [(moment(at), names.get(step, step)) for step, at in steps]
        return format_html("<ol>{}</ol>", format_html_join("", "<li>{}: {}</li>", lines))

    @admin.action(description=_("Try again now"), permissions=["settle"])
    def try_again(self, request, jobs):
        return self.settle(request, jobs, "try_again")

    @admin.action(description=_("Give up"), permissions=["settle"])
    def give_up(self, request, jobs):
        return self.settle(request, jobs, "give_up")

    def settle(self, request, jobs, act):
        """Asks first, and then does it."""
        jobs = Job.objects.filter(pk__in=jobs.values("pk"))
        if "confirmed" not in request.POST:
            return self.ask(request, jobs.open().with_history(), act)
        if act == "try_again":
            count = jobs.try_again()
            said = ngettext("%d job is tried again.", "%d jobs are tried again.", count)
        else:
            count = jobs.give_up()
            said = ngettext("%d job is given up.", "%d jobs are given up.", count)
        self.message_user(request, said % count)
        return None

    def ask(self, request, jobs, act):
        """The page that asks whether it is really meant."""
        count = jobs.count()
        if act == "try_again":
            title = ngettext("Try %d job again now?", "Try %d jobs again now?", count) % count
        else:
            title = ngettext("Give up %d job?", "Give up %d jobs?", count) % count
        shown = [(self.what(job), self.about(job), self.short_error(job)) for job in jobs[:SHOWN]]
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "act": act,
            "count": count,
            "shown": shown,
            "more": count - len(shown),
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/mail/job/confirm.html", context)


#: What can befall a job, as the queue calls it and as we do.
STEPS = [
    ("deferred", _("put into the queue")),
    ("scheduled", _("to be done later")),
    ("started", _("begun")),
    ("deferred_for_retry", _("failed, to be tried again")),
    ("retried", _("to be tried again")),
    ("failed", _("failed")),
    ("succeeded", _("done")),
    ("cancelled", _("given up")),
    ("abort_requested", _("to be stopped")),
    ("aborted", _("stopped")),
]
