"""What the words of a notice tell of the mail, in the languages in which notices come.

One phrase a line, each a regular expression; a blank in it stands for any white space, line ends and quoting included.
"""

from __future__ import annotations

import re

from codes.bounce.patterns import LabelledPhrases, Phrases, lines_of, phrases_of

#: "Not delivered" in the languages in which notices and their subjects come.
_NOT_DELIVERED = r"""
    @\S+ (?:was|has been) (?:automatically )?(?:rejected|blocked|refused)
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
    non (?:è|e') ancora stat[oa] (?:recapitat|consegnat|inoltrat)
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
    impossible de (?:joindre|contacter) l
    remise [^.]*(?:a échoué|retardée)
    error (?:de|en la) entrega
    no se (?:pudo|puede|ha podido) entregar
    no se puede localizar a l
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
    kunne ikke leveres?
    (?:ble|blev) ikke levere?t
    (?:toimitus|toimittaminen) [^.]*epäonnistui
    ei voitu toimittaa
    nie można dostarczyć
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
    сбой (?:при )?доставк
    не вдалося доставити
    退信|退回
    未能(?:成功)?(?:送达|传递|投递|傳遞)|未(?:送达|傳遞)
    (?:无法|無法)(?:送达|投递|传递|发送|傳遞|傳送)
    (?:未能|无法|無法)(?:向|将|將)[^\n。]{1,30}(?:传递|送达|投递|发送|傳遞|傳送)
    送信できませんでした
    配送できませんでした
    配信(?:に失敗|不能|できません|されません)
    届け?(?:できません|きませんでした)
    返送
    반송
    (?:전송|배달|전달)(?:되지|하지)? ?(?:못|실패|않)
"""
#: The notice says that somebody still tries.
STILL_TRIED = phrases_of(r"""
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
    tijdelijk probleem (?:opgetreden )?bij
    blijft het [^.]{0,30}proberen
    fortsätter att försöka
    prøver (?:igen|igjen)
    bude (?:se )?(?:dále |nadále )?pokoušet
    (?:órán|óráig) [^.]{0,30}próbálkoz
    yeniden (?:dene|deney)
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
ONLY_A_WARNING = phrases_of(r"""
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
DELIVERED = phrases_of(r"""
    delivery to (?:these|the following|all) recipients?[^.]* (?:is|was|has been) (?:complete|successful)
    (?:message|mail) (?:was|has been) (?:successfully )?delivered to the (?:following|destination)
    (?:was|were|been) successfully (?:delivered|relayed)
    successfully delivered to mailbox
    successful mail delivery report
    recapito a(?:i seguenti|gli) [^.]* (?:è|e') (?:stato )?(?:completat|riuscit)
    recapito a (?:questi|quest[oi]) destinatari[^.]* (?:completat|riuscit)
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
NO_MORE_TOLD = phrases_of(r"""
    no delivery notification was sent
    non ha inviato (?:una|alcuna) notifica
    keine (?:zustell|übermittlungs)\w* (?:gesendet|versendet)
    aucune notification de remise
    no (?:envió|ha enviado) (?:una|ninguna) notificación
    relayed
""")
#: The notice says that trying has ended for lack of time.
GIVEN_UP = phrases_of(r"""
    cannot send message (?:for|within) \d+ (?:days|hours)
    unable to deliver this message after \d+ (?:days|hours)
    \(after \d+ (?:days|hours)\)
    no (?:further|more) (?:delivery )?attempts
    innerhalb von \d+ (?:tagen|stunden) nicht
    keine weiteren (?:zustell)?versuche
    (?:plus|pas) d'autres? tentatives?
    ne sera plus (?:tentée?|réessayée?)
    no se (?:harán|realizarán) más intentos
    no se volverá a intentar
    (?:停止|不再|放弃)(?:投递|重试|尝试)
    non (?:verranno|saranno) (?:fatti|effettuati|eseguiti) (?:altri|ulteriori) tentativi
    nessun (?:altro|ulteriore) tentativo
    aucune (?:autre|nouvelle) tentative
    não (?:serão|haverá|será) (?:feitas? |realizadas? )?(?:mais|novas?|outras?) tentativas?
    geen (?:verdere|nieuwe) (?:bezorg)?pogingen
    nie będ(?:ą|zie) (?:już )?(?:podejmowan\w+ )?(?:dalsz|kolejn|więcej)\w* prób
    inga (?:fler|ytterligare) försök
    ingen (?:flere|yderligere) fors[øo][gk]
    další pokusy (?:již )?nebudou
    (?:больше|повторных|дальнейших) попыток
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
#: Who asks what parts one code from another, or explains one, speaks of no mail that came back.
COMPARES = phrases_of(r"""
    (?:potrebber\w*|verranno|saranno) [^.]{0,60}(?:rifiutat|respint)\w* [^.]{0,40}(?:error|codic)
    (?:may|might|will) [^.]{0,60}(?:reject|refus|return)\w* [^.]{0,40}(?:error|code)
    (?:könn\w*|werden) [^.]{0,60}(?:fehler|code) [^.]{0,60}(?:abgelehnt|abgewiesen|zurückgewiesen)
    (?:pourr\w*|seront|podr\w*|serán) [^.]{0,60}(?:rejet|refus|rechaz|devuelt)\w* [^.]{0,40}(?:err|cód)
    \b(?:hard|soft) bounces? \((?:think|for example|e\.g\.|such as|like|(?:per|ad) esempio|es\.|z\. ?b\.|p\. ?ex\.)
    because you(?:'ve| have)? (?:subscribed|signed up|opted in)
    perché (?:ti sei|si è|vi siete) iscritt[oaie]
    weil sie (?:sich (?:angemeldet|registriert)|(?:den|unseren) newsletter)
    parce que vous (?:êtes|vous êtes) (?:abonné|inscrit)
    porque (?:se|te) (?:ha|has) (?:suscrito|inscrito|registrado)
    \b[45]\d\d(?: [45]\.\d{1,3}\.\d{1,3})? (?:means|significa|vuol dire|bedeutet|heißt)\b
    \b[45]\d\d(?: [45]\.\d{1,3}\.\d{1,3})? (?:signifie|veut dire|quiere decir)\b
    differenza (?:c'è |passa |esiste )?(?:tra|fra)
    (?:difference|distinguish) between
    unterschied zwischen
    différence entre
    diferencia entre
    diferença entre
    verschil tussen
    różnica między
""")
#: Where a program is set up to send, in which words on logging in announce no refusal.
SETS_UP_SENDING = phrases_of(r"""
    \b(?:465|587)\b
    starttls
""")
#: Nobody answered, or no way was found yet; trouble that passes, so that a final failure is an expired one.
NO_ANSWER = phrases_of(r"""
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
LOCAL_FAILURE = phrases_of(r"""
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
    an mx or srv record indicated no smtp service
    domain \S+ does not accept mail
    child process of \S+ transport (?:returned|was terminated)
    command died with (?:status|signal)
    mail transport unavailable
    (?:maildir|local) delivery failed
    procmail: quota exceeded
    i'm not going to try again
    (?:recipient|sender) address rejected
    relay access denied
    couldn't find (?:a mail exchanger|any host)
    no mx records? (?:found )?for
    (?:mail|mailbox) quota exceeded
    user is over quota
    vdelivermail:
    mailbox is full \(
    lowest numbered mx record points to local host
""")
#: What programs say that gave up at once: they try nothing again.
NOT_SENT = phrases_of(r"""
    (?:message|e-?mail|mail) (?:was|has) not (?:been )?sent
    (?:message|e-?mail|mail) (?:couldn't|could not|can't|cannot) be sent
    messaggio non (?:è stato )?inviato
    nachricht (?:wurde|konnte) nicht gesendet
    message n'a pas (?:pu être|été) envoyé
    (?:mensaje|correo) no (?:se ha|ha sido|fue) enviado
    mensagem não foi enviada
    bericht is niet verzonden
""")
#: What programs say that do not reach the server through which they send.
OWN_SERVER_UNREACHED = phrases_of(r"""
    0x800ccc(?:0[b-f]|1[39])\b
    0x800421(?:09|0b)\b
    server [^.]*(?:on|an|über) port \d+ (?:has )?(?:timed out|cannot be|nicht)
    server [^.]*sulla porta \d+ è scadut|serveur [^.]*sur le port \d+ a expiré
    server [^.]*(?:op|via) poort \d+ (?:heeft te lang|niet)
    cannot be contacted on port
    (?:impossibile contattare|impossible de contacter|no se puede contactar con) [^.]*serv[^.]*(?:port|puert)[oa]? \d+
    zeitüberschreitung bei der verbindung zum server
    agotado el tiempo de espera de la conexión
    could not connect to smtp host
    smtp connect\(\) failed
    failed to connect to mailserver
    connection could not be established with host
    (?:smtp|mail)connect(?:error|exception)\b
    couldn't connect to host, port:
    outlook cannot connect to your outgoing
    impossibile connettersi al server di posta in uscita
    keine verbindung mit dem postausgangsserver
    connect e(?:connrefused|timedout|hostunreach) \S+:(?:25|465|587)\b
    dial tcp \S+:(?:25|465|587): (?:i/o timeout|connect:)
    unable to connect to (?:the )?(?:remote|smtp) server
    connecti(?:on to|ng to) (?:the )?outgoing server [^.]*(?:failed|timed out|was lost|could not be established)
    could not connect to (?:the )?outgoing server
    la connessione (?:al|con il) server (?:smtp |di posta )?in uscita [^.]*(?:riuscita|fallita|scaduta|interrotta)
    (?:perch[ée] )?non è stato possibile connettersi al server (?:smtp|in uscita)
    die verbindung (?:mit|zu)m? (?:dem )?postausgangs-?server [^.]*(?:fehlgeschlagen|abgebrochen|unterbrochen)
    la connexion (?:au|avec le) serveur (?:d'envoi|sortant|smtp)[^.]*(?:a échoué|a expiré|interrompue|perdue)
    (?:la conexión con el|no (?:se pudo|ha sido posible) conectar con el) servidor (?:de salida|saliente|smtp)
""")
#: The message was taken first and came back later: what refused was behind the server that had said yes.
AFTER_ACCEPTANCE = phrases_of(r"""
    pipe to \|
    command output:
    child process
    local delivery failed
    STOREDRV\.
    unknown mailer error
    MapiException
    The following text was generated during the delivery attempt
    maildir delivery failed
    quota exceeded while writing
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
#: What the programs of mailing lists say to who may not write there, and people who want each sender to confirm.
LIST_REFUSAL = Phrases(
    [
        r"you are not (?:a member of|allowed to post to|subscribed to) this (?:mailing )?list",
        r"not\s+(?:authorized|allowed)\s+to\s+(?:send|post)(?:\s+(?:messages?|mail))?\s+to\s+(?:(?:this|the)\s+)?"
        r"(?:\S+\s+)?(?:mailing\s+)?list",
        r"(?:being|been) held because the address\s+\S+\s+(?:has not been|is not) (?:verified|confirmed)",
        r"to release your message for delivery, please",
        r"(?:post|message|request|mail)[^.]{0,200}\s(?:has been|was) rejected by the (?:list )?moderator",
        r"only (?:subscribers|(?:list )?members) (?:may|can|are allowed to) (?:post|send)",
        r"n'êtes pas autorisée? à (?:envoyer|poster|diffuser)",
        r"seuls les (?:abonnés|membres)[^.\n]* (?:envoyer|poster|publier)",
        r"solo gli iscritti (?:possono|sono)",
        r"non (?:sei|è) (?:iscritt[oa]|autorizzat[oa])[^.\n]* (?:a questa|alla) lista",
        r"nur (?:mitglieder|abonnenten) (?:dürfen|können)",
        r"s[óo]lo los (?:suscriptores|miembros)",
    ]
)
#: The opening or closing words of a notice, whatever system wrote it.
NOTICE = phrases_of(
    _NOT_DELIVERED
    + r"""
    an error occurred while (?:sending|trying to deliver)
    (?:rcpt to|mail from):? \S+ failed:
    could not be sent using (?:the )?outgoing server
    non (?:può|è potuto|poteva) essere inviato (?:con|utilizzando|tramite|attraverso) il server
    konnte (?:nicht )?(?:mit|über) (?:dem )?postausgangs-?server [^.]*nicht gesendet werden
    n'a pas pu être envoyé (?:via|avec|par) le serveur
    (?:destinatari\w*|recipient|address) [^.]*(?:rifiutato dal|rejected by the|rechazado por el) (?:server|servidor)
    (?:server|servidor|serveur) h?a (?:rechazado|rejeté|refusé|rifiutato) (?:al|le|il|el) (?:destin|mitt|remit)
    triggered by a message you sent
    tijdelijk probleem (?:opgetreden )?bij het (?:bezorgen|afleveren|verzenden)
    tymczasowy problem|dostarczanie niezakończone
    tillfälligt problem (?:när|vid|med)
    midlertidigt? problem (?:under|med|ved)
    dočasn\w+ problém|doručení není dokončeno
    átmeneti probléma
    geçici bir sorun
    tilapäinen ongelma
    προσωρινό πρόβλημα
    временн\w+ (?:проблем|ошибк)\w+ (?:при|с) (?:доставк|отправк)
    тимчасов\w+ (?:проблем|помилк)\w+ (?:під час|з) (?:доставк|доставлен|надсилан)
    addresses that were incorrectly constructed
    expected response code \S+ but got
    one or more addresses were not accepted
    (?:uno o più|alcuni) indirizzi non sono stati accettati
    une ou plusieurs adresses n'ont pas été acceptées
    (?:mindestens )?eine (?:oder mehrere )?adressen? wurden? nicht (?:akzeptiert|angenommen)
    una o más direcciones no (?:fueron|han sido) aceptadas
    invalid final delivery userid
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
    (?:message|mail)(?: (?:that )?you(?:'ve| have)? sent)? (?:cannot|can't) be delivered
    not able to be delivered
    delivery of (?:the|your) (?:e-?mail|message) was stopped
    was not delivered
    wasn't delivered
    not delivered to
    not yet been delivered
    unable to deliver
    delivery (?:has |to the following recipients? )?failed
    delivery failure
    delivery status notification
    returned (?:mail|to sender)
    failed to deliver
    message log follows
    encountered delivery problems
    was automatically (?:rejected|refused)
    there is no user by that name
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
SUBJECT = phrases_of(
    _NOT_DELIVERED
    + r"""
    delivery (?:status )?(?:notification|failure|report|failed|problem)
    returned mail
    message you sent (?:was|has been) (?:blocked|rejected|refused|returned)
    e-?mail viruses detected
    (?:messaggio|e-?mail) (?:che ha )?inviat[oa] (?:da lei )?(?:è stat[oa] )?bloccat[oa]
    failure notice
    mail delivery
    delivery has failed
    message delayed
    could not send message
    mail (?:failure|failed)
    failed mail
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
MAILER = phrases_of(r"""
    mailer-daemon
    mail delivery (?:sub)?system
    \bpostmaster(?:[^\w-]|$)
    post_master
    microsoftexchange[0-9a-f]{8,}
    mail-daemon
    mail delivery service
    mailsystem@
    system administrator
    mdaemon@
    no-reply@sns\.amazonaws
""")
#: In a subject, what a filter keeps for its owner to look through, whose list shows subjects of all kinds.
KEPT_BACK = phrases_of(r"""
    (?:messages|mails?) (?:on hold|held|quarantined)|held messages
    quarantine|quarantena|quarantäne|quarantaine|cuarentena
    messaggi (?:trattenuti|bloccati) per
    spam (?:digest|report|summary)
""")
#: A mail system says what happened; it asks nobody to follow a link to get the mail.
CLICK = phrases_of(r"""
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
AWAY = phrases_of(r"""
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
    user unknown|unknown user|utente (?:sconosciuto|inesistente)
    bericht
    meddelande|melding|besked
    wiadomoś|zpráv|správ|üzenet|mesaj|viesti|poruk|sporočil
    письм|сообщен|повідомлен|\bлист\b|μήνυμα
    邮件|郵件|メール|메일|편지
"""
#: Words without which a "delivery" that failed may be a parcel's.
OF_MAIL = phrases_of(_OF_MAIL)
#: Words that a notice has for whoever sent the message; a manual speaks of messages in general.
TO_ITS_SENDER = phrases_of(r"""
    (?:the message|il messaggio) [^.]*(?:outgoing server|server in uscita|server smtp)
    (?:die nachricht|le message|el mensaje) [^.]*(?:postausgangs-?server|serveur sortant|servidor de salida)
    (?m:^[\x20\t>]*this message could not be delivered\.?[\x20\t]*$)
    (?m:^[\x20\t>*]*(?:from|da|von|de|van|od|från|fra)\*?\x20?:[^\n]{0,80}mailer-daemon@)
    your (?:original |recent )?(?:e-?mails?|mails?|messages?|letter|delivery|attempt)
    you(?:'ve| have)? (?:just |recently )?(?:sent|tried|attempted|wrote|are not|were not|weren't|cannot|can't)
    this is (?:the mail|an automatic)
    this message was (?:created|generated)
    (?:suo|sua|tuo|tua|vostro|vostra|mio|mia) (?:messaggio|e-?mail|mail|posta|comunicazione|invio)
    (?:ha|hai|avete) (?:inviato|spedito|mandato|scritto|tentato|cercato|provato)
    (?:da lei|da te|da voi) (?:inviat|spedit)[oai]
    questo messaggio è stato (?:creato|generato)
    (?:ihre|ihrer|deine|deiner|eure) (?:e-?mail|mail|nachricht)
    (?:sie|du) (?:haben|hast|versucht|gesendet)
    (?:votre|ton) (?:courriel|e-?mail|mail|message|envoi)
    (?:vous avez|tu as) (?:envoyé|tenté|essayé|écrit)
    (?:su|tu) (?:correo|mensaje|e-?mail)
    (?:ha|has|usted) (?:enviado|intentado|escrito)
    (?:sua|tua|seu|teu) (?:mensagem|e-?mail|correio)
    (?:uw|je|jouw) (?:bericht|e-?mail|mail)
    (?:twoj|pańsk|państw)\w+ (?:wiadomoś|e-?mail|mail)
    (?:vaš|tvoj)\w* (?:zpráv|správ|poruk|sporočil|e-?mail)
    (?:ditt|din|dit|ert) (?:meddelande|melding|besked|e-?mail|mail|brev)
    (?:ваш|твое|твоё)\w* (?:письм|сообщ|лист|повідом)
    您的|お客様|귀하
""")
#: What somebody writes who asks what a server's words mean.
ASKS = phrases_of(r"""
    (?:cosa|che(?: cosa)?|cos'è) (?:vuol dire|significa|vuole dire|vorrebbe dire|vorrà dire)
    what (?:does|do|is|means)|what's|meaning of
    was (?:bedeutet|heißt|heisst|soll|ist)
    (?:que|qu'est-ce que) (?:signifie|veut dire)|c'est quoi
    qué (?:significa|quiere decir)|o que (?:significa|quer dizer)
    wat (?:betekent|is)|co (?:oznacza|znaczy)
    (?:lo|la|mi|ci|gli|le) (?:riceve|arriva|torna|esce|compare|appare)
    (?:gets?|got|receives?|received|comes? back|bounced?)
""")
#: Words without which a number behind a label may be anything's.
OF_REPLIES = phrases_of(
    _OF_MAIL
    + r"""
    smtp|rcpt|\b(?:dmarc|spf|dkim|mx)\b
    bounce|rimbalz|undeliver
    recipient|destinatari|destinataire|empfänger|ontvanger|odbiorc
    \bsender\b|mittente|absender|expéditeur|remitente|remetente
    inbox
    torn(?:a|ano|at[aoie]) indietro|zurückgekommen
    relay|spam|gr[ae]ylist|black ?list|block ?list|quota\b
    no such (?:user|mailbox|address)
    recapitat
"""
)
