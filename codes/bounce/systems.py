"""Tells which software wrote a notice, by words and headers that only it uses."""

from __future__ import annotations

from codes.bounce.patterns import LabelledPhrases, lines_of

#: Characters of a notice's words in which a system's marks are looked for.
LOOKED_AT = 20_000

#: Each system's marks, one regular expression a line, tried on the notice's headers and words in this order: systems
#: whose notices others imitate come last.
_MARKS: dict[str, str] = {
    "google-groups": r"""
        ^from:.*googlegroups
        the group you tried to contact
        groups\.google\.com/support
    """,
    "gmail": r"""
        ^from:.*mailer-daemon@(?:google|googlemail|gmail)\.com
        reporting-mta: dns; ?(?:googlemail|gmail)\.com
        The response(?: from the remote server)? was:
        La risposta (?:del server remoto )?è stata:
        Gmail will retry for
        Ihre Nachricht wurde nicht an \S+ zugestellt, weil
        Votre message (?:n'est pas parvenu à|à \S+ a été bloqué)
        Tu mensaje no se ha entregado a
        Il tuo messaggio non è stato recapitato a
    """,
    "yahoo": r"""
        ^from:.*mailer-daemon@[\w.]*(?:yahoo|aol)\.
        Sorry, we were unable to deliver your message to the following address
        reporting-mta:.*\.yahoo\.com
    """,
    "amazon-ses": r"""
        ^from:.*@(?:[\w.-]*\.)?amazonses\.com
        reporting-mta:.*amazonses\.com
        reporting-mta:.*inbound-smtp\..*amazonaws\.com
        no-reply@sns\.amazonaws\.com
        \"notificationType\"
    """,
    "powermta": r"""
        X-PowerMTA
        I am sending you this message to inform you on the delivery status
    """,
    "barracuda": r"""
        was blocked by our Spam Firewall
        blocked by our bulk email filter
        ^reporting-mta:.*barracuda
    """,
    "mcafee": r"""
        X-NAI-Header
        --- The following addresses had delivery problems ---
        WebShield
    """,
    "m-filter": r"""
        m-FILTER
    """,
    "fml": r"""
        ^x-mlserver: *fml
        ^x-ml-name:
    """,
    "imail": r"""
        SMTP32
        SMTPD32
        \bIMail\b
    """,
    "zoho": r"""
        ^from:.*mailer-daemon@mail\.zoho
        ERROR[_ ]CODE *:
    """,
    "gmx": r"""
        ^from:.*mailer-daemon@(?:gmx|web\.de|kundenserver|mout\.)
        SMTP error from remote server (?:after|for) \w+(?: \w+)? command
    """,
    "amavis": r"""
        by the program amavisd
        ^subject:.*(?:apparently from you|contents? from you)
        Our internal reference code for your message
        ^from:.*content-filter at
    """,
    "cisco-esa": r"""
        The reason for the problem:
        IronPort
        Cisco (?:ESA|Secure Email)
    """,
    "courier": r"""
        running the Courier mail server
    """,
    "dragonfly": r"""
        DragonFly Mail Agent
    """,
    "opensmtpd": r"""
        This is the MAILER-DAEMON, please DO NOT REPLY
    """,
    "haraka": r"""
        This is the Haraka Mailer program
    """,
    "hmailserver": r"""
        hMailServer
    """,
    "domino": r"""
        was not delivered to:[\s\S]{0,300}because:
        Diagnostic-Code: X-Notes
        listed in (?:Domino|public Name)
    """,
    "groupwise": r"""
        The message that you sent was undeliverable to the following
    """,
    "oracle": r"""
        This report relates to a message you sent with the following header fields
    """,
    "intermail": r"""
        This Message was undeliverable due to the following reason
    """,
    "mdaemon": r"""
        --- Session Transcript ---
        MDaemon
    """,
    "message-labs": r"""
        mail delivery agent at messagelabs
    """,
    "qmail": r"""
        qmail-send program
        I wasn't able to deliver your message to the following
        I've given up\. Sorry it didn't work out
    """,
    "postfix": r"""
        This is the (?:mail system|Postfix program) at host
        X-Postfix-
        Diagnostic-Code: X-Postfix
        \(Postfix\)\s+id
        Out: 220 .*ESMTP
        postfix-doc\.html
        ^from:.*mail delivery system.*\n[\s\S]*undelivered mail returned to sender
    """,
    "exchange": r"""
        MSEXCH:
        Generating server:
        DSN generat(?:ed by|o da):
        More Info for Email Admins
        Server di generazione:
        Generierender Server
        Serveur de génération
        Servidor de generación
        Delivery has failed to these recipients
        X-MS-Exchange-Message-Is-Ndr
        ^from:.*MicrosoftExchange[0-9a-f]{32}@
        RESOLVER\.ADR\.
        Microsoft Exchange Server
        did not reach (?:some or all of the intended|the following) recipient
        STOREDRV\.Deliver
    """,
    "exim": r"""
        ^x-failed-recipients:
        eximdsn
        \(Exim \d
        A message that you (?:sent|have sent) could not be delivered
        This message was created automatically by mail delivery software
    """,
    "sendmail": r"""
        -----\s*(?:The following addresses had|Transcript of session follows|Unsent message follows)
        Mail Delivery Subsystem
        ^subject:.*Returned mail:
    """,
}
_COMPILED = LabelledPhrases(((slug, lines_of(marks)) for slug, marks in _MARKS.items()), multiline=True)


def system_of(headers: str, words: str) -> str | None:
    """Return the slug of the software that wrote a notice, or None.

    `headers` are those of the notice, "From: ..." one a line; `words` is its text with the report's fields.
    """
    return _COMPILED.first(f"{headers}\n{words[:LOOKED_AT]}")
