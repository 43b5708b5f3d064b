import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Account, Keys } from '../../accounts/account.ts';
import { ControlError } from '../../control/control-error.ts';
import type { Steering } from '../../control/steering.ts';
import { isKeyPair } from '../../lib/key-text.ts';
import { sameText } from '../../lib/same-text.ts';
import type { BodyLimits } from '../body-limits.ts';
import type { InFlight } from '../in-flight.ts';
import { readTarget } from '../own-names.ts';
import type { ControlRoute } from './route.ts';

export interface ControlAccess {
  /** With a token, every control call must carry it in `X-Mockjet-Token`. */
  token: string | undefined;
  /** Public names under which this server is called, in lower case. */
  names: ReadonlySet<string>;
  limits: BodyLimits;
  inFlight: InFlight;
}

/**
 * Lets a control call in, and finds the account of its credentials. Keys that nobody has used yet make an account where
 * the call changes it or waits for it; a look or a removal finds what they would open, which is kept nowhere.
 * @param pairOf reads Basic credentials
 * @throws ControlError 401 for a missing token, or credentials that open nothing, 403 for a page of another origin
 */
export function authorizeControl(
  request: FastifyRequest,
  { method, scope, isPublic }: Pick<ControlRoute, 'method' | 'scope' | 'isPublic'>,
  { registry }: Pick<Steering, 'registry'>,
  { token, names }: Pick<ControlAccess, 'token' | 'names'>,
  pairOf: () => Keys | undefined,
): Account | undefined {
  refuseForeignPages(request, names);
  if (isPublic) return undefined;
  if (token !== undefined && !sameText(token, String(request.headers['x-mockjet-token'] ?? ''))) {
    throw new ControlError(
      401,
      'This server is locked: send its control token in the header X-Mockjet-Token',
    );
  }
  if (request.headers.authorization === undefined) return undefined;
  const pair = pairOf();
  if (pair === undefined || !isKeyPair(pair.apiKey, pair.secretKey))
    throw new ControlError(401, 'Send a key pair as Basic credentials');
  const { wait } = request.query as Record<string, unknown>; // Fastify's own shape
  const mayMake = scope !== 'server' && (['POST', 'PUT'].includes(method) || wait !== undefined);
  const account = registry.authenticate(pair.apiKey, pair.secretKey, mayMake);
  if (account !== undefined) return account;
  const isUnknown = !mayMake && registry.find(pair.apiKey) === undefined;
  // a balancer finds its shard by keys that are about to get their account
  if (isUnknown && scope === 'server') return undefined;
  const preview = isUnknown ? registry.preview(pair.apiKey, pair.secretKey) : undefined;
  if (preview === undefined) throw new ControlError(401, 'These credentials open no account');
  return preview;
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
