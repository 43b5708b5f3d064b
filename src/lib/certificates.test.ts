import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CertifiedKey, createAuthority, flawOf, issueLeaf } from './certificates.ts';

const names = [
  'api.mailjet.com',
  '*.mailjet.com',
  'localhost',
  '127.0.0.1',
  '::1',
  'mock_jet.test',
];
const day = 24 * 60 * 60 * 1000;
let authority: CertifiedKey;
let leaf: CertifiedKey;
beforeAll(async () => {
  authority = await createAuthority();
  leaf = await issueLeaf(authority, names);
});

function daysOf(certificate: X509Certificate): number {
  return (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / day;
}

describe('the authority', () => {
  test('is a CA of its own, valid for ten years', () => {
    const ca = new X509Certificate(authority.certificatePem);
    expect(ca.ca).toBe(true);
    expect(ca.verify(ca.publicKey)).toBe(true);
    expect(ca.checkPrivateKey(createPrivateKey(authority.keyPem))).toBe(true);
    expect(daysOf(ca)).toBe(3651);
  });

  test('never has the name of another', async () => {
    const other = await createAuthority();
    expect(new X509Certificate(other.certificatePem).subject).not.toBe(
      new X509Certificate(authority.certificatePem).subject,
    );
  });
});

describe('the leaf', () => {
  test('is issued by the authority, is no CA and is valid for at most 397 days', () => {
    const ca = new X509Certificate(authority.certificatePem);
    const certificate = new X509Certificate(leaf.certificatePem);
    expect(certificate.checkIssued(ca)).toBe(true);
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(daysOf(certificate)).toBe(397);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  test('carries every name', () => {
    const certificate = new X509Certificate(leaf.certificatePem);
    for (const host of ['api.mailjet.com', 'mock.mailjet.com', 'localhost', 'mock_jet.test']) {
      expect(certificate.checkHost(host)).toBeDefined();
    }
    for (const ip of ['127.0.0.1', '::1']) expect(certificate.checkIP(ip)).toBeDefined();
    expect(certificate.checkHost('example.com')).toBeUndefined();
  });

  test.each(['a b', 'x,DNS:evil', '', '-a', '*.*.com', 'ä.example'])(
    'refuses the name %j',
    (name) => expect(issueLeaf(authority, [name])).rejects.toThrow(`"${name}" is neither`),
  );
});

describe('flawOf', () => {
  test('finds nothing wrong with what was just made', () => {
    expect(flawOf(authority)).toBeUndefined();
    expect(flawOf(leaf)).toBeUndefined();
  });

  test.each([
    ['certificate', { certificatePem: 'x' }, 'is not a certificate'],
    ['key', { keyPem: 'x' }, 'is not an unencrypted private key'],
  ])('names a broken %s', (part, broken, text) => {
    expect(flawOf({ ...leaf, ...broken })).toEqual({ part, text: expect.stringContaining(text) });
  });

  test('names a key that belongs to another certificate', () => {
    expect(flawOf({ ...leaf, keyPem: authority.keyPem })?.part).toBe('key');
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) process.stderr.write('skipped: openssl is not installed\n');

test.skipIf(!hasOpenssl)('openssl accepts the chain in its strict mode', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mockjet-'));
  const write = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const ca = write('ca.pem', authority.certificatePem);
  const file = write('leaf.pem', leaf.certificatePem);
  const strict = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', ca];
  expect(execFileSync('openssl', [...strict, file]).toString()).toContain('OK');
  rmSync(folder, { recursive: true });
});
