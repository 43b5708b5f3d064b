import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail as another program's SMTP server took it. */
interface Arrived {
  from: string;
  to: string[];
  raw: Buffer;
  mail: Email;
  /** Whom the client said to be. */
  user: string;
}

/** Another program's SMTP server, such as Mailpit: it takes what comes, unless `refuse` gives a code. */
export interface OtherInbox {
  port: number;
  url: string;
  /** The next mail, once it has arrived. */
  next(): Promise<Arrived>;
  /** Mails that have arrived, and nobody has asked for. */
  arrived: Arrived[];
  /** How many mails were refused. */
  refused(): number;
  close(): Promise<void>;
}

/** @param refuse the code that a mail is refused with, asked for each; undefined takes it */
export async function startInbox(
  refuse: () => number | undefined = () => undefined,
  port = 0,
): Promise<OtherInbox> {
  const arrived: Arrived[] = [];
  const asking: ((mail: Arrived) => void)[] = [];
  let refused = 0;
  const server = new SMTPServer({
    // it announces STARTTLS with a certificate that nobody knows, as local inboxes do
    logger: false,
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 1,
    onAuth: ({ username }, _session, callback) => callback(null, { user: username }),
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const code = refuse();
        if (code !== undefined) {
          refused += 1;
          callback(Object.assign(new Error('not today'), { responseCode: code }));
          return;
        }
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        const one: Arrived = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw,
          mail: await PostalMime.parse(raw),
          user: `${session.user || ''}`,
        };
        callback(null);
        const asker = asking.shift();
        if (asker === undefined) arrived.push(one);
        else asker(one);
      });
    },
  });
  server.on('error', () => {});
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const { port: taken } = server.server.address() as AddressInfo; // it listens on TCP
  return {
    port: taken,
    url: `smtp://127.0.0.1:${taken}`,
    arrived,
    refused: () => refused,
    next() {
      const first = arrived.shift();
      return first === undefined
        ? new Promise((resolve) => asking.push(resolve))
        : Promise.resolve(first);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
