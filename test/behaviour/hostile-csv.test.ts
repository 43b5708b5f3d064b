import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bulk, bulk } from '../support/bulk.ts';
import { seed, times } from '../support/fuzz.ts';
import { type Mock, startMock } from '../support/mock.ts';
import { stepping } from '../support/stepping.ts';

// Whatever a file holds: the job ends, and its counts and its error file agree.
let mock: Mock;
let million: Mock;
beforeAll(async () => {
  mock = await startMock();
  million = await startMock();
});
afterAll(() => Promise.all([mock.close(), million.close()]));

async function importAll(here: Bulk, csv: Buffer) {
  const list = await here.list(`List ${Math.random()}`);
  const job = await here.import(csv, { list });
  const row = await here.ended(`csvimport/${job}`);
  const errors = await here.errorFile(job, 'latin1');
  const { SubscriberCount } = await here.get(`contactslist/${list}`);
  return { row, errors, members: Number(SubscriberCount) };
}

/** Lines of an error file, its records being of one line each; a NUL or a lone CR makes none. */
const linesOf = (errors: string) =>
  errors.split(/\r\n|\n|\r/).filter((line) => /, ###/.test(line)).length;

function expectAgreement({ row, errors, members }: Awaited<ReturnType<typeof importAll>>) {
  const { Status, Count, Current, Errcount } = row as Record<string, number>;
  expect(['Completed', 'Error', 'Abort']).toContain(Status);
  if (String(Status) !== 'Completed') return;
  expect(Current).toBe(Count);
  expect(members).toBe(Number(Count) - Number(Errcount));
  expect(linesOf(errors)).toBe(Errcount);
}

const cell = fc.constantFrom(
  ...[
    'a@example.com',
    'b@example.com',
    'A@EXAMPLE.COM',
    'no address',
    '',
    '42',
    'x"y',
    '\0',
    'é',
    '\\',
    '__proto__',
  ],
);
const line = fc.array(cell, { minLength: 1, maxLength: 4 });
const separated = fc
  .record({
    header: fc.constantFrom(
      'email',
      'email,age',
      'Email;Name;constructor',
      'a@example.com',
      '',
      '"email"',
      '__proto__,email',
      'email,email',
    ),
    lines: fc.array(line, { maxLength: 25 }),
    separator: fc.constantFrom(',', ';', '\t', '|'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    encoding: fc.constantFrom<BufferEncoding>('utf8', 'latin1', 'utf16le'),
  })
  .map(({ header, lines, separator, end, encoding }) => {
    const all = [header.replaceAll(',', separator), ...lines.map((cells) => cells.join(separator))];
    return Buffer.from(all.join(end), encoding);
  });
const random = fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const withHeader = random.map((bytes) => Buffer.concat([Buffer.from('email,age\n'), bytes]));

describe(`any file (FUZZ_SEED=${seed})`, () => {
  it.each([
    ['cells that are ours, in any encoding', separated, 50],
    ['random bytes', random, 25],
    ['random bytes below a header', withHeader, 35],
  ])('%s', { timeout: 60_000 * times }, async (name, files, numRuns) => {
    const here = bulk(mock, name);
    await fc.assert(
      fc.asyncProperty(files, async (csv) => {
        const result = await importAll(here, csv);
        // a quoted record may have many lines
        if (csv.includes('"')) expect(String(result.row.Status)).toMatch(/Completed|Error|Abort/);
        else expectAgreement(result);
      }),
      { numRuns: numRuns * times, seed },
    );
    expect(here.account.db.pragma('foreign_key_check')).toEqual([]);
  });
});

const good = 'ann@example.com';
it.each<[string, () => Buffer]>([
  [
    'a line of 10 MB',
    () => Buffer.from(`email,nickname\n${good},${'x'.repeat(1e7)}\nben@example.com,b\n`),
  ],
  [
    'a line of 10 MB in an open quote',
    () => Buffer.from(`email,nickname\n${good},"${'x'.repeat(1e7)}\n`),
  ],
  ['a million columns', () => Buffer.from(`email\n${good}${',1'.repeat(1e6)}\nben@example.com\n`)],
  [
    'a header of 300,000 names',
    () => Buffer.from(`email,${Array.from({ length: 300_000 }, (_, n) => `a${n}`)}\n${good}\n`),
  ],
  ['a header of 200,000 columns', () => Buffer.from(`email${',a'.repeat(2e5)}\n${good}\n`)],
  [
    'a megabyte of NUL bytes',
    () => Buffer.concat([Buffer.from(`email\n${good}\n`), Buffer.alloc(1e6)]),
  ],
  ['nothing but line ends', () => Buffer.from('\n'.repeat(1e6))],
  ['nothing but quotes', () => Buffer.from('"'.repeat(1e6))],
  ['nothing but separators', () => Buffer.from(','.repeat(1e6))],
  [
    'half a character at the end',
    () => Buffer.concat([Buffer.from(`email\n${good}\n`), Buffer.from([0xe2, 0x82])]),
  ],
])('%s: the job ends', { timeout: 60_000 }, async (name, csv) => {
  expectAgreement(await importAll(bulk(mock, name), csv()));
});

it('of a line of 10 MB the error file has the first megabyte', async () => {
  const here = bulk(mock, 'a long line');
  const list = await here.list('Newsletter');
  const csv = `email,nickname\n${good},${'x'.repeat(1e7)}\nben@example.com,b\n`;
  const job = await here.import(csv, { list });
  expect(await here.get(`csvimport/${job}`)).toMatchObject({
    Status: 'Completed',
    Count: 2,
    Errcount: 1,
  });
  const [, line = ''] = (await here.errorFile(job)).split('\n');
  expect(line.slice(0, 40)).toBe(`${good},${'x'.repeat(40 - good.length - 1)}`);
  expect(line.slice(1024 * 1024)).toBe(', ###Line too long');
});

// What a slice costs must not grow with the header: thousands of small slices would take minutes.
const wide = ',a'.repeat(1e6 - 1);
const own = Array.from({ length: 1e6 - 1 }, (_, n) => `a${n}`);
// a slice reads its job's row, and with it the options
const fewer = own.slice(0, 299_999);
const short = Array.from({ length: 30_000 }, (_, n) => `guest${n}@example.com`).join('\n');
const whole = `${good}${',1'.repeat(1e6 - 1)}`;
it.each<[string, { csv: string; method?: string; options?: unknown; error?: string }]>([
  ['of one name', { csv: `email${wide}\n${short}\n${whole}\n` }],
  ['without names', { csv: `email${wide.replaceAll('a', '')}\n${short}\n${whole}\n` }],
  [
    'of a million names, addresses alone read',
    { csv: `email,${own}\n${short}\n`, method: 'remove' },
  ],
  ['of a million names', { csv: `email,${own}\n${short}\n`, error: 'Error' }],
  [
    'in the options',
    { csv: `${short}\n`, method: 'remove', options: { FieldNames: ['email', ...fewer] } },
  ],
])(
  'a header of very many columns %s makes no slice long',
  { timeout: 60_000 },
  async (name, { csv, method, options, error }) => {
    const here = bulk(million, `million ${name}`);
    const jobs = stepping(million, here.account, options === undefined ? 1 : 100);
    const list = await here.list('Newsletter');
    const job = await here.import(csv, { list, ...(method && { method }), options });
    jobs.finish(job);
    const row = await here.get(`csvimport/${job}`);
    expect(row.Status).toBe(error ?? 'Completed');
    if (error !== undefined) return;
    const members = await here.get(`contactslist/${list}`);
    const isStored = csv.includes(whole);
    expect(row).toMatchObject({ Count: isStored ? 30_001 : 30_000, Errcount: 30_000 });
    expect(members.SubscriberCount).toBe(isStored ? 1 : 0);
    const [head, ...lines] = (await here.errorFile(job)).trimEnd().split('\n');
    expect(head?.split(',')).toHaveLength(1 + (options === undefined ? 1e6 : 300_000));
    expect(lines).toHaveLength(30_000);
  },
);
