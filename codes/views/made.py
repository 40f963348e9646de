"""Explanations made by hand, one for each state that the page can show: for the page of parts, and for tests."""

from dataclasses import dataclass

from codes.bounce.report import Attempt, Delivery, Evidence, Original
from codes.explain.explanation import Bilingual, ExplainedDelivery, Explanation, Hint, Opinion, Wording

NOTICE = """\
This is the mail system at host posta.ente.example.

<mario.rossi@liber.example>: host mx1.liber.example[192.0.2.25] said: 550
    5.1.1 <mario.rossi@liber.example>: Recipient address rejected:
    User unknown in local recipient table (in reply to RCPT TO command)

Subject: Preventivo <script>alert(1)</script> & altro
"""
STEPS = ("Rilegga l’indirizzo con l’utente, lettera per lettera.", "L’utente invii di nuovo all’indirizzo giusto.")


def evidence(text: str, **quotes: str) -> tuple[Evidence, ...]:
    """Return pieces of evidence that quote a text, each where its quote first stands."""
    return tuple(
        Evidence(what, quote, text.index(quote), text.index(quote) + len(quote)) for what, quote in quotes.items()
    )


@dataclass(frozen=True)
class Told:
    """The author of what is written here."""

    text: Wording
    pieces: tuple[Evidence, ...]
    nearest: tuple[str, ...]

    def words(self, delivery: ExplainedDelivery) -> Wording:
        """Return the texts."""
        return self.text

    def headline(self, delivery: ExplainedDelivery) -> str:
        """Return the headline of the texts."""
        return self.text.headline

    def evidence(self, delivery: ExplainedDelivery) -> tuple[Evidence, ...]:
        """Return the evidence."""
        return self.pieces

    def similar(self, delivery: ExplainedDelivery) -> tuple[str, ...]:
        """Return the nearest known messages."""
        return self.nearest


def wording(headline: str, reason_words: str = "") -> Wording:
    """Return texts for the page."""
    return Wording(
        note_to_postmaster=Bilingual(
            it="Buongiorno,\nil vostro server mx1.liber.example ha rifiutato la nostra posta.\nRisposta: 550 5.1.1",
            en="Hello,\nyour server mx1.liber.example refused our mail.\nReply: 550 5.1.1",
        ),
        headline=headline,
        meaning="Il server del destinatario non ha una casella con quel nome.",
        steps=STEPS,
        admin_steps=("Tolga l’indirizzo da liste e gestionali.", "Confronti l’`MX` con il server che ha risposto."),
        reply=Bilingual(
            it=f"Buongiorno,\nil messaggio non è arrivato{reason_words}.\n\nRiferimento tecnico: 550 5.1.1",
            en=f"Hello,\nthe message did not arrive{reason_words}.\n\nTechnical reference: 550 5.1.1",
        ),
    )


def failed(recipient: str = "mario.rossi@liber.example", **changes: object) -> ExplainedDelivery:
    """Return a delivery refused for an unknown user."""
    said = Delivery(
        recipient=recipient,
        outcome="failed",
        reply_code="550",
        enhanced_code="5.1.1",
        reply_text=f"550 5.1.1 <{recipient}>: Recipient address rejected: User unknown in local recipient table",
        spoken_by="remote",
        stage="rcpt",
        remote_host="mx1.liber.example",
        remote_ip="192.0.2.25",
        at="2026-11-23T09:14:05+01:00",
        queue_id="4gQxZ71kqHz9tY",
    )
    values = {
        "said": said,
        "permanence": "hard",
        "refused_by": "their-server",
        "provider": None,
        "reason": "user-unknown",
        "who_acts": "sender",
        "may_help": ("recipient",),
        "basis": "known-message",
        "signature": "user-unknown",
        "text": wording(f"La casella {recipient} non esiste."),
        "evidence": ()
        if "said" in changes
        else evidence(
            NOTICE,
            reply_code="550",
            enhanced_code="5.1.1",
            recipient="mario.rossi@liber.example",
            reply_text="Recipient address rejected:\n    User unknown in local recipient table",
            remote_host="mx1.liber.example",
            stage="RCPT TO",
        ),
        "opinions": (
            Opinion("known-message", "user-unknown", "user-unknown", True),
            Opinion("enhanced-code", "5.1.1", "user-unknown", False),
            Opinion("reply-code", "550", "policy", False),
        ),
    }
    values |= changes
    told = Told(values.pop("text"), values.pop("evidence"), values.pop("similar", ()))
    return ExplainedDelivery(**values, author=told)


def said(**changes: object) -> Delivery:
    """Return what was said of a delivery, without evidence."""
    return Delivery(**({"recipient": "info@aurora.example"} | changes))


def delayed() -> ExplainedDelivery:
    """Return a greylisted delivery."""
    return failed(
        said=said(
            outcome="delayed", reply_code="450", enhanced_code="4.7.1", reply_text="450 4.7.1 Greylisted", stage="rcpt",
            retry_until="2026-11-28T09:40:00+01:00", remote_host="mx1.aurora.example", at="2026-11-23T09:41:07",
        ),
        permanence="soft", reason="greylisted", who_acts="nobody", may_help=(),
        text=wording("info@aurora.example non è rifiutato: il server chiede di riprovare più tardi."),
    )  # fmt: skip


def expired() -> ExplainedDelivery:
    """Return a delivery that was tried for five days."""
    return failed(
        said=said(
            recipient="m.keller@nordwind.example", outcome="expired", became_permanent=True, reply_code="452",
            enhanced_code="4.2.2", reply_text="452 4.2.2 Mailbox over quota", stage="rcpt",
            attempts=tuple(
                Attempt(f"2026-11-{day}T09:12:00+01:00", "452 4.2.2 Mailbox over quota", "delayed")
                for day in range(18, 24)
            ),
        ),
        reason="mailbox-full", who_acts="recipient", may_help=("sender",),
        text=wording("La casella m.keller@nordwind.example è piena."),
    )  # fmt: skip


def unknown() -> ExplainedDelivery:
    """Return a refusal that nobody knows."""
    return failed(
        said=said(reply_code="554", reply_text="554 Transaction refused, rule R-1187.", remote_ip="198.51.100.80"),
        reason="unknown", who_acts="sender-admin", may_help=(), basis="class", signature=None,
        similar=("user-unknown",),
        opinions=(
            Opinion("known-message", "", None, False),
            Opinion("enhanced-code", "", None, False),
            Opinion("reply-code", "554", None, False),
            Opinion("class", "5", "unknown", True),
        ),
        text=wording("Il codice dice solo che il rifiuto è definitivo."),
    )  # fmt: skip


def outcome(kind: str, reason: str, headline: str, **changes: object) -> ExplainedDelivery:
    """Return a delivery that was no failure."""
    return failed(
        said=said(outcome=kind, **changes), permanence="none", reason=reason, who_acts="nobody", may_help=(),
        refused_by="unknown", basis="report", signature=None, opinions=(Opinion("report", "", reason, True),),
        text=Wording(headline=headline),
    )  # fmt: skip


def explanation(*deliveries: ExplainedDelivery, kind: str = "delivery-report", **changes: object) -> Explanation:
    """Return an explanation of these deliveries."""
    values = {
        "kind": kind,
        "is_bounce": bool(deliveries),
        "system": "postfix" if deliveries else None,
        "reporting_host": "posta.ente.example" if deliveries else None,
        "language": "it",
        "original": Original(
            "laura.conti@ente.example", "2026-11-23T09:14:02+01:00", "Preventivo", "<9b1f@ente.example>"
        ),
        "deliveries": deliveries,
        "warnings": (),
        "source_text": NOTICE,
    }
    return Explanation(**(values | changes))


#: By name, what the page must be able to show.
STATES = {
    "failed": explanation(failed()),
    "typo": explanation(failed(hints=(Hint("domain-typo", "libero.example"),))),
    "delayed": explanation(delayed()),
    "expired": explanation(expired()),
    "unknown": explanation(unknown(), warnings=("Il testo è incompleto: manca la fine.",)),
    "two": explanation(delayed(), expired()),
    "same fate": explanation(failed(), failed("anna@liber.example"), failed("ugo@liber.example")),
    "gateway": explanation(failed(refused_by="our-gateway", who_acts="sender")),
    "our server": explanation(failed(refused_by="our-server", who_acts="sender-admin")),
    "their fault": explanation(failed(who_acts="recipient-admin", reason="system-error")),
    "after acceptance": explanation(failed(said=said(stage="delivery", outcome="failed", reply_code="550"))),
    "no answer": explanation(
        failed(said=said(stage="connect", outcome="delayed"), permanence="soft", who_acts="nobody")
    ),
    "backscatter": explanation(failed(hints=(Hint("backscatter", "mail.example.net"),))),
    "suspicious": explanation(failed(hints=(Hint("suspicious", ""),))),
    "delivered": explanation(outcome("delivered", "delivered", "Il messaggio è arrivato a info@aurora.example.")),
    "relayed": explanation(outcome("relayed", "delivered", "Il messaggio è passato al server seguente.")),
    "expanded": explanation(outcome("expanded", "delivered", "Una lista lo ha preso in carico.")),
    "vacation": explanation(outcome("none", "vacation", "È una risposta automatica."), kind="auto-reply"),
    "complaint": explanation(
        outcome("delivered", "complaint", "Il destinatario lo ha segnalato come spam."), kind="complaint"
    ),
    "read receipt": explanation(kind="read-receipt"),
    "dialogue": explanation(kind="transcript"),
    "other": explanation(kind="other"),
}
