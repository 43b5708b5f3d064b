import type { ControlClient } from './control-client.ts';

/** A kept state of an account. */
export interface Snapshot {
  name: string;
  /** When it was saved, by the account's clock, RFC 3339. */
  at: string;
  contacts: number;
  /** Bytes of its database. */
  size: number;
}

/** The kept states of an account, by name. */
export interface Snapshots {
  list(): Promise<Snapshot[]>;
  /** Keeps the account as it is; a snapshot of the same name is replaced. */
  save(name: string): Promise<void>;
  /**
   * Makes the account what it was when the snapshot was saved.
   * @throws MockjetError 404 when there is none of this name
   */
  restore(name: string): Promise<void>;
  /** @throws MockjetError 404 when there is none of this name */
  remove(name: string): Promise<void>;
  /** A snapshot as the bytes of a SQLite file. */
  read(name: string): Promise<Uint8Array>;
  /**
   * Keeps the bytes of a SQLite file as a snapshot.
   * @throws MockjetError 400 when they are no sound Mockjet account
   */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** @param control with the account's credentials */
export function createSnapshots({ call, bytes }: ControlClient): Snapshots {
  const path = (name: string) => `/snapshots/${encodeURIComponent(name)}`;
  return {
    list: async () => (await call<{ snapshots: Snapshot[] }>('GET', '/snapshots')).snapshots,
    async save(name) {
      await call('POST', '/snapshots', { json: { name } });
    },
    async restore(name) {
      await call('POST', `${path(name)}/restore`, { json: {} });
    },
    async remove(name) {
      await call('DELETE', path(name));
    },
    read: (name) => bytes('GET', path(name)),
    async write(name, data) {
      await call('PUT', path(name), { bytes: { data, type: 'application/vnd.sqlite3' } });
    },
  };
}
