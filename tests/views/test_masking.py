"""What is hidden in what leaves the page."""

import pytest

from codes.views.masking import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("to mario.rossi@example.com now", "to m…i@example.com now"),
        ("<li@example.com>: no", "<…@example.com>: no"),
        ("from 192.0.2.25 at 09:14", "from 192.0.x.x at 09:14"),
        ("550 5.1.1 User unknown", "550 5.1.1 User unknown"),
        ("a@b@example.com", "a…b@example.com"),
    ],
)
def test_names_go_and_domains_stay(text, shown):
    assert masked(text) == shown
