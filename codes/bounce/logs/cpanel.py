"""cPanel's "Track Delivery": the fields of Exim's deliveries, `Event: defer`, `Recipient: a`, `Result: ...`, in groups.

Source: cPanel documentation, "Track Delivery"; the events are those of its eximstats database.
"""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce.addresses import first_address
from codes.bounce.hosts import refusing_host
from codes.bounce.logs.story import Log, Try, told
from codes.bounce.report import Outcome
from codes.bounce.verdict import delivery_from_words

_FIELD = re.compile(r"[ \t>*|]*(?P<name>[^\W\d_][^\n:\t|]{1,24}?)\**[ \t]*[:\t|][ \t:|]*(?P<value>\S[^\n]*)?$")
#: The names of the fields that are read, in the languages of the panel.
_NAMES = {
    **dict.fromkeys(("event", "evento", "événement", "evénement", "ereignis", "gebeurtenis", "zdarzenie"), "event"),
    **dict.fromkeys(("recipient", "destinatario", "destinataire", "empfänger", "destinatário", "ontvanger"), "to"),
    **dict.fromkeys(("result", "risultato", "résultat", "ergebnis", "resultado", "resultaat", "wynik"), "result"),
    **dict.fromkeys(("router", "routeur", "enrutador", "roteador"), "router"),
    **dict.fromkeys(("id", "transport", "trasporto", "transporte"), "exim"),
    **dict.fromkeys(("delivery host", "host di consegna", "host di recapito"), "host"),
    **dict.fromkeys(("delivery ip", "ip di consegna", "ip di recapito"), "ip"),
}
_OUTCOMES: dict[str, Outcome] = {
    **dict.fromkeys(("success", "accepted", "successo", "erfolg", "succès", "éxito", "sucesso"), "delivered"),
    **dict.fromkeys(("defer", "deferred", "differito", "zurückgestellt", "différé", "diferido", "adiado"), "delayed"),
    **dict.fromkeys(
        ("error", "failure", "failed", "rejected", "errore", "fehler", "erreur", "fallo", "erro"), "failed"
    ),
}


def read(lines: list[str]) -> Log | None:
    """Return what the groups of a panel's fields tell, each of which begins with its event."""
    groups: list[dict[str, str]] = []
    for line in lines:
        field = _FIELD.match(line)
        name = _NAMES.get(field["name"].strip().lower()) if field else None
        if field is None or name is None:
            continue
        if name == "event":
            groups.append({})
        if groups:
            groups[-1].setdefault(name, (field["value"] or "").strip())
    tries = [
        _try(group, number)
        for number, group in enumerate(groups)
        if {"router", "exim"} <= group.keys() and "@" in group.get("to", "") and group["event"].lower() in _OUTCOMES
    ]
    return Log("exim", told(tries)) if tries else None


def _try(group: dict[str, str], number: int) -> Try:
    said = group.get("result", "")
    delivery = delivery_from_words(None, None, said, said)
    if not delivery.reply_code:
        delivery = replace(delivery, spoken_by="local")
    host, ip = refusing_host(said)
    return Try(
        key="",
        part=str(number),
        recipient=first_address(group["to"]),
        outcome=_OUTCOMES[group["event"].lower()],
        words=said,
        host=group.get("host") or host,
        ip=group.get("ip") or ip,
        delivery=delivery,
    )
