"""The words that mail systems write around a reply, in the languages in which notices come.

One phrase a line, each a regular expression; a blank in it stands for any white space, line ends and quoting included.
"""

from __future__ import annotations

import re

from codes.bounce.patterns import Phrases, lines_of

_BLANK = r"[\s>]+"


def _phrases(table: str) -> Phrases:
    return Phrases(line.replace(" ", _BLANK) for line in lines_of(table))


#: The notice says that somebody still tries.
STILL_TRIED = _phrases(r"""
    will be retried
    still being retried
    will keep trying
    has been delayed
    is delayed
    (?:is )?still undelivered
    not yet been delivered
    warning message only
    you do not need to resend
    delay reason
    will (?:retry|continue to (?:try|attempt))
    further attempts will be made
    temporarily delayed
    no action is required on your part
    could not send message for past
    temporary problem delivering
    message delayed\b
    verrà riprovat
    riproverà
    è in ritardo
    ulteriori tentativi
    consegna ritardata
    weiterhin versucht
    verzögert
    nouvelle tentative
    retardé
    se seguirá intentando
    se ha retrasado
""")
#: The notice says that trying has ended for lack of time.
GIVEN_UP = _phrases(r"""
    no (?:further|more) (?:delivery )?attempts
    innerhalb von \d+ (?:tagen|stunden) nicht
    keine weiteren (?:zustell)?versuche
    (?:plus|pas) d'autres? tentatives?
    ne sera plus (?:tentée?|réessayée?)
    no se (?:harán|realizarán) más intentos
    non (?:verranno|saranno) (?:fatti|effettuati) altri tentativi
    retry time(?:out)? (?:not reached for any host after|exceeded)
    have been failing for a long time
    (?:message|delivery|mail|queue)(?: time| timeout| lifetime)? (?:has )?expired
    message (?:is )?too old
    (?:been )?in the queue too long
    could not be delivered for (?:more than )?\d+ (?:hour|day)
    will be deleted from queue
    delivery retry timeout
    multiple delivery attempts failed
    gave up after
    unable to deliver (?:the |your )?(?:message|mail) (?:for|after|within)
    max(?:imum)? (?:retry|retries|delivery time|age)
    giving up after
    could not (?:be )?deliver(?:ed)? for the last
    failed \d+ attempts
    not delivered within \d+
    (?:delivery|message) timed? ?out
    queue\.expired
    tempo (?:massimo|limite)
    scadut[oa]
    message could not be delivered (?:for|within|in) \d+
    timeout of queue
    retry timeout
    exceeded the (?:maximum )?time
    failed for the last \d+ (?:hour|day)
    could not be delivered within
    für mehr als \d+ (?:stunden|tage)
""")
#: Nobody answered, or no way was found yet; trouble that passes, so that a final failure is an expired one.
NO_ANSWER = _phrases(r"""
    connection timed out
    connection refused
    connection reset
    no route to host
    network is unreachable
    lost connection
    timed out while
    socket error
    host not reachable
    operation timed out
    deferred:
    did not accept our requests to connect
    connection (?:was )?dropped
    could not connect
    unable to connect
    host is down
    no answer from host
    temporary (?:dns|lookup) (?:error|failure)
    timed out\b
    try again later
""")
#: What mail software says by itself when no server answered with a code; nobody else writes so.
LOCAL_FAILURE = _phrases(r"""
    host or domain name not found
    name service error for name
    name servers? for \S+ returned
    (?:cname|mx|host|dns|domain name?) lookup (?:failed|failure|error|timed out)
    host (?:not found|unknown|name lookup failure)
    remote host not found
    unrouteable address
    no route to host
    connect to \S+:
    connected to \S+ but (?:connection died|greeting failed|sender was rejected|my name was rejected)
    (?:lost connection|conversation) with \S+
    unable to establish an smtp connection
    wasn't able to establish an smtp connection
    retry time(?:out)? (?:not reached|exceeded)
    all hosts for \S+ have been failing
    mail for \S+ loops back to myself
    mail forwarding loop
    too many hops
    remote host address is the local host
    message size \d+ exceeds size limit
    cannot update mailbox
    tls is required, but was not offered
    server certificate not (?:trusted|verified)
    mailbox here by that name
    giving up on \S+
    domain \S+ has exceeded the max emails per hour
    qq out of memory
""")
#: The message was taken first and came back later: what refused was behind the server that had said yes.
AFTER_ACCEPTANCE = _phrases(r"""
    pipe to \|
    command output:
    child process
    local delivery failed
    STOREDRV\.
    unknown mailer error
    MapiException
    The following text was generated during the delivery attempt
    maildir delivery failed
    procmail:
    RESOLVER\.
    not a member of this mailing list
    the group you tried to contact
    groups\.google\.com/support
    duplicated message-id in
    vdelivermail
    temporary failure\. command
    LMTP error after
    exec /usr/\S+
""")
#: The opening or closing words of a notice, whatever system wrote it.
NOTICE = _phrases(r"""
    could not be delivered
    couldn't be delivered
    was not delivered
    wasn't delivered
    not delivered to
    unable to deliver
    undeliverable
    undelivered
    delivery (?:has |to the following recipients? )?failed
    delivery failure
    delivery status notification
    returned (?:mail|to sender)
    failed to deliver
    (?:mail )?delivery (?:failed|problem|subsystem|system|error)
    following address(?:\(?es\)?)? (?:failed|had)
    did not reach the following
    did not reach some or all
    could not be reached
    wasn't able to deliver
    has been delayed
    message (?:was )?(?:rejected|blocked|bounced|returned)
    permanent(?: fatal)? error
    had permanent fatal errors
    transient non-fatal errors
    error delivering your mail
    address not found
    restituit[oa] al mittente
    non è stat[oa] (?:possibile )?(?:recapitat|consegnat|inoltrat|recapitare|consegnare)
    mancat[ao] (?:consegna|recapito)
    recapito non riuscito
    impossibile (?:recapitare|consegnare|raggiungere)
    non ha raggiunto
    non recapitabile
    messaggio (?:respinto|rifiutato|bloccato|non recapitato)
    indirizzo non trovato
    konnte nicht zugestellt
    nicht zugestellt
    unzustellbar
    zustellung (?:ist )?fehlgeschlagen
    nachrichtenzustellung
    nicht erreicht
    échec de la remise
    n'a pas (?:pu être|été) (?:remis|distribu|délivr)
    non remis
    n'est pas parvenu
    error de entrega
    no se (?:pudo|ha podido) entregar
    no se ha entregado
    no recibieron su mensaje
    sin entregar
    não (?:foi|pôde ser) entregue
    送信できませんでした
    配送できませんでした
    返送
    エラー
    unknown user
    user unknown
    you are not a member of this mailing list
    mailbox exceeds allowed size
    mail system error
    delivery notification
    failure reasons?
    error message below
    invalid user address
    loop alert
    duplicated message-id in
    was considered unsolicited
    may not exist, or you may not have permission
    möglicherweise nicht vorhanden
    not listed in
""")
#: Subjects of notices.
SUBJECT = _phrases(r"""
    undeliver(?:ed|able)
    delivery (?:status )?(?:notification|failure|report|failed|problem)
    returned mail
    failure notice
    mail delivery
    delivery has failed
    message delayed
    could not send message
    mail failure
    mail system error
    non recapitabile
    mancat[ao] (?:consegna|recapito)
    unzustellbar
    non remis
    no se puede entregar
    sin entregar
    delayed mail
    nondeliverable
    bounce
    warning: message
    notice: mail delivery
    delivery status
    email not delivered
    postmaster notify
    (?:メール|配信|送信)エラー|配信不能|お届けできません
    loop alert
    apparently from you
""")
#: Senders that only mail systems use.
MAILER = _phrases(r"""
    mailer-daemon
    mail delivery (?:sub)?system
    \bpostmaster\b
    post_master
    microsoftexchange[0-9a-f]{8,}
    mail-daemon
    mail delivery service
    mailsystem@
    system administrator
    mdaemon@
    no-reply@sns\.amazonaws
""")
#: A mail system says what happened; it asks nobody to follow a link to get the mail.
CLICK = _phrases(r"""
    click (?:here|below|the (?:link|button))
    (?:release|retrieve|recover|review|restore|view) (?:your |the |all )?(?:pending |held |failed )?(?:e-?)?mails?
    (?:release|retrieve|recover|review|restore|deliver|view) (?:your |the |all )?(?:pending |held |failed )?messages?
    (?:verify|confirm|update|upgrade|keep) (?:your |the )?(?:account|mailbox|password|e-?mail|storage)
    re-?send (?:now|pending)
    (?:clicchi|clicca|fare clic|cliccare|premere) (?:qui|sul|su|il)
    (?:rilascia|recupera|visualizza|sblocca|ripristina)\w* (?:i |il |la |le |tua |tuoi |sua |suoi )*(?:messagg|e?-?mail)
    (?:rilascia|recupera|visualizza|sblocca|ripristina)\w* (?:la |tua |sua )*(?:casella|posta)
    (?:verifich?|conferm|aggiorn)[ai] (?:il |la |tuo |tua |suo |sua )*(?:account|casella|password|spazio)
    hier klicken
    cliquez ici
    haga clic
""")
#: Subjects and openings of automatic answers.
AWAY = _phrases(r"""
    out of (?:the )?office
    automatic (?:reply|response)
    auto(?:matic)?[- ]?(?:reply|response|answer)
    vacation
    away (?:until|from)
    risposta automatica
    fuori (?:sede|ufficio)
    assenza
    automatische antwort
    abwesenheit
    réponse automatique
    absence
    respuesta automática
    fuera de la oficina
    i am (?:currently )?(?:away|out)
    sono (?:assente|in ferie)
    not in the office
    on (?:holiday|leave|vacation)
""")
#: Lines at which the returned message begins; nothing after them counts. The first group stands behind dashes.
_AFTER_DASHES = r"""
    this is a copy of
    below this line
    the header of the original
    the body of the message
    unsent message
    original message
    returned message
    message header
    the message
    forwarded message
    undelivered message
    original headers?
    header of
    messaggio originale
    ursprüngliche nachricht
    message d'origine
    mensaje original
    messaggio inoltrato
    weitergeleitete nachricht
    message transféré
    mensaje reenviado
"""
_WITHOUT_DASHES = r"""
    (?:original|returned|undelivered) message (?:follows|headers? follows?|text follows)
    original message (?:headers?|details)?\s*:\s*$
    message headers? (?:follow|are)
    below is a copy of the (?:original )?message
    --- below this line
    possibly truncated original message follows
    the first \d+ (?:lines|bytes) of (?:the|your) message
    intestazioni originali del messaggio
    ursprüngliche nachrichtenkopfzeilen
    en-têtes de message d'origine
    encabezados de mensajes originales
    ursprüngliche kopfzeilen
    copy of your message
    headers of the original message
    the following is (?:a copy of )?(?:the|your) (?:original )?message
    -+ ?(?:message|mail) (?:body|text|source) ?-+
    your (?:original )?message (?:reads|follows)
    attached is a copy of
    here is a copy of
"""


def _lines_beginning(with_dashes: str, without: str) -> re.Pattern[str]:
    dashed, plain = (
        "|".join(line.strip().replace(" ", r"[ \t]+") for line in lines.splitlines() if line.strip())
        for lines in (with_dashes, without)
    )
    return re.compile(rf"^[ \t>*\|]*(?:-{{2,}}\s*(?:{dashed})|{plain})", re.IGNORECASE | re.MULTILINE)


#: Headings that mail programs put above a forwarded mail, a forwarded notice among them.
FORWARDED = re.compile(
    r"[ \t>*|]*-{2,}\s*(?:original message|forwarded message|messaggio originale|messaggio inoltrato|"
    r"ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|message transféré|"
    r"mensaje original|mensaje reenviado)",
    re.IGNORECASE,
)
RETURNED_MESSAGE = _lines_beginning(_AFTER_DASHES, _WITHOUT_DASHES)
#: A header block inside a text: the returned message without a heading.
RETURNED_HEADERS = re.compile(
    r"^[ \t]*(?:Received:[ ]*(?:from|by|\(qmail)|Return-path:[ ]*<|X-Received:[ ]*by|"
    r"DKIM-Signature:[ ]*[vab]=|X-Apparently-To:)",
    re.IGNORECASE | re.MULTILINE,
)
#: Words right before a reply that introduce it as what another host said.
SAYS = (
    "said",
    "says",
    "returned",
    "replied",
    "responded with",
    "responds with",
    "response was",
    "answered",
    "error was",
    "reason was",
    "failed with",
    "got",
    "smtp",
    "...",
    "ha risposto",
    "risposta è stata",
    "réponse était",
    "respuesta fue",
)
#: Words that do so only with a colon, or another such sign, behind them.
SAYS_WITH_COLON = (
    "responded",
    "response",
    "answer",
    "error",
    "reason",
    "reason for the problem",
    "reply",
    "stat",
    "led",
    "error code",
    "error_code",
    "status code",
    "diagnostic code",
    "diagnostic-code",
    "permanent error",
    "temporary error",
    "server message",
    "server error",
    "server response",
    "codice di stato",
    "risposta",
    "motivo",
    "errore",
    "errore del server",
    "antwort",
    "grund",
    "fehler",
    "serverfehler",
    "réponse",
    "raison",
    "erreur",
    "erreur du serveur",
    "respuesta",
    "error del servidor",
    "responded",
)
#: Before an address, these words make it the one that was not reached.
TO_A_RECIPIENT = "|".join(
    lines_of(r"""
        delivered to
        deliver(?:ing)?(?: your| the)? (?:mail|message)? ?to
        message to
        mail to
        sent to
        undeliverable to
        not (?:be )?reach(?:ed)?
        unknown user
        user unknown
        no such user
        (?:failed )?recipient(?: address)?
        rcpt to
        mailbox
        receiver not found
        size
        address
        for user
        to the following recipients?
        pipe to \|.*?
        generated by
        message-id in
        list
        group
        destinatario
        recapitat[oa] a
        consegnat[oa] a
        inviat[oa] a
        messaggio a
        consegna a
        recapito a
        casella
        indirizzo
        utente
        nachricht (?:wurde nicht )?an
        empfänger
        adresse
        gruppe
        message à
        remis à
        destinataire
        mensaje a
        entregado a
    """)
)
#: Before an address, these words make it a contact and no recipient.
CONTACT = _phrases(r"""
    contact(?:ing)?
    assistance
    send (?:an? )?(?:e-?mail|mail) to
    write to
    help(?:desk)?
    questions
    assistenza
    contatt\w+
    scriv\w+
    rivolg\w+
    kontakt\w*
    wenden
    contactez
    póngase
    forward (?:this|it)
    postmaster (?:at|of)
    report (?:this|it) to
    reply-to
    (?:indirizzo )?mittente
    sender(?: address)?
    absender\w*
    expéditeur
    remitente
    anything to
    to the address
    mailto:\?
""")

_STOP_WORDS: dict[str, frozenset[str]] = {
    "it": frozenset(
        "il lo la gli le di che non è per con una un del della dei nel sono stato questo messaggio alla dal".split()
    ),
    "en": frozenset(
        "the of and to was is not be this your that for with could from message has have been by are it".split()
    ),
    "de": frozenset(
        "der die das und nicht wurde ist sie ihre nachricht an den von zu konnte werden eine mit dem auf".split()
    ),
    "fr": frozenset(
        "le la les des une est pas votre message pour vous dans été que ne avec sur au aux nous cette du".split()
    ),
    "es": frozenset("el la los las una no se su mensaje para que por con del es ha fue más siguientes este al".split()),
    "pt": frozenset("o a os as um uma não foi sua mensagem para que por com do da é ao em seu este pelo".split()),
}


#: Characters in which a notice's language shows.
_LANGUAGE_SHOWS = 4000
#: Each stop word with its languages.
_LANGUAGES_OF = {
    word: tuple(language for language, words in _STOP_WORDS.items() if word in words)
    for word in frozenset[str]().union(*_STOP_WORDS.values())
}
_WORD = re.compile(r"[a-zà-ÿ']+")
_KANA = re.compile(r"[\u3040-\u30ff]")


def language_of(text: str) -> str | None:
    """Return the language of the words of a notice (it, en, de, fr, es, pt, ja), or None where they are too few."""
    if not text.isascii() and len(_KANA.findall(text[:5000])) > 10:
        return "ja"
    words = _WORD.findall(text[:_LANGUAGE_SHOWS].lower())
    if len(words) < 4:
        return None
    counts = dict.fromkeys(_STOP_WORDS, 0)
    for word in words:
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] += 1
    likeliest = max(counts, key=lambda name: counts[name])
    return likeliest if counts[likeliest] >= 3 else None
