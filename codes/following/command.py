"""What `manage.py explain --follow` does: tells of each delivery that fails, while its log is written."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import supports_color

from codes.bounce.logs.following import FINAL, Following
from codes.bounce.pasted import report_of_log
from codes.explain import explain
from codes.following.as_line import as_line, base_of_links
from codes.following.sources import lines_of_file, lines_of_pipe
from codes.knowledge import snapshot


def follow(command: BaseCommand, language: str, options: dict[str, Any]) -> None:
    """Write a line for each delivery that fails, in the language that is active, until the input ends.

    Ctrl+C, and a reader of the output that goes away, end it without a word. Raises CommandError where the file cannot
    be read, or the address for links is none.
    """
    base = (options["link_base"] or base_of_links()).rstrip("/")
    if not base.startswith(("http://", "https://")):
        raise CommandError("--link-base takes an address such as https://rimbalzo.example.it.")
    coloured = options["force_color"] or (
        supports_color() and not options["no_color"] and not os.environ.get("NO_COLOR")
    )
    following = Following((*FINAL, "delayed") if options["all"] else FINAL)
    name = options["file"][0]
    newest = knowledge = None
    try:
        for line in _lines(name):
            log = following.read(line)
            if log is None:
                continue
            if newest is not (newest := snapshot.current()):  # the texts may change: this runs for weeks
                knowledge = replace(newest, signatures={}) if options["without_signatures"] else newest
            for delivery in explain(report_of_log(log), knowledge, language).deliveries:
                if options["format"] == "jsonl":
                    command.stdout.write(json.dumps({"input": name, **delivery.as_dict()}, ensure_ascii=False))
                else:
                    command.stdout.write(as_line(delivery, knowledge, language, base, coloured=coloured))
            command.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it closes stdout
    except KeyboardInterrupt:
        return
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error


def _lines(name: str) -> Iterator[str]:
    return lines_of_pipe(sys.stdin.fileno()) if name == "-" else lines_of_file(Path(name))
