"""Signing in as one does it: at the organisation's provider of single sign-on, and out again."""

import re

from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from tests.sign_on_provider import provider, sign_on

__all__ = ["provider", "sign_on"]


def test_one_signs_in_at_the_provider_and_out_here(page, site, provider, sign_on):
    page.route(re.compile("^https:"), lambda route: route.abort())  # the provider's own page wants a style sheet
    page.goto(f"{site}/en/sign-in/?next=/admin/")
    page.get_by_role("link", name="Sign in with the organisation’s account").click()
    page.wait_for_url(f"{provider}/**")
    page.locator("input[name=sub]").fill("u-1")
    page.locator("button, input[type=submit]").first.click()
    page.wait_for_url(f"{site}/admin/")
    expect(page.locator("#user-tools")).to_contain_text("Anna")
    expect(page.get_by_role("link", name="Unrecognised replies").first).to_be_visible()
    assert [group.name for group in get_user_model().objects.get().groups.all()] == ["curator"]
    page.locator("#logout-form button").click()
    page.wait_for_url(f"{site}/en/", wait_until="commit")
    admin = page.request.get(f"{site}/admin/").text()
    assert 'id="login-form"' in admin and 'href="/sign-on/?next=/admin/"' in admin
