import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { isLoopback } from '../lib/local-host.ts';
import type { WebhookTarget } from './target.ts';

/** Posts to customers' URLs over connections that are kept. */
export interface Poster {
  /**
   * Posts once; redirects are not followed.
   * @throws Error that says what came instead of a 200
   */
  post(target: WebhookTarget, body: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Bytes of an answer that are shown, and that are read so that its connection can be used again. */
const shownBytes = 300;
const readBytes = 64 * 1024;

/**
 * @param options `timeout` ms of the machine's time; `caFile` PEM of authorities that are trusted beside the usual ones
 */
export function createPoster({
  timeout,
  caFile,
}: {
  timeout: number;
  caFile: string | undefined;
}): Poster {
  const ca =
    caFile === undefined ? {} : { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] };
  const connect = async () => {
    // most servers post nothing, and would read it at each start
    // by its default: a bundle of a CommonJS library has no other name
    const { default: undici } = await import('undici');
    const { Agent, request } = undici;
    const agent = new Agent({
      connections: 8, // to one receiver
      keepAliveTimeout: 4000, // receivers end theirs after 5 s, as Node does, or say how long
      headersTimeout: timeout,
      bodyTimeout: timeout,
      connect: { timeout, ...ca },
    });
    return { agent, request };
  };
  let connecting: ReturnType<typeof connect> | undefined;
  return {
    async post({ url, authorization }, body, signal) {
      connecting ??= connect();
      const { agent, request } = await connecting;
      const answer = await request(url, {
        dispatcher: agent,
        method: 'POST',
        // a Go client's over HTTP/1.1: its name over HTTP/2 was recorded, the rest is inferred
        headers: {
          'User-Agent': 'Go-http-client/1.1',
          ...(authorization === undefined ? {} : { Authorization: authorization }),
          'Content-Type': 'application/json',
          'Accept-Encoding': 'gzip',
        },
        body,
        signal,
      }).catch((error: unknown) => {
        throw signal.aborted ? signal.reason : new Error(explained(url, error));
      });
      // documented: everything else is tried again
      if (answer.statusCode === 200) {
        answer.body.dump({ limit: readBytes }).catch(() => undefined); // 200 was said already
        return;
      }
      const words = await beginning(answer.body).catch(() => '');
      throw new Error(`It answered ${answer.statusCode}${words === '' ? '' : `: ${words}`}`);
    },
    close: async () => (await connecting)?.agent.destroy(),
  };
}

/** The first words of an answer, on one line; the rest is left. */
async function beginning(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<string> {
  let text = '';
  for await (const chunk of body) {
    text += chunk.subarray(0, shownBytes).toString();
    if (text.length >= shownBytes) break;
  }
  body.destroy();
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, shownBytes);
}

/** What went wrong, with what was tried: a receiver on the machine of a container's user is none in the container. */
function explained({ host, hostname }: URL, error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }; // undici throws errors
  const what =
    code === undefined || message?.includes(code) ? (message ?? '') : `${message} ${code}`;
  const isRefused = code === 'ECONNREFUSED' && isLoopback(hostname.replace(/^\[|\]$/g, ''));
  const hint = isRefused
    ? '; from a container its machine is host.docker.internal, not localhost'
    : '';
  return `No answer from ${host}: ${what.trim()}${hint}`;
}
