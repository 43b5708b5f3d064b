import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bulk, bulk, idOf } from '../support/bulk.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const fill = async (here: Bulk, list: number, members: string[]) => {
  for (const member of members)
    await here.call('POST', `/v3/REST/contactslist/${list}/managecontact`, {
      body: {
        Email: member.replace('!', ''),
        Action: member.startsWith('!') ? 'unsub' : 'addforce',
      },
    });
};

// documented are the names of the actions; what each does with whom is assumed
it.each([
  [
    'addforce',
    ['new@x.org', '!gone@x.org'],
    ['left@x.org', 'here@x.org', 'new@x.org', 'gone@x.org'],
  ],
  ['addnoforce', ['new@x.org'], ['!left@x.org', 'here@x.org', 'new@x.org']],
  ['unsub', ['new@x.org'], ['!left@x.org', '!here@x.org', '!new@x.org']],
  ['duplicate-override', ['!gone@x.org'], ['left@x.org', '!here@x.org', '!gone@x.org']],
  ['duplicate-no-override', ['!gone@x.org'], ['!left@x.org', 'here@x.org', '!gone@x.org']],
])('%s of a list into another', async (Action, more, expected) => {
  const here = bulk(mock, `importlist-${Action}`);
  const [source, target] = [await here.list('Source'), await here.list('Target')];
  await fill(here, target, ['!left@x.org', 'here@x.org']);
  const left = Action.startsWith('duplicate') ? '!here@x.org' : 'here@x.org';
  await fill(here, source, ['left@x.org', left, ...more]);

  const path = `/v3/REST/contactslist/${target}/importlist`;
  const answer = await here.call('POST', path, { body: { Action, ListID: String(source) } });
  expect(answer.status).toBe(201);
  const JobID = idOf(answer, 'JobID');
  expect(await here.get(`contactslist/${target}/importlist/${JobID}`)).toEqual({
    Action,
    Count: 2 + more.length,
    Error: '',
    ErrorFile: '',
    JobEnd: expect.stringMatching(/Z$/),
    JobID,
    JobStart: expect.stringMatching(/Z$/),
    ListID: source,
    Status: 'Completed',
  });
  expect(await here.members(target)).toEqual(expected);
  expect(await here.members(source)).toEqual(['left@x.org', left, ...more]);
});

it.each([
  ['an unknown action', { Action: 'join' }, 400],
  ['no such source', { ListID: 4 }, 400],
])('%s is refused', async (_name, change, status) => {
  const here = bulk(mock, 'importlist-refused');
  const list = idOf(await here.call('GET', '/v3/REST/contactslist'));
  const body = { Action: 'addforce', ListID: list, ...change };
  const answer = await here.call('POST', `/v3/REST/contactslist/${list}/importlist`, { body });
  expect(answer.status).toBe(status);
});
