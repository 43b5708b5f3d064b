import { NotBuiltError } from '../../lib/errors.ts';
import type { MailjetRoute } from './route.ts';

const lacking = (path: string, operation: string, dialect: 'old' | 'new'): MailjetRoute => ({
  method: 'POST',
  path,
  operation,
  dialect,
  evidence: undefined,
  handler() {
    throw new NotBuiltError(dialect === 'old' ? 'sending mail' : `POST ${path}`);
  },
});

/** The two ways of sending mail over HTTP. */
export const sendRoutes: readonly MailjetRoute[] = [
  lacking('/v3/send', 'send v3', 'old'),
  lacking('/v3/send/message', 'send v3', 'old'),
  lacking('/v3.1/send', 'send v3.1', 'new'),
];
