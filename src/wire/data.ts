import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../accounts/account.ts';
import {
  appendToFile,
  beginFile,
  finishFile,
  newestFile,
  readFile,
  removeFile,
} from '../accounts/data-store.ts';
import type { Evidence, Verb } from '../engine/resource.ts';
import {
  contentTypeMismatch,
  methodNotAllowed,
  NotBuiltError,
  operationNotAllowed,
  sourceNotFound,
  unknownResource,
} from '../lib/errors.ts';
import { readLookupId } from '../lib/int64.ts';
import { guid } from '../lib/random.ts';
import { accountOf } from './authenticate.ts';
import { takeAnyType } from './body.ts';
import { asMailjetError, oldAnswer, oldError } from './old-back-end.ts';
import { allMethods, segmentsOf } from './path.ts';
import { nginxTooLarge, send } from './wire-answer.ts';

/** What can be fetched or stored below an object, by its names in lower case. */
export const dataKinds: Record<
  string,
  {
    owner: 'contactslist' | 'batchjob';
    kind: string;
    canPost: boolean;
    evidence: Partial<Record<Verb, Evidence>>;
  }
> = {
  'contactslist/csvdata': {
    owner: 'contactslist',
    kind: 'CSVData',
    canPost: true,
    evidence: { Get: 'reported', Post: 'documented' },
  },
  'batchjob/csverror': {
    owner: 'batchjob',
    kind: 'CSVError',
    canPost: false,
    evidence: { Get: 'documented' },
  },
  'batchjob/jsonerror': {
    owner: 'batchjob',
    kind: 'JSONError',
    canPost: false,
    evidence: { Get: 'documented' },
  },
};

/** Bytes that are stored at once; pieces of 256 KB and of 1 MB took longer. */
const uploadPiece = 512 * 1024;

/** `/v3/DATA/{resource}/{id}/{kind}/{type:subtype}[/LAST]`. */
export function dataRoutes(scope: FastifyInstance, uploadLimit: number): void {
  scope.removeAllContentTypeParsers();
  takeAnyType(scope);
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  const handler = async (request: FastifyRequest, reply: FastifyReply) =>
    answerData(request, reply, uploadLimit);
  scope.route({ method: allMethods, url: '/v3/DATA', handler });
  scope.route({ method: allMethods, url: '/v3/DATA/*', handler });
}

async function answerData(
  request: FastifyRequest,
  reply: FastifyReply,
  uploadLimit: number,
): Promise<void> {
  const account = accountOf(request);
  const { segments } = segmentsOf(request);
  const [, , resource = '', id = '', kindName = '', mimePath = ''] = segments;
  const mime = mimePath.replace(':', '/').toLowerCase();
  const now = () => account.clock.now();
  try {
    const kind = dataKinds[`${resource}/${kindName}`.toLowerCase()];
    if (kind === undefined) throw unknownKind(resource, kindName);
    request.operation = `${kind.kind.toLowerCase()} ${request.method.toLowerCase()}`;
    if (request.method === 'GET') {
      const owner = ownerId(account, kind.owner, id);
      const file = newestFile(account, kind.owner, owner, kind.kind);
      if (file === undefined) throw sourceNotFound(); // assumed for an owner without such data
      const body = readFile(account, file.id, 0, file.size);
      send(
        reply,
        { status: 200, phrase: 'OK', headers: { 'Content-Type': file.mime }, body },
        now(),
      );
      return;
    }
    if (request.method !== 'POST') throw methodNotAllowed(); // assumed
    if (!kind.canPost) throw operationNotAllowed(); // assumed
    const owner = ownerId(account, kind.owner, id);
    const given = mediaType(request.raw.headers['content-type']);
    if (mime === '' || given !== mime) throw contentTypeMismatch(given, mime); // reported
    const uploaded = await storeUpload(account, owner, mime, request, uploadLimit);
    // recorded: 200, and no envelope
    send(
      reply,
      uploaded === undefined ? nginxTooLarge : oldAnswer({ status: 200, bare: { ID: uploaded } }),
      now(),
    );
  } catch (error) {
    // a client that left amid its upload is no news, and reads no answer
    if (request.raw.readableAborted) return void reply.hijack();
    const shaped = asMailjetError(error);
    if (shaped instanceof NotBuiltError) request.gap = shaped.feature;
    if (shaped !== error) request.log.error({ err: error }, 'unexpected failure');
    // recorded: the type of the path; a path may hold what a header may not
    const isType = shaped.message === 'Source object not found' && /^[\x21-\x7e]+$/.test(mime);
    const contentType = isType ? mime : undefined;
    send(reply, oldError(shaped, guid(account.random), contentType), now());
  }
}

function unknownKind(resource: string, kind: string): Error {
  const isKnown = ['contactslist', 'batchjob'].includes(resource.toLowerCase());
  return isKnown
    ? sourceNotFound()
    : resource === ''
      ? unknownResource(resource)
      : new NotBuiltError(`DATA ${resource}/${kind}`);
}

/** Header parameters as `charset` do not count (assumed). */
function mediaType(header: string | undefined): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** recorded: an owner that is not there, or whose ID is no number */
function ownerId(account: Account, table: 'contactslist' | 'batchjob', text: string): bigint {
  const id = readLookupId(text);
  const source = table === 'batchjob' ? 'job' : table;
  if (id === undefined || account.sql(`SELECT 1 FROM ${source} WHERE ID = ?`).get(id) === undefined)
    throw sourceNotFound();
  return id;
}

/** Stores a body piece by piece as it comes in; it can be found only when all of it is there. */
async function storeUpload(
  account: Account,
  ownerId: bigint,
  mime: string,
  request: FastifyRequest,
  limit: number,
): Promise<bigint | undefined> {
  const id = account.write(() =>
    beginFile(account, { owner: 'contactslist', ownerId, kind: 'CSVData', mime }),
  );
  const discard = () => account.write(() => removeFile(account, id));
  // one buffer for all pieces: SQLite copies each, and a new one each time would wait for the garbage collector
  const piece = Buffer.allocUnsafeSlow(uploadPiece);
  let filled = 0;
  let size = 0;
  const flush = () => {
    account.write(() => appendToFile(account, id, piece.subarray(0, filled)));
    filled = 0;
  };
  const take = (chunk: Buffer) => {
    const fitted = size <= limit;
    size += chunk.length;
    if (size > limit) {
      if (fitted) discard();
      return;
    }
    for (let from = 0; from < chunk.length; ) {
      const taken = chunk.copy(piece, filled, from);
      from += taken;
      filled += taken;
      if (filled === piece.length) flush();
    }
  };
  try {
    // the scope's parser hands the stream on; there is none for a request without a body
    if (request.body) await takeAll(request.body as Readable, take);
    if (size > limit) return undefined;
    flush();
    account.write(() => finishFile(account, id));
    return id;
  } catch (error) {
    try {
      if (account.isOpen) discard();
    } catch {
      // the next start removes it
    }
    throw error;
  }
}

/**
 * Takes a body to its end, since a client reads no answer before.
 * @throws what `take` threw, which then gets no more, or that the client left
 */
async function takeAll(body: Readable, take: (chunk: Buffer) => void): Promise<void> {
  let failure: { error: unknown } | undefined;
  body.on('data', (chunk: Buffer) => {
    if (failure !== undefined) return;
    try {
      take(chunk);
    } catch (error) {
      failure = { error }; // a full disk
    }
  });
  await finished(body);
  if (failure !== undefined) throw failure.error;
}
