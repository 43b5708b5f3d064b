"""Sends by smtplib, as Django and many scripts do: smtp.py WAY PORT CA_FILE USER"""

import smtplib
import ssl
import sys
from email.message import EmailMessage

way, port, ca, user = sys.argv[1:]
trusted = ssl.create_default_context(cafile=ca)

mail = EmailMessage()
mail["Subject"] = f"Zoë’s order by {way}"
mail["From"] = "Shop <shop@example.com>"
mail["To"] = "Ann Lee <ann@example.com>, bob@example.com"
mail["Cc"] = "carl@example.com"
mail["Bcc"] = "dora@example.com"
mail["X-MJ-CustomID"] = way
mail["X-MJ-Vars"] = '{"day": "Monday"}'
mail.set_content("Grüße\n.\n..\n. leading dots\n")
mail.add_alternative("<p>Grüße &amp; more</p>", subtype="html")
mail.add_attachment(b"\x00\xff\r\n.\r\n", maintype="application", subtype="pdf", filename="Zoë.pdf")

if way == "implicit TLS":
    smtp = smtplib.SMTP_SSL("localhost", int(port), context=trusted, timeout=60)
else:
    smtp = smtplib.SMTP("localhost", int(port), timeout=60)
with smtp:
    if way == "STARTTLS":
        smtp.starttls(context=trusted)
    smtp.login(user, "secret")
    print(smtp.send_message(mail))
