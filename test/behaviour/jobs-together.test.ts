import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bulk, bulk, idOf } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { stepping } from '../support/stepping.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ pace: 'timed', stateMs: 1 });
});
afterAll(() => mock.close());

const people = (name: string, count: number) =>
  `email,age\n${Array.from({ length: count }, (_, n) => `${name}${n}@example.com,${n}\n`).join('')}`;

it('two big imports of one account go on side by side, and requests are answered meanwhile', async () => {
  const stepped = await startMock();
  const here = bulk(stepped, 'side by side');
  const jobs = stepping(stepped, here.account, 20);
  const [news, offers] = [await here.list('News'), await here.list('Offers')];
  const imports = [
    await here.import(people('ann', 5000), { list: news }),
    await here.import(people('bob', 5000), { list: offers }),
  ];
  const seen: unknown[][] = [];
  while (imports.map((job) => jobs.slice(job)).includes(true)) {
    const rows = await Promise.all(imports.map((job) => here.get(`csvimport/${job}`)));
    seen.push(rows.map(({ Current }) => Current));
  }
  expect(seen).toContainEqual([1000, 1000]);
  for (const list of [news, offers])
    expect(await here.get(`contactslist/${list}`)).toMatchObject({ SubscriberCount: 5000 });
  await stepped.close();
});

it('forty accounts with a job each do not see each other', async () => {
  const all = Array.from({ length: 40 }, (_, n) => bulk(mock, `tenant-${n}`));
  const results = await Promise.all(
    all.map(async (here, n) => {
      const list = await here.list('News');
      const job = await here.import(people(`tenant${n}-`, 50 + n), { list });
      const { Status, Count } = await here.ended(`csvimport/${job}`);
      return [Status, Count, await here.members(list)] as const;
    }),
  );
  for (const [n, [status, count, members]] of results.entries()) {
    expect([status, count]).toEqual(['Completed', 50 + n]);
    expect(members.every((member) => member.startsWith(`tenant${n}-`))).toBe(true);
    expect(members).toHaveLength(50 + n);
  }
});

// assumed: the job fails with the text that managecontactslists has for such a list
const starts: Record<string, (here: Bulk, list: number) => Promise<number>> = {
  csvimport: (here, list) => here.import(people('ann', 5), { list }),
  managemanycontacts: async (here, ListID) => {
    const body = {
      ContactsLists: [{ ListID, Action: 'addforce' }],
      Contacts: [{ Email: 'ann@example.com' }],
    };
    const path = '/v3/REST/contact/managemanycontacts';
    return idOf(await here.call('POST', path, { body }), 'JobID');
  },
  importlist: async (here, list) => {
    const body = { Action: 'addforce', ListID: await here.list('Source') };
    const path = `/v3/REST/contactslist/${list}/importlist`;
    return idOf(await here.call('POST', path, { body }), 'JobID');
  },
};
it.each(Object.keys(starts))('a list deleted during its %s fails the job', async (kind) => {
  const here = bulk(mock, `deleted during ${kind}`);
  here.pace('held');
  const list = await here.list('News');
  const job = await starts[kind]?.(here, list);
  await here.step(job ?? 0);
  await here.call('DELETE', `/v3/REST/contactslist/${list}`);
  for (let n = 0; n < 5; n += 1) await here.step(job ?? 0);
  expect(await here.get(`batchjob/${job}`)).toMatchObject({ Status: 'Error' });
  expect(await here.members(list)).toEqual([]);
});

it('a list deleted in the middle of a big import fails it, and what it stored stays', async () => {
  const stepped = await startMock();
  const here = bulk(stepped, 'deleted in the middle');
  const jobs = stepping(stepped, here.account, 20);
  const list = await here.list('News');
  const job = await here.import(people('ann', 5000), { list });
  jobs.untilChange(job, () => here.account.sql('SELECT Current FROM job').get());
  await here.call('DELETE', `/v3/REST/contactslist/${list}`);
  jobs.finish(job);
  expect(await here.get(`csvimport/${job}`)).toMatchObject({ Status: 'Error', Current: 1000 });
  expect((await here.get(`contactslist/${list}`)).SubscriberCount).toBe(1000);
  await stepped.close();
});
