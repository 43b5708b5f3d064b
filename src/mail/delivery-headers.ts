import type { Header } from './draft.ts';

/**
 * What production knows of a mail when it delivers it; all of it becomes headers.
 * @property apiKeyId, userId numbers of the account
 * @property mid `X-MJ-Mid`: about 76 characters of base64url
 * @property smtpGuid `X-MJ-SMTPGUID`, a UUID
 * @property prefix 8 hexadecimal digits, the beginning of the Message-Id
 * @property campaignId of a campaign's mail alone
 * @property unsubscribe value of the `List-Unsubscribe` that production adds where the sender gave none (recorded);
 *   undefined leaves it out
 */
export interface DeliveryTrace {
  apiKeyId: number | bigint;
  userId: number | bigint;
  mid: string;
  smtpGuid: string;
  prefix: string;
  campaignId?: bigint;
  unsubscribe?: string;
}

/** recorded: eight hexadecimal digits and the beginning of `X-MJ-Mid` */
export function deliveryMessageId({ prefix, mid }: DeliveryTrace): string {
  return `${prefix}.${mid.slice(0, 44)}@mailjet.com`;
}

/**
 * The headers that production adds on delivery (recorded 2022 to 2026 in the archives of mailing lists). Its DKIM
 * signature is left out: nobody could verify one.
 */
export function deliveryHeaders(trace: DeliveryTrace): Header[] {
  const { apiKeyId, userId, mid, smtpGuid, campaignId, unsubscribe } = trace;
  const header = (name: string, value: string) => ({ name, value });
  return [
    ...(unsubscribe === undefined ? [] : [header('List-Unsubscribe', unsubscribe)]),
    header('List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'),
    header('Feedback-Id', `42.${apiKeyId}.${userId}:MJ`),
    ...(campaignId === undefined
      ? []
      : [header('Precedence', 'bulk'), header('X-CampaignID', String(campaignId))]),
    header('X-CSA-Complaints', 'csa-complaints@eco.de'),
    header('X-MJ-Mid', mid),
    header('X-MJ-SMTPGUID', smtpGuid),
    header(
      'X-REPORT-ABUSE-TO',
      'Message sent by Mailjet please report to abuse@mailjet.com with a copy of the message',
    ),
  ];
}

/** recorded */
export function returnPath({ apiKeyId, prefix }: DeliveryTrace): string {
  return `<${prefix}@a${apiKeyId}.bnc3.mailjet.com>`;
}
