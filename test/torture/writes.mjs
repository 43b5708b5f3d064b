/**
 * Writes of every kind, one after the other, until it is over or the server is gone. What was answered is put into
 * `known` with a look whether it is there; what is being changed is taken out before.
 */
export async function writeAll(world, isOver) {
  try {
    for (let n = 0; !isOver(); n += 1) await writeOne(world, n);
  } catch (error) {
    if (!isOver()) throw error; // the server is gone: this write was not answered
  }
}

async function writeOne({ server, known, list, name, random }, n) {
  const tag = `${name}n${n}`;
  const keep = (what, kind, isThere) => known.set(what, { kind, isThere });
  const write = async (method, path, body, type) => {
    const { status, text } = await server.call(method, path, body, type && { type });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };
  const rest = async (method, path, body) =>
    (await write(method, `/v3/REST/${path}`, body)).Data?.[0];
  const row = async (from, path) => (await from.get(path))[0];

  const Email = `${tag}@example.com`;
  const contact = await rest('POST', 'contact', { Email, Name: tag });
  keep(
    Email,
    'POST contact',
    async (now) => (await row(now, `contact/${contact.ID}`)).Email === Email,
  );

  known.delete(Email);
  await rest('PUT', `contact/${contact.ID}`, { Name: `${tag} changed` });
  keep(
    Email,
    'PUT contact',
    async (now) => (await row(now, `contact/${contact.ID}`)).Name === `${tag} changed`,
  );

  await rest('PUT', `contactdata/${contact.ID}`, { Data: [{ Name: 'country', Value: tag }] });
  keep(`data ${tag}`, 'PUT contactdata', async (now) =>
    (await row(now, `contactdata/${contact.ID}`)).Data.some(({ Value }) => Value === tag),
  );

  const managed = await rest('POST', `contactslist/${list}/managecontact`, {
    Email: `m-${Email}`,
    Action: 'addforce',
  });
  keep(
    `member ${tag}`,
    'POST managecontact',
    async (now) =>
      (await now.get(`listrecipient?Contact=${managed.ContactID}&ContactsList=${list}`)).length ===
      1,
  );

  const own = await rest('POST', 'contactslist', { Name: tag });
  keep(
    `list ${tag}`,
    'POST contactslist',
    async (now) => (await row(now, `contactslist/${own.ID}`)).Name === tag,
  );

  const member = await rest('POST', 'listrecipient', { ContactID: contact.ID, ListID: own.ID });
  const whole = `recipient ${tag}`;
  keep(
    whole,
    'POST listrecipient',
    async (now) => (await row(now, `listrecipient/${member.ID}`)).ListID === own.ID,
  );
  if (random.below(2) === 0) {
    known.delete(whole);
    await rest('DELETE', `listrecipient/${member.ID}`);
    keep(
      whole,
      'DELETE listrecipient',
      async (now) => (await now.call('GET', `/v3/REST/listrecipient/${member.ID}`)).status === 404,
    );
  }

  const csv = `email\nu-${Email}\n`;
  const path = `/v3/DATA/contactslist/${own.ID}/CSVData/text:plain`;
  const upload = await write('POST', path, csv, 'text/plain');
  keep(`upload ${tag}`, 'POST CSVData', async (now) => (await now.call('GET', path)).text === csv);

  const job = await rest('POST', 'csvimport', {
    ContactsListID: own.ID,
    DataID: upload.ID,
    Method: 'addforce',
  });
  keep(
    `job ${tag}`,
    'POST csvimport',
    async (now) => (await row(now, `csvimport/${job.ID}`)).DataID === upload.ID,
  );

  for (const [path, mails] of [
    ['/v3.1/send', 2],
    ['/v3/send', 1],
  ]) {
    const { status, text } = await server.call('POST', path, sendOf(path, mails, tag));
    if (status !== 200) throw new Error(`POST ${path}: ${status} ${text}`);
    // JSON.parse would round them
    const ids = [...text.matchAll(/"MessageID" ?: ?(\d+)/g)].map(([, id]) => id);
    keep(
      `${path} ${tag}`,
      `POST ${path}`,
      async (now) =>
        ids.length === mails * 2 && (await isInInbox(now, path, tag, mails)) && isSent(now, ids),
    );
  }

  if (random.below(3) === 0) {
    // its subscriptions go too
    for (const what of [Email, `data ${tag}`, whole]) known.delete(what);
    await write('DELETE', `/v4/contacts/${contact.ID}`);
    keep(Email, 'DELETE /v4/contacts', async (now) => {
      const { status, text } = await now.call('GET', `/v3/REST/contact/${contact.ID}`);
      return status === 404 || !text.includes(Email);
    });
  }
  if (n % 10 === 0) {
    const property = await rest('POST', 'contactmetadata', { Name: tag, Datatype: 'int' });
    keep(
      `property ${tag}`,
      'POST contactmetadata',
      async (now) => (await row(now, `contactmetadata/${property.ID}`)).Name === tag,
    );
  }
}

const customIdOf = (path, tag) => `${path} ${tag}`;

/** A body of mails to two recipients each. */
function sendOf(path, mails, tag) {
  const to = ['a', 'b'].map((name) => `${name}-${tag}@example.com`);
  const CustomID = customIdOf(path, tag);
  if (path === '/v3/send')
    return {
      FromEmail: 'owner@example.com',
      Subject: tag,
      'Text-part': tag,
      'Mj-CustomID': CustomID,
      To: to.join(','),
    };
  const mail = {
    From: { Email: 'owner@example.com' },
    To: to.map((Email) => ({ Email })),
    Subject: tag,
    TextPart: tag,
    CustomID,
    Attachments: [{ ContentType: 'text/plain', Filename: 'a.txt', Base64Content: 'eHh4' }],
  };
  return { Messages: Array.from({ length: mails }, () => mail) };
}

/** Whether every message of an answer is there, with a contact, and none is lost on its way. */
async function isSent(now, ids) {
  for (const id of ids) {
    const [message] = await now.get(`message/${id}?ShowContactAlt=true`);
    if (!['queued', 'sent'].includes(message.Status)) return `is ${message.Status}`;
    const [contact] = await now.get(`contact/${message.ContactAlt}`);
    if (contact.ID !== message.ContactID) return 'has another contact';
  }
  return true;
}

/** Whether the inbox has each mail whole. */
async function isInInbox(now, path, tag, count) {
  const query = new URLSearchParams({ customId: customIdOf(path, tag) });
  const { text } = await now.call('GET', `/_mockjet/mails?${query}`);
  const { mails } = JSON.parse(text);
  return (
    mails.length === count &&
    mails.every(
      (mail) => mail.text === tag && mail.attachments.length === (path === '/v3/send' ? 0 : 1),
    )
  );
}
