"""What every answer tells the browser not to do, beside what Django and django-csp tell it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: Pages need none of these; writing to the clipboard, which they do, is left out.
REFUSED = (
    "accelerometer autoplay camera display-capture encrypted-media geolocation gyroscope magnetometer microphone midi "
    "payment picture-in-picture publickey-credentials-get screen-wake-lock usb xr-spatial-tracking"
).split()
PERMISSIONS = ", ".join(f"{name}=()" for name in REFUSED)

Answer = Callable[[HttpRequest], HttpResponse]


def refuse_devices(get_response: Answer) -> Answer:
    """Refuse devices to our pages, and our pages' parts to other sites."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return answered
