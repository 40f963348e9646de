"""The fixed words of the knowledge base; contract values are never translated, their labels are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Actor(models.TextChoices):
    """Whose move it is."""

    SENDER = "sender", _("the sender")
    SENDER_ADMIN = "sender-admin", _("who runs our mail")
    RECIPIENT = "recipient", _("the recipient")
    RECIPIENT_ADMIN = "recipient-admin", _("who runs their mail")
    NOBODY = "nobody", _("nobody")


class Stage(models.TextChoices):
    """Steps of the SMTP dialogue (RFC 5321, 4.3.2) at which a delivery can stop."""

    CONNECT = "connect", _("Connection")
    EHLO = "ehlo", _("Greeting")
    STARTTLS = "starttls", _("Encryption")
    AUTH = "auth", _("Log-in")
    MAIL = "mail", _("Sender")
    RCPT = "rcpt", _("Recipient")
    DATA = "data", _("Content")
    MESSAGE = "message", _("Delivery")
    QUIT = "quit", _("Goodbye")


#: Further commands to which a reply code may answer; no delivery stops there.
OTHER_COMMANDS = ("vrfy", "expn", "help", "rset", "noop", "etrn", "atrn", "bdat", "burl", "any")


class UsualOutcome(models.TextChoices):
    """How deliveries that meet a reason usually end."""

    FAILED = "failed", _("Permanent")
    DELAYED = "delayed", _("Temporary")
    DELAYED_THEN_FAILED = "delayed-then-failed", _("Temporary at first, then permanent")
    FAILED_OR_DELAYED = "failed-or-delayed", _("Permanent or temporary")
    DELAYED_THEN_EXPIRED = "delayed-then-expired", _("Temporary, until the time runs out")
    EXPIRED = "expired", _("Out of time")
    NONE = "none", _("Not a failure")


class ReasonGroup(models.TextChoices):
    """Headings under which the reasons are listed."""

    RECIPIENT = "recipient", _("The recipient")
    WAY = "way", _("The domain and the way there")
    VOLUME = "volume", _("Size and volume")
    CONTENT = "content", _("Content")
    STANDING = "standing", _("The sender’s standing")
    SERVERS = "servers", _("The servers")
    OUTCOME = "outcome", _("Not a failure")


class Standing(models.TextChoices):
    """Who defined a reply code."""

    STANDARD = "standard", _("Defined by a standard")
    TABLE_ONLY = "table-only", _("Named in a registry table only")
    DRAFT = "draft", _("Proposed in a draft, never a standard")
    DE_FACTO = "de-facto", _("Used by some servers, in no standard")
    NOT_SMTP = "not-smtp", _("Not an SMTP reply")


class ProviderKind(models.TextChoices):
    """What a provider does."""

    MAILBOX = "mailbox", _("Mailboxes")
    GATEWAY = "gateway", _("Mail gateway")
    SENDER_SERVICE = "sender-service", _("Sending service")
    SYSTEM = "system", _("Mail systems")
    BLOCKLIST = "blocklist", _("Blocklist")


class Picture(models.TextChoices):
    """The drawings that a guide can show: templates/pictures/."""

    ANATOMY = "anatomy", _("The parts of a bounce")
    CODE = "code", _("A code taken apart")
    DIALOGUE = "dialogue", _("The stages of an SMTP dialogue")
    RETRIES = "retries", _("Attempts until the queue time runs out")
    REFUSAL = "refusal", _("One refusal, at once")
    GREYLISTING = "greylisting", _("Refused at first, accepted later")
    AUTHENTICATION = "authentication", _("SPF, DKIM and DMARC")
    BLOCKLIST = "blocklist", _("A server asks a blocklist")
    GATEWAY = "gateway", _("A message on its way through a gateway")
    STOPPED_ACCOUNT = "stopped-account", _("An account that was stopped")
    PEC = "pec", _("The receipts of a PEC message")
    SOURCE = "source", _("What the source of a mail holds")


class Difference(models.TextChoices):
    """Why a known message may mean something else than the enhanced code that comes with it."""

    PROVIDER = "provider", _("the provider uses the code for something of its own")
    WORDS = "words", _("the words name the cause more exactly than the code")


class Evidence(models.TextChoices):
    """How well a known message is attested."""

    ATTESTED = "attested", _("seen in real bounces or in the program")
    PUBLISHED = "published", _("published by the provider")
    ASSUMED = "assumed", _("assumed")
