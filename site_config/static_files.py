"""Static files under names that carry their hash."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Whitenoise's, which lets script modules import each other by these names too: after an upgrade none is stale."""

    support_js_module_import_aggregation = True
