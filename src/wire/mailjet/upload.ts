import { finished, type Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { Account } from '../../accounts/account.ts';
import { appendToFile, beginFile, finishFile, removeFile } from '../../accounts/data-store.ts';
import { tooManyBytes } from '../../lib/errors.ts';
import type { BodyLimits } from '../body-limits.ts';
import { drainBody } from '../collect-body.ts';

/** Bytes that are stored at once; pieces of 256 KB and of 1 MB took longer. */
const uploadPiece = 512 * 1024;

/**
 * Stores a body piece by piece as it comes in; it can be found only when all of it is there.
 * @returns the ID of the file
 * @throws TooLargeError for a body over the limit; Error when the account was reset, restored or removed meanwhile: its
 *   connection is cut then
 */
export async function storeUpload(
  account: Account,
  ownerId: bigint,
  mime: string,
  request: FastifyRequest,
  { upload: limit, pieces }: Pick<BodyLimits, 'upload' | 'pieces'>,
): Promise<bigint> {
  const id = account.write(() =>
    beginFile(account, { owner: 'contactslist', ownerId, kind: 'CSVData', mime }),
  );
  const { epoch } = account;
  // in another database the ID may be another upload's
  const isStale = () => !account.isOpen || account.epoch !== epoch;
  const discard = () => account.write(() => removeFile(account, id));
  // one buffer for all pieces: SQLite copies each, and a new one each time would wait for the garbage collector
  // a thousand uploads that stand still must not hold one each: without room they are stored as they come
  const piece = pieces.enter(uploadPiece) ? Buffer.allocUnsafeSlow(uploadPiece) : undefined;
  let filled = 0;
  let size = 0;
  const store = (bytes: Buffer) => account.write(() => appendToFile(account, id, bytes));
  const flush = () => {
    if (piece !== undefined) store(piece.subarray(0, filled));
    filled = 0;
  };
  const requireSame = () => {
    if (!isStale()) return;
    const why = 'The account was reset, restored or removed during an upload, which is cut off';
    request.log.info(why);
    request.raw.socket.destroy();
    throw new Error(why);
  };
  const take = (chunk: Buffer) => {
    requireSame();
    size += chunk.length;
    if (size > limit) throw tooManyBytes(limit, '--body-limit');
    if (piece === undefined) return store(chunk);
    for (let from = 0; from < chunk.length; ) {
      const taken = chunk.copy(piece, filled, from);
      from += taken;
      filled += taken;
      if (filled === piece.length) flush();
    }
  };
  try {
    // the scope's parser hands the stream on; there is none for a request without a body
    if (request.body) await takeAll(request, take);
    requireSame();
    flush();
    account.write(() => finishFile(account, id));
    return id;
  } catch (error) {
    try {
      if (!isStale()) discard();
    } catch {
      // the next start removes it
    }
    throw error;
  } finally {
    pieces.leave(uploadPiece);
  }
}

/**
 * Takes a body to its end; its rest is thrown away where it is not wanted.
 * @throws what `take` threw, or that the client left
 */
function takeAll({ body, exchange }: FastifyRequest, take: (chunk: Buffer) => void): Promise<void> {
  const stream = body as Readable; // the scope's parser hands it on
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        stream.off('data', onData);
        exchange.rest = drainBody(stream);
        reject(error); // too much, or a full disk
      }
    };
    stream.on('data', onData);
    finished(stream, (error) => (error == null ? resolve() : reject(error)));
  });
}
