import { MailjetError, methodNotAllowed, unknownModule } from '../../lib/errors.ts';
import type { Dialect } from '../exchange.ts';
import { doesNotExist } from '../new-back-end.ts';
import { segmentsOf } from '../path.ts';
import { nginxNotFound, type WireAnswer } from '../wire-answer.ts';
import { refuseData } from './data.ts';
import { gapOf, isSms } from './refuse.ts';
import type { MailjetCall } from './route.ts';

/** What takes the paths below a prefix that no route has, in any method. */
export interface Fallback {
  prefix: string;
  dialect: Dialect;
  /** As in `MailjetRoute`. */
  streams?: true;
  /** @throws MailjetError */
  handler: (call: MailjetCall) => WireAnswer;
}

/** What Mailjet has, or may have. */
function refuseNew({ request }: MailjetCall): never {
  throw gapOf(request.method, segmentsOf(request).segments);
}

export const fallbacks: readonly Fallback[] = [
  {
    prefix: '/v3/DATA',
    dialect: 'old',
    streams: true,
    handler({ request }) {
      throw refuseData(request.method, segmentsOf(request).segments.slice(2));
    },
  },
  {
    prefix: '/v3',
    dialect: 'old',
    handler({ request }) {
      const [, module = ''] = segmentsOf(request).segments;
      // assumed: sending is known, in another method
      if (module.toLowerCase() === 'send') throw methodNotAllowed();
      throw unknownModule(module); // recorded
    },
  },
  // recorded: the page of nginx
  { prefix: '/v3.1/REST', dialect: 'new', handler: () => nginxNotFound },
  { prefix: '/v3.1', dialect: 'new', handler: refuseNew },
  { prefix: '/v1', dialect: 'new', handler: refuseNew },
  {
    prefix: '/v4',
    dialect: 'new',
    handler(call) {
      const { segments } = segmentsOf(call.request);
      const [, name = '', ...rest] = segments;
      if (isSms(segments)) return refuseNew(call);
      // assumed
      if (name.toLowerCase() === 'contacts' && rest.length === 1)
        throw new MailjetError(405, 'Method Not Allowed');
      // reported: /v4/contact and /v4/REST/contact
      throw new MailjetError(404, doesNotExist);
    },
  },
];
