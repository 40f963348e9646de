"""Texts that fill the box for whoever wants to try it; every name in them is reserved for examples."""

NOTICE = """\
From: MAILER-DAEMON@example.it (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: laura.conti@example.it
Date: Mon, 23 Nov 2026 09:14:05 +0100
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_rimbalzo"

--=_rimbalzo
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example.it.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<mario.rossi@example.com>: host mx1.example.com[192.0.2.25] said: 550
    5.1.1 <mario.rossi@example.com>: Recipient address rejected:
    User unknown in local recipient table (in reply to RCPT TO command)

--=_rimbalzo
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.it
X-Postfix-Queue-ID: 4gQxZ71kqHz9tY
X-Postfix-Sender: rfc822; laura.conti@example.it
Arrival-Date: Mon, 23 Nov 2026 09:14:02 +0100

Final-Recipient: rfc822; mario.rossi@example.com
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx1.example.com
Diagnostic-Code: smtp; 550 5.1.1 <mario.rossi@example.com>: Recipient address
    rejected: User unknown in local recipient table

--=_rimbalzo
Content-Type: text/rfc822-headers

From: Laura Conti <laura.conti@example.it>
To: mario.rossi@example.com
Subject: Preventivo firmato
Date: Mon, 23 Nov 2026 09:14:01 +0100
Message-ID: <9b1f47c2-6e0d@example.it>

--=_rimbalzo--
"""

LOG = (
    "Nov 23 09:41:07 mail postfix/smtp[22103]: 4gQy0f2Vnzz9s1: to=<info@example.com>, "
    "relay=mx1.example.com[198.51.100.17]:25, delay=1.9, dsn=4.7.1, status=deferred (host "
    "mx1.example.com[198.51.100.17] said: 450 4.7.1 <info@example.com>: "
    "Recipient address rejected: Greylisted, please try again in 300 seconds "
    "(in reply to RCPT TO command))"
)

#: By the value of the button that asks for them.
EXAMPLES = {"notice": NOTICE, "log": LOG, "code": "550 5.1.1"}
