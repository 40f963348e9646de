"""The words that mail systems write around a reply, in the languages in which notices come.

One phrase a line, each a regular expression; a blank in it stands for any white space, line ends and quoting included.
"""

from __future__ import annotations

import re

from codes.bounce.patterns import LabelledPhrases, Phrases, lines_of

_BLANK = r"[\s>]+"


#: "Anything within the sentence": a point in a name ends none.
_WITHIN_SENTENCE = r"(?:[^.]|\.[\pL\pN])*"


def _phrases(table: str) -> Phrases:
    return Phrases(line.replace(" ", _BLANK).replace("[^.]*", _WITHIN_SENTENCE) for line in lines_of(table))


#: "Not delivered" in the languages in which notices and their subjects come.
_NOT_DELIVERED = r"""
    @\S+ (?:was|has been) (?:rejected|blocked|refused)
    @\S+ è stat[oa] (?:respint|rifiutat|bloccat|restituit)
    @\S+ a été (?:rejeté|refusé|bloqué|retourné|renvoyé)
    @\S+ (?:ha sido|fue) (?:rechazad|bloquead|devuelt)
    @\S+ foi (?:rejeitad|recusad|bloquead|devolvid)
    @\S+ (?:wurde )?(?:blockiert|abgelehnt)
    @\S+ is (?:geblokkeerd|geweigerd)
    @\S+ (?:ble|blev|er blevet|er blitt|har) (?:blokkert|blokeret|blockerats|avvist|afvist|avvisats)
    @\S+ (?:została|byla|a fost) (?:zablokowan|odrzucon|zablokován|odmítnut|blocat|respins)
    @\S+ (?:было )?(?:заблокировано|отклонено)
    (?:rejected|refused|blocked) (?:the|your|our|my) (?:message|e-?mail|mail)
    ha (?:respinto|rifiutato|bloccato) (?:il|la|le|i) (?:(?:mi|tu|su|nostr|vostr)\w+ )?(?:messagg|e-?mail|mail)
    (?:nachricht|e-?mail|mail) (?:wurde )?(?:abgelehnt|zurückgewiesen|abgewiesen)
    a (?:rejeté|refusé|bloqué) (?:le|votre|notre|mon) (?:message|courriel|e-?mail)
    (?:rechazó|ha rechazado|bloqueó|devolvió) (?:el|su|tu|nuestro|mi) (?:mensaje|correo|e-?mail)
    (?:rejeitou|recusou|bloqueou|devolveu) (?:a|o|sua|seu|nossa) (?:mensagem|e-?mail)
    (?:weigerde|blokkeerde) (?:het|uw|ons) (?:bericht|e-?mail)
    (?:bericht|e-?mail) (?:geweigerd|geblokkeerd)
    odrzucił[aoy]? (?:wiadomość|e-?mail|mail)
    undeliver(?:ed|able)
    restituit[oa] al mittente
    non (?:è|e'|ha potuto essere|può essere) (?:stat[oa] )?(?:ancora )?(?:possibile )?(?:recapitat|consegnat|inoltrat)
    non è stato possibile (?:recapitare|consegnare|inoltrare)
    mancat[ao] (?:consegna|recapito)
    (?:recapito|consegna) (?:è )?(?:stat[oa] )?(?:ritardat|interrott|sospes|rinviat)[oa]
    (?:recapito|consegna|invio) [^.]* (?:è )?(?:fallit|interrott|sospes|rinviat)[oa]
    (?:delivery|message) to \S+@\S+ (?:was|is|has been) (?:being )?(?:delayed|deferred|suspended|stopped)
    (?:zustellung|übermittlung) [^.]*(?:eingestellt|abgebrochen)
    remise [^.]*(?:interrompue|abandonnée|différée)
    entrega [^.]*(?:interrumpid|suspendid|aplazad|interrompid|suspens|adiad)
    (?:recapito|consegna|invio) non riuscit[oa]
    (?:recapito|consegna) [^.]* in ritardo
    impossibile (?:recapitare|consegnare|raggiungere)
    non ha raggiunto
    non recapitabile
    non (?:recapitat|consegnat)[oa]
    messaggio (?:respinto|rifiutato|bloccato|non recapitato)
    indirizzo non trovato
    konnten? nicht (?:zugestellt|übermittelt|ausgeliefert)
    nicht zugestellt
    unzustellbar
    zustellung [^.]*(?:fehlgeschlagen|nicht möglich|verzögert)
    nicht erreicht
    échec (?:de la remise|de remise|d'envoi|de la distribution)
    n'a pas (?:encore )?(?:pu être|été) (?:remis|distribu|délivr|livr|achemin)
    non (?:remis|distribué|délivré)
    n'est pas parvenu
    remise [^.]*(?:a échoué|retardée)
    error (?:de|en la) entrega
    no se (?:pudo|puede|ha podido) entregar
    no se (?:ha entregado|entregó)
    no (?:pudo|ha podido) (?:ser )?entreg
    no recibieron su mensaje
    (?:mensaje|correo) (?:no entregado|devuelto|rechazado)
    sin entregar
    entrega [^.]*(?:ha fallado|se ha retrasado|retrasada)
    não (?:foi|pôde ser|pode ser|foi possível|p[ôo]de) entreg
    problema tempor[aá]rio (?:na|com a|ao) entreg
    problemă temporară la livr
    falha na entrega
    (?:mensagem|e-?mail) (?:não entregue|devolvid[oa])
    niet (?:worden )?(?:bezorgd|afgeleverd)
    tijdelijk probleem (?:bij|met) (?:het|de) bezorg
    bezorging [^.]*(?:mislukt|vertraagd)
    onbestelbaar
    levererades inte
    inte (?:levererats|att leverera)
    kunde inte (?:levereras|skickas)
    (?:leveransen|leveringen|levering) [^.]*(?:misslyckades|mislykkedes|mislyktes)
    kunne ikke leveres
    (?:ble|blev) ikke levere?t
    (?:toimitus|toimittaminen) [^.]*epäonnistui
    ei voitu toimittaa
    nie (?:została|może zostać|można było|udało się) (?:jeszcze )?dostarcz
    dostarczenie [^.]*nie powiodło się
    niedostarczon
    se (?:ne)?podařilo doručit
    nebyl[aoiy]? (?:zatím |dosud )?(?:možné )?doručen
    sa nepodarilo doručiť
    nebol[aio]? (?:zatiaľ )?(?:možné )?doručen
    nelze doručit
    nedoruč[ei]
    doručení [^.]*(?:nezdařilo|selhalo)
    nem sikerült kézbesíteni
    nem kézbesíthető
    kézbesítés[^.]*sikertelen|sikertelen kézbesítés
    nu (?:a|au) (?:putut fi|fost) (?:livrat|trimis)
    livrarea [^.]*(?:a eșuat|nu a reușit)
    (?:nije|nisu) (?:mog\w+ )?(?:isporučen|dostavljen|isporučiti|dostaviti)
    ni bil[ao]? (?:mogoče )?dostav
    no s'ha pogut (?:lliurar|entregar)
    (?:tidak|gagal) (?:dapat |bisa )?(?:di)?kirim
    không (?:thể|được) (?:gửi|chuyển)
    nepavyko (?:pristatyti|išsiųsti)
    neizdevās piegādāt
    ei saanud (?:kohale )?toimetada
    не можа да бъде доставен
    תקלה בשליחת|לא (?:ניתן|היה ניתן) למסור
    تعذر (?:تسليم|توصيل|إرسال)
    teslim edilem
    iletilemedi
    αποτυχία παράδοσης
    παράδοση[^.]*απέτυχε
    δεν (?:παραδόθηκε|ήταν δυνατή η παράδοση|ήταν δυνατόν? να παραδοθεί|μπόρεσε να παραδοθεί)
    не (?:было |может быть )?доставлен
    не (?:беше|бе|може да бъде) доставен
    не (?:удалось|удаётся) (?:выполнить )?достав
    недоставленн
    не вдалося доставити
    退信|退回
    未能(?:成功)?(?:送达|传递|投递|傳遞)|未(?:送达|傳遞)
    (?:无法|無法)(?:送达|投递|传递|发送|傳遞|傳送)
    送信できませんでした
    配送できませんでした
    配信(?:に失敗|不能|できません|されません)
    届け?(?:できません|きませんでした)
    返送
    반송
    (?:전송|배달|전달)(?:되지|하지)? ?(?:못|실패|않)
"""
#: The notice says that somebody still tries.
STILL_TRIED = _phrases(r"""
    tentativi di recapito proseguiranno
    continuerà a (?:provare|tentare)
    non è (?:stato )?ancora (?:stato )?(?:recapitato|consegnato)
    noch nicht (?:zugestellt|übermittelt)
    n'a pas encore été (?:remis|distribué)
    continuera (?:d'essayer|à essayer|de tenter|à tenter)
    aún no se ha entregado
    seguirá intentando
    ainda não foi entregue
    continuará (?:a tentar|tentando)
    nog niet bezorgd
    vertraagd
    blijven proberen
    opnieuw (?:proberen|geprobeerd)
    tijdelijk probleem bij
    problema tempor[aá]rio
    vai (?:continuar )?tenta(?:r|ndo)(?: novamente)?
    (?:voltará a tentar|tentará (?:novamente|entregar))
    novas tentativas
    problema temporal al
    volver[áa]n? a intentar
    (?:se )?reintentar[áa]
    réessaiera
    réessayera
    nouveaux essais
    problème temporaire
    problema temporaneo
    problemă temporară
    va mai încerca
    nuovi tentativi
    vorübergehendes problem
    (?:erneut|weiter|nochmals) versucht
    försök(?:a|er)? (?:igen|leverera)
    nytt försök|nytt forsøk|nyt forsøg
    \bgmail [^\n.\d]* \d\d? \pL
    -queue id-
    prøve (?:igjen|igen)
    yritetään (?:edelleen|uudelleen)
    zatím (?:ne|nebyl)
    (?:bude|budou) (?:se )?(?:dále |nadále )?opak
    (?:kolejne|ponowne) próby
    (?:ponawia|ponowi)
    újra (?:próbál|megkísér)
    va (?:continua|încerca) (?:să|din nou)
    tekrar (?:denen|deney|dene)
    попыт\w+ (?:доставки )?(?:будут )?(?:продолж|повтор)
    будут? продолж
    ännu inte levererats
    (?:har|är) (?:försenats|fördröjd|försenad)
    nie została jeszcze dostarczona
    opóźnion
    ещ[её] не доставлено
    will be retried
    still being retried
    will keep trying
    has been delayed
    (?:is|was) (?:being )?delayed
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
#: The notice says outright that nothing is lost yet, whatever else it says.
ONLY_A_WARNING = _phrases(r"""
    (?:this is|is) a warning (?:message )?only
    you do not need to resend
    will be retried until
    still being retried
    si tratta (?:solo|soltanto|unicamente) di un avviso
    non è necessario (?:inviare di nuovo|rispedire|reinviare)
    (?:nur|lediglich) eine warnung
    ceci (?:n'est qu'un|est un simple) avertissement
    (?:es )?s[óo]lo (?:es )?(?:un aviso|una advertencia)
    (?:é )?apenas um aviso
""")
#: The notice says that the message arrived, or went on to where nobody tells of arrivals.
DELIVERED = _phrases(r"""
    delivery to (?:these|the following|all) recipients?[^.]* (?:is|was|has been) (?:complete|successful)
    (?:message|mail) (?:was|has been) (?:successfully )?delivered to the (?:following|destination)
    (?:was|were|been) successfully (?:delivered|relayed)
    successful mail delivery report
    recapito a(?:i seguenti|gli) [^.]* (?:è|e') (?:stato )?(?:completat|riuscit)
    messaggio è stato (?:recapitato|consegnato) (?:ai|al|a) (?:seguent|destinatar)
    (?:recapitato|consegnato) (?:correttamente|con successo)
    zustellung an [^.]* (?:ist |wurde )?(?:abgeschlossen|erfolgreich)
    erfolgreich (?:zugestellt|übermittelt)
    la remise à [^.]* (?:est|a été) (?:terminée|effectuée|réussie)
    (?:remis|distribué|livré) avec succès
    la entrega a (?:estos|los siguientes) [^.]* (?:se ha completado|ha finalizado|se completó)
    (?:entregado|entregue) (?:correctamente|con éxito|com êxito|com sucesso)
    a entrega a (?:estes|os seguintes) [^.]* (?:foi|está) (?:concluída|completa)
    de bezorging (?:aan|bij) [^.]* is voltooid
""")
#: What says so only of the next system, which does not tell what becomes of it.
NO_MORE_TOLD = _phrases(r"""
    no delivery notification was sent
    non ha inviato (?:una|alcuna) notifica
    keine (?:zustell|übermittlungs)\w* (?:gesendet|versendet)
    aucune notification de remise
    no (?:envió|ha enviado) (?:una|ninguna) notificación
    relayed
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
    (?:messaggio|tempo|termine|tentativ\w+|consegna|recapito|coda) [^.\n]{0,30}scadut[oa]
    scadut[oa] (?:il|lo) (?:tempo|termine|intervallo)
    (?:zeitlimit|zeitüberschreitung|zustellversuche? (?:wurden? )?(?:eingestellt|aufgegeben))
    (?:délai|durée) (?:maximale?|d'expiration|de livraison)? ?(?:est )?(?:expirée?|dépassée?)
    (?:tiempo|plazo) (?:máximo|límite|de espera)? ?(?:agotado|superado|excedido)
    (?:se )?(?:agotó|ha agotado|superó|ha superado|ha expirado) el (?:tiempo|plazo)
    (?:tempo|prazo) (?:de (?:entrega|espera) )?(?:esgotado|expirado|excedido)
    (?:mensaje|mensagem) (?:ha )?(?:caducado|expirad[oa]|expirou)
    (?:czas|termin) [^.\n]{0,20}(?:upłynął|minął)
    vypršel (?:čas|časový limit)
    (?:истек(?:ло)?|превышен[оа]?) (?:срок|время|предельн)
    message could not be delivered (?:for|within|in) \d+
    timeout of queue
    retry timeout
    exceeded the (?:maximum )?time
    failed for the last \d+ (?:hour|day)
    could not be delivered within
    für mehr als \d+ (?:stunden|tage)
""")
#: Who asks what parts one code from another speaks of no mail that came back.
COMPARES = _phrases(r"""
    differenza (?:c'è |passa |esiste )?(?:tra|fra)
    (?:difference|distinguish) between
    unterschied zwischen
    différence entre
    diferencia entre
    diferença entre
    verschil tussen
    różnica między
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
    responded with code SERVFAIL
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
    dns error: \S+
    responded with code (?:SERVFAIL|NXDOMAIN|NODATA)
    did not accept our requests to connect
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
NOTICE = _phrases(
    _NOT_DELIVERED
    + r"""
    an error occurred while sending
    delivery incomplete
    this is the (?:mail system|postfix program) at host
    (?:temporary|was a) problem (?:delivering|sending) your message
    recapito (?:incompleto|non completato)
    rifiutat[oa] dal server
    rejected by the server
    vom server (?:abgelehnt|zurückgewiesen)
    (?:rejeté|refusé)e? par le serveur
    rechazad[oa] por el servidor
    smtp[- ]error \(\d\d\d\)
    (?:errore|fehler|erreur|error|erro) smtp \(\d\d\d\)
    errore (?:nell'|durante l')invio
    impossibile inviare (?:il messaggio|l'e-?mail|la mail|la posta)
    fehler beim senden
    beim senden [^.]*fehler
    erreur (?:est survenue )?(?:lors|pendant) de l'envoi
    error al enviar
    erro ao enviar
    rejected by the list moderator
    potrebbe non esistere o potresti non (?:disporre|avere)
    destinatari(?:os)? o grupp?[oi]s?
    empfängern? oder gruppen
    destinataires ou groupes
    destinatários ou grupos
    geadresseerden of groepen
    mottagarn?a? eller grupp
    could not be delivered
    couldn't be delivered
    was not delivered
    wasn't delivered
    not delivered to
    unable to deliver
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
    e-?mail\.(?:bounced|failed)
    permanent(?: fatal)? error
    had permanent fatal errors
    transient non-fatal errors
    error delivering your mail
    address not found
    nachrichtenzustellung
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
"""
)
#: Subjects of notices.
SUBJECT = _phrases(
    _NOT_DELIVERED
    + r"""
    delivery (?:status )?(?:notification|failure|report|failed|problem)
    returned mail
    failure notice
    mail delivery
    delivery has failed
    message delayed
    could not send message
    mail failure
    mail system error
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
"""
)
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
    resposta automática
    fora d[oe] escritório
    automatisch antwoord
    afwezig
    autosvar|automatiskt? svar
    frånvaro|fravær|poissa toimistolta|automaattinen vastaus
    odpowiedź automatyczna|automatyczna odpowiedź|poza biurem
    automatická odpověď|automatická odpoveď|mimo kancelář
    automatikus válasz|házon kívül
    răspuns automat
    otomatik yanıt|ofis dışında
    αυτόματη απάντηση|εκτός γραφείου
    автоответ|автоматический ответ|вне офиса
    自动回复|自動回覆|自動応答|不在
    자동 ?(?:회신|응답)
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
    return re.compile(
        rf"^[ \t>*\|]*(?:-{{2,}}\s*(?:{_any_of(with_dashes)})|{_any_of(without)})", re.IGNORECASE | re.MULTILINE
    )


def _any_of(lines: str) -> str:
    return "|".join(line.replace(" ", r"[ \t]+") for line in lines_of(lines))


#: Headings that mail programs put above a forwarded mail, a forwarded notice among them.
FORWARDED = re.compile(
    r"[ \t>*|]*-{2,}\s*(?:original message|forwarded message|messaggio originale|messaggio inoltrato|"
    r"ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|message transféré|"
    r"mensaje original|mensaje reenviado)",
    re.IGNORECASE,
)
RETURNED_MESSAGE = _lines_beginning(_AFTER_DASHES, _WITHOUT_DASHES)
#: A header block inside a text: the returned message without a heading.
_RETURNED_HEADERS = (
    r"^[ \t]*(?:Received:[ ]*(?:from|by|\(qmail)|Return-path:[ ]*<|X-Received:[ ]*by|"
    r"DKIM-Signature:[ ]*[vab]=|X-Apparently-To:)"
)
RETURNED_HEADERS = re.compile(_RETURNED_HEADERS, re.IGNORECASE | re.MULTILINE)
#: A quick look says which of the two may be there.
MARKS_OF_RETURNED = LabelledPhrases(
    (
        ("message", [rf"--[\s\pZ]*(?:{_any_of(_AFTER_DASHES)})", _any_of(_WITHOUT_DASHES)]),
        ("headers", [_RETURNED_HEADERS]),
    ),
    multiline=True,
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
    "smtp error",
    "smtp-fehler",
    "...",
    "ha risposto",
    "risposta è stata",
    "svaret var",
    "antwoord was",
    "antwort lautete",
    "antwoord luidde",
    "reactie was",
    "resposta foi",
    "servern svarade",
    "serveren svarede",
    "serveren svarte",
    "a répondu",
    "respondió",
    "ha respondido",
    "respondeu",
    "antwortete",
    "antwoordde",
    "->",
    "réponse était",
    "respuesta fue",
)
#: Words that do so where they begin the line: "Errore 550 casella inesistente".
ERROR = (
    "error",
    "smtp error",
    "errore",
    "errore smtp",
    "fehler",
    "erreur",
    "erro",
    "fout",
    "fel",
    "fejl",
    "feil",
    "chyba",
    "błąd",
    "hiba",
    "eroare",
    "hata",
    "ошибка",
    "response",
    "risposta",
    "antwort",
    "réponse",
    "respuesta",
    "resposta",
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
    "smtp code",
    "smtp-code",
    "smtp status",
    "statuscode",
    "status",
    "code",
    "codice",
    "diagnostic code",
    "diagnostic-code",
    "permanent error",
    "temporary error",
    "server message",
    "server error",
    "server response",
    "codice di stato",
    "risposta",
    "risposta del server",
    "motivo",
    "errore",
    "errore del server",
    "antwort",
    "antwort des servers",
    "serverantwort",
    "grund",
    "fehler",
    "serverfehler",
    "réponse",
    "réponse du serveur",
    "raison",
    "erreur",
    "erreur du serveur",
    "respuesta",
    "respuesta del servidor",
    "resposta",
    "resposta do servidor",
    "erro",
    "error del servidor",
    "risultato",
    "esito",
    "dettaglio",
    "dettagli",
    "ultimo errore",
    "last error",
    "result",
    "details",
    "detail",
    "antwoord",
    "reactie",
    "fout",
    "foutmelding",
    "reden",
    "svar",
    "fel",
    "fejl",
    "feil",
    "orsak",
    "årsag",
    "årsak",
    "virhe",
    "vastaus",
    "syy",
    "odpowiedź",
    "odpowiedź serwera",
    "powód",
    "błąd",
    "odpověď",
    "odpověď serveru",
    "důvod",
    "chyba",
    "dôvod",
    "válasz",
    "hiba",
    "hibaüzenet",
    "motivul",
    "motiv",
    "eroare",
    "răspuns",
    "neden",
    "hata",
    "yanıt",
    "απάντηση",
    "σφάλμα",
    "ответ",
    "ответ сервера",
    "причина",
    "ошибка",
    "відповідь",
    "原因",
    "错误",
    "理由",
    "エラー",
    "応答",
    "사유",
    "오류",
)
#: Before an address, these words make it the one that was not reached.
TO_A_RECIPIENT = "|".join(
    lines_of(r"""
        delivered to
        deliver(?:ing)?(?: your| the)? (?:mail|message)? ?to
        message to
        mails? to
        messages to
        (?:mails|nachrichten) an
        (?:messages|courriels) à
        (?:mensajes|correos) a
        messaggi ad?
        sent to
        (?:errors?|bounce|problem) (?:for|with)
        errore (?:con|per|su)
        fehler (?:bei|mit)
        erreur (?:avec|pour|sur)
        error (?:con|para)
        erro (?:com|para)
        fout (?:bij|met|voor)
        błąd (?:dla|przy)
        undeliverable to
        not (?:be )?reach(?:ed)?
        (?:wants?|wanted|tried|tries|trying) to reach
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
        \b(?:to|rcpt|recipient|orig_to)=
        destinatario (?:è|era|in questione (?:è|era))
        (?:recipient|addressee) (?:is|was)
        empfänger (?:ist|war)
        destinataire (?:est|était)
        destinatario (?:es|era)
        destinatário (?:é|era)
        ontvanger (?:is|was)
        generated by
        message-id in
        list
        group
        destinatario
        recapitat[oa] ad?
        consegnat[oa] ad?
        inviat[oa] ad?
        \bmail (?:an|ad?|à|aan|naar|til|do)
        (?:mail|messaggio|posta) (?:verso|per|(?:indirizzat|destinat|spedit)[oa] ad?)
        (?:mail|message|messages) (?:for|addressed to|pour|destiné à)
        (?:mail|nachricht) für
        (?:correo|mensaje) (?:para|dirigido a)
        (?:mail|wiadomość) (?:voor|dla)
        (?:afgeleverd|verstuurd) (?:aan|bij)
        (?:e-?mail|messaggio|message|nachricht) (?:al|alla|to the|an den|an die|au) (?:\pL+ ){0,3}
        (?:invio|spedizione) ad?
        (?:delivery|sending) to
        (?:envoi|remise|livraison|distribution) à
        (?:zustellung|versand|übermittlung|senden) an
        (?:envío|entrega) a
        (?:envio|entrega) (?:a|para)
        (?:bezorging|verzending) (?:aan|bij|naar)
        (?:correo|courriel) (?:electrónico )?(?:a|à)
        \"(?:to|recipient|rcpt_to|email)\"
        messaggio ad?
        consegna ad?
        recapito ad?
        casella
        indirizzo
        utente
        nachricht (?:wurde nicht )?an
        e-?mail an
        empfänger
        adresse
        gruppe
        message à
        remis à
        destinataire
        mensaje a
        entregado a
        entregar (?:el |su |tu )?(?:mensaje )?a
        entregue (?:a|para)
        mensagem (?:a|para)
        destinatário
        bericht aan
        bezorgd (?:aan|bij)
        ontvanger
        levere(?:ra(?:s|des)|s|t) till?
        skickas till
        mottagare
        dostarcz(?:yć|ona) (?:wiadomości )?do
        odbiorcy?
        doručit (?:zprávu )?(?:na|příjemci)
        doručen\w* (?:na|příjemci|příjemcům|adresátovi)
        příjemc[ei]
        kézbesíteni
        levere?t (?:til|till)
        (?:meddelelse|melding|besked|meddelande|e-?mail|e-?post) til?l?
        wiadomość do
        zpráv[auy] (?:pro|na)
        mesajul(?:ui)?(?: (?:dvs\.|dumneavoastră|tău))? (?:către|la)
        παραλήπτη
        одержувачу
        rejected: \[
        recipients? failed:
        livrat (?:către|la)
        teslim edilemedi:
        доставлено (?:получателю|адресату|по адресу)?
        доставен\w* (?:до|на)
        envoyé (?:un (?:courriel|message|e-?mail) )?à
        (?:adressé|destiné) à
        enviado a
        enviad[ao] para
        (?:gestuurd|verstuurd|verzonden) (?:aan|naar)
        →
        @\S+ +[-=]{1,2}
        címzett
        alıcı
        получател[юья]
        收件人
        宛先
        rifiutato era
        destinatario rifiutato
        (?:permanent|transient)[\w -]* errors? -+
        rejected e-?mail address was
    """)
)
_UP_TO_THREE_WORDS = r"(?: \S+){0,3}"
#: Somebody says that they wrote to the address behind these words, whatever a contact's words beside them.
WRITTEN_TO = "|".join(
    f"{written}{_UP_TO_THREE_WORDS} {to}"
    for written, to in (
        (r"(?:scriv(?:o|iamo|endo)|scritto|mand(?:o|iamo|ato|ata|ando)|invi(?:o|amo|ato|ata|ando)|risposto)", "ad?"),
        (r"(?:prov|riesc|riusc|cerc|tent|vole)\w+ (?:(?:a|ad|di) )?(?:scrivere|mandare|inviare|spedire)", "ad?"),
        (r"\b(?:i|we|i've) (?:(?:have|try to|tried to|keep) )?(?:writ|wrote|mail|e-?mail|send|sent|repl)\w*", "to"),
        (r"(?:when|while|after|by) (?:writ|mail|e-?mail|send|repl)\w*", "to"),
        (r"(?:schreiben? (?:ich|wir)|geschrieben|(?:ich|wir) (?:schreib|schrieb|send|schick)\w*)", "an"),
        (r"j'(?:écris|envoie|ai (?:écrit|envoyé))", "à"),
        (r"\bal (?:escribir|enviar|mandar|responder)", "a"),
        (r"\bao (?:escrever|enviar|mandar|responder)", "para"),
        (r"en (?:écrivant|envoyant|répondant)", "à"),
        (r"bij (?:het )?(?:mailen|versturen|verzenden)", "(?:aan|naar)"),
        (r"(?:pisząc|wysyłając)", "do"),
        (r"(?:escribo|envío|mando|escribí|envié|mandé|he (?:escrito|enviado|mandado))", "a"),
        (r"(?:escrevo|envio|mando|escrevi|enviei|mandei)", "para"),
    )
)
#: Words with which a letter ends; an address below them is a signature.
CLOSING = "|".join(
    lines_of(r"""
        (?:cordiali|distinti|tanti)? ?saluti
        cordialmente
        (?:molte |mille )?grazie
        (?:best|kind|warm)? ?regards
        (?:many )?thanks
        thank you
        cheers
        sincerely
        (?:viele|liebe|beste|schöne|mit freundlichen)? ?grü(?:ß|ss)en?
        gru(?:ß|ss)
        mfg
        danke
        (?:bien )?cordialement
        merci
        salutations
        (?:un )?saludos?
        (?:muchas )?gracias
        obrigad[oa]
        cumprimentos
        (?:met vriendelijke )?groet(?:en)?
        (?:med )?vänliga hälsningar|hälsningar|hilsen|venlig hilsen
        pozdrawiam|s pozdravem
        --[ ]?$
    """)
)
#: Labels that a recipient stands behind.
RECIPIENT_LABEL = "|".join(
    lines_of(r"""
        (?:(?:failed|rejected|invalid|unknown|final|intended) )?(?:recipients?|address|user)
        to|rcpt to|an|à|para|a|aan|do|till|til|komu
        indirizzo (?:del )?destinatario|indirizzo rifiutato|e-?mail (?:del )?destinatario
        dirección (?:del )?destinatario|adresse (?:du )?destinataire|endereço d[eo] destinatário
        destinatari(?:o|i|os)|destinataires?|destinatários?
        empfänger(?:adresse)?|adresse des empfängers
        (?:adres van )?(?:ontvanger|geadresseerde)|mottagar(?:e|ens adress)|modtager|mottaker|vastaanottaja
        (?:adres )?odbiorc[ay]|příjemce|adresát|príjemca|címzett|destinatar|primatelj|prejemnik|alıcı
        παραλήπτης|получател[ья]|адресат|одержувач
        收件人|收件者|宛先|受信者|받는 ?사람|수신자
    """)
)
#: Before an address, these words make it a contact and no recipient.
CONTACT = _phrases(r"""
    contact(?:ing)?
    assistance
    send (?:an? )?(?:e-?mail|mail) to
    (?:invi|mand|spedi)(?:are|ate|a|i|sca|te) (?:un'? ?|una )?(?:e-?mail|mail|messaggio) ad?
    (?:senden|schicken|schreiben) sie (?:bitte )?(?:eine )?(?:e-?mail|mail|nachricht) an
    (?:envoyez|envoyer|écrivez|écrire) (?:un (?:e-?mail|courriel|message) )?à
    (?:envíe|envíen|enviar|escriba|escribir) (?:un (?:correo|e-?mail|mensaje) )?a
    (?:envie|enviar|escreva) (?:um (?:e-?mail|correio) )?para
    (?:stuur|mail) (?:een )?(?:e-?mail )?naar
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
    mittente
    sender(?: address)?
    absender\w*
    expéditeur
    remitente
    remetente
    afzender
    avsändare\w*
    afsender\w*
    avsender\w*
    lähettäjä\w*
    nadawc\w+
    odes[ií]lat\w+
    odosielate\w+
    feladó
    expeditor\w*
    gönderen
    αποστολέα\w*
    отправител\w+
    відправник\w*
    发件人|寄件者|差出人|送信者|보낸 ?사람
    anything to
    to the address
    mailto:\?
    (?:mi|nostr)[oa] (?:indirizzo|casella|account|e-?mail|mail)(?: è|:)
    (?:my|our) (?:address|mailbox|account|e-?mail)(?: is|:)
    (?:mein|unser)e? (?:adresse|postfach|konto|e-?mail)(?: (?:ist|lautet)|:)
    (?:mon|notre) (?:adresse|boîte|compte|e-?mail)(?: est|:)
    (?:mi|nuestr[ao]) (?:dirección|buzón|cuenta|correo)(?: es|:)
    (?:meu|minha|noss[oa]) (?:endereço|caixa|conta|e-?mail)(?: é|:)
    (?:mijn|ons|onze) (?:adres|postvak|account|e-?mail)(?: is|:)
    (?:mój|moja|nasz|nasza) (?:adres|skrzynka|konto|e-?mail)(?: to|:)
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


_OF_MAIL = r"""
    messa(?:ge|gg)
    e-?mail
    \bmail
    \bposta\b
    mensa(?:je|gem)
    correo
    nachricht
    courriel
    mailbox|postfach|casella|buzón
    bericht
    meddelande|melding|besked
    wiadomoś|zpráv|správ|üzenet|mesaj|viesti|poruk|sporočil
    письм|сообщен|повідомлен|\bлист\b|μήνυμα
    邮件|郵件|メール|메일|편지
"""
#: Words without which a "delivery" that failed may be a parcel's.
OF_MAIL = _phrases(_OF_MAIL)
#: Words without which a number behind a label may be anything's.
OF_REPLIES = _phrases(
    _OF_MAIL
    + r"""
    smtp|rcpt|\b(?:dmarc|spf|dkim|mx)\b
    bounce|rimbalz|undeliver
    recipient|destinatari|destinataire|empfänger|ontvanger|odbiorc
    \bsender\b|mittente|absender|expéditeur|remitente|remetente
    user unknown|unknown user|utente (?:sconosciuto|inesistente)|mailbox|inbox
    relay|spam|gr[ae]ylist|black ?list|block ?list|quota\b
    no such (?:user|mailbox|address)
    recapitat
"""
)

#: Characters in which a notice's language shows.
_LANGUAGE_SHOWS = 4000
#: Each stop word with its languages.
_LANGUAGES_OF = {
    word: tuple(language for language, words in _STOP_WORDS.items() if word in words)
    for word in frozenset[str]().union(*_STOP_WORDS.values())
}
#: Words of a sentence; the pieces of a host name or an address are none: ".com" is no Portuguese.
_WORD = re.compile(r"(?<![\w.@/-])[a-zà-ÿ']+(?![\w@/-]|\.\w)")
#: The same words of an ASCII text, faster: what is no letter becomes a blank, what joins the pieces of a name stays.
_LETTERS_ALONE = "".join(chr(code) if re.match(r"[a-z'.@/_-]", chr(code)) else " " for code in range(128))
_KANA = re.compile(r"[\u3040-\u30ff]")


def language_of(text: str) -> str | None:
    """Return the language of the words of a notice (it, en, de, fr, es, pt, ja), or None where they are too few."""
    if not text.isascii() and len(_KANA.findall(text[:5000])) > 10:
        return "ja"
    shown = text[:_LANGUAGE_SHOWS].lower()
    words = shown.translate(_LETTERS_ALONE).split() if shown.isascii() else _WORD.findall(shown)
    if len(words) < 4:
        return None
    counts = dict.fromkeys(_STOP_WORDS, 0)
    for languages in filter(None, map(_LANGUAGES_OF.get, words)):
        for language in languages:
            counts[language] += 1
    likeliest = max(counts, key=counts.__getitem__)
    return likeliest if counts[likeliest] >= 3 else None
