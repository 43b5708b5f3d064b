import { createServer } from 'node:http';
import type { WebhookEvent, WebhookEventName } from './webhooks.ts';

/** How events are received in this process. */
export interface ReceiverOptions {
  /** All without. */
  events?: WebhookEventName[];
  /** 1, an event a post, without; 2 for groups. */
  version?: 1 | 2;
  /** Address to listen on; 127.0.0.1 without. A Mockjet in a container needs another, and `name`. */
  host?: string;
  /** By what name Mockjet reaches it, e.g. `host.docker.internal`; `host` without. */
  name?: string;
}

/** A server that receives an account's events. */
export interface WebhookReceiver {
  readonly url: string;
  /** All that came, in its order, whether in groups or alone. */
  readonly events: WebhookEvent[];
  /** Ends it; what is posted from then on fails. `await using` works too. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The events of a body: one, or those of a group. */
export function parseEvents(body: string): WebhookEvent[] {
  const parsed = JSON.parse(body) as WebhookEvent | WebhookEvent[]; // what Mockjet posts
  return Array.isArray(parsed) ? parsed : [parsed];
}

/** Starts a server that answers 200 once the handler has dealt with the events, else 500. It keeps no process alive. */
export async function startReceiver(
  handler: ((event: WebhookEvent) => unknown) | undefined,
  { host = '127.0.0.1', name = host }: Pick<ReceiverOptions, 'host' | 'name'>,
): Promise<WebhookReceiver> {
  const events: WebhookEvent[] = [];
  const server = createServer(async (request, response) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer); // a request without an encoding gives buffers
      const came = parseEvents(Buffer.concat(chunks).toString());
      events.push(...came);
      for (const event of came) await handler?.(event);
      response.writeHead(200).end();
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error));
    }
  });
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on no port');
  const close = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const shownHost = name.includes(':') ? `[${name}]` : name;
  return {
    url: `http://${shownHost}:${address.port}/`,
    events,
    close,
    [Symbol.asyncDispose]: close,
  };
}
