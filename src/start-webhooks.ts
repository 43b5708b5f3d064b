import type { FastifyBaseLogger } from 'fastify';
import type { Account } from './accounts/account.ts';
import type { Config } from './config.ts';
import { applySeed } from './control/seed.ts';
import type { SeedDocument } from './control/seed-document.ts';
import { addWebhooks } from './control/seed-webhooks.ts';
import { eventNames } from './mail/make-events.ts';
import { createPoster, type Poster } from './webhooks/post.ts';
import { createWebhookSender, type WebhookSender } from './webhooks/webhook-kind.ts';

/** What posts events, as the settings have it. */
export function startWebhooks(
  { webhookTimeout: timeout, webhooksAnywhere: anywhere, webhookCa: caFile }: Config,
  log: FastifyBaseLogger,
): { sender: WebhookSender; poster: Poster } {
  const poster = createPoster({ timeout, caFile });
  const sender = createWebhookSender({
    ...{ poster, timeout, anywhere },
    onSuspended: ({ apiKey }, url) =>
      log.warn({ apiKey, url }, 'a URL took no events for a day: its status is dead from now on'),
  });
  return { sender, poster };
}

/** What every fresh account gets: the URL of the settings, then what the seed says. */
export function fillOf(
  { webhook: url, webhookVersion }: Config,
  seed: SeedDocument | undefined,
): ((account: Account) => void) | undefined {
  if (url === undefined && seed === undefined) return undefined;
  const version = webhookVersion === '2' ? 2 : 1;
  return (account) => {
    if (url !== undefined)
      addWebhooks(account, [{ url, events: eventNames, version, isBackup: false }]);
    if (seed !== undefined) applySeed(account, seed);
  };
}
