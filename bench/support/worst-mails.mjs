// The worst mails that one call can send: [method, path, body, type], as worst-calls.mjs has them.
import { filled, list, long } from './worst-bodies.mjs';

const room = 15 * 1024 * 1024 - 2000;
const from = '"From":{"Email":"owner@example.com"}';
const to = '"To":[{"Email":"ann@example.com"}]';
const base64 = long('QUJD', room);

export function worstMails() {
  return [...v31(), ...legacy(), ...looks()];
}

function v31() {
  const one = (parts) => `{"Messages":[{${from},${to},"Subject":"A",${parts}}]}`;
  const bodies = {
    'a long text': one(`"TextPart":"${long('x', room)}"`),
    'a long text of escapes': one(`"TextPart":"${long('\\n', room)}"`),
    'HTML of links': one(`"HTMLPart":"${long('<a href=https://a.example/1>b</a>', room)}"`),
    'HTML of open tags': one(`"HTMLPart":"${long('<b>', room)}"`),
    'HTML of brackets': one(`"HTMLPart":"${long('<', room)}"`),
    'codes in a text': one(`"TextPart":"${long('code: 123456 ', room)}"`),
    'a template of brackets': one(`"TemplateLanguage":true,"TextPart":"${long('{{', room)}"`),
    'a large attachment': one(
      `"TextPart":"a","Attachments":[{"ContentType":"text/plain","Filename":"a","Base64Content":"${base64}"}]`,
    ),
    'an attachment that is none': one(
      `"TextPart":"a","Attachments":[{"ContentType":"text/plain","Filename":"a","Base64Content":"${long('%', room)}"}]`,
    ),
    'a large inlined attachment': one(
      `"HTMLPart":"a","InlinedAttachments":[{"ContentType":"text/plain","Filename":"a","ContentID":"a","Base64Content":"${base64}"}]`,
    ),
    variables: one(`"TextPart":"a","Variables":{"a":${list('{"b":null}', room)}}`),
    'many variables': one(
      `"TextPart":"a","Variables":{${Array.from({ length: 19_000 }, (_, i) => `"v${i}":"x"`).join(',')}}`,
    ),
    'a long header': one(`"TextPart":"a","Headers":{"X-A":"${long('é', room)}"}`),
    'fifty messages': `{"Messages":[${Array(50)
      .fill(`{${from},${to},"Subject":"A","TextPart":"${long('x', room / 50 - 200)}"}`)
      .join(',')}]}`,
    'very many messages': `{"Messages":${list(`{${from},${to}}`, room)}}`,
    'messages that are none': `{"Messages":${list('{}', room)}}`,
    'very many recipients': `{"Messages":[{${from},"TextPart":"a","To":${list('{"Email":"a@b.c"}', room)}}]}`,
    'very many attachments': one(`"TextPart":"a","Attachments":${list('{"Filename":"a"}', room)}`),
    ...filled(['Messages', 'Globals', 'SandboxMode'], room),
  };
  return calls('/v3.1/send', bodies);
}

function legacy() {
  const one = (parts) =>
    `{"FromEmail":"owner@example.com","Recipients":[{"Email":"ann@example.com"}],"Subject":"A",${parts}}`;
  const bodies = {
    'a long text': one(`"Text-part":"${long('x', room)}"`),
    'many addresses': `{"FromEmail":"owner@example.com","To":"${long('a@b.c, ', room)}","Text-part":"a"}`,
    'an address of quotes': `{"FromEmail":"owner@example.com","To":"${long('\\"', room)}","Text-part":"a"}`,
    'very many recipients': `{"FromEmail":"owner@example.com","Recipients":${list('{"Email":"a@b.c"}', room)},"Text-part":"a"}`,
    'a large attachment': one(
      `"Text-part":"a","Attachments":[{"Content-type":"text/plain","Filename":"a","content":"${base64}"}]`,
    ),
    'a long header': one(`"Text-part":"a","Headers":{"X-A":"${long('é', room)}"}`),
    variables: one(`"Text-part":"a","Vars":${list('{"a":null}', room)}`),
    'a hundred messages': `{"Messages":[${Array(100)
      .fill(one(`"Text-part":"${long('x', room / 100 - 200)}"`))
      .join(',')}]}`,
    'very many messages': `{"Messages":${list('{"a":1}', room)}}`,
  };
  const boundary = 'multipart/form-data; boundary=b';
  const part = (name, value) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  return [
    ...calls('/v3/send', bodies),
    ...calls(
      '/v3/send',
      {
        'a long part': `${part('from', 'owner@example.com')}${part('to', 'a@b.c')}${part('text', long('x', room))}--b--`,
        'very many parts': `${part('a', 'b').repeat(200_000)}--b--`,
        'a part of boundaries': `${part('text', long('\r\n--', room))}--b--`,
        'a part without an end': `--b\r\n${long('A: b\r\n', room)}`,
      },
      boundary,
    ),
  ];
}

/** What control makes of the mails that were sent before. */
function looks() {
  return [
    { what: 'a list of mails', method: 'GET', path: '/_mockjet/mails?limit=100' },
    { what: 'a search in mails', method: 'GET', path: '/_mockjet/mails?text=nothing&limit=100' },
    { what: 'calls and their bodies', method: 'GET', path: '/_mockjet/requests' },
    { what: 'a page of messages', method: 'GET', path: '/v3/REST/message?Limit=0' },
    { what: 'a snapshot', method: 'POST', path: '/_mockjet/snapshots', body: '{"name":"mails"}' },
    { what: 'its bytes', method: 'GET', path: '/_mockjet/snapshots/mails' },
  ];
}

const calls = (path, bodies, type) =>
  Object.entries(bodies).map(([what, body]) => ({ what, method: 'POST', path, body, type }));
