import { Busboy } from '@fastify/busboy';
import type { JsonObject } from '../../lib/json.ts';
import { type FormFile, formFields } from './form-fields.ts';
import { type LegacyError, legacyError } from './legacy-error.ts';

/** Most parts of a form; assumed, far above what a mail can have. */
const mostParts = 1000;

/**
 * The fields of a `multipart/form-data` body, files among them as attachments.
 * @throws LegacyError for a form that cannot be read to its end (assumed: 500 Invalid stream operation)
 */
export function readMultipart(body: Buffer, contentType: string): Promise<JsonObject> {
  if (hasManyParts(body, contentType)) return Promise.reject(legacyError('badStream'));
  return new Promise((resolve, reject: (error: LegacyError) => void) => {
    const fail = () => reject(legacyError('badStream'));
    try {
      const fields: [string, string][] = [];
      const files: FormFile[] = [];
      const form = new Busboy({
        headers: { 'content-type': contentType },
        limits: { parts: mostParts, fieldSize: body.length, fileSize: body.length },
      });
      form.on('field', (name, value) => fields.push([name, value]));
      form.on('file', (field, stream, filename, _encoding, type) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('error', fail);
        stream.on('end', () => {
          files.push({ field, filename, contentType: type, content: Buffer.concat(chunks) });
        });
      });
      form.on('partsLimit', fail);
      form.on('error', fail);
      form.on('finish', () => resolve(formFields(fields, files)));
      form.end(body);
    } catch {
      fail(); // a type without a boundary
    }
  });
}

/** Whether there is no need to read a form: each of its parts takes a parser some microseconds. */
function hasManyParts(body: Buffer, contentType: string): boolean {
  const [, boundary = ''] = /boundary="?([^";]+)/i.exec(contentType) ?? [];
  if (boundary === '') return false;
  const between = `--${boundary.trim()}`;
  let parts = 0;
  for (let at = body.indexOf(between); at >= 0; at = body.indexOf(between, at + between.length)) {
    parts += 1;
    if (parts > mostParts + 1) return true; // one stands at the end
  }
  return false;
}
