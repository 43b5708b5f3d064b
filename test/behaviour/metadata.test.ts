import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describe as describeResource } from '../../src/engine/metadata.ts';
import { resources } from '../../src/resources/all.ts';
import { contactslist } from '../../src/resources/contactslist/contactslist.ts';
import { notBuilt } from '../../src/resources/not-built.ts';
import { freshAccount, rowOf, rowsOf } from '../support/fresh-account.ts';
import { actionsNotBuilt } from '../support/gaps.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

/** A real answer of 2021, which lies beside the repository where it was made. */
const path = fileURLToPath(new URL('../../../shared/wire/metadata.json', import.meta.url));
const real: { Name: string }[] = existsSync(path)
  ? JSON.parse(readFileSync(path, 'utf8')).Data
  : [];
const title = real.length > 0 ? 'Beside the real answer' : `Without ${path} (skipped)`;

describe.skipIf(real.length === 0)(title, () => {
  it.each(resources.map(({ name }) => name))(
    '%s is told in the same words and order',
    async (name) => {
      const { get } = freshAccount(mock);
      const row = rowOf(await get(`metadata/${name}`));
      expect(JSON.stringify(row)).toBe(JSON.stringify(real.find(({ Name }) => Name === name)));
    },
  );

  it('every resource is either built or known as a gap', () => {
    const known = new Set(resources.map(({ name }) => name));
    const missing = real.filter(({ Name }) => !known.has(Name) && !notBuilt.has(Name));
    expect(missing).toEqual([]);
  });
});

/** What metadata tells of resources, a fact a line; what is empty or false is left out. */
function factsOf(rows: readonly object[]): string {
  return rows.map((row) => `${factLines(row).join('\n')}\n`).join('\n');
}

function factLines(row: object, indent = ''): string[] {
  const members = Object.entries(row);
  const name = members.find(([key]) => key === 'Name')?.[1] ?? '-';
  const plain = members.filter(
    ([key, value]) => key !== 'Name' && !Array.isArray(value) && value !== '' && value !== false,
  );
  const facts = plain.map(([key, value]) => (value === true ? key : `${key}: ${value}`));
  const lists = members.filter(([, value]) => Array.isArray(value) && value.length > 0);
  return [
    `${indent}${name} (${facts.join('; ')})`,
    ...lists.flatMap(([key, value]) => [
      `${indent}  ${key}`,
      ...value.flatMap((item: object | string) =>
        typeof item === 'string' ? `${indent}    "${item}"` : factLines(item, `${indent}    `),
      ),
    ]),
  ];
}

it('each built resource is told as production told it', async () => {
  const { get } = freshAccount(mock);
  const built = resources.map(({ name }) => name).sort();
  const told = await Promise.all(built.map(async (name) => rowOf(await get(`metadata/${name}`))));
  if (real.length > 0) {
    const production = built.flatMap((name) => real.filter(({ Name }) => Name === name));
    expect(factsOf(told)).toBe(factsOf(production));
  }
  // the facts in the repository, which `npm run docs` takes anew where there is the real answer beside it
  await expect(factsOf(told)).toMatchFileSnapshot('../fixtures/metadata.txt');
});

const newer = fileURLToPath(new URL('../../../shared/wire/openapi-2025.yaml', import.meta.url));

describe.skipIf(!existsSync(newer))('Beside the OpenAPI file of 2025', () => {
  it('every resource is either built or known as a gap, and every filter is known', () => {
    const text = readFileSync(newer, 'utf8');
    // a section a resource: its path, then its operations with the names of their parameters
    const sections = text.split(/^ {2}\/v3\/REST\//m).slice(1);
    const names = sections.map((section) => /^[a-z]+/.exec(section)?.[0] ?? '');
    expect(new Set(names).size).toBeGreaterThan(60);
    const unknown = sections.flatMap((section, i) => {
      const name = names[i] ?? '';
      const resource = resources.find((each) => each.name === name);
      if (resource === undefined) return notBuilt.has(name) ? [] : [name];
      const filters = [...section.matchAll(/^ {8}- name: (\w+)\n {10}in: query/gm)]
        .map(([, filter = '']) => filter)
        .filter((filter) => !['countOnly', 'Limit', 'Offset', 'Sort'].includes(filter));
      return filters
        .filter((filter) => !(filter in resource.filters))
        .map((filter) => `${name}?${filter}`);
    });
    expect(unknown).toEqual([]);
  });
});

describe('GET metadata', () => {
  it('ignores Limit (recorded), and finds one by name', async () => {
    const { get } = freshAccount(mock);
    expect(rowsOf(await get('metadata?Limit=1'))).toHaveLength(resources.length);
    const [row, ...more] = rowsOf(await get('metadata?ResourceName=ContactsList'));
    expect([row?.Name, more]).toEqual(['contactslist', []]);
    expect((await get('metadata/nothing')).status).toBe(404);
  });

  it('lists actions that are not built, and they answer 501', async () => {
    const { get, call } = freshAccount(mock);
    for (const { resource, action, path, method } of actionsNotBuilt()) {
      expect((await get(`metadata/${resource}`)).body).toContain(`"Name" : "${action}"`);
      expect((await call(method, path)).status).toBe(501);
    }
  });

  it('follows the declaration: a filter that is renamed there is renamed here', () => {
    const { Name: filter, ...others } = contactslist.filters;
    if (filter === undefined) throw new Error('contactslist has lost its filter Name');
    const renamed = { ...contactslist, filters: { ...others, Title: filter } };
    const names = (resource: typeof contactslist) =>
      (describeResource(resource).Filters as { Name: string }[]).map(({ Name }) => Name); // describe makes them so
    expect(names(contactslist)).toEqual(['Address', 'ExcludeID', 'IsDeleted', 'Name']);
    expect(names(renamed)).toEqual(['Address', 'ExcludeID', 'IsDeleted', 'Title']);
  });

  it('keeps what production did not list in 2021 to itself', async () => {
    const { get } = freshAccount(mock);
    expect((await get('metadata/contact')).body).not.toContain('EmailLike');
    expect((await get('metadata/listrecipient')).body).not.toMatch(
      /"IsRequired" : \w+, "Name" : "ListName", "ReadOnly" : true/,
    );
  });
});
