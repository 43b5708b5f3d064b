import { readFile } from 'node:fs/promises';
import { type CertifiedKey, createAuthority, flawOf, issueLeaf } from '../lib/certificates.ts';
import { keptAuthority } from './authority-files.ts';
import { mailjetNames, ownNames } from './own-names.ts';

/** Who the server is under TLS. Nothing is made or read before the first call. */
export type TlsIdentity = {
  /** The certificate that the server shows (with its chain, if it has one) and its key. */
  keyPair(): Promise<CertifiedKey>;
  /** What a client must trust: the CA, or the user's own certificates. Never holds a key. */
  caPem(): Promise<string>;
};

type TlsIdentityOptions = {
  /** The data directory; the CA is kept in `tls/` below it. In memory if there is none. */
  directory?: string | undefined;
  /** Further names of this server. */
  names?: readonly string[];
  /** The user's own certificate and key, instead of a CA of ours. */
  certFile?: string | undefined;
  keyFile?: string | undefined;
};

/**
 * Makes the TLS identity of a server.
 *
 * The CA is kept, the server's certificate is not: it is issued at each start in a few milliseconds, so that
 * it always has today's names and never expires.
 *
 * @throws Error at once if only one of certFile and keyFile is given. The functions reject with a plain
 *   sentence that names the file and the remedy; a later call tries again.
 */
export function createTlsIdentity(options: TlsIdentityOptions): TlsIdentity {
  const { directory, names = [], certFile, keyFile } = options;
  if (certFile && keyFile) {
    const own = onceGood(() => ownPair(certFile, keyFile));
    return { keyPair: own, caPem: async () => certificatesOf((await own()).certificatePem) };
  }
  if (certFile || keyFile) {
    throw new Error('A TLS certificate needs its key and a key its certificate: give both files.');
  }
  const authority = onceGood(() => (directory ? keptAuthority(directory) : createAuthority()));
  return {
    keyPair: onceGood(async () =>
      issueLeaf(await authority(), [...mailjetNames, ...ownNames(names)]),
    ),
    caPem: async () => (await authority()).certificatePem,
  };
}

async function ownPair(certFile: string, keyFile: string): Promise<CertifiedKey> {
  const pair = {
    certificatePem: await readOrExplain(certFile, 'TLS certificate'),
    keyPem: await readOrExplain(keyFile, 'TLS key'),
  };
  const flaw = flawOf(pair);
  if (!flaw) return pair;
  const file = flaw.part === 'key' ? keyFile : certFile;
  throw new Error(
    `${file} ${flaw.text}: give a certificate and its key that fit, or none to have them made.`,
  );
}

async function readOrExplain(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new Error(`The ${what} ${file} can't be read (${code}): check its path and permissions.`);
  }
}

// A combined PEM file holds the key as well, and this is given to anyone who asks.
function certificatesOf(text: string): string {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return `${blocks.join('\n')}\n`;
}

function onceGood<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
