import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CertifiedKey, createAuthority, flawOf } from '../lib/certificates.ts';

/**
 * Gives the certificate authority kept in `tls/ca.pem` and `tls/ca-key.pem` below a data directory, and
 * makes it where there is none.
 *
 * @throws Error, a plain sentence, when it can't be read, written or used.
 */
export async function keptAuthority(directory: string): Promise<CertifiedKey> {
  const folder = join(directory, 'tls');
  const kept = await readAuthority(folder);
  if (kept) return kept;
  await writeAuthority(directory, folder, await createAuthority());
  // Read back: another process may have been faster, and its authority is the one that stays.
  const written = await readAuthority(folder);
  if (!written) throw new Error(`${folder} lost its certificate authority: start again.`);
  return written;
}

async function readAuthority(folder: string): Promise<CertifiedKey | undefined> {
  const files = { certificate: join(folder, 'ca.pem'), key: join(folder, 'ca-key.pem') };
  const certificatePem = await readIfThere(files.certificate);
  const keyPem = await readIfThere(files.key);
  if (certificatePem === undefined && keyPem === undefined) return undefined;
  const remedy = `delete the folder ${folder} to have a new authority made, and give clients its ca.pem.`;
  if (certificatePem === undefined) throw new Error(`${files.certificate} is missing: ${remedy}`);
  if (keyPem === undefined) throw new Error(`${files.key} is missing: ${remedy}`);
  const flaw = flawOf({ certificatePem, keyPem });
  if (flaw) throw new Error(`${files[flaw.part]} ${flaw.text}: ${remedy}`);
  return { certificatePem, keyPem };
}

// Both files come into being in one step, by the name of their folder: no reader ever sees half an authority.
async function writeAuthority(
  directory: string,
  folder: string,
  authority: CertifiedKey,
): Promise<void> {
  let draft: string | undefined;
  try {
    await mkdir(directory, { recursive: true });
    draft = await mkdtemp(join(directory, 'tls-'));
    await writeFile(join(draft, 'ca.pem'), authority.certificatePem, { mode: 0o600 });
    await writeFile(join(draft, 'ca-key.pem'), authority.keyPem, { mode: 0o600 });
    await rename(draft, folder);
  } catch (error) {
    if (draft) await rm(draft, { recursive: true, force: true });
    const code = codeOf(error);
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code) && (await readAuthority(folder))) return;
    throw new Error(
      `The certificate authority can't be written to ${folder} (${code}): make the folder writable, ` +
        'or run without a data directory to keep it in memory.',
    );
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    throw new Error(`${file} can't be read (${code}): check its permissions.`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
