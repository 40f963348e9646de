"""After a change only what changed is read again, and the result is what reading all would give."""

import pytest

from codes.knowledge import snapshot
from codes.models import EnhancedCode, Provider, Reason, Reference, ReplyCode, Revision, Signature, StageMeaning

pytestmark = pytest.mark.django_db


def test_what_has_not_changed_is_handed_on(knowledge):
    snapshot.ready(knowledge)
    Reason.objects.get(slug="mailbox-full").save()
    after = snapshot.build(knowledge)
    assert after.revision > knowledge.revision
    assert after.signatures is knowledge.signatures and after.matcher is knowledge.matcher
    assert after.reasons is not knowledge.reasons


def _retitle(row):
    row.title_it = "Altro"
    row.save()


def _unpublish(row):
    row.published = False
    row.save()


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda: _retitle(Signature.objects.first()), id="a known message"),
        pytest.param(lambda: _unpublish(Reason.objects.get(slug="mailbox-full")), id="a reason that others name"),
        pytest.param(lambda: _unpublish(Provider.objects.exclude(signatures=None).first()), id="a provider"),
        pytest.param(lambda: _unpublish(ReplyCode.objects.exclude(collections=None).first()), id="a reply code"),
        pytest.param(lambda: _retitle(EnhancedCode.objects.first()), id="an enhanced code"),
        pytest.param(lambda: StageMeaning.objects.first().delete(), id="a meaning at a stage"),
        pytest.param(lambda: Reference.objects.get(slug="rfc5321").delete(), id="a reference that all cite"),
        pytest.param(lambda: Revision.objects.update(number=0), id="another database"),
    ],
)
def test_the_result_is_that_of_reading_all(knowledge, edit):
    edit()
    assert snapshot.build(knowledge) == snapshot.build()


def test_where_a_thread_follows_readers_never_look(knowledge, django_assert_num_queries):
    keeper = snapshot.Keeper()
    keeper.follow()
    keeper.is_followed = True
    Reason.objects.get(slug="mailbox-full").save()
    with django_assert_num_queries(0):
        before = keeper.get()
    assert keeper.follow() is keeper.get()
    assert keeper.get().revision > before.revision
