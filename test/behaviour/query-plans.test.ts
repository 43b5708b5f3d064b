import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/accounts/account.ts';
import { type FreshAccount, freshAccount, rowOf } from '../support/fresh-account.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
let account: FreshAccount;
let own: Account;
let names: Record<string, string>;

/** A list with Ada in it, and a job. */
beforeAll(async () => {
  mock = await startMock();
  account = freshAccount(mock);
  const list = rowOf(await account.post('contactslist', { Name: 'Readers' })).ID;
  const address = rowOf(await account.get(`contactslist/${list}`)).Address;
  const member = await account.post(`contactslist/${list}/managecontact`, {
    Email: 'ada@example.com',
    Action: 'addnoforce',
  });
  const contact = rowOf(member).ContactID;
  const batch = await account.post('contact/managemanycontacts', {
    Contacts: [{ Email: 'grace@example.com' }],
  });
  names = { list, address, contact, job: rowOf(batch).JobID } as unknown as typeof names; // numbers and texts
  const found = mock.registry
    .accounts()
    .find(({ apiKey }) => account.user.startsWith(`${apiKey}:`));
  if (found === undefined) throw new Error('the account is not there');
  own = found;
});
afterAll(() => mock.close());

/** The plan of each SELECT that a request really runs. */
async function plansOf(path: string): Promise<string[]> {
  const texts = new Set<string>();
  const { sql, raw } = own;
  const note = (text: string) => {
    if (/^\s*SELECT/i.test(text)) texts.add(text);
  };
  own.sql = (text) => {
    note(text);
    return sql(text);
  };
  own.raw = (text) => {
    note(text);
    return raw(text);
  };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => String(names[name]));
  const answer = await account.get(filled).finally(() => {
    Object.assign(own, { sql, raw });
  });
  expect(answer.status, answer.body).toBe(200);
  // an account has few properties
  const ofRows = [...texts].filter((text) => !/FROM contactmetadata WHERE/.test(text));
  return ofRows.map((text) => {
    const nothing = Array.from(text.matchAll(/\?/g), () => null);
    const steps = own.db.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...nothing) as {
      detail: string;
    }[]; // as SQLite documents them
    return steps.map(({ detail }) => detail).join('\n');
  });
}

/** Steps that read a table from end to end; that of the account has one row. */
const scansOf = (plan: string) =>
  plan.split('\n').filter((step) => step.startsWith('SCAN') && step !== 'SCAN account');

describe('A lookup or filter goes through an index and sorts nothing', () => {
  it.each([
    ['contact/{contact}', 'contact USING INTEGER PRIMARY KEY'],
    ['contact/ada@example.com', 'contact USING INDEX sqlite_autoindex_contact_1 (Email=?)'],
    ['contactdata/{contact}', 'contact USING INTEGER PRIMARY KEY'],
    ['contactdata/ada@example.com', 'contact USING INDEX sqlite_autoindex_contact_1 (Email=?)'],
    ['contactslist/{list}', 'contactslist USING INTEGER PRIMARY KEY'],
    ['contactslist/{address}', 'contactslist USING INDEX sqlite_autoindex_contactslist_1'],
    ['contactslist?Address={address}', 'contactslist USING INDEX sqlite_autoindex_contactslist_1'],
    ['contactslist?Name=Readers', 'contactslist USING INDEX contactslist_name'],
    ['contact?Email=ada@example.com', 'contact USING INDEX sqlite_autoindex_contact_1 (Email=?)'],
    ['contact?ContactsList={list}', 'USING COVERING INDEX listrecipient_contacts (ListID=?)'],
    ['contact?ContactsList={list}&Offset=9990', 'INDEX listrecipient_contacts (ListID=?)'],
    ['contact?ContactsList={list}&Sort=ID+DESC', 'INDEX listrecipient_contacts (ListID=?)'],
    ['contact?ContactsList={list}&countrecords=1', 'INDEX listrecipient_contacts (ListID=?)'],
    ['contactdata?ContactsList={list}', 'INDEX listrecipient_contacts (ListID=?)'],
    ['listrecipient?ContactsList={list}', 'INDEX listrecipient_list (ListID=?)'],
    ['contact/{contact}/getcontactslists', 'INDEX sqlite_autoindex_listrecipient_1 (ContactID=?)'],
    ['batchjob/{job}', 'job USING INTEGER PRIMARY KEY'],
    ['contact/managemanycontacts/{job}', 'job USING INTEGER PRIMARY KEY'],
  ])('%s', async (path, index) => {
    const plans = await plansOf(path);
    expect(plans.join('\n')).toContain(index);
    for (const plan of plans) {
      expect(plan).not.toContain('TEMP B-TREE');
      expect(scansOf(plan)).toEqual([]);
    }
  });

  it('the subscriptions of one contact are found by index, and as few as they are, sorted', async () => {
    const plans = await plansOf('listrecipient?Contact={contact}');
    expect(plans.join('\n')).toContain('sqlite_autoindex_listrecipient_1 (ContactID=?)');
    expect(plans.flatMap(scansOf)).toEqual([]);
  });
});

describe('A page of a collection is read in its order', () => {
  it.each([
    ['contact', 'SCAN contact'],
    ['contact?Offset=9990', 'SCAN contact'],
    ['contact?Sort=ID+DESC', 'SCAN contact'],
    ['contact?Sort=Email', 'SCAN contact USING INDEX sqlite_autoindex_contact_1'],
    ['contactdata', 'SCAN contact'],
    ['contactslist', 'SCAN contactslist'],
    ['contactmetadata', 'SCAN contactmetadata'],
    ['listrecipient', 'SCAN r'],
    ['csvimport', 'SCAN job'],
    ['batchjob', 'SCAN job'],
  ])('%s', async (path, first) => {
    const plans = await plansOf(path);
    expect(plans.map((plan) => plan.split('\n')[0])).toContain(first);
    for (const plan of plans) expect(plan).not.toContain('TEMP B-TREE');
  });
});

it('no LIMIT is a bare parameter: SQLite would prepare its statement anew each time it is bound', () => {
  const source = join(import.meta.dirname, '../../src');
  const bare = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) =>
      /\b(LIMIT|OFFSET) \?(?! \+ 0)/.test(readFileSync(join(source, file), 'utf8')),
    );
  expect(bare).toEqual([]);
});
