"""The command `explain`, run in this process."""

import pytest
from django.core.management import call_command


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command and return its exit status, standard output and standard error.

    The tests' database is prepared already, and a transaction is open in it: forking must not close it.
    """
    monkeypatch.setattr("codes.management.commands.explain.prepare", lambda: None)
    monkeypatch.setattr("codes.reporting.workers.close_connections", lambda: None)

    def run_command(*arguments):
        status = 0
        try:
            call_command("explain", *arguments)
        except SystemExit as end:
            status = end.code
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run_command


@pytest.fixture
def mail(tmp_path):
    """Write a file and return its path."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return write
