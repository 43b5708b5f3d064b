import { readFileSync } from 'node:fs';
import { createRegistry } from './accounts/registry.ts';
import { readJson, readSeed, readSeedCsv } from './control/read-seed.ts';
import { applySeed } from './control/seed.ts';
import type { SeedDocument } from './control/seed-document.ts';

/**
 * Reads what fresh accounts shall hold: JSON, or CSV by its name's end; tried out on an account of its own.
 * @throws Error that names the file and what is wrong in it
 */
export function readSeedFile(path: string): SeedDocument {
  try {
    const bytes = readFileSync(path);
    return tried(
      path.toLowerCase().endsWith('.csv')
        ? readSeedCsv(bytes, undefined)
        : readSeed(readJson(bytes.toString('utf8'))),
    );
  } catch (error) {
    throw new Error(`Cannot use the seed ${path}: ${(error as Error).message}`, { cause: error }); // fs and ours are Errors
  }
}

/**
 * Checks a document that did not come from a file, and tries it out.
 * @param document JSON, or CSV with the list that its contacts go into
 * @throws ControlError that names the place in the document
 */
export function readSeedDocument(document: object): SeedDocument {
  if ('csv' in document && 'list' in document)
    return tried(readSeedCsv(Buffer.from(String(document.csv)), String(document.list)));
  return tried(readSeed(document));
}

function tried(document: SeedDocument): SeedDocument {
  const registry = createRegistry({ fill: (account) => void applySeed(account, document) });
  registry.create({ apiKey: 'trial', secretKey: 'trial' });
  registry.close();
  return document;
}
