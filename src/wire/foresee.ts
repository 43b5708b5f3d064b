import type { FastifyRequest } from 'fastify';
import { findTarget } from '../engine/dispatch.ts';
import { findResource } from '../resources/all.ts';
import { dataKinds } from './data.ts';
import { nameTarget } from './operation-name.ts';
import { segmentsOf } from './path.ts';

/** The operation that a request will turn out to be, before it is carried out; '' for one that means nothing. */
export function foresee(request: FastifyRequest): string {
  const [family = '', module = '', name = '', ...path] = segmentsOf(request).segments;
  const isContact = module.toLowerCase() === 'contacts' && name !== '' && path.length === 0;
  if (family.toLowerCase() === 'v4')
    return isContact && request.method === 'DELETE' ? 'contacts delete' : '';
  if (module.toLowerCase() === 'data') {
    const kind = dataKinds[`${name}/${path[1] ?? ''}`.toLowerCase()];
    return kind === undefined ? '' : `${kind.kind} ${request.method}`.toLowerCase();
  }
  const resource = module.toLowerCase() === 'rest' ? findResource(name) : undefined;
  if (resource === undefined) return '';
  try {
    return nameTarget(resource, findTarget(resource, request.method, path).target);
  } catch {
    return '';
  }
}
