import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { checkFile, openChecked } from './database.ts';
import { fileStem, ownFolder, removeDrafts, writeWhole } from './files.ts';
import { countContacts } from './image.ts';

/** What is known of a saved account. */
export interface Snapshot {
  name: string;
  /** When it was saved, ms. */
  at: number;
  /** Bytes. */
  size: number;
  contacts: number;
}

/** Databases of accounts as they once were, by account and name. */
export interface SnapshotStore {
  /** Why there is no room for so many bytes in the place of what has the name, in a sentence. */
  lacksRoom(apiKey: string, name: string, size: number): string | undefined;
  /** Keeps a database under a name, in the place of one that is there. */
  save(apiKey: string, name: string, bytes: Buffer, about: { at: number; contacts: number }): void;
  list(apiKey: string): Snapshot[];
  read(apiKey: string, name: string): Buffer | undefined;
  remove(apiKey: string, name: string): boolean;
  removeAll(apiKey: string): void;
}

/** The longest name, bytes of UTF-8: a file's name holds three times as many. */
export const longestSnapshotName = 80;

/**
 * @param dataDirectory where the folder `snapshots` is; in memory without
 * @param mostBytes how many bytes are kept in memory, of all accounts together
 */
export function createSnapshotStore(
  dataDirectory: string | undefined,
  mostBytes = 512 * 1024 * 1024,
): SnapshotStore {
  return dataDirectory === undefined
    ? inMemory(mostBytes)
    : inFolder(join(dataDirectory, 'snapshots'));
}

function inMemory(mostBytes: number): SnapshotStore {
  const accounts = new Map<string, Map<string, { bytes: Buffer; at: number; contacts: number }>>();
  const total = () =>
    [...accounts.values()]
      .flatMap((snapshots) => [...snapshots.values()])
      .reduce((sum, { bytes }) => sum + bytes.length, 0);
  return {
    lacksRoom(apiKey, name, size) {
      const replaced = accounts.get(apiKey)?.get(name)?.bytes.length ?? 0;
      if (total() - replaced + size <= mostBytes) return undefined;
      return `Snapshots in memory may take ${mostBytes} bytes: remove some, raise --snapshot-bytes, or keep them on disk with --data`;
    },
    save(apiKey, name, bytes, about) {
      const ofAccount = accounts.get(apiKey) ?? new Map();
      accounts.set(apiKey, ofAccount.set(name, { bytes, ...about }));
    },
    list: (apiKey) =>
      inOrder(
        [...(accounts.get(apiKey) ?? [])].map(([name, { bytes, at, contacts }]) => ({
          name,
          at,
          size: bytes.length,
          contacts,
        })),
      ),
    read: (apiKey, name) => accounts.get(apiKey)?.get(name)?.bytes,
    remove: (apiKey, name) => accounts.get(apiKey)?.delete(name) ?? false,
    removeAll: (apiKey) => void accounts.delete(apiKey),
  };
}

/** Each snapshot is a file; its time of change is that of the saving, so that nothing else need be written. */
function inFolder(root: string): SnapshotStore {
  const folder = (apiKey: string) => join(root, fileStem(apiKey));
  const path = (apiKey: string, name: string) => join(folder(apiKey), `${plainName(name)}.sqlite`);
  return {
    lacksRoom: () => undefined,
    save(apiKey, name, bytes, { at }) {
      ownFolder(root);
      ownFolder(folder(apiKey));
      removeDrafts(folder(apiKey));
      writeWhole(path(apiKey, name), bytes, (draft) => utimesSync(draft, at / 1000, at / 1000));
    },
    list(apiKey) {
      if (!existsSync(folder(apiKey))) return [];
      removeDrafts(folder(apiKey));
      const files = readdirSync(folder(apiKey)).filter((file) => file.endsWith('.sqlite'));
      return inOrder(
        files.map((file) => {
          const at = join(folder(apiKey), file);
          const { size, mtimeMs } = statSync(at);
          const name = decodeURIComponent(file.slice(0, -'.sqlite'.length));
          return { name, at: Math.round(mtimeMs), size, contacts: contactsOf(at) };
        }),
      );
    },
    read: (apiKey, name) =>
      existsSync(path(apiKey, name)) ? readFileSync(path(apiKey, name)) : undefined,
    remove(apiKey, name) {
      if (!existsSync(path(apiKey, name))) return false;
      rmSync(path(apiKey, name));
      return true;
    },
    removeAll: (apiKey) => rmSync(folder(apiKey), { recursive: true, force: true }),
  };
}

function inOrder(snapshots: Snapshot[]): Snapshot[] {
  return snapshots.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A name that is one file in every file system, also where A and a are the same. */
function plainName(name: string): string {
  return [...Buffer.from(name, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[a-z0-9_-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** 0 for a file that was damaged or exchanged meanwhile; a restore says so. */
function contactsOf(path: string): number {
  try {
    checkFile(path);
    const db = openChecked(path, { readonly: true });
    try {
      return countContacts(db);
    } finally {
      db.close();
    }
  } catch {
    return 0;
  }
}
