"""What we ship keeps to fixtures/README.md."""

from django.conf import settings

from codes.linting.check import lint


def test_every_shipped_text_keeps_to_the_rules():
    assert [str(finding) for finding in lint(settings.BASE_DIR / "fixtures")] == []
