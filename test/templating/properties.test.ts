import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '../../src/templating/compile.ts';
import { scan } from '../../src/templating/scan.ts';
import { anyJson, seed, times } from '../support/fuzz.ts';

const fragments = [
  '{{',
  '}}',
  '{%',
  '%}',
  '[[',
  ']]',
  '[[var:',
  '[[data:',
  'var:',
  'data:',
  'mj:',
  'segment:',
  'a',
  'b',
  'list',
  'x.y',
  ' ',
  '\n',
  '"',
  "'",
  ':',
  '.',
  '-',
  '+',
  '*',
  '/',
  '(',
  ')',
  ',',
  '=',
  '==',
  '<',
  '>',
  '!=',
  '!',
  ' and ',
  ' or ',
  ' not ',
  ' xor ',
  ' div ',
  ' mod ',
  'true',
  '1',
  '0',
  '12.5',
  'Upper(',
  'Round(',
  'ToDate(',
  'FormatDateTime("',
  'FormatNumber("#,##0.00",',
  '{{var:a}}',
  '{{ b }}',
  '{% if var:a %}',
  '{% if b:1 > 2 %}',
  '{% else %}',
  '{% elseif 1 %}',
  '{% endif %}',
  '{% for b in var:list %}',
  '{% for a in b %}',
  '{% endfor %}',
  '{% set a = b %}',
  '{% set b = var:a + 1 %}',
  '<p>',
  '€',
  '💌',
  '\ud800',
  '\0',
  '\u00a0',
  '“',
  '&quot;',
  '__proto__',
  'constructor',
];
const source = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...fragments) }, fc.string()), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));
const values = fc.oneof(fc.string(), fc.double(), fc.bigInt(), fc.boolean(), fc.constant(null));
const variables = fc.dictionary(
  fc.constantFrom('a', 'b', 'list', 'x', 'A', '__proto__', 'constructor'),
  anyJson(values, ['a', 'b', 'x', 'y', 'Y'], 3),
);
const check = (property: Parameters<typeof fc.assert>[0], runs: number) =>
  fc.assert(property, { seed, numRuns: runs * times });

it('a text without braces and brackets is its own rendering', () => {
  const text = fc.string({ unit: 'binary' }).map((each) => each.replace(/[{[]/g, ''));
  check(
    fc.property(text, (each) => {
      const { text: rendered, errors, warnings } = compile(each, { part: 'html' }).render({});
      expect({ rendered, errors, warnings }).toEqual({ rendered: each, errors: [], warnings: [] });
    }),
    500,
  );
});

it('the pieces of any source are the source, in its order', () => {
  check(
    fc.property(source, fc.boolean(), (each, language) => {
      const { pieces } = scan(each, language);
      expect(pieces.map(({ start, end }) => each.slice(start, end)).join('')).toBe(each);
      expect(pieces.every(({ start, end }) => start < end)).toBe(true);
    }),
    1000,
  );
});

it('any source with any variables ends, within its budget, and says where what is wrong', () => {
  check(
    fc.property(source, variables, fc.boolean(), (each, given, strictLoops) => {
      const template = compile(each, { part: 'html' });
      const limits = { steps: 2000, outputBytes: 5000, strictLoops };
      const { text, errors, warnings } = template.render(
        { variables: given, contact: given },
        limits,
      );
      expect(typeof text).toBe('string');
      const lines = each.split(/\r\n|\n|\r/);
      for (const error of errors) {
        expect(error.message).not.toBe('');
        expect(error.hint).not.toBe('');
        const line = lines[error.line - 1] ?? '';
        expect(
          line.slice(error.column - 1).startsWith(error.expression.split(/[\r\n]/)[0] ?? ''),
        ).toBe(true);
      }
      for (const { message } of warnings) expect(message).not.toBe('');
    }),
    3000,
  );
});

it('a value of the variables is printed, and never read as a template', () => {
  check(
    fc.property(source, (each) => {
      const { text, errors } = compile('{{var:a}}|[[var:a]]', { part: 'html' }).render({
        variables: { a: each },
      });
      expect({ text, errors }).toEqual({ text: `${each}|${each}`, errors: [] });
    }),
    300,
  );
});
