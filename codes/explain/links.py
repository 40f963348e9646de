"""Where an explanation leads without taking anybody's data along."""

from __future__ import annotations

from codes.explain.explanation import ExplainedDelivery


def path_without_content(delivery: ExplainedDelivery, language: str) -> str:
    """Return the path of the page that explains the codes and the reason alone (contract: /it/explained/?code=...)."""
    parts = {
        "code": delivery.said.reply_code,
        "status": delivery.said.enhanced_code,
        "reason": delivery.reason,
        "signature": delivery.signature,
    }
    return f"/{language}/explained/?" + "&".join(f"{name}={value}" for name, value in parts.items() if value)
