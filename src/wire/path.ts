import type { FastifyRequest, HTTPMethods } from 'fastify';

/** Every method that a route of Mailjet's must have an answer for. */
export const allMethods: HTTPMethods[] = [
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'HEAD',
  'OPTIONS',
];

/** The path's parts, decoded, empty ones left out (clients double and trail slashes), and the query string. */
export function segmentsOf(request: FastifyRequest): { segments: string[]; search: string } {
  request.exchange.path ??= split(request.raw.url ?? '');
  return request.exchange.path;
}

function split(url: string): { segments: string[]; search: string } {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const segments: string[] = [];
  for (const part of path.split('/')) if (part !== '') segments.push(decode(part));
  return { segments, search: mark < 0 ? '' : url.slice(mark + 1) };
}

/**
 * A URL that the router can decode: in its path, a part with a bad escape has its percent signs escaped, so that
 * `decode` gives the part back as it came (assumed: Mailjet takes a key as it is). Fastify would refuse it.
 */
export function readableUrl(url: string): string {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  if (!path.includes('%')) return url;
  const parts = path.split('/').map((part) => encodeBadEscapes(part));
  return parts.join('/') + (mark < 0 ? '' : url.slice(mark));
}

function encodeBadEscapes(part: string): string {
  try {
    decodeURIComponent(part);
    return part;
  } catch {
    return part.replaceAll('%', '%25');
  }
}

/** A plus stays one (clients write addresses so); a bad escape stays as it is. */
function decode(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
