"""Settings and addresses of a site whose views fail, or dawdle."""

import threading
import time

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from site_config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.serve.failing_site"


@csrf_exempt
def fail(request: HttpRequest, kind: str) -> HttpResponse:
    text = f"{request.POST['text']} {request.GET.get('subject')}"
    if kind == "suspicious":
        raise SuspiciousOperation(text)
    if kind == "chain":
        try:
            raise KeyError(text)
        except KeyError as error:
            raise ValueError(text) from error
    if kind == "thread":
        thread = threading.Thread(target=lambda: int(text))
        thread.start()
        thread.join()
        return HttpResponse("ok")
    if kind == "stream":
        return StreamingHttpResponse(int(text) for _once in "x")
    raise ValueError(text)


def slow(request: HttpRequest) -> HttpResponse:
    print("dawdling", flush=True)
    time.sleep(1)
    return HttpResponse("done")


urlpatterns = [path("fail/<kind>/", fail), path("slow/", slow), path("healthz", lambda request: HttpResponse("ok"))]
