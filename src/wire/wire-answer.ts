import type { FastifyReply } from 'fastify';
import { httpDate, machineTime } from '../lib/clock.ts';
import { atEndOfTurn } from './end-of-turn.ts';
import { reasonPhrase } from './reason-phrase.ts';
import { spoilBody, writeCut } from './spoil.ts';

/** An answer as it goes over the socket. */
export interface WireAnswer {
  status: number;
  phrase: string;
  headers: Record<string, string>;
  /** Undefined for an answer without Content-Length (recorded for 204 and 304). */
  body: string | Buffer | undefined;
}

/**
 * Writes an answer with exactly its headers, `Date` and `Content-Length`: Fastify would add its own.
 * @param now the account's time, ms; the machine's where there is no account
 */
export function send(reply: FastifyReply, given: WireAnswer, now = machineTime()): void {
  const { raw, request } = reply;
  const { fault, answered, rest } = request.exchange;
  const answer = inBytes(fault === undefined ? given : spoilBody(given, fault));
  answered?.(request, reply, answer);
  request.exchange.reason ??= reasonOf(answer);
  // Node names what HTTP/1.1 has by default; production does not
  if (raw.shouldKeepAlive && request.raw.httpVersion === '1.1') raw.removeHeader('connection');
  const { body, headers } = answer;
  const { cut } = fault ?? {};
  const hasLength = body !== undefined && headers['Transfer-Encoding'] === undefined;
  raw.writeHead(answer.status, reasonPhrase(answer.phrase), {
    Date: httpDate(now),
    ...headers,
    ...(hasLength ? { 'Content-Length': Buffer.byteLength(body) } : {}),
  });
  // not before: a head that Node refuses is a failure that somebody must still answer
  reply.hijack();
  if (cut === 'during' || cut === 'after') writeCut(request, reply, body, cut);
  else if (rest !== undefined) {
    // the end would close the connection over what the client still sends, and lose it the answer
    raw.write(body ?? '');
    void rest.then(() => raw.end());
  } else atEndOfTurn(() => raw.end(body));
}

/** What Mailjet's errors say, in the spacing of both back ends. */
const errorMessage = /"ErrorMessage" ?: ?"((?:[^"\\]|\\.){1,300})/;

/** Why an answer refuses the call, in its own words. */
function reasonOf({ status, body }: WireAnswer): string | undefined {
  if (status < 400 || body === undefined) return undefined;
  const text = typeof body === 'string' ? body.slice(0, 4096) : body.toString('utf8', 0, 4096);
  return errorMessage.exec(text)?.[1]?.replaceAll('\\"', '"');
}

/** Node writes a head together with a body of text, and both in UTF-8: what is Latin-1 in the head would be encoded twice. */
function inBytes(answer: WireAnswer): WireAnswer {
  const { phrase, body } = answer;
  const isPlain = typeof body !== 'string' || phrase === 'OK' || /^[\x20-\x7e]*$/.test(phrase);
  return isPlain ? answer : { ...answer, body: Buffer.from(body) };
}

/** One of nginx's own pages; the text between its tags is the status. */
function page(status: number, text: string, more: Record<string, string> = {}): WireAnswer {
  const title = `${status} ${text}`;
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body bgcolor="white">',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ];
  return {
    status,
    phrase: text,
    headers: { 'Content-Type': 'text/html', ...more },
    body: lines.join('\r\n'),
  };
}

/** For a path that no back end takes (recorded: `/v3.1/REST/...`). */
export const nginxNotFound = page(404, 'Not Found');

/** For a body over the limit (assumed). */
export const nginxTooLarge = page(413, 'Request Entity Too Large', { Connection: 'close' });

/** For what is no request (assumed). */
export const badRequestPage = page(400, 'Bad Request', { Connection: 'close' });

/** For headers over the limit of the parser (assumed). */
export const headersTooLarge = page(431, 'Request Header Fields Too Large', {
  Connection: 'close',
});

/** For a request that does not come to its end (assumed). */
export const requestTimeout = page(408, 'Request Time-out', { Connection: 'close' });
