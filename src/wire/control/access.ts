import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Account } from '../../accounts/account.ts';
import { ControlError } from '../../control/control-error.ts';
import type { Server } from '../../control/server.ts';

export interface ControlAccess {
  /** With a token, every control call must carry it in `X-Mockjet-Token`. */
  token: string | undefined;
  bodyLimit: number;
}

/**
 * Lets a control call in, and finds the account of its credentials.
 * @throws ControlError 401 for a missing token or a wrong secret, 403 for a page of another origin
 */
export function authorizeControl(
  request: FastifyRequest,
  server: Server,
  { token }: ControlAccess,
): Account | undefined {
  refuseForeignPages(request);
  if (token !== undefined && !same(token, String(request.headers['x-mockjet-token'] ?? ''))) {
    throw new ControlError(
      401,
      'This server is locked: send its control token in the header X-Mockjet-Token',
    );
  }
  const [scheme = '', encoded = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme === '') return undefined;
  const [apiKey = '', secretKey = ''] = Buffer.from(encoded, 'base64')
    .toString('utf8')
    .split(/:(.*)/s);
  const account =
    scheme.toLowerCase() === 'basic' ? server.registry.authenticate(apiKey, secretKey) : undefined;
  if (account === undefined) throw new ControlError(401, 'These credentials open no account');
  return account;
}

/** A browser says where a page is from; only a page of this server itself may call. */
function refuseForeignPages(request: FastifyRequest): void {
  const { origin, host = '', 'sec-fetch-site': site } = request.headers;
  const isForeign =
    (typeof site === 'string' && !['same-origin', 'none'].includes(site)) ||
    (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`);
  // a name that leads here but is not ours: a page that rebound its own
  const isRebound =
    (origin !== undefined || site !== undefined) &&
    !/^(localhost|mockjet|127\.0\.0\.1|\[::1\]|[\d.]+)(:\d+)?$/i.test(host);
  if (isForeign || isRebound)
    throw new ControlError(403, 'Pages of another origin may not call the control API');
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
