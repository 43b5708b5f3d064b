import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { SMTPConnection } from 'smtp-server/lib/smtp-connection';
import type { CertifiedKey } from '../../lib/certificates.ts';
import type { SmtpReply } from '../../sending/smtp/replies.ts';
import { largestMail, type SmtpLimits } from './limits.ts';

/**
 * An SMTP server that greets as production does, and announces what works: it has no DIGEST-MD5, CRAM-MD5, ETRN and
 * CHUNKING.
 * @param secure speaks TLS from the first byte
 */
export function createSmtpServer(
  { certificatePem, keyPem }: CertifiedKey,
  secure: boolean,
  limits: SmtpLimits,
  handlers: Pick<SMTPServerOptions, 'onAuth' | 'onRcptTo' | 'onData' | 'onClose'>,
): SMTPServer {
  const server = new SMTPServer({
    ...handlers,
    onConnect: (_session, callback) => callback(),
    onSecure: (_socket, _session, callback) => callback(),
    secure,
    cert: certificatePem,
    key: keyPem,
    // recorded: the greeting and the answer to EHLO come from two names
    name: 'in.mailjet.com',
    banner: 'Mailjet',
    heloResponse: 'smtpintls.mailjet.com',
    size: largestMail,
    hideENHANCEDSTATUSCODES: false,
    authMethods: ['PLAIN', 'LOGIN'],
    // recorded: AUTH is announced before TLS too
    allowInsecureAuth: true,
    // who has not said who he is may say all but RCPT TO, as a Postfix has it
    authOptional: true,
    disabledCommands: ['XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL'],
    disableReverseLookup: true,
    // of handshakes; `greetAtOnce` counts the connections themselves
    maxClients: limits.connections,
    maxRecipients: limits.recipients,
    maxCommandLength: limits.line,
    socketTimeout: limits.silence,
    closeTimeout: limits.closing,
    logger: false,
  });
  greetAtOnce(server, limits.connections);
  return server;
}

/**
 * The library lets each client wait a tenth of a second for the greeting, to find out who talks before: production takes
 * no notice of that, and a test that sends many mails would wait as often.
 */
function greetAtOnce(server: SMTPServer, most: number): void {
  server.connect = (socket, options) => {
    const connection = new SMTPConnection(server, socket, options ?? undefined);
    server.connections.add(connection);
    connection.on('error', (error) => server.emit('error', error));
    connection._setListeners(() => {
      if (server.connections.size <= most) connection.connectionReady();
      else connection.send(421, 'Too many connected clients, try again in a moment', false);
    });
  };
}

/**
 * Gives a reply word for word: the library would put an enhanced status code of its own before each.
 * @param answer must call back within this call
 */
export function wordForWord(server: SMTPServer, answer: () => void): void {
  server.options.hideENHANCEDSTATUSCODES = true;
  answer();
  server.options.hideENHANCEDSTATUSCODES = false;
}

/** A reply that refuses, as the library takes it. */
export function refusal({ code, text }: SmtpReply): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** The connection of a session; undefined where it has gone. */
export function connectionOf(server: SMTPServer, { id }: SMTPServerSession) {
  for (const connection of server.connections) if (connection.id === id) return connection;
  return undefined;
}
