import { describe, expect, it } from 'vitest';
import { compile } from '../../src/templating/compile.ts';
import { conditions } from './cases/conditions.ts';
import { expressions } from './cases/expressions.ts';
import { loops } from './cases/loops.ts';
import { names } from './cases/names.ts';
import { texts } from './cases/texts.ts';

const groups = { names, conditions, loops, expressions, texts };

describe.each(Object.entries(groups))('%s', (_group, cases) => {
  it.each(cases)('$source', ({ source, input, text, errors, warnings, language, limits }) => {
    const options = language === undefined ? { part: 'html' } : { part: 'html', language };
    const rendered = compile(source, options).render(input, limits);
    expect(
      rendered.errors.map(({ part, line, column, message }) => ({
        part,
        at: `${line}:${column}`,
        message,
      })),
    ).toEqual(errors.map(({ at, message }) => ({ part: 'html', at, message })));
    errors.forEach(({ hint }, index) => {
      if (hint !== undefined) expect(rendered.errors[index]?.hint).toMatch(hint);
    });
    expect(rendered.warnings.map(({ code }) => code)).toEqual(warnings);
    if (text !== undefined) expect(rendered.text).toBe(text);
  });
});

it('the table has 150 cases and more, each once', () => {
  const all = Object.values(groups).flat();
  const keys = all.map(({ input, evidence: _evidence, ...rest }) =>
    JSON.stringify([rest, input], (_key, value) =>
      typeof value === 'bigint' || value instanceof RegExp ? String(value) : value,
    ),
  );
  expect(all.length).toBeGreaterThan(150);
  expect(new Set(keys).size).toBe(all.length);
});
