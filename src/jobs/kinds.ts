import { contactBatch } from './contact-batch/kind.ts';
import { csvImport } from './csv-import/kind.ts';
import { contactExport } from './export/kind.ts';
import type { JobKind } from './kind.ts';
import { listCopy } from './list-copy.ts';

const kinds = new Map<string, JobKind>(
  [csvImport, contactBatch, listCopy, contactExport].map((kind) => [kind.name, kind]),
);

/** A kind of job by the name in its row. */
export function jobKind(name: string): JobKind | undefined {
  return kinds.get(name);
}
