"""What is hidden in what leaves the page."""

import pytest

from codes.views.masking import masked, unnamed


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "550 5.7.1 <anna@example.com>: blocked 192.0.2.25 at mx1.example.com, see https://example.com/?ip=192.0.2.25",
            "550 5.7.1 <‹address›>: blocked ‹ip› at ‹host›, see ‹link›",
        ),
        ("554 refused by 2001:db8::25 (id 4gQxZ71kqHz9tY)", "554 refused by ‹ip› (id ####)"),
        ("451 4.7.1 try again in 300 seconds, ticket 20261123", "451 4.7.1 try again in 300 seconds, ticket ####"),
        ("550 No such user here. Goodbye", "550 No such user here. Goodbye"),
    ],
)
def test_what_is_handed_to_the_editors_points_to_nobody(text, shown):
    assert unnamed(text) == shown
