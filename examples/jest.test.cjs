// npm install --save-dev jest mockjet, then: npx jest
const { startMockjet } = require('mockjet');

let mockjet;
let account;
beforeAll(async () => {
  mockjet = await startMockjet();
});
beforeEach(async () => {
  account = await mockjet.account({ seed: { contacts: [{ email: 'ann.lee@example.com' }] } });
});
afterAll(() => mockjet.close());

async function nameOf(email) {
  const authorization = `Basic ${btoa(`${account.apiKey}:${account.secretKey}`)}`;
  const url = `${account.url}/v3/REST/contact/${email}`;
  const answer = await fetch(url, { headers: { authorization } });
  return (await answer.json()).Data[0].Name;
}

test('a snapshot is restored', async () => {
  await account.snapshot('nameless');
  await account.seed({ contacts: [{ email: 'ann.lee@example.com', name: 'Ann Lee' }] });
  expect(await nameOf('ann.lee@example.com')).toBe('Ann Lee');
  await account.restore('nameless');
  expect(await nameOf('ann.lee@example.com')).toBe('');
});
