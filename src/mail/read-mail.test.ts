import { expect, it } from 'vitest';
import { createRegistry } from '../accounts/registry.ts';
import { accept } from './accept.ts';
import { emptyDraft } from './draft.ts';
import { readAttachment, readMail } from './read-mail.ts';

it('a mail is read as it was taken', () => {
  const registry = createRegistry();
  const account = registry.create({ apiKey: 'ann', secretKey: 'secret' });
  account.clock.freeze(1_767_323_045_000);
  const draft = {
    ...emptyDraft('v3.1' as const),
    from: { email: 'owner@example.com', name: 'Shop' },
    to: [{ email: 'ann@example.com', name: 'Ann' }],
    bcc: [{ email: 'bob@example.com', name: '' }],
    subject: 'Your order',
    html: '<p>Thanks</p>',
    customId: 'order-7',
    headers: [{ name: 'X-Shop', value: 'yes' }],
    variables: { total: 2n ** 60n },
    attachments: [
      {
        filename: 'bill.txt',
        contentType: 'text/plain',
        content: Buffer.from('7 €'),
        contentId: '',
        isInline: false,
      },
    ],
    warnings: [{ code: 'no-text-part', message: 'There is no text part' }],
  };
  const [taken] = account.write(() =>
    accept(account, [draft], {
      requestGuid: 'guid-1',
      isStrict: false,
      numbersSandbox: false,
      render: (_account, draft) => draft,
      stepMs: 5,
    }),
  );
  const { mailId = 0n, recipients = [] } = taken ?? {};
  expect(recipients.map(({ kind }) => kind)).toEqual(['to', 'bcc']);
  const mail = readMail(account, mailId);
  expect(mail).toMatchObject({
    id: mailId,
    at: 1_767_323_045_000,
    requestGuid: 'guid-1',
    from: draft.from,
    subject: draft.subject,
    html: draft.html,
    customId: draft.customId,
    headers: draft.headers,
    variables: draft.variables,
    warnings: draft.warnings,
    attachments: [{ number: 0, filename: 'bill.txt', contentType: 'text/plain', size: 5 }],
  });
  expect(mail?.recipients).toEqual(
    recipients.map((recipient, index) => ({
      ...recipient,
      name: index === 0 ? 'Ann' : '',
      status: 'queued',
      history: [],
    })),
  );
  expect(readAttachment(account, mailId, 0)?.toString()).toBe('7 €');
  expect(readMail(account, mailId + 1n)).toBeUndefined();
  registry.close();
});
