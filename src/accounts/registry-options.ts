import type { Account, Keys } from './account.ts';

/** How accounts are kept, and who is told of them. */
export interface RegistryOptions {
  /** With a pair, only it and accounts made by `create` get in; without, any non-empty pair opens an account of its own. */
  keys?: Keys | undefined;
  /** The folder of account files; in memory without. */
  dataDirectory?: string | undefined;
  /** Makes IDs, addresses and GUIDs reproducible: each account draws from this and its key. */
  idSeed?: string | undefined;
  /** How many accounts are kept open; those longest unused are put away above it. */
  openAccounts?: number | undefined;
  /** How many accounts there may be; above it no key opens a new one. */
  accounts?: number | undefined;
  /** Adds to what a fresh account holds. */
  fill?: ((account: Account) => void) | undefined;
  /** Called when an account's database was opened, made, reset or restored. */
  onOpen?: (account: Account) => void;
  /** Called before an account's database is closed. */
  onClose?: (account: Account) => void;
  /** False for an account that must stay open, since something goes on in it. */
  isIdle?: (account: Account) => boolean;
  /** Told why a pair is not let in: a sentence without a secret. */
  onRefused?: (apiKey: string, why: string) => void;
}
