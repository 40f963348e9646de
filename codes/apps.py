"""The one app of the project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CodesConfig(AppConfig):
    """Codes, reasons, and the explanation of a bounce."""

    name = "codes"
    verbose_name = _("Knowledge base")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks and let every saved entry raise the revision and leave its history."""
        from codes import history, in_step, reviews
        from codes.knowledge import revision
        from site_config import checks  # noqa: F401

        revision.follow_changes()
        history.follow_changes()
        reviews.follow_changes()
        in_step.follow_changes()
