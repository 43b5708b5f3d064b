import type { Mock } from '../../support/mock.ts';

/** What the account of a row holds, by the names that stand for it in the row. */
export type World = Record<string, string>;

/**
 * Fills a fresh account: the contact Ann+x@Example.com, a list with its address, an upload, the job of a CSV
 * import with one bad line, and two bulk jobs, of which {batch} has a rejected contact.
 */
export async function makeWorld(mock: Mock, user: string): Promise<World> {
  const post = async (path: string, body: unknown, headers = {}) => {
    const answer = await mock.call('POST', `/v3/${path}`, { user, body, headers });
    if (answer.status > 201) throw new Error(`${path}: ${answer.body}`);
    return answer.body;
  };
  const idOf = (body: string) => /"(?:Job)?ID" : (\d+)/.exec(body)?.[1] ?? '';

  const made = await post('REST/contactslist', { Name: 'Newsletter' });
  const list = idOf(made);
  const contact = idOf(await post('REST/contact', { Email: 'Ann+x@Example.com', Name: 'Ann Lee' }));
  const upload = await post(
    `DATA/contactslist/${list}/csvdata/text:plain`,
    'email,name\nbob@example.com,Bob\nno address,Nobody\n',
    { 'Content-Type': 'text/plain' },
  );
  const data = idOf(upload);
  const job = idOf(
    await post('REST/csvimport', { ContactsListID: list, DataID: data, Method: 'addnoforce' }),
  );
  const batch = idOf(
    await post('REST/contact/managemanycontacts', {
      Contacts: [
        { Email: 'ivy@example.com' },
        { Email: 'cem@example.com', Properties: { unheard: 'of' } },
      ],
    }),
  );
  const listBatch = idOf(
    await post(`REST/contactslist/${list}/managemanycontacts`, {
      Action: 'addnoforce',
      Contacts: [{ Email: 'eve@example.com' }],
    }),
  );
  const address = /"Address" : "(\w+)"/.exec(made)?.[1] ?? '';
  return { list, contact, data, job, batch, listBatch, address };
}
