"""Short links, as they stand in tickets and replies."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("/550", "/en/codes/550/"),
        ("/5.1.1", "/en/codes/5.1.1/"),
        ("/550-5.1.1", "/en/codes/5.1.1/"),
        ("/557", "/en/codes/557/"),
        ("/x.1.1", "/en/codes/x.1.1/"),
    ],
)
def test_a_short_link_leads_to_the_page_in_the_readers_language(client: Client, link, leads_to):
    response = client.get(link, headers={"accept-language": "en"})

    assert (response.status_code, response["Location"]) == (302, leads_to)


def test_a_reply_code_that_the_page_does_not_list_goes_along(client: Client):
    response = client.get("/421-5.1.1", headers={"accept-language": "en"}, follow=True)

    assert response.redirect_chain[-1][0] == "/en/codes/5.1.1/?with=421"
    assert 'It came with <a class="code" href="/en/codes/421/">' in response.content.decode()


@pytest.mark.parametrize("link", ["/55", "/999", "/5.1", "/5.01.1", "/5.1.1.1", "/550-9.1.1", "/hello"])
def test_a_malformed_link_is_not_found(client: Client, link):
    assert client.get(link, follow=True).status_code == 404
