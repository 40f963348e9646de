"""How to use Rimbalzo from a ticket system: links, a bookmark, a line for the shell, a small program."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from codes.views import visitor
from codes.views.context import Site
from codes.views.published import page, published

#: What the bookmark runs on somebody else's page: it sends what is selected there, in a form, to a new tab. Nothing of
#: it comes into an address. No per cent sign may stand in it: browsers take it for the start of a quoted character.
BOOKMARK = """\
javascript:(()=>{
let text="";
for(const each of [window,...Array.from(window.frames)])try{text=text||String(each.getSelection())}catch{}
const field=document.activeElement;
text=text||(field?.value??"").slice(field?.selectionStart??0,field?.selectionEnd??0);
if(!text.trim())return alert("SELECT");
const form=document.createElement("form"),area=document.createElement("textarea");
Object.assign(form,{method:"post",action:"ADDRESS",target:"_blank",enctype:"multipart/form-data",hidden:true});
Object.assign(area,{name:"text",value:text});
form.append(area);document.body.append(form);form.submit();form.remove()
})()"""

CURL = "curl HEADER-F file=@bounce.eml 'ADDRESS'"

PROGRAM = '''\
"""Explains the bounce on standard input; with a file it is: python3 explain.py < bounce.eml"""
import json
IMPORTimport sys
import urllib.error
import urllib.request

request = urllib.request.Request(
    "ADDRESS",
    data=json.dumps({"text": sys.stdin.buffer.read().decode(errors="replace")}).encode(),
    headers={"Content-Type": "application/json"HEADER},
)
try:
    with urllib.request.urlopen(request, timeout=30) as answer:
        explanation = json.load(answer)
except urllib.error.HTTPError as error:
    sys.exit(json.load(error)["detail"])
for delivery in explanation["deliveries"]:
    print(delivery["recipient"], delivery["reason"], delivery["who_acts"], delivery["text"]["headline"], sep="\\t")
'''

#: How each sends a token, where one is wanted.
IN_CURL = '-H "Authorization: Bearer $RIMBALZO_TOKEN" '
IN_PROGRAM = ', "Authorization": f"Bearer {os.environ[\'RIMBALZO_TOKEN\']}"'


@published
def ticket_systems(request: HttpRequest) -> HttpResponse:
    """Show what goes where; the addresses are those of the site that is asked."""
    origin = Site(request).origin
    address = f"{origin}{reverse('api:explain')}?language={visitor.language_of_page()}"
    wants_token = bool(settings.API_TOKENS or settings.LOGIN_REQUIRED)
    context = {
        "bookmark": _bookmark(f"{origin}{reverse('explain')}"),
        "curl": _filled(CURL, ADDRESS=address, HEADER=IN_CURL if wants_token else ""),
        "program": _filled(
            PROGRAM,
            ADDRESS=address,
            HEADER=IN_PROGRAM if wants_token else "",
            IMPORT="import os\n" if wants_token else "",
        ),
        "wants_token": wants_token,
        "closed": settings.LOGIN_REQUIRED,
    }
    return page(request, "ticket_systems.html", context)


def _bookmark(address: str) -> str:
    """Return the bookmark's address, in one line."""
    asks = _("Select the bounce first, then press the bookmark.")
    return _filled(BOOKMARK, ADDRESS=address, SELECT=asks).replace("\n", "")


def _filled(text: str, **words: str) -> str:
    """Put words where their names in capitals stand."""
    for name, word in words.items():
        text = text.replace(name, word)
    return text
