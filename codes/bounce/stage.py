"""At which step of the SMTP dialogue something happened, from the words that name the command."""

from __future__ import annotations

import re

from codes.bounce.patterns import LabelledPhrases
from codes.bounce.report import Stage

#: What mail systems write around a reply; the first that is found decides, so the more telling ones come first.
_WORDS: tuple[tuple[Stage, str], ...] = (
    # Postfix, "(in reply to end of DATA command)", and its NOQUEUE lines
    ("message", r"in reply to end of DATA|END-OF-MESSAGE from|while sending (?:end of data|message body)"),
    ("rcpt", r"in reply to RCPT TO|while sending RCPT TO|reject: RCPT from"),
    ("mail", r"in reply to MAIL FROM|while sending MAIL FROM|reject: MAIL from"),
    ("data", r"in reply to DATA|while sending DATA|reject: DATA from"),
    ("ehlo", r"in reply to (?:EHLO|HELO)|while performing the (?:EHLO|HELO)|reject: (?:EHLO|HELO) from"),
    (
        "starttls",
        r"in reply to STARTTLS|while performing the TLS|Server certificate not (?:trusted|verified)|"
        r"TLS handshake failed|refused to start TLS|TLS is required|reject: STARTTLS|TLSA lookup error|"
        r"Cannot start TLS",
    ),
    ("auth", r"in reply to AUTH|SASL authentication failed"),
    # RFC 5321, 3.1: a host that greets with 554 says so
    ("connect", r"No SMTP service|refused to talk to me|receiving the initial server greeting|reject: CONNECT from"),
    # Exim says after which command, GMX for which one
    (
        "message",
        r"(?:after|in response to|for) (?:pipelined )?(?:end of data|end-of-data|TEXT command|sending data block)",
    ),
    ("rcpt", r"(?:after|in response to|for) (?:pipelined )?RCPT(?: TO)?\b"),
    ("mail", r"(?:after|in response to|for) (?:pipelined )?MAIL(?: FROM)?\b"),
    ("data", r"(?:after|in response to|for) (?:pipelined )?DATA\b"),
    ("ehlo", r"(?:after|in response to|for) (?:EHLO|HELO)\b"),
    ("starttls", r"(?:after|in response to|for) STARTTLS\b"),
    ("auth", r"(?:after|in response to|for) AUTH\b"),
    ("connect", r"(?:after|in response to|for) initial connection"),
    # qmail and its family
    ("rcpt", r"does not like recipient|\[RCPT_TO\]"),
    ("mail", r"but sender was rejected|\[MAIL_FROM\]"),
    ("message", r"failed after I sent the message|\[END_OF_DATA\]|\[DATA_END\]"),
    ("data", r"failed on DATA command|\[DATA\]"),
    ("ehlo", r"but my name was rejected"),
    ("connect", r"but greeting failed|wasn't able to establish an SMTP connection|\[CONNECT\]"),
    # dma, Gmail and others
    ("message", r"did not like our final DATA"),
    ("rcpt", r"did not like our RCPT"),
    ("mail", r"did not like our MAIL"),
    ("data", r"did not like our DATA"),
    ("ehlo", r"did not like our (?:EHLO|HELO)"),
    # SendGrid "(in RCPT TO)", Stalwart "rejected command 'RCPT TO:<...>'", and what others write
    ("message", r"\(in (?:end of DATA|message body)\)|rejected command '\.'|Error following message body"),
    ("rcpt", r"\(in RCPT TO\)|rejected command 'RCPT|Error following RCPT|SMTP:RCPT host"),
    ("mail", r"\(in MAIL FROM\)|rejected command 'MAIL|Error following MAIL|SMTP:MAIL host"),
    ("data", r"\(in DATA\)|rejected command 'DATA|Error following DATA|SMTP:DATA host"),
    ("ehlo", r"\(in (?:EHLO|HELO)\)|rejected command '(?:EHLO|HELO)|Error following (?:EHLO|HELO)"),
    ("rcpt", r"hMailServer sent: RCPT TO"),
    ("mail", r"hMailServer sent: MAIL FROM"),
    ("data", r"command: ['\"]DATA"),
    ("rcpt", r"RCPT TO:\s?<[^>]*> [45]\d\d[ -]"),
    ("mail", r"MAIL FROM:\s?<[^>]*> [45]\d\d[ -]"),
    ("message", r"\(state 1[78]\)"),
    ("rcpt", r"\(state 1[34]\)"),
    ("mail", r"\(state 12\)"),
    ("connect", r"\(state [0-9]\)"),
    # Thunderbird, Apple Mail, Outlook's own words on a recipient that the server refused
    (
        "rcpt",
        r"check the message recipient|(?:controllare|verificare) il destinatario|vérifiez le destinataire|"
        r"(?:verifique|compruebe) el destinatario|überprüfen Sie (?:den Empfänger|die Empfängeradresse)|"
        r"recipients? (?:\S+@\S+ |was |were )+rejected by (?:the|your) server|one of the recipients was rejected|"
        r"uno dei destinatari è stato rifiutato|der Empfänger .{0,60}vom Server (?:abgelehnt|zurückgewiesen)",
    ),
    # libraries and small programs that send mail: PHPMailer, nodemailer, Python's smtplib, JavaMail, msmtp
    (
        "rcpt",
        r"RCPT TO command failed|command: ['\"]RCPT TO|following recipients failed:|SMTPRecipientsRefused|"
        r"SMTPAddressFailedException|recipient address \S+ not accepted by the server|SMTPTransport\.rcptTo",
    ),
    (
        "mail",
        r"MAIL FROM command failed|command: ['\"]MAIL FROM|following From address failed:|SMTPSenderRefused|"
        r"SMTPSenderFailedException|envelope from address \S+ not accepted by the server|SMTPTransport\.mailFrom",
    ),
    (
        "message",
        r"DATA END command failed|SMTPTransport\.finishData|SMTP Error: data not accepted|"
        r"the server did not accept the mail",
    ),
    (
        "auth",
        r"command: ['\"]AUTH|AUTH(?: \w+)? command failed|SMTP Error: could not authenticate|"
        r"SMTPAuthenticationError|javax\.mail\.AuthenticationFailedException|authentication failed \(method ",
    ),
    ("starttls", r"STARTTLS denied|STARTTLS extension not supported|command STARTTLS failed"),
    ("ehlo", r"SMTPHeloError|EHLO command failed"),
    ("connect", r"SMTPConnectError|SMTP connect\(\) failed|cannot locate host"),
    # Roundcube, Horde
    ("rcpt", r"add recipient(?: [\"']|: )|aggiungere il destinatario|Empfänger \S+ nicht hinzugefügt"),
    ("mail", r"set sender(?: \"|: )|impostare il mittente"),
    # the client's own command, quoted before or after the reply
    ("rcpt", r"(?:^|[45]\d\d:? |error, )RCPT TO:"),
    ("mail", r"(?:^|[45]\d\d:? |error, )MAIL FROM:"),
    # nobody answered
    (
        "connect",
        r"connect(?:ion)? (?:to \S+ ?)?(?::|was |has )?(?:refused|timed out|timeout|reset)|connect to \S+: |"
        r"no route to host|network is unreachable|network error on destination|"
        r"did not accept our requests to connect|socket error|"
        r"unable to connect|failed to connect|could not connect|cannot connect|connection error|host not reachable|"
        r"was unable to establish a connection|no answer from host|server is not responding|"
        r"server for the domain\b.{0,80}\bunreachable",
    ),
)
_COMPILED = LabelledPhrases((stage, [words.replace(" ", r"\s+")]) for stage, words in _WORDS)

#: Commands of a transcript; Sendmail pipelines, so that a reply printed after DATA may answer an earlier command.
_COMMANDS: tuple[tuple[Stage, str], ...] = (
    ("ehlo", r"(?:EHLO|HELO|LHLO)\b"),
    ("starttls", r"STARTTLS\b"),
    ("auth", r"AUTH\b"),
    ("mail", r"MAIL\s+FROM\b"),
    ("rcpt", r"RCPT\s+TO\b"),
    ("data", r"(?:DATA|BDAT)\b"),
    ("message", r"\.\s*$|<message|\(message"),
    ("quit", r"QUIT\b"),
)
_COMMANDS_COMPILED = tuple((stage, re.compile(words, re.IGNORECASE)) for stage, words in _COMMANDS)


#: A line of a transcript in a notice, quoted or with its time before it: what the sending server said (`>>>`, MDaemon
#: `-->`, Trend Micro "Sent <<<"), and what was answered.
_MARKED = re.compile(r"<<<|<--|>>>")
_TRANSCRIPT_LINE = re.compile(
    r"[^<>\n]{0,60}?(?:> )?\s*"
    r"(?:(?P<sent>Sent <<<|>>>|-->)|(?P<answered>Received >>>|<<<|<--))[ \t]*(?P<words>.*?)[ \t|]*$"
)
_COMMAND_NAMED = re.compile(r"SMTP command\s*\n+\s*(\S[^\n]*)")


def stage_in_words(text: str) -> Stage | None:
    """Return the stage that the words around a reply name, or None where they name none."""
    return _COMPILED.first(text)  # type: ignore[return-value]  # the labels are stages


def stage_in_transcript(text: str, reply: str) -> Stage | None:
    """Return the stage that a transcript in a notice shows for a reply, or for the first one with its code.

    Sendmail pipelines, so that what it prints after DATA may answer an earlier command: then the stage is not known.
    """
    spoken = [
        (line, _TRANSCRIPT_LINE.match(line) if "<" in line or ">" in line else None)
        for line in (text.splitlines() if _MARKED.search(text) else ())
    ]
    answers = [said["words"] for _line, said in spoken if said and said["answered"]]
    wanted = reply[:30] if any(words.startswith(reply[:30]) for words in answers) else reply[:3]
    command: str | None = None
    pipelined = "while talking to" in text.lower()
    for line, said in spoken:
        if line.strip(" \t|>").lower().startswith(("... while talking", "while talking")):
            command = ""
        elif said and said["sent"]:
            command = said["words"]
        elif said and command is not None and said["words"].startswith(wanted):
            stage = stage_of_command(command) if command else "connect"
            return None if stage == "data" and pipelined else stage
    if named := _COMMAND_NAMED.search(text):
        return stage_of_command(named[1])
    return None


def stage_of_command(command: str) -> Stage | None:
    """Return the stage of a command as a client sends it, "RCPT TO:<anna@example.com>"."""
    command = command.strip()
    return next((stage for stage, words in _COMMANDS_COMPILED if words.match(command)), None)
