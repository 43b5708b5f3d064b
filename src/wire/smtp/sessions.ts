import type { FastifyBaseLogger } from 'fastify';
import type { SMTPServer, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { Account, Keys } from '../../accounts/account.ts';
import type { Registry } from '../../accounts/registry.ts';
import type { Steering } from '../../control/steering.ts';
import type { CertifiedKey } from '../../lib/certificates.ts';
import { emailProblem } from '../../lib/email-address.ts';
import {
  badCredentials,
  badRecipient,
  failed,
  noAuthentication,
  noRoom,
  relayDenied,
  type SmtpReply,
  tooLarge,
  tooSlow,
} from '../../sending/smtp/replies.ts';
import type { Room } from '../collect-body.ts';
import type { InFlight } from '../in-flight.ts';
import { largestMail, type SmtpLimits } from './limits.ts';
import { type Received, receive } from './receive.ts';
import { connectionOf, createSmtpServer, refusal, wordForWord } from './server.ts';
import { type Conclusion, type Submission, takeMail } from './take-mail.ts';

/** What the sessions of SMTP need of the server. */
export interface SmtpParts {
  registry: Registry;
  steering: Steering;
  inFlight: InFlight;
  /** What all mails that are coming in may hold. */
  room: Room;
  log: FastifyBaseLogger;
}

type Callback = (error?: Error | null, message?: string) => void;

/**
 * Makes an SMTP server whose sessions hand mails in: who may is who may over HTTP, asked anew for each mail, since its
 * account may have been put away or removed meanwhile.
 * @param busy the sessions that have a mail on its way
 */
export function serveSessions(
  parts: SmtpParts,
  pair: CertifiedKey,
  secure: boolean,
  limits: SmtpLimits,
  busy: Set<string>,
): SMTPServer {
  const { registry, inFlight, log } = parts;
  const gone = new WeakMap<SMTPServerSession, Set<() => void>>();
  const onGone = (session: SMTPServerSession) => (listener: () => void) => {
    const listeners = gone.get(session) ?? new Set();
    gone.set(session, listeners.add(listener));
    return () => void listeners.delete(listener);
  };

  const takeOne = async (
    session: SMTPServerSession,
    received: Received,
    envelope: Submission['envelope'],
  ): Promise<Conclusion> => {
    if (received === 'gone') return { cut: '' };
    if (received === 'too slow') return { cut: tooSlow };
    const account = accountOf(registry, session.user);
    if (account === undefined) return { reply: badCredentials };
    const done = inFlight.begin(account);
    try {
      const submission = { envelope, received: refusedOr(received), onGone: onGone(session) };
      return await takeMail(parts, account, submission);
    } finally {
      done();
    }
  };

  const conclude = (session: SMTPServerSession, conclusion: Conclusion, callback: Callback) => {
    if ('cut' in conclusion) {
      const socket = connectionOf(server, session)?._socket;
      if (conclusion.cut === '') socket?.destroy();
      else socket?.end(conclusion.cut, () => socket.destroy());
      return;
    }
    const { code, text } = conclusion.reply;
    wordForWord(server, () => {
      if (code < 400) callback(null, text);
      else callback(refusal(conclusion.reply));
    });
  };

  const server = createSmtpServer(pair, secure, limits, {
    onAuth({ username, password }, _session, callback) {
      const user: Keys = { apiKey: username ?? '', secretKey: password ?? '' };
      const refuse = (reply: SmtpReply) => wordForWord(server, () => callback(refusal(reply)));
      try {
        if (accountOf(registry, user) === undefined) refuse(badCredentials);
        else callback(null, { user });
      } catch (error) {
        log.error({ err: error }, 'account could not be opened');
        refuse(noAuthentication);
      }
    },
    onRcptTo({ address }, session, callback) {
      const reply = refusedRecipient(session, address);
      if (reply === undefined) return callback();
      wordForWord(server, () => callback(refusal(reply)));
    },
    onData(stream: SMTPServerDataStream, session, callback) {
      const { mailFrom, rcptTo } = session.envelope;
      const envelope = {
        from: mailFrom === false ? '' : mailFrom.address,
        to: rcptTo.map(({ address }) => address),
      };
      busy.add(session.id);
      receive(stream, { room: parts.room, ms: limits.mail })
        .then((received) => takeOne(session, received, envelope))
        .catch((error: unknown): Conclusion => {
          log.error({ err: error }, 'mail could not be taken');
          return { reply: failed };
        })
        .then((conclusion) => {
          busy.delete(session.id);
          conclude(session, conclusion, callback);
        });
    },
    onClose(session) {
      busy.delete(session.id);
      for (const listener of [...(gone.get(session) ?? [])]) listener();
    },
  });
  return server;
}

/** @param user false for nobody, as the library has it */
function accountOf(registry: Registry, user: Keys | false): Account | undefined {
  return user === false ? undefined : registry.authenticate(user.apiKey, user.secretKey);
}

function refusedRecipient(session: SMTPServerSession, address: string): SmtpReply | undefined {
  if (!session.user) return relayDenied(address);
  return emailProblem(address) === undefined ? undefined : badRecipient;
}

function refusedOr(received: Exclude<Received, string> | 'no room'): Submission['received'] {
  if (received === 'no room') return { refused: noRoom };
  return 'tooLarge' in received ? { refused: tooLarge(largestMail) } : received;
}
