"""What the house itself says: its name, its domains, its hosts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.fields import ListField


class House(models.Model):
    """The organisation that runs this Rimbalzo; one row, edited in the admin, never shipped."""

    name = models.CharField(_("name"), max_length=100, blank=True)
    helpdesk_contact = models.CharField(
        _("helpdesk contact"), max_length=200, blank=True, help_text=_("Closes the ready replies: a phone, an address.")
    )
    own_domains = ListField(_("own domains"), help_text=_("One a line: example.it"))
    own_hosts = ListField(
        _("own mail servers"), help_text=_("Names or addresses, one a line; a name covers its children.")
    )
    own_gateways = ListField(_("own gateways"), help_text=_("Filters such as a Cisco ESA, one a line."))
    queue_hours = models.PositiveSmallIntegerField(
        _("queue time"), default=120, help_text=_("Hours for which our servers try again. Five days are usual.")
    )

    class Meta:
        verbose_name = _("our house")
        verbose_name_plural = _("our house")

    def __str__(self) -> str:
        return self.name or str(_("our house"))

    @classmethod
    def current(cls) -> "House":
        """Return the one row, or an unsaved one with the defaults."""
        return cls.objects.order_by("pk").first() or cls()
