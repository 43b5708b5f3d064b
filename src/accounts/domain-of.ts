import { createHash } from 'node:crypto';
import type { Account } from './account.ts';

/**
 * The domain of an address, made known with its first sender (documented). Runs inside a transaction.
 * @param email an address, or `*@` and a domain
 */
export function domainOf(account: Account, email: string): { ID: bigint; OwnerShipToken: string } {
  const name = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  const found = account.sql('SELECT ID, OwnerShipToken FROM domain WHERE Domain = ?').get(name);
  const made = () =>
    account
      .sql(
        'INSERT INTO domain (Domain, DKIMKey, OwnerShipToken) VALUES (?, ?, ?) RETURNING ID, OwnerShipToken',
      )
      .get(name, publicKey(account, name), drawn(account, name, 16).toString('hex'));
  return (found ?? made()) as { ID: bigint; OwnerShipToken: string }; // the columns selected
}

/** The same bytes for a domain whenever it is asked for: they shift no other identifier of a seeded account. */
const drawn = ({ random }: Account, name: string, outputLength: number) =>
  createHash('shake256', { outputLength }).update(`${random.seed}/domain/${name}`).digest();

/** What looks like an RSA key of 1024 bits (recorded in its form); nobody has the private one. */
function publicKey(account: Account, name: string): string {
  const modulus = drawn(account, name, 128);
  modulus[0] = (modulus[0] ?? 0) | 0x80;
  return Buffer.concat([keyHead, modulus, keyTail]).toString('base64');
}
const keyHead = Buffer.from('30819f300d06092a864886f70d010101050003818d0030818902818100', 'hex');
const keyTail = Buffer.from('0203010001', 'hex');
