"""Who may do what: users are put into groups, and it is said what each group is for."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import ManyToManyField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from codes.admin.titles import PlainlyTitled

#: The groups that a migration makes, and their work.
WORK = {
    "editor": _("texts"),
    "curator": _("known messages, and the queue of what was not understood"),
    "reviewer": _("marks texts as reviewed"),
}
VERBS = {"view": _("view"), "add": _("add"), "change": _("change"), "delete": _("delete")}

admin.site.unregister((User, Group))


class Groups(forms.ModelMultipleChoiceField):
    """Groups as check boxes, each with its work."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group: Any) -> str:
        """Return the name of a group and what it is for."""
        return f"{group.name}: {WORK[group.name]}" if group.name in WORK else group.name


class Rights(forms.ModelMultipleChoiceField):
    """Rights over what there is in the admin, as check boxes."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, right: Any) -> str:
        """Return a right in the reader's language: "reason: change"."""
        return f"{right.content_type.name}: {VERBS[right.codename.partition('_')[0]]}"


@admin.register(User)
class AccountAdmin(PlainlyTitled, UserAdmin):
    """A user: what somebody may do comes from groups alone."""

    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Personal info"), {"fields": ("first_name", "last_name", "email")}),
        (_("Permissions"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest | None, **kwargs: Any) -> Any:
        """Say with each group what it is for."""
        if db_field.name == "groups":
            return db_field.formfield(form_class=Groups, help_text="")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class RolesAdmin(PlainlyTitled, GroupAdmin):
    """A group and its rights."""

    list_display = ("name", "work")
    filter_horizontal = ()

    @admin.display(description=_("what it is for"))
    def work(self, group: Group) -> str:
        """Return the work of a group that a migration made."""
        return str(WORK.get(group.name, "-"))

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest | None, **kwargs: Any) -> Any:
        """Offer the rights over what lists and forms show, by what they concern."""
        shown = [model._meta.model_name for model in admin.site._registry if model._meta.app_label == "codes"]
        rights = Permission.objects.filter(content_type__app_label="codes", content_type__model__in=[*shown, "review"])
        chosen = rights.select_related("content_type").order_by("content_type__model", "pk")
        return db_field.formfield(form_class=Rights, queryset=chosen, help_text="")
