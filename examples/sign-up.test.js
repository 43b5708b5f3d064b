// npm install --save-dev vitest mockjet, then: npx vitest run
import { createServer } from 'node:http';
import { test } from 'mockjet/vitest';
import Mailjet from 'node-mailjet';
import { afterAll, beforeAll, expect } from 'vitest';

test('who signs up is welcome once the link was followed', async ({ account }) => {
  await fetch(`${shop}/sign-up?email=ann.lee@example.com`, { method: 'POST' });
  const mail = await account.mails.wait({ to: 'ann.lee@example.com', subject: 'confirm' });
  const page = await fetch(mail.link(/confirm/));
  expect(await page.text()).toBe('Welcome, ann.lee@example.com');
});

// The application: in its own files, and it knows nothing of Mockjet.
const names = new Map();
const application = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, shop);
  if (pathname === '/confirm') {
    response.end(`Welcome, ${names.get(searchParams.get('token'))}`);
    return;
  }
  const token = crypto.randomUUID();
  names.set(token, searchParams.get('email'));
  await mailConfirmation(searchParams.get('email'), `${shop}/confirm?token=${token}`);
  response.end('Look into your mail');
});

async function mailConfirmation(email, link) {
  const { MJ_APIKEY_PUBLIC, MJ_APIKEY_PRIVATE } = process.env;
  const mailjet = Mailjet.apiConnect(MJ_APIKEY_PUBLIC, MJ_APIKEY_PRIVATE);
  await mailjet.post('send', { version: 'v3.1' }).request({
    Messages: [
      {
        From: { Email: 'shop@example.com', Name: 'The shop' },
        To: [{ Email: email }],
        Subject: 'Please confirm your address',
        HTMLPart: `<p>Hello! <a href="${link}">Yes, this is my address</a></p>`,
      },
    ],
  });
}

let shop;
beforeAll(async () => {
  await new Promise((resolve) => application.listen(0, '127.0.0.1', resolve));
  shop = `http://127.0.0.1:${application.address().port}`;
});
afterAll(() => application.close());
