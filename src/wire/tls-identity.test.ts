import { X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAuthority, issueLeaf } from '../lib/certificates.ts';
import { createTlsIdentity } from './tls-identity.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mockjet-tls-'));
});
afterEach(() => rm(directory, { recursive: true }));

const inData = (name: string) => join(directory, 'tls', name);

test('keeps its CA in the data directory, for its owner alone, and uses it at the next start', async () => {
  const first = createTlsIdentity({ directory, names: ['ann.test'] });
  expect(await readdir(directory)).toEqual([]);
  const ca = await first.caPem();
  expect(await readFile(inData('ca.pem'), 'utf8')).toBe(ca);
  for (const name of ['ca.pem', 'ca-key.pem']) {
    expect((await stat(inData(name))).mode & 0o777).toBe(0o600);
  }
  const second = createTlsIdentity({ directory, names: ['bob.test'] });
  expect(await second.caPem()).toBe(ca);
  const leaf = new X509Certificate((await second.keyPair()).certificatePem);
  expect(leaf.verify(new X509Certificate(ca).publicKey)).toBe(true);
  expect(leaf.checkHost('bob.test')).toBe('bob.test');
  expect(leaf.checkHost('ann.test')).toBeUndefined();
  expect(leaf.checkHost('api.mailjet.com')).toBe('api.mailjet.com');
  expect(leaf.checkHost('mockjet')).toBe('mockjet');
});

test('agrees on one CA when several start at once, and leaves no drafts', async () => {
  const starts = Array.from({ length: 6 }, () => createTlsIdentity({ directory }).caPem());
  expect(new Set(await Promise.all(starts)).size).toBe(1);
  expect(await readdir(directory)).toEqual(['tls']);
});

test('keeps it in memory without a data directory', async () => {
  const identity = createTlsIdentity({});
  expect(await identity.caPem()).toBe(await identity.caPem());
  expect(await identity.keyPair()).toBe(await identity.keyPair());
});

test.each([
  ['ca.pem', 'is not a certificate'],
  ['ca-key.pem', 'is not an unencrypted private key'],
])('names a broken %s and the remedy, and tries again later', async (name, text) => {
  await createTlsIdentity({ directory }).caPem();
  const sound = await readFile(inData(name));
  await writeFile(inData(name), 'broken');
  const identity = createTlsIdentity({ directory });
  await expect(identity.caPem()).rejects.toThrow(`${inData(name)} ${text}`);
  await expect(identity.caPem()).rejects.toThrow(`delete the folder ${join(directory, 'tls')}`);
  await writeFile(inData(name), sound);
  expect(await identity.caPem()).toContain('BEGIN CERTIFICATE');
});

test('names a missing key file', async () => {
  await createTlsIdentity({ directory }).caPem();
  await rm(inData('ca-key.pem'));
  await expect(createTlsIdentity({ directory }).keyPair()).rejects.toThrow(
    `${inData('ca-key.pem')} is missing`,
  );
});

test('says so when the data directory is a file', async () => {
  const file = join(directory, 'data');
  await writeFile(file, '');
  await expect(createTlsIdentity({ directory: file }).caPem()).rejects.toThrow(
    `${join(file, 'tls', 'ca.pem')} can't be read (ENOTDIR)`,
  );
});

test.skipIf(process.getuid?.() === 0)('says so when the data directory is read-only', async () => {
  await chmod(directory, 0o500);
  await expect(createTlsIdentity({ directory }).caPem()).rejects.toThrow("can't be written");
  await chmod(directory, 0o700);
});

test('serves the certificate of the user, and never gives away a key beside it', async () => {
  const authority = await createAuthority();
  const leaf = await issueLeaf(authority, ['mail.test']);
  const certFile = join(directory, 'cert.pem');
  const keyFile = join(directory, 'key.pem');
  const combined = leaf.keyPem + leaf.certificatePem + authority.certificatePem;
  await writeFile(certFile, combined);
  await writeFile(keyFile, leaf.keyPem);
  const identity = createTlsIdentity({ certFile, keyFile });
  expect(await identity.keyPair()).toEqual({ certificatePem: combined, keyPem: leaf.keyPem });
  expect(await identity.caPem()).toBe(leaf.certificatePem + authority.certificatePem);
});

test('explains files of the user that do not work', async () => {
  const certFile = join(directory, 'cert.pem');
  const keyFile = join(directory, 'key.pem');
  const load = () => createTlsIdentity({ certFile, keyFile }).keyPair();
  await expect(load()).rejects.toThrow(`The TLS certificate ${certFile} can't be read (ENOENT)`);
  await writeFile(certFile, (await createAuthority()).certificatePem);
  await expect(load()).rejects.toThrow(`The TLS key ${keyFile} can't be read (ENOENT)`);
  await writeFile(keyFile, (await createAuthority()).keyPem);
  await expect(load()).rejects.toThrow(`${keyFile} does not belong to the certificate`);
  expect(() => createTlsIdentity({ certFile })).toThrow('give both files');
});
