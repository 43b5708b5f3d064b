import { lstatSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Writes the CA where it stays for the processes that are told of it, and returns its path. The folder is
 * the user's own: what another one may write to must not become a CA that is trusted.
 *
 * @param url of the server whose CA it is; each has a file.
 */
export function writeCaFile(url: string, pem: string): string {
  const { host } = new URL(url);
  const path = join(ownFolder(), `ca-${host.replaceAll(/[^\w.-]+/g, '-')}.pem`);
  writeFileSync(path, pem);
  return path;
}

function ownFolder(): string {
  // Windows knows neither owners nor modes; a container's user may have no name.
  const uid = process.getuid?.() ?? -1;
  const folder = join(tmpdir(), `mockjet-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  // Windows: its folder is the user's as it is.
  const isOurs = found.isDirectory() && (uid < 0 || (found.uid === uid && !(found.mode & 0o022)));
  return isOurs ? folder : mkdtempSync(join(tmpdir(), 'mockjet-'));
}
