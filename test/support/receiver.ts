import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** A post that came. */
interface Posted {
  method: string;
  url: string;
  /** Names as they came. */
  headers: Record<string, string>;
  body: string;
}

/** A receiver of events, on a port of its own. */
export interface Receiver {
  url: string;
  posts: Posted[];
  /** What it answers from now on, 200 at first. */
  answer(how: number | ((response: http.ServerResponse) => void)): void;
  /** Resolves with the next post. */
  next(): Promise<void>;
  /** The events that came, whether alone or in groups. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what came
  events(): any[];
  close(): Promise<void>;
}

/** @param tls makes it one of HTTPS */
export async function startReceiver(tls?: { cert: string; key: string }): Promise<Receiver> {
  const posts: Posted[] = [];
  let how: number | ((response: http.ServerResponse) => void) = 200;
  const waits: (() => void)[] = [];
  const take: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const names = request.rawHeaders.filter((_, index) => index % 2 === 0);
      const headers = Object.fromEntries(
        names.map((name, index) => [name, request.rawHeaders[2 * index + 1] ?? '']),
      );
      const { method = '', url = '' } = request;
      posts.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      if (typeof how === 'number') response.writeHead(how).end();
      else how(response);
      for (const tell of waits.splice(0)) tell();
    });
  };
  const server = tls === undefined ? http.createServer(take) : https.createServer(tls, take);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    next: () => new Promise((resolve) => waits.push(resolve)),
    posts,
    answer: (next) => {
      how = next;
    },
    events: () => posts.flatMap(({ body }) => JSON.parse(body)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
