import { describe, expect, it, vi } from 'vitest';
import { compile } from '../../src/templating/compile.ts';
import { renderParts } from '../../src/templating/render-parts.ts';
import { scan } from '../../src/templating/scan.ts';

const list = Array.from({ length: 200 }, (_each, index) => index);
const nested = (depth: number, inner: string) =>
  `${'{% for a in var:list %}'.repeat(depth)}${inner}${'{% endfor %}'.repeat(depth)}`;
const names = { steps: '--template-steps', outputBytes: '--template-output' };

describe('a template that does too much ends with an error that names the setting', () => {
  const doubling = '{% for a in var:list %}{% set x = x + x %}{% endfor %}';
  const table: [string, string, string][] = [
    ['loops in loops', nested(6, ''), names.steps],
    ['loops in loops that print', nested(6, 'abcdefghijklmnopqrstuvwxyz'), names.outputBytes],
    ['loops in loops that fail', nested(6, '{% set y = var:missing %}'), names.steps],
    ['loops in loops with a default', nested(6, '{{var:missing:"x"}}'), names.steps],
    [
      'loops in loops with conditions',
      nested(6, '{% if a = 1 and var:list %}x{% endif %}'),
      names.steps,
    ],
    ['much text', nested(3, 'abcdefghij'.repeat(100)), names.outputBytes],
    ['text of three bytes a character', nested(2, '€'.repeat(20)), names.outputBytes],
    ['a text that doubles', `{% set x = "abc" %}${doubling}`, names.outputBytes],
    [
      'a text that grows by a function',
      '{% set x = "&" %}{% for a in var:list %}{% set x = Escape(x) + Escape(x) %}{% endfor %}',
      names.outputBytes,
    ],
    [
      'a text that is changed again and again',
      `{% set x = "${'a'.repeat(60_000)}" %}${nested(3, '{% set y = Upper(x) %}')}`,
      names.steps,
    ],
    [
      'a text that is compared again and again',
      `{% set x = "${'a'.repeat(60_000)}" %}${nested(3, '{% if x = x + "" %}{% endif %}')}`,
      names.steps,
    ],
    ['a long expression in a loop', nested(3, `{{${'1+'.repeat(500)}1}}`), names.steps],
  ];
  it.each(table)('%s', (_does, source, setting) => {
    const limits = { steps: 50_000, outputBytes: 100_000, names };
    const { text, errors } = compile(source, { part: 'html' }).render(
      { variables: { list } },
      limits,
    );
    expect(errors.at(-1)?.hint).toContain(setting);
    expect(errors.at(-1)?.message).toContain('Mockjet stopped after');
    // the last text that is written may go beyond
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limits.outputBytes + 1000);
  });

  it('bytes are counted, not characters', () => {
    const template = compile('{{var:text}}', { part: 'html' });
    const render = (text: string) =>
      template.render({ variables: { text } }, { outputBytes: 30 }).errors.length;
    expect(['a'.repeat(30), 'a'.repeat(31), '€'.repeat(10), '€'.repeat(11)].map(render)).toEqual([
      0, 1, 0, 1,
    ]);
  });
});

describe('what is nested', () => {
  const render = (source: string) =>
    compile(source, { part: 'html' }).render({ variables: { list: [1] } });
  const openings = ['(', 'not(', '-(', 'Upper(', '1+(', 'Round(1, 2+('] as const;
  const shape = (open: string, depth: number) => {
    const levels =
      open.length - open.replaceAll('(', '').length + (/^(?:not|-)/.test(open) ? 1 : 0);
    const times = Math.floor(depth / levels);
    return `{{${open.repeat(times)}1${')'.repeat(times * (open.split('(').length - 1))}}}`;
  };
  it.each(openings)('%s 1,000 levels deep is evaluated, deeper is an error', (open) => {
    expect(render(shape(open, 1000)).errors).toEqual([]);
    const [error] = render(shape(open, 1010)).errors;
    expect(error?.message).toContain('nested deeper than 1000 levels');
  });
  it.each([
    ['{% if true %}', '{% endif %}'],
    ['{% for a in var:list %}', '{% endfor %}'],
  ])('%s', (open, close) => {
    const blocks = (depth: number) => `${open.repeat(depth)}x${close.repeat(depth)}`;
    expect(render(blocks(1000)).text).toBe('x');
    const [error] = render(blocks(1001)).errors;
    expect(error?.message).toBe('nested deeper than 1000 blocks');
  });
  it('long chains are not deep', () => {
    expect(render(`{{${'1+'.repeat(20_000)}1}}`).text).toBe('20001');
    expect(
      render(`{% if 1=2 %}${'{% elseif 1=2 %}'.repeat(15_000)}{% else %}x{% endif %}`).text,
    ).toBe('x');
  });
});

/** Counts the characters of texts that were looked at while `run` ran. */
function charactersLookedAt(run: () => void): number {
  let count = 0;
  const { indexOf, charCodeAt, startsWith, slice } = String.prototype;
  const spies = [
    vi.spyOn(String.prototype, 'indexOf').mockImplementation(function (
      this: string,
      text,
      from = 0,
    ) {
      const at = indexOf.call(this, text, from);
      count += (at < 0 ? this.length : at) - from + 1;
      return at;
    }),
    vi.spyOn(String.prototype, 'charCodeAt').mockImplementation(function (this: string, at) {
      count += 1;
      return charCodeAt.call(this, at);
    }),
    vi.spyOn(String.prototype, 'startsWith').mockImplementation(function (this: string, text, at) {
      count += 1;
      return startsWith.call(this, text, at);
    }),
    vi.spyOn(String.prototype, 'slice').mockImplementation(function (this: string, from, to) {
      const result = slice.call(this, from, to);
      count += result.length;
      return result;
    }),
  ];
  try {
    run();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return count;
}

describe('parsing looks at each character a bounded number of times', () => {
  const patterns = [
    '{{',
    '{%',
    '{{x',
    '{{"',
    '{{"}}',
    '{{"}} "',
    '{{1}}"',
    '{%"%}',
    '{{a}}',
    '{% if 1 %}',
    '{% if 1 %}{% endif %}',
    '{% endif %}',
    '{% set a = 1 %}{{a}}',
    '[[',
    '[[var:',
    '[[var:a',
    '[[var:a:"',
    '[[var:a]]',
    ']]',
    '}}',
    '"',
    "'",
    '{{a:',
    '{{var:a:"x',
    '{% for a in var:b %}',
    'a.',
    '{{a.}}',
    '\n{{',
  ];
  const sizes = [500, 2000];
  it.each(patterns)('%j', (pattern) => {
    const looked = sizes.map((times) =>
      charactersLookedAt(() => compile(pattern.repeat(times), { part: 'html' })),
    );
    expect((looked[1] ?? 0) / (looked[0] ?? 1)).toBeLessThan(5);
  });
  it.each(['{{1}}', '{{ "a" + 1 }}', '{{not '.repeat(5), '{{(((((', '{{a b}}'])(
    'within one tag: %j',
    (inner) => {
      const body = inner.replace(/^\{\{|\}\}$/g, '');
      const looked = sizes.map((times) =>
        charactersLookedAt(() => compile(`{{${body.repeat(times)}}}`, { part: 'html' })),
      );
      expect((looked[1] ?? 0) / (looked[0] ?? 1)).toBeLessThan(5);
    },
  );
  it('the pieces of a source are as many as its tags and the texts between them', () => {
    expect(scan('a{{b}}c'.repeat(1000), true).pieces).toHaveLength(2001);
  });
});

it('tags are counted: more than allowed are an error', () => {
  const source = '{{1}}'.repeat(30);
  expect(compile(source, { part: 'html', tags: 30 }).errors).toEqual([]);
  const [error] = compile(source, { part: 'html', tags: 29 }).errors;
  expect([error?.message, error?.column]).toEqual(['more than 29 tags', 146]);
});

it('the parts of a mail share their steps', () => {
  const templates = ['subject', 'text', 'html'].map((part) => compile('{{1+1+1}}', { part }));
  expect(renderParts(templates, {}, { steps: 18 })).toMatchObject({ errors: [], steps: 15 });
  const { errors } = renderParts(templates, {}, { steps: 12 });
  expect(errors.map(({ part }) => part)).toEqual(['html']);
});
