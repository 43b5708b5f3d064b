import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * Resolves once a server of this process has begun with a request, far enough that only a body, a time or a client can
 * hold it up. Called before the request is sent.
 * @param part what is in the URL of the request, and in no other's
 */
export function arrival(part: string): Promise<void> {
  const channel = 'http.server.request.start'; // Node's own
  return new Promise((resolve) => {
    const told = (message: unknown) => {
      const { request } = message as { request: IncomingMessage }; // as Node documents it
      if (!request.url?.includes(part)) return;
      unsubscribe(channel, told);
      // the hooks before the handler take some turns
      turns(3).then(resolve);
    };
    subscribe(channel, told);
  });
}

/** Lets the event loop take some turns: what needs neither a time nor another process has happened then. */
export async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
}
