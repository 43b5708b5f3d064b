import * as z from 'zod';
import type { Account } from '../../accounts/account.ts';
import { ControlError } from '../../control/control-error.ts';
import { findMails } from '../../mail/find-mails.ts';
import { inboxTurn } from '../../mail/inbox-turn.ts';
import { type Condition, conditionsOf } from '../../mail/mail-conditions.ts';
import { nearMisses } from '../../mail/near-misses.ts';
import { readMail } from '../../mail/read-mail.ts';
import { removeMails } from '../../mail/remove-mails.ts';
import { integer } from './integer.ts';
import { mailConditions, mailsParameters } from './mail-query.ts';
import type { ControlRoute } from './route.ts';
import { mailOf, showMail, shownMail } from './shown-mail.ts';
import { accountRoute } from './typed-route.ts';

/** Characters of text and HTML in one list: more would make an answer that no client wants. */
const mostCharacters = 32_000_000;

/** Mails as control shows them; others get their turn between them, since links and codes of large ones take time. */
async function showMails(account: Account, ids: readonly bigint[]) {
  const { epoch } = account;
  const mails = [];
  let characters = 0;
  for (const id of ids) {
    if (!account.isOpen || account.epoch !== epoch) return [];
    const mail = readMail(account, id);
    if (mail === undefined) continue;
    characters += mail.text.length + mail.html.length;
    if (characters > mostCharacters && mails.length > 0) break;
    mails.push(showMail(mail));
    await inboxTurn();
  }
  return mails;
}

/** Says what was waited for, and which mails came near. */
async function notEnough(
  account: Account,
  conditions: readonly Condition[],
  count: number,
): Promise<string> {
  const asked = conditions.map(({ name, wanted }) => `${name} ${JSON.stringify(wanted)}`);
  const { total } = await findMails(account, conditions, { limit: 0 });
  const near = await nearMisses(account, conditions);
  const wanted = `${count} ${count === 1 ? 'mail' : 'mails'} with ${asked.join(', ') || 'no condition'}`;
  const others =
    near.length > 0
      ? `The nearest others: ${near.join('; ')}`
      : total === 0
        ? 'There was no mail at all'
        : 'There was no other mail';
  return `Waited for ${wanted}, and there ${total === 1 ? 'was 1' : `were ${total}`}. ${others}`;
}

const droppedOf = (account: Account) =>
  (account.sql('SELECT droppedMails FROM account').get() as { droppedMails: bigint }).droppedMails; // always one row

export const mailRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'GET',
    path: '/mails',
    description:
      'Lists the mails that were sent, newest first, 100 unless `limit` says otherwise; each condition given must hold. With `wait` it answers once there are `count`, or 408 with what came near.',
    example: `-G -d 'to=*@example.com' -d subject=flight -d wait=2s`,
    query: mailsParameters,
    answer: z.strictObject({
      mails: z.array(shownMail),
      total: z.number().int(),
      dropped: integer,
    }),
    async handler(account, { server, query: { limit, count, wait, ...wanted } }) {
      const conditions = conditionsOf(wanted);
      if (wait !== undefined) {
        const { mailWaits } = server.control(account);
        if (!(await mailWaits.wait(conditions, count, wait)))
          throw new ControlError(408, await notEnough(account, conditions, count));
      }
      const { ids, total } = await findMails(account, conditions, { limit });
      const mails = await showMails(account, ids);
      return { mails, total, dropped: account.isOpen ? droppedOf(account) : 0 };
    },
  }),
  accountRoute({
    method: 'DELETE',
    path: '/mails',
    description:
      'Removes the mails for which each condition given holds, all without any, and tells how many; their messages stay.',
    example: `-G -d 'to=*@example.com'`,
    query: mailConditions,
    answer: z.strictObject({ deleted: z.number().int() }),
    async handler(account, { query }) {
      const limit = Number.MAX_SAFE_INTEGER;
      const { ids } = await findMails(account, conditionsOf(query), { limit });
      return { deleted: await removeMails(account, ids) };
    },
  }),
  accountRoute({
    method: 'GET',
    path: '/mails/:id',
    description: 'Shows a mail.',
    example: '',
    answer: shownMail,
    handler: (account, { params }) => showMail(mailOf(account, params)),
  }),
];
