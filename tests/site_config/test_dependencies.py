"""What the app is made of may be used and passed on by everybody."""

import re

from django.core.management import call_command

from site_config.dependencies import VENDORED, dependencies
from site_config.environment import CHECKOUT

#: Words of the licences that an internal tool may be built upon; LGPL and MPL are kept by using the package as it is.
FREE = re.compile(r"0BSD|Apache|BSD|ISC|LGPL|MIT|MPL|PSF|Unlicense")


def test_every_package_has_a_version_and_a_free_licence():
    found = dependencies()
    assert {"django", "granian", "sqlparse", "htmx"} <= {each.name for each in found}, (
        "what is asked for, and what that asks for"
    )
    assert [each for each in found if not each.version or not FREE.search(each.licence)] == []


def test_everything_vendored_is_listed():
    assert {path.name for path in (CHECKOUT / "static" / "vendor").glob("*.js")} == {name for name, *_rest in VENDORED}


def test_the_command_lists_them(capsys):
    call_command("dependencies")
    assert re.search(r"^sqlparse +\d+\.[\d.]+ .*BSD.* django$", capsys.readouterr().out, re.MULTILINE)
