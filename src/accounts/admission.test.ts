import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRegistry, type Registry } from './registry.ts';
import type { RegistryOptions } from './registry-options.ts';

let folder: string;
let registry: Registry | undefined;
let refused: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mockjet-admission-'));
  refused = [];
});
afterEach(() => {
  registry?.close();
  registry = undefined;
  rmSync(folder, { recursive: true });
});

/** Starts anew, on the folder where none is given. */
function restart(options: RegistryOptions): Registry {
  registry?.close();
  registry = createRegistry({
    dataDirectory: folder,
    onRefused: (apiKey, why) => refused.push(`${apiKey}: ${why}`),
    ...options,
  });
  return registry;
}

const shop = { apiKey: 'shop', secretKey: 'first' };
const rotated = { apiKey: 'shop', secretKey: 'second' };
const other = { apiKey: 'office', secretKey: 'third' };
const isIn = (key: string, secret: string) =>
  registry?.authenticate(key, secret)?.apiKey === key ? 'in' : 'out';

describe.each([
  ['in memory', { dataDirectory: undefined }],
  ['in a folder', {}],
])('With a pair configured, %s', (_where, where) => {
  it('only it gets in, and what the control API made', () => {
    restart({ keys: shop, ...where }).create({ apiKey: 'made', secretKey: 'own' });
    expect(isIn('shop', 'first')).toBe('in');
    expect(isIn('made', 'own')).toBe('in');
    expect(isIn('shop', 'own')).toBe('out');
    expect(isIn('made', 'first')).toBe('out');
    expect(isIn('stranger', 'any')).toBe('out');
    expect(registry?.accounts().map(({ apiKey }) => apiKey)).toEqual(['shop', 'made']);
  });
});

type Start = { keys?: RegistryOptions['keys']; uses?: [string, string][]; makes?: string };
const cases: [what: string, starts: Start[], expected: Record<string, 'in' | 'out'>][] = [
  [
    'keys opened on the fly are shut out once a pair is configured',
    [{ uses: [['stranger', 's']] }, { keys: shop }],
    { 'shop:first': 'in', 'stranger:s': 'out' },
  ],
  [
    'they get in again when no pair is configured any more',
    [{ uses: [['stranger', 's']] }, { keys: shop }, {}],
    { 'stranger:s': 'in', 'stranger:x': 'out', 'shop:first': 'in' },
  ],
  [
    'a pair that was configured before is shut out',
    [{ keys: shop }, { keys: other }],
    { 'shop:first': 'out', 'office:third': 'in' },
  ],
  [
    'a secret that was changed is the only one',
    [{ keys: shop }, { keys: rotated }],
    { 'shop:first': 'out', 'shop:second': 'in' },
  ],
  [
    'a key opened on the fly is the configured one now, and is shut out with the next',
    [{ uses: [['shop', 's']] }, { keys: shop }, { keys: other }],
    { 'shop:first': 'out', 'shop:s': 'out', 'office:third': 'in' },
  ],
  [
    'keys made by the control API get in whatever pair is configured',
    [{ keys: shop, makes: 'made' }, { keys: other }, { keys: rotated }],
    { 'made:secret': 'in', 'made:x': 'out', 'office:third': 'out' },
  ],
  [
    'such a key stays in after it was the configured one',
    [{ makes: 'shop' }, { keys: shop }, { keys: other }],
    { 'shop:first': 'in', 'shop:secret': 'out' },
  ],
];

describe('After restarts on the same folder', () => {
  it.each(cases)('%s', (_what, starts, expected) => {
    for (const { keys, uses = [], makes } of starts) {
      restart({ keys });
      for (const [key, secret] of uses) expect(isIn(key, secret)).toBe('in');
      if (makes !== undefined) registry?.create({ apiKey: makes, secretKey: 'secret' });
    }
    for (const [pair, is] of Object.entries(expected)) {
      const [key = '', secret = ''] = pair.split(':');
      expect([pair, isIn(key, secret)]).toEqual([pair, is]);
    }
  });

  it.each(['reset', 'restore'] as const)('what made an account outlives its %s', (how) => {
    const first = restart({ keys: shop });
    const made = first.create({ apiKey: 'made', secretKey: 'secret' });
    const configured = first.find('shop');
    if (configured === undefined) throw new Error('no account');
    const [ofMade, ofShop] = [first.copy(made), first.copy(configured)];
    if (how === 'reset') for (const account of [made, configured]) first.reset(account);
    else {
      // each takes what the other was
      first.restore(made, ofShop);
      first.restore(configured, ofMade);
    }
    restart({ keys: other });
    expect([isIn('made', 'secret'), isIn('shop', 'first')]).toEqual(['in', 'out']);
  });

  it('an account of a version that did not know who made it counts as opened on the fly', () => {
    cpSync(join(import.meta.dirname, '../../test/fixtures/data-v4'), folder, { recursive: true });
    restart({ keys: shop });
    expect(isIn('fixture', 'secret')).toBe('out');
    restart({});
    expect(isIn('fixture', 'secret')).toBe('in');
  });
});

describe('Who is refused is told of, with the reason and without a secret', () => {
  it('when a known key comes with another secret', () => {
    restart({}).authenticate('shop', 'mistyped');
    expect(isIn('shop', 'the-right-one')).toBe('out');
    expect(refused).toEqual([
      expect.stringMatching(/^shop: .*another secret.*by its first use.*since \d{4}-\d\d-\d\dT/),
    ]);
    expect(refused[0]).not.toMatch(/mistyped|right/);
  });

  it('when there is a pair, and another comes', () => {
    restart({ uses: [] } as RegistryOptions).authenticate('stranger', 's');
    restart({ keys: shop });
    isIn('stranger', 's');
    isIn('nobody', 's');
    expect(refused).toEqual([
      expect.stringMatching(/^stranger: A pair is configured.*by its first use/),
      expect.stringMatching(/^nobody: Only the key shop gets in/),
    ]);
  });

  it('when there are as many accounts as may be', () => {
    restart({ accounts: 2, dataDirectory: undefined });
    expect([isIn('a', 's'), isIn('b', 's'), isIn('c', 's'), isIn('a', 's')]).toEqual([
      'in',
      'in',
      'out',
      'in',
    ]);
    expect(refused).toEqual([expect.stringMatching(/^c: There are 2 accounts.*--accounts/)]);
    expect(() => registry?.create({ apiKey: 'd', secretKey: 's' })).toThrow('--accounts');
    const a = registry?.find('a');
    if (a !== undefined) registry?.remove(a);
    expect(isIn('c', 's')).toBe('in');
  });
});

it('a look makes no account', () => {
  restart({});
  expect(registry?.authenticate('shop', 'first', false)).toBeUndefined();
  expect(registry?.accounts()).toEqual([]);
  expect(isIn('shop', 'first')).toBe('in');
  expect(registry?.authenticate('shop', 'first', false)?.apiKey).toBe('shop');
});

it.each([
  ['', 'secret'],
  ['ann', ''],
  ['ann:b', 'secret'],
  ['ann\n', 'secret'],
  ['ann', 'secret\0'],
  ['k'.repeat(201), 'secret'],
  ['ann', 's'.repeat(201)],
])('the pair "%.10s" and "%.10s" is none', (apiKey, secretKey) => {
  restart({});
  expect(registry?.authenticate(apiKey, secretKey)).toBeUndefined();
  expect(registry?.accounts()).toEqual([]);
});
