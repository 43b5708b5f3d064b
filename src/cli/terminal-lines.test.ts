import { describe, expect, it } from 'vitest';
import { isColoured, terminalLine } from './terminal-lines.ts';

const line = (record: object, hasColours = false) =>
  terminalLine(
    JSON.stringify({ level: 30, time: 0, pid: 1, hostname: 'h', ...record }),
    hasColours,
  );
/** Without the time, which is that of the machine's own zone. */
const told = (record: object) => line(record).replace(/^\d\d:\d\d:\d\d /, '');
const request = { msg: 'request', method: 'POST', path: '/v3/REST/contact', ms: 8.4 };

describe('a line on a terminal', () => {
  it.each([
    [
      'a request',
      { ...request, status: 201, operation: 'contact create' },
      'POST /v3/REST/contact  201  8 ms  contact create\n',
    ],
    [
      'a refusal',
      { ...request, status: 400, operation: 'contact create', reason: 'Email: required' },
      'POST /v3/REST/contact  400  8 ms  contact create  Email: required\n',
    ],
    [
      'a path that means nothing',
      { ...request, status: 404, operation: '' },
      'POST /v3/REST/contact  404  8 ms\n',
    ],
    [
      'mail that goes nowhere',
      { ...request, status: 200, operation: 'send', dropped: '2, senders not validated' },
      'POST /v3/REST/contact  200  8 ms  send  mail dropped: 2, senders not validated\n',
    ],
    [
      'a caller that writes to the terminal',
      { ...request, path: '/\u001b[2J\r\n', status: 404, operation: '' },
      'POST / [2J   404  8 ms\n',
    ],
    [
      'the start in memory',
      { msg: 'ready', url: 'http://127.0.0.1:6245', data: 'memory' },
      'Mockjet listens on http://127.0.0.1:6245 for any key pair; accounts in memory, gone at the end\n',
    ],
    [
      'the start with a folder, one key and SMTP',
      {
        msg: 'ready',
        url: 'http://127.0.0.1:6245',
        smtpUrl: 'smtp://127.0.0.1:1025',
        data: '/data',
        onlyKey: 'foo',
      },
      'Mockjet listens on http://127.0.0.1:6245 and smtp://127.0.0.1:1025 for the key foo; accounts in /data\n',
    ],
    [
      'a warning',
      { level: 40, msg: 'the oldest mails are dropped', apiKey: 'foo' },
      'warning the oldest mails are dropped (apiKey: foo)\n',
    ],
    [
      'a failure',
      { level: 50, msg: 'unexpected failure', err: { stack: 'Error: no\n    at x' } },
      'error unexpected failure \nError: no\n    at x\n',
    ],
  ])('tells %s', (_what, record, expected) => expect(told(record)).toBe(expected));

  it('says the addresses once', () =>
    expect(line({ msg: 'Server listening at http://127.0.0.1:6245' })).toBe(''));

  it('has colours only where they are wanted', () => {
    const refused = { ...request, status: 401, operation: '' };
    expect(line(refused)).not.toContain('\u001b');
    expect(line(refused, true)).toContain('\u001b[33m401\u001b[39m');
  });
});

it.each([
  [true, {}, true],
  [true, { NO_COLOR: '' }, true],
  [true, { NO_COLOR: '1' }, false],
  [true, { TERM: 'dumb' }, false],
  [false, {}, false],
  [undefined, {}, false],
])('a stream with isTTY %s and %j has colours: %s', (isTTY, environment, expected) =>
  expect(isColoured(isTTY === undefined ? {} : { isTTY }, environment)).toBe(expected),
);
