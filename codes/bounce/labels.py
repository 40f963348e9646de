"""The words beside a reply and beside an address, which say what the one is and whose the other.

One phrase a line, each a regular expression; see `phrases_of`.
"""

from __future__ import annotations

from codes.bounce.patterns import lines_of, phrases_of

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
    "permanent error",
    "errore permanente",
    "permanenter fehler",
    "erreur permanente",
    "error permanente",
    "erro permanente",
    "reason was",
    "failed with",
    "with message",
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
    "smtpfatalerror",
    "smtpserverbusy",
    "smtpauthenticationerror",
    "smtpsyntaxerror",
    "smtpunknownerror",
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
    "command failed",
    "rejection info",
    "rejection reason",
    "reject reason",
    "diagnostic code",
    "diagnostic-code",
    "permanent error",
    "temporary error",
    "reported error",
    "error message",
    "bounce message",
    "messaggio di errore",
    "messaggio d'errore",
    "fehlermeldung",
    "meldung",
    "rückmeldung",
    "message d'erreur",
    "mensaje de error",
    "mensagem de erro",
    "foutbericht",
    "felmeddelande",
    "fejlmeddelelse",
    "feilmelding",
    "virheilmoitus",
    "komunikat",
    "komunikat błędu",
    "chybová zpráva",
    "сообщение об ошибке",
    "текст ошибки",
    "server message",
    "server error",
    "server response",
    "codice di stato",
    "risposta",
    "risposta del server",
    "motivo",
    "errore",
    "errore del server",
    "errore segnalato",
    "antwort",
    "antwort des servers",
    "serverantwort",
    "grund",
    "fehler",
    "serverfehler",
    "gemeldeter fehler",
    "réponse",
    "réponse du serveur",
    "raison",
    "erreur",
    "erreur du serveur",
    "erreur signalée",
    "respuesta",
    "respuesta del servidor",
    "resposta",
    "resposta do servidor",
    "erro",
    "error del servidor",
    "error notificado",
    "erro relatado",
    "erro reportado",
    "gerapporteerde fout",
    "gemelde fout",
    "rapporterat fel",
    "rapporteret fejl",
    "rapportert feil",
    "zgłoszony błąd",
    "nahlášená chyba",
    "сообщенная ошибка",
    "报告的错误",
    "報告されたエラー",
    "보고된 오류",
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
        message pour la liste
        request to the
        mails? to
        messages to
        (?:mails|nachrichten) an
        (?:messages|courriels) à
        (?:mensajes|correos) a
        messaggi ad?
        sent to
        (?:errors?|problem) (?:for|with)
        bounces? (?:for|with|from)
        @\S+ (?:to|ad?|an|à|para|naar|do)
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
        destinatario del (?:messaggio|mensaje)|empfänger der nachricht|destinataire du message
        destinatário da mensagem|ontvanger van het bericht|odbiorc[aęy] wiadomości
        (?:wiadomości|zprávy|správy) na adres[ęu]?|(?:besked|beskjed|melding|meddelande) till?|levereras till
        következő címre|címre
        adresse des empfängers|indirizzo del destinatario|adresse du destinataire
        dirección del destinatario|endereço do destinatário|adres van de ontvanger|adres odbiorcy
        rcpt to
        mailbox
        receiver not found
        size
        arriv(?:ed|es|ing) at
        (?:can't|cannot|can not|couldn't|unable to) (?:e-?mail|mail|reach)
        (?:arriva(?:no)?|arrivat[oaie]|giunt[oaie]) ad?
        (?:someone|somebody|anyone|office|staff|customers?|users?|people|we|i) (?:e-?mail|mail)(?:s|ed)?
        address
        for user
        to the following recipients?
        pipe to \|.*?
        \b(?:to|rcpt|recipient|orig_to)=
        (?:destinatari[oi]|recipients?|addressee|empfänger|destinataire|ontvanger|odbiorca)(?: [^\s:,.;]+){1,3}:
        \bdest\.
        \s-to
        destinatario (?:è|era|in questione (?:è|era))
        (?:recipient|addressee) (?:is|was)
        empfänger (?:ist|war)
        destinataire (?:est|était)
        destinatario (?:es|era)
        destinatário (?:é|era)
        ontvanger (?:is|was)
        generated by
        originally addressed to
        message,? addressed to
        message-id in
        list
        group
        destinatario
        recapitat[oa] ad?
        consegnat[oa] ad?
        inviat[oa] ad?
        \bmail (?:an|ad?|à|aan|naar|til|do)
        (?:mail|messaggio?|posta) (?:verso|per|(?:indirizzat|destinat|spedit|dirett|inviat|mandat)[oaie] ad?)
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
        (?:meddelelse|melding|besked|meddelande|e-?mail|e-?post)(?:n|en|et|t)?(?: dit?t?| din)? til?l?
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
        (?:rejected|invalid) addresses:
        adresses (?:refusées|invalides) ?:
        indirizzi (?:rifiutati|respinti|non validi):
        (?:abgelehnte|ungültige) adressen:
        direcciones (?:rechazadas|no válidas):
    """)
)
#: The words of a notice behind which those come who were not reached, and nobody else.
INTRODUCES = "|".join(
    line.replace(" ", r"[\s>]+")
    for line in lines_of(r"""
        following (?:e-?mail |destination |list of )?(?:recipient|address)(?:\(e?s\)|e?s)?(?: [^\s:.]+){0,5}
        (?:recipients|groups) or (?:groups|distribution lists|recipients)
        permanent error[.]
        seguent[ei] (?:destinatar|indirizz)\pL+(?: [^\s:.]+){0,4}
        destinatari o gruppi
        folgende\pL* (?:empfänger|e-?mail-?adresse|adresse)\pL*(?: [^\s:.]+){0,4}
        empfängern? oder gruppen
        (?:destinataires?|adresses?) suivant\pL*(?: [^\s:.]+){0,4}
        destinataires ou groupes
        (?:siguientes? (?:destinatarios?|direcci\pL+)|(?:destinatarios?|direcci\pL+) siguientes?)(?: [^\s:.]+){0,4}
        destinatarios o grupos
        seguintes? (?:destinatários?|endereços?)(?: [^\s:.]+){0,4}
        destinatários ou grupos
        volgende (?:ontvanger|geadresseerde|adres)\pL*(?: [^\s:.]+){0,4}
        geadresseerden of groepen
        następując\pL+ (?:odbiorc|adres)\pL*(?: [^\s:.]+){0,4}
    """)
)
_SOME_WORDS = r"(?: \S+){0,5}"
#: Somebody says that they wrote to the address behind these words, whatever a contact's words beside them.
WRITTEN_TO = "|".join(
    f"{written}{_SOME_WORDS} {to}"
    for written, to in (
        (
            r"(?:scriv(?:o|iamo|endo)|scritto|mand(?:o|a|iamo|ano|ato|ata|ando)|invi(?:o|a|amo|ano|ato|ata|ando)|"
            r"sped(?:isco|isce|iamo|iscono|ito|ita|endo)|risposto)",
            "ad?",
        ),
        (r"scriv(?:o|iamo|endo)", r"(?:al|alla|allo|ai|agli|all') ?(?:\pL+[ ,]+){0,3}"),
        (r"(?:prov|riesc|riusc|cerc|tent|vole)\w+ (?:(?:a|ad|di) )?(?:scrivere|mandare|inviare|spedire)", "ad?"),
        (r"\b(?:i|we|i've) (?:(?:have|try to|tried to|keep) )?(?:writ|wrote|mail|e-?mail|send|sent|repl)\w*", "to"),
        (r"(?:try|trying|tried|want|wanted|attempting) to (?:send|writ|mail|e-?mail|repl|forward)\w*", "to"),
        (r"(?:impossibile|non è possibile|non si riesce a) (?:scrivere|inviare|mandare|spedire)", "ad?"),
        (r"impossible d'(?:écrire|envoyer)", "à"),
        (r"imposible (?:escribir|enviar|mandar)", "a"),
        (r"(?:when|while|after|by) (?:writ|mail|e-?mail|send|repl)\w*", "to"),
        (r"(?:schreiben? (?:ich|wir)|geschrieben|(?:ich|wir) (?:schreib|schrieb|send|schick)\w*)", "an"),
        (r"j'(?:écris|envoie|ai (?:écrit|envoyé))", "à"),
        (r"\bal (?:re)?(?:escribir|enviar|mandar|responder)", "a"),
        (r"\bao (?:re)?(?:escrever|enviar|mandar|responder|encaminhar)", "para"),
        (r"en (?:écrivant|envoyant|répondant)", "à"),
        (r"bij (?:het )?(?:mailen|versturen|verzenden)", "(?:aan|naar)"),
        (r"\b(?:ik|wij|we) (?:mail|schrijf|schreef|stuur|verstuur|verzend|verzond)\w*", "(?:aan|naar)"),
        (r"(?:pisząc|wysyłając)", "do"),
        (r"(?:escribo|envío|mando|escribí|envié|mandé|he (?:escrito|enviado|mandado))", "a"),
        (r"(?:escrevo|envio|mando|escrevi|enviei|mandei)", "para"),
    )
)
#: Behind an address, what somebody says of a recipient: "anna@example.com never gets our mail".
GETS_NOTHING = "|".join(
    lines_of(r"""
        (?:dice|segnala|lamenta|sostiene) che [^.\n]{0,40} non (?:gli |le )?(?:arriv|ricev)\w*
        says? (?:that )?(?:our|the|my) [^.\n]{0,30} (?:never|not|doesn't|don't) (?:arriv|receiv|get)\w*
        says? (?:he|she|it|they) (?:never|does not|doesn't|do not|don't|did not|didn't) (?:get|receiv)\w*
        (?:mi |ci )?(?:dice|dicono) (?:di|che) non (?:ricev|gli arriva|le arriva)\w*
        (?:me |nous )?(?:dit|disent) ne (?:rien|pas|plus) recevoir
        (?:me |nos )?(?:dice|dicen) (?:que )?no (?:recib|le llega)\w*
        (?:never|does not|doesn't|did not|didn't|is not|isn't|can't|cannot|won't) (?:get|receiv)\w*
        non (?:riceve|ricevono|ha ricevuto|gli arriva|le arriva)
        (?:bekommt|erhält|empfängt) (?:unsere|meine|keine|nichts)
        ne (?:reçoit|reçoivent)|n'a (?:pas|jamais) reçu
        no (?:recibe|reciben|ha recibido|le llega)
        não (?:recebe|recebeu)
        (?:krijgt|ontvangt) (?:geen|onze|mijn|niets)
        nie (?:otrzymuje|dostaje)
    """)
)
#: Behind another address, to which mail gets.
IS_REACHED = "|".join(
    lines_of(r"""
        (?:e |ed |invece |però )?(?:li |lì |così |quell[oa] |questo |questa )?(?:funziona|va bene)
        (?:and |which |where )?(?:that|it|this|there|everything)? ?(?:works|worked|gets through|got through)
        (?:und |da |dort |das |es )?(?:das |da |dort |es )?(?:geht|klappt|funktioniert)(?! nicht)
        (?:et |là |ça )?(?:là |ça |cela )?(?:marche|fonctionne)(?! pas)
        (?:y |ahí |eso )?(?:ahí |eso |sí )?funciona
        (?:en |dat |daar )?(?:dat |daar )?(?:werkt|lukt)(?! niet)
    """)
)
#: Behind an address, what somebody says of who sent the mail and now has the trouble.
HAS_TROUBLE = "|".join(
    lines_of(r"""
        (?:mi |ci |ti )?(?:riceve|ricevono|segnala|dice|scrive|invia|manda|ottiene|vede|prova|tenta|qui)
        (?:ha|hanno) (?!respint|rifiutat|bloccat|superat|esaurit)
        non (?:riesce|può) (?:a )?(?:inviare|mandare|spedire|scrivere|più)
        non (?:invia|manda|spedisce)
        (?:has|had) (?!been|rejected|refused|blocked|exceeded|no)
        (?:gets?|got|receives?|received|reports?|reported|says?|sees?|sends?|sent|tries|tried|here|wants?)
        (?:can't|cannot|can not|is unable to|isn't able to) (?:send|write|mail|e-?mail)
        (?:is|was) trying
        \[(?:smtp|imap|pop3?)\]
        (?:bekommt|erhält|meldet|sendet|schickt|schreibt|versucht|hier)
        (?:reçoit|signale|envoie|écrit|essaie|n'arrive|ne peut|ici)
        (?:recibe|informa|envía|escribe|intenta|no puede|aquí)
        (?:recebe|relata|envia|escreve|tenta|não consegue|aqui)
        (?:krijgt|meldt|stuurt|mailt|probeert)
        (?:dostaje|otrzymuje|zgłasza|wysyła|nie może)
    """)
)
#: Behind an address to which something was sent: "invoices to anna@example.com bounce".
COMES_BACK = "|".join(
    lines_of(r"""
        (?:all |always |keeps? |still )?(?:bounc\w+|comes? back)
        (?:is|are|was|were|gets?|got) (?:rejected|returned|blocked|refused|bounced)
        (?:mi |ci |gli )?(?:torna(?:no|ta|te|to|ti)?|rimbalza(?:no)?)\b
        (?:viene|vengono|è stat\w|sono stat\w) (?:respint|rifiutat|bloccat)
        komm(?:t|en) [^.]{0,30}zurück
        (?:wird|werden|wurden?) (?:\w+ )?(?:abgelehnt|abgewiesen|blockiert)
        revien(?:t|nent)|est (?:rejeté|refusé|bloqué)
        (?:me |nos )?(?:rebotan?|vuelven?|(?:es|son) rechazad)
        voltam?\b
        kom(?:t|en) [^.]{0,30}terug
        wraca
    """)
)
#: How the form of a ticket names who has the trouble, at the beginning of a line: "Unbekannter Benutzer:" is another.
USERS = "utente|utilisateur|usuario|benutzer|gebruiker"
#: How mail programs name the field that says who wrote a mail.
FROM_NAMES = "from|da|von|de|van|od|från|fra"
#: What notices call the sender, and the forms of tickets whoever asks; in small letters.
SENDERS = (
    "mittente",
    "sender",
    "absender",
    "expéditeur",
    "remitente",
    "remetente",
    "afzender",
    "nadawca",
    "absenderadresse",
    "afzenderadres",
    "avsändaradress",
    "avsenderadresse",
    "afsenderadresse",
    "adres nadawcy",
    "lähettäjän osoite",
    "richiedente",
    "segnalante",
    "segnalato da",
    "aperto da",
    "caller",
    "requester",
    "requestor",
    "reporter",
    "reported by",
    "opened by",
    "submitted by",
    "melder",
    "ansprechpartner",
    "kontaktperson",
    "contact person",
    "referente",
    "antragsteller",
    "demandeur",
    "solicitante",
    "aanvrager",
    "zgłaszający",
)
#: How programs name whose mail it is, in small letters: SmarterMail, GroupWise and nullmailer in logs, Amazon SES.
SENT_FOR = (
    "delivery started for|sending remote mail for|undeliverable status to:|generating bounce for|"
    r"identities failed the check in region [\w-]+:"
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
        mvh
        danke
        (?:bien )?cordialement
        merci
        salutations
        (?:un )?saludos?
        (?:muchas )?gracias
        obrigad[oa]
        (?:com os melhores )?cumprimentos
        atenciosamente|atentamente|atte?\b
        buon(?:a giornata|a serata| lavoro)
        (?:met vriendelijke )?groet(?:en)?
        (?:med )?vänliga hälsningar|hälsningar|hilsen|venlig hilsen
        pozdrawiam|z poważaniem|s pozdravem
        --[ ]?$
    """)
)
#: Labels that a recipient stands behind.
RECIPIENT_LABEL = "|".join(
    lines_of(r"""
        (?:(?:failed|rejected|invalid|unknown|final|intended|original) )?(?:recipients?|address|user)
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
CONTACT = phrases_of(r"""
    owned by(?: user)?
    from address
    (?:tu|su|vostr)[oa] (?:casella|indirizzo|account)
    your (?:mailbox|account|e-?mail address|inbox)
    (?:ihr|dein)e? (?:postfach|konto|mailbox)
    contact(?:ing)?
    rispond(?:ere|ete|i|a|ano)(?:mi|ci)? (?:\w+ )?ad?
    répond(?:re|ez|s)(?: \w+)? à
    respond(?:er|a|an|am)(?:nos|me)? (?:a|para)
    antworten (?:sie )?(?:\w+ )?an
    antwoord(?:en)? (?:\w+ )?(?:aan|naar)
    (?:please|or|and|by|can|just) reply(?:ing)? to
    (?:attività|task|aufgabe|tâche|tarea|tarefa|account|konto|compte|cuenta|conta) ["'«„]
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
#: Before "to anna@example.com" these tell of a question that went to somebody, and of no mail that came back.
HANDED_ON = phrases_of(r"""
    inoltr\w+
    \bgir(?:o|are|ato|ata|i|iamo)
    assegn\w+
    pass(?:o|are|ato|ata|i)
    chie(?:do|sto|dere|da)
    segnal\w+
    apert[oa]
    forward\w*
    assigned
    escalat\w+
    report\w*
    \bcc\b
    weiter(?:ge)?leit\w*
    transf[ée]r\w*
    cop(?:ia|y|ie)
    \bask\w*
    belongs?
    (?:cambi|passat|migrat|rinominat|chang|mov|renam)\w*
""")
