"""Tells what a load did, or would do."""

from collections import Counter
from collections.abc import Iterator

from codes.shipping.kinds import FILE_NAMES
from codes.shipping.planning import Action, Step


def lines(steps: list[Step]) -> Iterator[str]:
    """Yield a table with a line per kind, then each entry that somebody may want to look at."""
    counts = Counter((step.kind.name, step.action) for step in steps)
    kinds = [name for name in FILE_NAMES if any(step.kind.name == name for step in steps)]
    yield f"{'':16}" + "".join(f"{action:>11}" for action in Action)
    for name in kinds:
        yield f"{FILE_NAMES[name].replace('_', ' '):16}" + "".join(f"{counts[name, action]:>11}" for action in Action)
    for action, heading in (
        (Action.WAITING, "A newer shipped text is waiting, since these were edited here:"),
        (Action.KEPT, "Kept as they are here:"),
        (Action.REMOVED, "Removed, since they are shipped no more:"),
    ):
        found = [step for step in steps if step.action == action]
        if found:
            yield ""
            yield heading
            yield from (f"  {step.name}" + (f" ({step.note})" if step.note else "") for step in found)
