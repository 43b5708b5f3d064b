import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('../../examples/', import.meta.url);
const settings = [
  'MOCKJET_HOST',
  'MOCKJET_PORT',
  'MOCKJET_DATA',
  'MJ_APIKEY_PUBLIC',
  'MJ_APIKEY_PRIVATE',
];

// those of the library are run: test/package/library.test.ts
test.each(readdirSync(folder).filter((name) => name.endsWith('.yml')))(
  '%s names only settings that exist',
  (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const named = text.match(/\b(MOCKJET|MJ)_[A-Z_]+/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    expect(settings).toEqual(expect.arrayContaining(named));
    expect(text).not.toContain('\t');
  },
);
