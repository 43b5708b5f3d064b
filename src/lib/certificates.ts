import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate and its private key, both PEM. */
export type CertifiedKey = { certificatePem: string; keyPem: string };

const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 24 * 60 * 60 * 1000;
const authorityDays = 3650;
// Apple's and some mobile clients refuse more than 398 days; one is spent on clocks that run behind.
const leafDays = 396;

/**
 * Makes a certificate authority of its own, valid for ten years (EC P-256).
 *
 * @returns the authority's certificate and its private key (PKCS#8), each with a name of its own, so
 *   that two of them can be trusted side by side.
 */
export async function createAuthority(): Promise<CertifiedKey> {
  const x509 = await loadX509();
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=Mockjet local CA ${randomBytes(3).toString('hex')}, O=Mockjet`,
    ...validity(authorityDays),
    keys,
    signingAlgorithm: keyAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      // A self-signed certificate may leave it out; Python 3.13 is content either way, older strict checks are not.
      await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificatePem: pem(certificate.toString('pem')), keyPem: await privatePem(keys) };
}

/**
 * Issues a server certificate, valid for less than 398 days and never longer than its authority.
 *
 * @param authority what `createAuthority` gave.
 * @param names DNS names (with or without `*.`) and IP addresses; the first is the common name.
 * @throws Error naming the entry that is neither a DNS name nor an IP address.
 */
export async function issueLeaf(
  authority: CertifiedKey,
  names: readonly string[],
): Promise<CertifiedKey> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(authority.certificatePem);
  const signingKey = await importPrivateKey(authority.keyPem);
  const keys = await generateKeys();
  const period = validity(leafDays);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [names.find((name) => name.length <= 64) ?? 'mockjet'] }],
    issuer: issuer.subjectName,
    notBefore: period.notBefore,
    notAfter: new Date(Math.min(issuer.notAfter.getTime(), period.notAfter.getTime())),
    signingKey,
    publicKey: keys.publicKey,
    signingAlgorithm: keyAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.map(alternativeName)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return { certificatePem: pem(certificate.toString('pem')), keyPem: await privatePem(keys) };
}

/**
 * Says what is wrong with a certificate and key that came from files.
 *
 * @returns the end of a sentence ("is not a certificate in PEM form"), with the part it is about, or
 *   `undefined` when both are sound, belong together and have not expired.
 */
export function flawOf(
  pair: CertifiedKey,
): { part: 'certificate' | 'key'; text: string } | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pair.certificatePem);
  } catch {
    return { part: 'certificate', text: 'is not a certificate in PEM form' };
  }
  try {
    const key = createPrivateKey(pair.keyPem);
    if (!certificate.checkPrivateKey(key)) {
      return { part: 'key', text: 'does not belong to the certificate beside it' };
    }
  } catch {
    return { part: 'key', text: 'is not an unencrypted private key in PEM form' };
  }
  if (Date.parse(certificate.validTo) < Date.now()) {
    return { part: 'certificate', text: `expired on ${certificate.validTo}` };
  }
  return undefined;
}

// The library is heavy to load, which a start that never speaks TLS need not pay.
async function loadX509() {
  return (await import('./x509.ts')).x509;
}

function generateKeys() {
  return webcrypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
}

function importPrivateKey(keyPem: string) {
  const der = createPrivateKey(keyPem).export({ format: 'der', type: 'pkcs8' });
  return webcrypto.subtle.importKey('pkcs8', der, keyAlgorithm, false, ['sign']);
}

async function privatePem(keys: webcrypto.CryptoKeyPair): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}

function pem(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

// Begins with 0x40 to 0x7f: positive and of full length in DER, as RFC 5280 4.1.2.2 wants it.
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function validity(days: number): { notBefore: Date; notAfter: Date } {
  // Whole seconds: a certificate holds no more.
  const now = Math.floor(Date.now() / 1000) * 1000;
  return { notBefore: new Date(now - day), notAfter: new Date(now + days * day) };
}

function alternativeName(name: string): { type: 'dns' | 'ip'; value: string } {
  if (isIP(name)) return { type: 'ip', value: name };
  if (
    /^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/i.test(name)
  ) {
    return { type: 'dns', value: name };
  }
  throw new Error(
    `"${name}" is neither a DNS name nor an IP address, so no certificate can carry it.`,
  );
}
