import http from 'node:http';
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
  /** The events that came, whether alone or in groups. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what came
  events(): any[];
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const posts: Posted[] = [];
  let how: number | ((response: http.ServerResponse) => void) = 200;
  const server = http.createServer((request, response) => {
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
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}`,
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
