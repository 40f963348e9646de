"""Whose service refused a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.entry import Entry, Publishable, page_address
from codes.models.fields import ListField
from codes.models.vocabulary import ProviderKind


class Provider(Publishable, Entry):
    """A mailbox provider, gateway, sending service or blocklist, and how to tell it."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=ProviderKind, default=ProviderKind.MAILBOX)
    hosts = ListField(_("hosts"), help_text=_("Ends of its hosts’ names, one a line: mail.protection.outlook.com"))
    domains = ListField(_("mail domains"), help_text=_("One a line: gmail.com"))
    words = ListField(_("words"), help_text=_("Phrases or links in replies that give it away, one a line."))
    description = models.TextField(_("description"), blank=True)
    advice = models.TextField(
        _("advice"), blank=True, help_text=_("What to do when it refuses our mail, and what it asks for.")
    )
    postmaster_url = models.URLField(_("page for postmasters"), max_length=500, blank=True)
    codes_url = models.URLField(_("list of its codes"), max_length=500, blank=True)
    unblock_url = models.URLField(_("form for unblocking"), max_length=500, blank=True)
    sources = ListField(_("sources"), help_text=_("One a line: slug of a reference, then its sections."))

    class Meta:
        ordering = ("slug",)
        verbose_name = _("provider")
        verbose_name_plural = _("providers")

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return page_address(f"providers/{self.slug}/")
