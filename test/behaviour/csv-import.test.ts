import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bulk, bulk } from '../support/bulk.ts';
import { files } from '../support/csv-files.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

let accounts = 0;
const account = (): Bulk => {
  accounts += 1;
  return bulk(mock, `csv-import-${accounts}`);
};

it.each(files)(
  '$name',
  async ({ csv, encoding, wish, before, status, counts, errors, contacts }) => {
    const here = account();
    const list = await here.list('Newsletter');
    for (const [name, datatype] of Object.entries(before?.properties ?? {}))
      await here.property(name, datatype);
    for (const body of before?.contacts ?? [])
      await here.call('POST', `/v3/REST/contactslist/${list}/managecontact`, {
        body: { Action: 'addnoforce', ...body },
      });

    const job = await here.import(Buffer.from(csv, encoding), { list, ...wish });

    const row = await here.get(`csvimport/${job}`);
    const [Count, Current, Errcount] = counts;
    expect(row).toMatchObject({ Status: status ?? 'Completed', Count, Current, Errcount });
    expect(await here.errorFile(job, encoding)).toBe(errors);
    const found: Record<string, unknown> = {};
    for (const member of await here.members(list))
      found[member] = await here.values(member.replace('!', ''));
    expect(found).toEqual(contacts);
  },
);

it('copies exactly the hundred bad lines of a hundred thousand', async () => {
  const here = account();
  const list = await here.list('Customers');
  const lines = Array.from({ length: 100_000 }, (_, n) =>
    n % 1000 === 500 ? `"person${n}@example.com"` : `"person${n}@example.com",${n % 90}`,
  );
  const job = await here.import(`"email","age"\n${lines.join('\n')}\n`, { list });

  expect(await here.get(`csvimport/${job}`)).toMatchObject({
    Status: 'Completed',
    Count: 100_000,
    Current: 100_000,
    Errcount: 100,
  });
  const bad = lines.filter((line) => !line.includes(','));
  expect(bad).toHaveLength(100);
  expect(await here.errorFile(job)).toBe(
    `email,age,error\n${bad.map((line) => `${line}, ###Too few columns at line\n`).join('')}`,
  );
  expect(await here.get(`contactslist/${list}`)).toMatchObject({ SubscriberCount: 99_900 });
});
