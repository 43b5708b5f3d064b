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
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const segments = path
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  return { segments, search: mark < 0 ? '' : url.slice(mark + 1) };
}

/** A plus stays one (clients write addresses so); a bad escape stays as it is. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
