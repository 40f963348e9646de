"""Ends the waiting of a newer shipped text: an editor takes all of it, some fields, or nothing."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from codes.knowledge.examples import first_fault
from codes.models import ShippedEntry
from codes.models.entry import Entry
from codes.shipping.kinds import BY_NAME, key_text
from codes.shipping.loading import fill, save_links
from codes.shipping.stored import read_rows


def merge(shipped: ShippedEntry, take: Collection[str]) -> Entry:
    """Take fields of a waiting text into the entry, and return it; what is left out stays as it is here.

    The text waits no more: the next one that comes is compared with it. An entry of which all was taken goes on
    following what is shipped. Raises ValidationError where the mixture cannot be used, ShippedEntry.DoesNotExist where
    nothing waits, or the entry is gone.
    """
    kind = BY_NAME[shipped.kind]
    with transaction.atomic():
        stored = read_rows(locked=True)
        shipped = ShippedEntry.objects.select_for_update().get(pk=shipped.pk, waiting__isnull=False)
        address = next((address for address in stored.rows if _names(address, shipped)), None)
        if address is None:
            raise ShippedEntry.DoesNotExist
        plain = stored.rows[address] | {name: value for name, value in shipped.waiting.items() if name in take}
        if shipped.kind == "signature" and (fault := first_fault(plain["patterns"], plain["examples"])):
            raise ValidationError(fault.sentence)
        row = kind.model._default_manager.get(pk=stored.ids[address])
        if plain != stored.rows[address]:
            try:
                fill(kind, row, plain, stored)
                row.full_clean()
                row.save()
                save_links(kind, row, plain, stored)
            except KeyError as missing:
                raise ValidationError(_("It names an entry that is not here.")) from missing
        shipped.taken, shipped.waiting = shipped.waiting, None
        shipped.save()
    return row


def _names(address: tuple[str, tuple[str, ...]], shipped: ShippedEntry) -> bool:
    return address[0] == shipped.kind and key_text(address[1]) == shipped.key
