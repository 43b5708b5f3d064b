import { sameText } from '../lib/same-text.ts';
import type { Account, Keys, MadeBy } from './account.ts';

const makers: Record<MadeBy, string> = {
  configured: 'by the settings',
  control: 'by the control API',
  apikey: 'by POST apikey of another account',
  '': 'by its first use',
};

/**
 * Who gets in: the right secret, and with a pair configured only that pair and accounts that the control API or POST apikey made,
 * however old the account is.
 * @returns why not, a sentence without a secret; undefined lets in
 */
export function refusal(
  account: Account,
  secretKey: string,
  configured: Keys | undefined,
): string | undefined {
  const { apiKey, madeBy, sub } = account;
  // a snapshot in the place of an account's file has no secret, and takes that of its first use
  if (account.secretKey !== '' && !sameText(account.secretKey, secretKey))
    return `The key has another secret: its account was made ${makers[madeBy]}, and is known since ${account.since}`;
  if (sub?.isActive === false) return 'The key is not active: PUT apikey has switched it off';
  if (configured === undefined || apiKey === configured.apiKey || /control|apikey/.test(madeBy))
    return undefined;
  return `A pair is configured, so only that and accounts made by the control API or POST apikey get in; this one was made ${makers[madeBy]}`;
}
