import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bulk, bulk, idOf } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const failed = async (here: Bulk, job: number) => {
  expect(await here.get(`csvimport/${job}`)).toMatchObject({ Status: 'Error', Errcount: 0 });
  return here.errorFile(job);
};

describe('An import that fails as a whole says why in its error file', () => {
  it.each([
    [
      'no email column',
      'firstname,lastname\nA,B\n',
      'firstname,lastname',
      'Email column not found',
    ],
    [
      'too many columns',
      `email,${Array.from({ length: 259 }, (_, n) => `c${n}`)}\nann@example.com${',1'.repeat(259)}\n`,
      `email,${Array.from({ length: 259 }, (_, n) => `c${n}`)}`,
      'Number of contact properties exceeds the limit of 200',
    ],
  ])('%s (help centre)', async (name, csv, header, reason) => {
    const here = bulk(mock, name);
    const job = await here.import(csv, { list: await here.list('Newsletter') });
    expect(await failed(here, job)).toBe(`${header},error\n, ###${reason}\n`);
  });

  it('its list was deleted before the file was looked at', async () => {
    const here = bulk(mock, 'deleted list');
    const list = await here.list('Newsletter');
    here.pace('held');
    const job = await here.import('email\nann@example.com\n', { list });
    await here.call('DELETE', `/v3/REST/contactslist/${list}`);
    here.pace('instant');
    await here.step(job);
    await here.ended(`csvimport/${job}`);
    expect(await failed(here, job)).toBe(`,error\n, ###List ID ${list} is invalid or deleted\n`);
  });

  it('a test ended it with a text', async () => {
    const here = bulk(mock, 'ended with a text');
    here.pace('held');
    const job = await here.import('email\nann\n', { list: await here.list('Newsletter') });
    mock.scheduler.end(here.account, BigInt(job), { end: 'Error', error: 'Out of patience' });
    expect(await failed(here, job)).toBe(',error\n, ###Out of patience\n');
  });
});

describe('An import that was not told why, or was cancelled, has no error file', () => {
  it.each([{ end: 'Error' }, { end: 'Abort' }] as const)('%j', async (ending) => {
    const here = bulk(mock, `ended by ${ending.end}`);
    here.pace('held');
    const job = await here.import('email\nann@example.com\n', { list: await here.list('Team') });
    mock.scheduler.end(here.account, BigInt(job), ending);
    expect(await here.get(`csvimport/${job}`)).toMatchObject({ Status: ending.end });
    expect(await here.errorFile(job)).toBe('');
  });
});

it('a managemanycontacts that fails as a whole says why in its Error', async () => {
  const here = bulk(mock, 'failed managemanycontacts');
  const list = await here.list('Newsletter');
  here.pace('held');
  const path = `contactslist/${list}/managemanycontacts`;
  const body = { Action: 'addforce', Contacts: [{ Email: 'ann@example.com' }] };
  const job = idOf(await here.call('POST', `/v3/REST/${path}`, { body }), 'JobID');
  await here.call('DELETE', `/v3/REST/contactslist/${list}`);
  here.pace('instant');
  await here.step(job);
  expect(await here.ended(`${path}/${job}`)).toMatchObject({
    Status: 'Error',
    Error: `List ID ${list} is invalid or deleted`,
  });
});
