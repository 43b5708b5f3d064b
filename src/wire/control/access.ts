import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Account } from '../../accounts/account.ts';
import { ControlError } from '../../control/control-error.ts';
import type { Server } from '../../control/server.ts';
import { sameText } from '../../lib/same-text.ts';
import type { InFlight } from '../in-flight.ts';
import { readTarget } from '../own-names.ts';
import type { WantedKeys } from './route.ts';

export interface ControlAccess {
  /** With a token, every control call must carry it in `X-Mockjet-Token`. */
  token: string | undefined;
  /** Public names under which this server is called, in lower case. */
  names: ReadonlySet<string>;
  bodyLimit: number;
  inFlight: InFlight;
}

/** What a route asks of its callers. */
interface AccessOf {
  /** It is answered without the token too. */
  isPublic?: boolean | undefined;
  /** The pair that the call wants an account for: it makes the account itself. */
  wantedKeys?: (() => WantedKeys) | undefined;
}

/**
 * Lets a control call in, and finds the account of its credentials.
 * @throws ControlError 401 for a missing token or a wrong secret, 403 for a page of another origin
 */
export function authorizeControl(
  request: FastifyRequest,
  server: Server,
  { token, names }: ControlAccess,
  { isPublic = false, wantedKeys }: AccessOf = {},
): Account | undefined {
  refuseForeignPages(request, names);
  if (isPublic) return undefined;
  if (token !== undefined && !sameText(token, String(request.headers['x-mockjet-token'] ?? ''))) {
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
  const isBasic = scheme.toLowerCase() === 'basic';
  const wanted = isBasic ? wantedKeys?.() : undefined;
  const isWanted = wanted?.apiKey === apiKey && wanted.secretKey === secretKey;
  if (isWanted && server.registry.find(apiKey) === undefined) return undefined;
  const account = isBasic ? server.registry.authenticate(apiKey, secretKey) : undefined;
  if (account === undefined) throw new ControlError(401, 'These credentials open no account');
  return account;
}

/**
 * A browser says where a page is from; only a page of this server itself may call. A page that rebound its own name to
 * this address sends that name, and nothing else need give it away: a public name that is none of ours is refused.
 */
function refuseForeignPages(request: FastifyRequest, names: ReadonlySet<string>): void {
  const { origin, host = '', 'sec-fetch-site': site } = request.headers;
  const isForeign =
    (typeof site === 'string' && !['same-origin', 'none'].includes(site)) ||
    (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`);
  if (isForeign)
    throw new ControlError(403, 'Pages of another origin may not call the control API');
  const name = readTarget(host).host;
  if (!isPrivateName(name) && !names.has(name))
    throw new ControlError(
      403,
      `The control API is not called by the name ${name}; start Mockjet with --tls-name ${name} if it is yours`,
    );
}

/** An address, a name without a dot, one that no public name server knows, or Mailjet's. */
function isPrivateName(name: string): boolean {
  return (
    isIP(name) !== 0 ||
    !name.includes('.') ||
    /\.(localhost|local|internal|test|svc|mailjet\.com)$/.test(name)
  );
}
