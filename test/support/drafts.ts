import { composeMime } from '../../src/mail/compose-mime.ts';
import { type Draft, emptyDraft } from '../../src/mail/draft.ts';

/** What a message needs beside its draft. */
export const mimeOptions = {
  trace: {
    apiKeyId: 123456,
    userId: 654321,
    mid: `AVIAAA${'x'.repeat(70)}`,
    smtpGuid: '81a494b6-69ac-406c-8f70-89691cab6c35',
    prefix: '1a2b3c4d',
  },
  at: 1_780_000_000_000,
  boundary: 'b0undary',
};

/** A draft from a sender to a recipient. */
export const draftOf = (more: Partial<Draft> = {}): Draft => ({
  ...emptyDraft('v3.1'),
  from: { email: 'pilot@example.com', name: 'Pilot' },
  to: [{ email: 'ann@example.com', name: 'Ann' }],
  ...more,
});

/** The message of such a draft. */
export const messageOf = (draft: Draft): Promise<Buffer> => composeMime(draft, mimeOptions);
