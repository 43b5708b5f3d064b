import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body } from '../engine/call.ts';
import { invalidJson, tooManyValues } from '../lib/errors.ts';
import { readForm } from '../lib/form.ts';
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import { parseJson } from '../lib/json-text.ts';
import { writeOld } from '../lib/old-json.ts';
import { atPosition } from '../lib/read-json.ts';
import { excessOfForm, excessOfJson } from '../lib/value-count.ts';
import type { BodyLimits } from './body-limits.ts';
import { collectBody } from './collect-body.ts';

/** Lets a scope take a body of any type, or of none, as bytes. */
export function takeAnyBody(scope: FastifyInstance, { json, room }: BodyLimits): void {
  scope.removeAllContentTypeParsers();
  takeAnyType(scope);
  scope.addContentTypeParser('*', (request, body, done) => {
    const { mostBytes = json } = request.routeOptions.config;
    const limit =
      mostBytes < json
        ? { bytes: mostBytes, setting: 'production' }
        : { bytes: json, setting: '--json-limit' };
    collectBody(request, body, limit, room, done);
  });
}

/** Hides a Content-Type that is no media type from Fastify, which would answer 415; `request.raw` still has it. */
export function takeAnyType(scope: FastifyInstance): void {
  scope.addHook('onRequest', (request, _reply, done) => {
    const type = request.raw.headers['content-type'];
    if (type !== undefined && !/^[a-z]+\/[a-z0-9.+-]+$/i.test(type))
      request.headers = { 'content-type': 'application/octet-stream' };
    done();
  });
}

/**
 * The body of a REST request: JSON whatever its type says, but for a form (reported: made a flat object first).
 * @param mostValues of which it may have; TooLargeError when it is read and has more
 */
export function readBody(request: FastifyRequest, mostValues: number): Body {
  return new RequestBody(request, mostValues);
}

/** A class, since a literal with getters is slow to make and every request makes one. */
class RequestBody implements Body {
  #request: FastifyRequest;
  #mostValues: number;
  #text: string | undefined;
  #parsed: Json;

  constructor(request: FastifyRequest, mostValues: number) {
    this.#request = request;
    this.#mostValues = mostValues;
  }

  get isForm(): boolean {
    return isForm(this.#request);
  }

  get text(): string {
    this.#text ??= bodyText(this.#request.body, this.isForm, this.#mostValues);
    return this.#text;
  }

  object(): JsonObject {
    this.#parsed ??= parseJson(this.text);
    if (isJsonObject(this.#parsed)) return this.#parsed;
    // an empty object as PHP writes it (assumed: the message for others tells that a bracket is read)
    if (Array.isArray(this.#parsed) && this.#parsed.length === 0) return {};
    throw notAnObject(this.text);
  }
}

function isForm({ raw }: FastifyRequest): boolean {
  return /^application\/x-www-form-urlencoded/i.test(raw.headers['content-type'] ?? '');
}

function bodyText(body: unknown, isForm: boolean, mostValues: number): string {
  if (!Buffer.isBuffer(body)) return isForm ? '{}' : '';
  const excess = isForm ? excessOfForm(body, mostValues) : excessOfJson(body, mostValues);
  if (excess !== undefined) throw tooManyValues(excess);
  // reported: a fault in it is told with this spacing
  return isForm ? writeOld(Object.fromEntries(readForm(body))) : body.toString('utf8');
}

/** reported for an array with an object in it; assumed for the rest */
function notAnObject(text: string): Error {
  const start = text.search(/\S/);
  if (text[start] !== '[')
    return invalidJson(`expected "{", but found "${text[start]}" ${atPosition(text, start + 1)}`);
  const next = start + 1 + text.slice(start + 1).search(/\S/);
  return invalidJson(`expected "]", but found "${text[next]}" ${atPosition(text, next + 1)}`);
}
