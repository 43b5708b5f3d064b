// What a send leaves, in one transaction and as few statements as do it: for the bare server of bare.mjs.

/** A function that stores the mails of a parsed body of /v3.1/send as Mockjet has them once they are sent. */
export function mailStore(db) {
  const now = 1_767_225_600_000;
  const time = '2026-01-01T00:00:00Z';
  const mail = db.prepare(
    `INSERT INTO mail (at, source, requestGuid, isSandbox, FromEmail, FromName, recipients, Subject, CustomID, EventPayload,
     CustomCampaign, AttachmentCount, MessageSize, IsHTMLPartIncluded, IsTextPartIncluded, IsOpenTracked, IsClickTracked)
     VALUES (?, 'v3.1', ?, 0, ?, ?, ?, ?, ?, '', '', 0, ?, 1, 1, 1, 1)`,
  );
  const content = db.prepare(
    'INSERT INTO mailcontent (mailID, size, text, html, details) VALUES (?, ?, ?, ?, ?)',
  );
  const known = db.prepare('SELECT ID FROM contact WHERE Email = ?');
  const contact = db.prepare('INSERT INTO contact (Email, CreatedAt) VALUES (?, ?)');
  const message = db.prepare(
    `INSERT INTO message (mailID, kind, email, UUID, ContactID, CampaignID, SenderID, DestinationID, ArrivedAt, Status, plan,
     since, dueAt) VALUES (?, 'to', ?, ?, ?, 0, 1, 100000, ?, 'sent', '', ?, NULL)`,
  );
  const event = db.prepare(
    "INSERT INTO event (messageID, EventType, EventAt) VALUES (?, 'sent', ?)",
  );
  const delivered = db.prepare(
    'UPDATE contact SET DeliveredCount = DeliveredCount + 1, LastActivityAt = ? WHERE ID = ?',
  );
  return db.transaction(({ Messages }) => {
    for (const { From, To, Subject, TextPart = '', HTMLPart = '', CustomID = '' } of Messages) {
      const size = Buffer.byteLength(TextPart) + Buffer.byteLength(HTMLPart);
      const recipients = JSON.stringify(To);
      const { lastInsertRowid: id } = mail.run(
        ...[now, crypto.randomUUID(), From.Email, From.Name, recipients, Subject, CustomID, size],
      );
      content.run(id, size, TextPart, HTMLPart, '{}');
      for (const { Email } of To) {
        const contactId = known.get(Email)?.ID ?? contact.run(Email, time).lastInsertRowid;
        const sent = message.run(id, Email, crypto.randomUUID(), contactId, time, now);
        event.run(sent.lastInsertRowid, now / 1000);
        delivered.run(time, contactId);
      }
    }
  });
}
