"""Renames entries whose shipped slug has changed, so that they keep what editors wrote, and their old address."""

from collections.abc import Iterable

from codes.models import ShippedEntry
from codes.shipping.kinds import BY_NAME
from codes.shipping.reading import Shipped


def rename(shipped: Iterable[Shipped]) -> None:
    """Give each entry that a shipped former slug names its new slug, where that is not taken yet."""
    for entry in shipped:
        if entry.kind.name != "formerslug" or entry.plain["kind"] not in BY_NAME:
            continue
        kind, before, now = BY_NAME[entry.plain["kind"]], entry.plain["slug"], entry.plain["now"]
        rows = kind.model._default_manager.filter(slug__in=(before, now))
        if [row.slug for row in rows] != [before]:
            continue
        (row,) = rows
        row.slug = now
        row.save()
        for record in ShippedEntry.objects.filter(kind=kind.name, key=before):
            record.key, record.taken["slug"] = now, now
            record.save()
