"""Django's own loaddata takes the shipped files as they are."""

from django.conf import settings
from django.core.management import call_command

from codes.models import SHIPPED_MODELS, Collection, ShippedEntry
from codes.shipping.loading import load
from codes.shipping.planning import Action
from codes.shipping.stored import read_rows


def test_loaddata_takes_the_files_in_any_order(empty):
    """In the order of their names, with forward references."""
    files = sorted((settings.BASE_DIR / "fixtures").glob("*.yaml"))
    assert len(files) == len(SHIPPED_MODELS)
    call_command("loaddata", *files, verbosity=0)
    assert all(model.objects.exists() for model in SHIPPED_MODELS)
    assert Collection.objects.get(slug="cisco-esa").codes.count() == 22
    by_loaddata = read_rows().rows

    call_command("loaddata", *files, verbosity=0)
    assert len(read_rows().rows) == len(by_loaddata), "a second time doubles nothing"

    steps = load(settings.BASE_DIR / "fixtures")
    assert {step.action for step in steps} == {Action.UNCHANGED}, "load_knowledge sees the same rows"
    assert ShippedEntry.objects.count() == len(steps)
