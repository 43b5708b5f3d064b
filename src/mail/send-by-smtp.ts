import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { isLocalHost } from '../lib/local-host.ts';
import type { SmtpTarget } from '../lib/smtp-target.ts';

/** A message and who it goes to. @property from '' for the null sender */
export interface Parcel {
  raw: Buffer;
  from: string;
  to: string[];
}

/** ms */
const patience = { greeting: 10_000, silence: 30_000 };

/**
 * Hands a message to an SMTP server.
 * @param isAnywhere false refuses a host that turns out to be no nearby one, whatever its name looks like
 * @throws Error with `responseCode` where the server refused it
 */
export async function sendBySmtp(
  target: SmtpTarget,
  { raw, from, to }: Parcel,
  { isAnywhere, signal }: { isAnywhere: boolean; signal: AbortSignal },
): Promise<void> {
  const socket = connect({ host: target.host, port: target.port });
  const end = () => socket.destroy();
  signal.addEventListener('abort', end);
  try {
    await once(socket, 'connect', { signal });
    if (!isAnywhere) refuseStrangers(target.host, socket);
    // read once it is needed: most servers forward nothing
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      host: target.host,
      port: target.port,
      secure: target.isSecure,
      getSocket: (_options, callback) => callback(null, { connection: socket }),
      // a local inbox signs its own certificate
      tls: { rejectUnauthorized: isAnywhere },
      greetingTimeout: patience.greeting,
      socketTimeout: patience.silence,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(target.user === '' ? {} : { auth: { user: target.user, pass: target.password } }),
    });
    await transport.sendMail({ envelope: { from, to }, raw });
  } finally {
    signal.removeEventListener('abort', end);
    socket.destroy();
  }
}

/** A name may lead anywhere: the address says where it did. */
function refuseStrangers(host: string, { remoteAddress = '' }: Socket): void {
  if (isLocalHost(remoteAddress)) return;
  throw new Error(
    `${host} leads to ${remoteAddress}, which is no private address: --forward-anywhere allows it`,
  );
}
