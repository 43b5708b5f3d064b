import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mock, startMock } from '../support/mock.ts';
import { type RawAnswer, readAnswer } from '../support/raw-answers.ts';
import { openTcp } from '../support/ways-in.ts';
import { answers } from './quirks/answers.ts';
import { bodies } from './quirks/bodies.ts';
import { dataPaths } from './quirks/data-paths.ts';
import { headers } from './quirks/headers.ts';
import { mail } from './quirks/mail.ts';
import { paths } from './quirks/paths.ts';
import type { Quirk, Step } from './quirks/quirk.ts';
import { uploads } from './quirks/uploads.ts';
import { makeWorld, type World } from './quirks/world.ts';

const tables = { headers, paths, dataPaths, bodies, uploads, mail, answers };

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

describe.each(Object.entries(tables))('%s', (_table, rows) => {
  test.each(rows)('$client: $does', async (row: Quirk) => {
    const user = `${row.client} ${row.does}`.replaceAll(/[^ -9;-~]/g, '').concat(':secret');
    const world = await makeWorld(mock, user);
    const socket = await openTcp({ port: Number(new URL(mock.url).port) });
    for (const step of [row, ...(row.after ?? [])]) {
      world.made = await take(socket, step, world, user);
    }
    socket.destroy();
  });
});

/** Sends a step's bytes, checks what comes back, and returns the ID in it. */
async function take(socket: Socket, step: Step, world: World, user: string): Promise<string> {
  const { head, body } = bytesOf(step, world, user);
  socket.write(head);
  if (/^expect: 100-continue/im.test(head)) expect((await readAnswer(socket)).status).toBe(100);
  if (body.length > 0) socket.write(body);
  const answer = await readAnswer(socket);
  check(answer, step, world);
  return /"(?:Job)?ID" : (\d+)/.exec(answer.body)?.[1] ?? '';
}

function bytesOf(step: Step, world: World, user: string): { head: string; body: Buffer } {
  const filled = typeof step.body === 'string' ? fill(step.body, world) : (step.body ?? '');
  const body = Buffer.isBuffer(filled) ? filled : Buffer.from(filled);
  const lines = [
    `${fill(step.send, world)} HTTP/1.1`,
    'Host: api.mailjet.com',
    `Authorization: Basic ${Buffer.from(user).toString('base64')}`,
    ...(step.headers ?? []),
  ];
  const hasLength = lines.some((line) => /^(content-length|transfer-encoding):/i.test(line));
  if (step.body !== undefined && !hasLength) lines.push(`Content-Length: ${body.length}`);
  return { head: `${lines.join('\r\n')}\r\n\r\n`, body };
}

function check(answer: RawAnswer, step: Step, world: World): void {
  const [statusLine = '', ...lines] = answer.head.split('\r\n');
  const body = Buffer.from(answer.body, 'latin1').toString('utf8');
  const line = Buffer.from(statusLine, 'latin1').toString('utf8');
  const wanted = `HTTP/1.1 ${fill(step.status, world)}`;
  const isBeginning = wanted.endsWith('…');
  expect(isBeginning ? `${line.slice(0, wanted.length - 1)}…` : line, body).toBe(wanted);
  const named = new Map(
    lines.map((each) => [each.split(':')[0]?.toLowerCase(), each.slice(each.indexOf(':') + 2)]),
  );
  const isNew = /^\w+ \/(v4|v3\.1|v1)\//i.test(step.send);
  const usual = isNew ? 'application/json; charset=UTF-8' : 'application/json';
  expect(named.get('content-type')).toBe(step.type ?? usual);
  expect(named.has('content-encoding')).toBe(false);
  const wantsClose = step.headers?.includes('Connection: close') ?? false;
  expect(named.get('connection')).toBe(wantsClose ? 'close' : undefined);
  for (const text of step.has ?? []) expect(body).toContain(fill(text, world));
  for (const text of step.lacks ?? []) expect(body).not.toContain(fill(text, world));
  if (step.is !== undefined) expect(body).toBe(fill(step.is, world));
}

function fill(text: string, world: World): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => world[name] ?? whole);
}
