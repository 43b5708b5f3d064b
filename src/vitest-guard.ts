import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

/** Mailjet's own hosts, for the API, for SMTP and for links. */
const isMailjet = (host: string) => /(^|\.)mailjet\.com$/i.test(host);

const refusal = (host: string) =>
  new Error(
    `Mockjet keeps this test from the real Mailjet: ${host} was asked for without a proxy. Lead the application to MOCKJET_URL`,
  );

/**
 * Keeps this process from Mailjet while tests run: `fetch` of its hosts comes to the mock, and no other client finds
 * out where they are. What goes through the mock as a proxy asks for no such name, and passes.
 * @param mockUrl tells where the mock is, when it is called
 * @returns what puts everything back
 */
export function guardMailjet(mockUrl: () => string): () => void {
  const { fetch } = globalThis;
  const { lookup } = dns;
  const led: typeof fetch = (input, init) => {
    const text = input instanceof Request ? input.url : String(input);
    const asked = URL.canParse(text) ? new URL(text) : undefined;
    if (asked === undefined || !isMailjet(asked.hostname)) return fetch(input, init);
    const target = new URL(`${asked.pathname}${asked.search}`, mockUrl());
    return fetch(input instanceof Request ? new Request(target, input) : target, init);
  };
  const guarded = (host: string, ...more: unknown[]) => {
    const done = more.at(-1);
    if (isMailjet(host) && typeof done === 'function')
      return void process.nextTick(done, refusal(host));
    return Reflect.apply(lookup, dns, [host, ...more]);
  };
  globalThis.fetch = led;
  dns.lookup = Object.assign(guarded, lookup) as typeof lookup; // the same signatures, handed on
  syncBuiltinESMExports();
  return () => {
    // a test that put a fetch of its own in its place takes that away itself
    if (globalThis.fetch === led) globalThis.fetch = fetch;
    dns.lookup = lookup;
    syncBuiltinESMExports();
  };
}
