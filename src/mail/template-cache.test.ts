import { expect, it } from 'vitest';
import { createTemplateCache } from './template-cache.ts';

const budget = () => ({ tags: 100_000 });
const tags = (count: number, name: string) => `{{var:${name}}}`.repeat(count);

it('a source is compiled once for each part and way to read it', () => {
  const compile = createTemplateCache();
  const first = compile('Hi {{var:a}}', 'html', true, budget());
  expect(compile('Hi {{var:a}}', 'html', true, budget())).toBe(first);
  expect(compile('Hi {{var:a}}', 'text', true, budget())).not.toBe(first);
  expect(compile('Hi {{var:a}}', 'html', false, budget())).not.toBe(first);
});

it('those that were used longest ago go, where there are too many tags', () => {
  const compile = createTemplateCache();
  const sources = ['a', 'b', 'c'].map((name) => tags(20_000, name));
  const [a, b] = sources.slice(0, 2).map((source) => compile(source, 'html', true, budget()));
  expect(compile(sources[0] ?? '', 'html', true, budget())).toBe(a);
  compile(sources[2] ?? '', 'html', true, budget());
  expect(compile(sources[0] ?? '', 'html', true, budget())).toBe(a);
  expect(compile(sources[1] ?? '', 'html', true, budget())).not.toBe(b);
});

it('a call has its budget of tags counted down by what is compiled, not by what is found', () => {
  const compile = createTemplateCache();
  const left = { tags: 150 };
  compile(tags(100, 'a'), 'html', true, left);
  compile(tags(100, 'a'), 'html', true, left);
  expect(left).toEqual({ tags: 50 });
  const [error] = compile(tags(100, 'b'), 'html', true, left).errors;
  expect(error?.message).toBe('more than 50 tags');
  expect(compile(tags(100, 'b'), 'html', true, budget()).errors).toEqual([]);
});
