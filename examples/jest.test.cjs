// npm install --save-dev jest mockjet node-mailjet, then: npx jest
const Mailjet = require('node-mailjet');
const { startMockjet } = require('mockjet');

// The application: in its own file, and it knows nothing of Mockjet. It makes its client when it needs it.
async function addReader(email) {
  const { MJ_APIKEY_PUBLIC, MJ_APIKEY_PRIVATE } = process.env;
  const mailjet = Mailjet.apiConnect(MJ_APIKEY_PUBLIC, MJ_APIKEY_PRIVATE);
  await mailjet.post('contact').request({ Email: email, Name: 'Ann Lee' });
}

let mockjet;
let account;
beforeAll(async () => {
  mockjet = await startMockjet();
});
beforeEach(async () => {
  account = await mockjet.account();
  // the keys, and Mockjet as proxy: node-mailjet comes to it as it is
  Object.assign(process.env, account.env);
});
afterAll(() => mockjet.close());

test('adds a reader', async () => {
  await account.snapshot('before');
  await addReader('ann.lee@example.com');
  expect(await account.contacts.get('ann.lee@example.com')).toMatchObject({ name: 'Ann Lee' });
  await account.restore('before');
  expect(await account.contacts.get('ann.lee@example.com')).toBeUndefined();
});
