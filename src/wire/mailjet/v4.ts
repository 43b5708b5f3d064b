import { anonymizeContact } from '../../contacts/anonymize.ts';
import { MailjetError } from '../../lib/errors.ts';
import { readLookupId } from '../../lib/int64.ts';
import { identifierOf } from '../exchange.ts';
import { newAnswer } from '../new-back-end.ts';
import type { MailjetRoute } from './route.ts';

/** `/v4`: contacts are deleted there for good. */
export const v4Routes: readonly MailjetRoute[] = [
  {
    method: 'DELETE',
    path: '/v4/contacts/:id',
    operation: 'contacts delete',
    dialect: 'new',
    evidence: 'recorded',
    handler({ account, params: { id = '' }, request }) {
      const contact = readLookupId(id);
      if (contact === undefined) throw new MailjetError(400, 'Invalid contact ID'); // assumed
      anonymizeContact(account, contact);
      return newAnswer(200, '', identifierOf(request)); // recorded, for an ID that is not there too
    },
  },
];
