import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let root: string | undefined;

/**
 * The folder of the mockjet package: its files are found from the sources, from dist and from a chunk alike.
 * @throws Error when this code was bundled into something else
 */
export function packageRoot(): string {
  // build.mjs gives the CommonJS bundle an import.meta.url
  let folder = root ?? dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'migrations/0001-contacts.sql'))) {
    if (folder === dirname(folder))
      throw new Error(
        'The folder migrations/ of the mockjet package is missing: keep the package out of bundles',
      );
    folder = dirname(folder);
  }
  root = folder;
  return root;
}
