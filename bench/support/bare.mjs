// Bare node:http servers that do the same work at the bottom, and nothing else.
//   answer  the same bytes to each request      { phrase, headers, body }
//   write   one transaction for each POST       { database, isMember, phrase, headers, body }
//   send    one transaction for each body of /v3.1/send
//           { database, phrase, headers, body }
//   upload  each body's chunks into the table   { database }
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { mailStore } from './bare-send.mjs';

const [kind, text] = process.argv.slice(2);
const options = JSON.parse(text);
const now = '2026-01-01T00:00:00Z';
const uploadChunk = 1024 * 1024;

const handlers = { answer: () => answer, write: writing, send: sending, upload: uploading };
const server = http.createServer(handlers[kind]());
server.listen(0, '127.0.0.1', () => process.send(server.address().port));

function answer(_request, response) {
  response.writeHead(options.status ?? 200, options.phrase ?? 'OK', options.headers);
  response.end(options.body);
}

function open() {
  const db = new Sqlite(options.database);
  if (options.database !== ':memory:') {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
  }
  db.pragma('foreign_keys = ON');
  const migrations = fileURLToPath(new URL('../../migrations/', import.meta.url));
  for (const name of readdirSync(migrations).sort())
    db.exec(readFileSync(migrations + name, 'utf8'));
  db.exec(
    `INSERT INTO contactslist (ID, Address, CreatedAt, Name) VALUES (5, 'list', '${now}', 'List')`,
  );
  return db;
}

function writing() {
  const db = open();
  const contact = db.prepare(
    'INSERT INTO contact (Email, Name, CreatedAt, LastActivityAt, LastUpdateAt) VALUES (?, ?, ?, ?, ?)',
  );
  const member = db.prepare(
    'INSERT INTO listrecipient (ContactID, ListID, SubscribedAt) VALUES (?, 5, ?)',
  );
  const write = db.transaction(({ Email, Name }) => {
    const { lastInsertRowid } = contact.run(Email, Name, now, now, now);
    if (options.isMember) member.run(lastInsertRowid, now);
  });
  return storing(write);
}

function sending() {
  return storing(mailStore(open()));
}

/** Parses a body as JSON, stores it, answers. */
function storing(store) {
  return (request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      store(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      answer(request, response);
    });
  };
}

function uploading() {
  const db = open();
  const file = db.prepare(
    `INSERT INTO data (owner, ownerID, kind, mime, CreatedAt) VALUES ('contactslist', 5, 'CSVData', 'text/plain', '${now}')`,
  );
  const chunk = db.prepare('INSERT INTO chunk (dataID, start, bytes) VALUES (?, ?, ?)');
  return (request, response) => {
    const { lastInsertRowid } = file.run();
    let waiting = [];
    let size = 0;
    let start = 0;
    const flush = () => {
      if (size > 0) chunk.run(lastInsertRowid, start, Buffer.concat(waiting));
      start += size;
      waiting = [];
      size = 0;
    };
    request.on('data', (bytes) => {
      waiting.push(bytes);
      size += bytes.length;
      if (size >= uploadChunk) flush();
    });
    request.on('end', () => {
      flush();
      response.end(`{ "ID" : ${lastInsertRowid} }`);
    });
  };
}
