import { readFileSync } from 'node:fs';

/** The version of this package. */
export function packageVersion(): string {
  // from src/cli and from dist alike: the bundle is one folder deep, its chunks two
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const text = readFileSync(new URL(path, import.meta.url), 'utf8');
      const { name, version } = JSON.parse(text) as { name: string; version: string }; // our own file
      if (name === 'mockjet') return version;
    } catch {
      // not here
    }
  }
  return 'unknown';
}
