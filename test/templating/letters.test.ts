import { expect, it } from 'vitest';
import { compile } from '../../src/templating/compile.ts';
import { renderParts } from '../../src/templating/render-parts.ts';
import { catalogue, receipt, steps } from './letters.ts';

it('a receipt has its sums, its default and its locale, in subject and HTML', () => {
  const templates = [
    compile(receipt.subject, { part: 'subject' }),
    compile(receipt.html, { part: 'html' }),
  ];
  const { texts, errors, warnings } = renderParts(templates, { variables: receipt.variables });
  expect(errors).toEqual([]);
  expect(warnings).toEqual([]);
  expect(Object.fromEntries(texts)).toEqual(receipt.becomes);
});

it.each(steps.readers)('a reader with %j gets the subject of his step', (variables, subject) => {
  const { text, errors } = compile(steps.subject, { part: 'subject' }).render({ variables });
  expect({ text, errors }).toEqual({ text: subject, errors: [] });
});

it('lines of products zigzag, and a set in an if is seen behind it', () => {
  const { text, errors } = compile(catalogue.html, { part: 'html' }).render(catalogue);
  expect({ text, errors }).toEqual({ text: catalogue.becomes, errors: [] });
});

it('a compiled template keeps nothing of a rendering', () => {
  const template = compile('{% if var:a %}{% set x = 1 %}{% endif %}{{x}}', { part: 'html' });
  expect(template.render({ variables: { a: true } }).text).toBe('1');
  expect(template.render({ variables: { a: false } }).errors).toHaveLength(1);
  expect(template.render({ variables: { a: true } }).errors).toEqual([]);
});

it('all errors of all parts are told, each with its part, its expression and its place', () => {
  const templates = [
    compile('Hi {{var:nme}}', { part: 'subject' }),
    compile('<p>\n{{var:day}}\n{{ var:nme }}{{var:name}}', { part: 'html' }),
  ];
  const { errors } = renderParts(templates, { variables: { name: 'Ida' } });
  expect(
    errors.map(({ part, expression, line, column }) => [part, expression, line, column]),
  ).toEqual([
    ['subject', '{{var:nme}}', 1, 4],
    ['html', '{{var:day}}', 2, 1],
    ['html', '{{ var:nme }}', 3, 1],
  ]);
  expect(errors[0]?.hint).toContain('Did you mean var:name?');
});

it('what failed stays as it is written, and an error of a loop is told once', () => {
  const { text, errors } = compile('{% for x in var:list %}{{x.a}}{{x.b}} {% endfor %}', {
    part: 'html',
  }).render({ variables: { list: [{ a: 1 }, { a: 2, b: 3 }, { a: 4 }] } });
  expect(text).toBe('1{{x.b}} 23 4{{x.b}} ');
  expect(errors).toHaveLength(1);
});

it('twenty errors of a part are told, and the last one says that there may be more', () => {
  const source = Array.from({ length: 30 }, (_each, index) => `{{var:n${index}x}}`).join('');
  const { errors } = compile(source, { part: 'html' }).render({});
  expect(errors).toHaveLength(20);
  expect(errors[19]?.hint).toContain('20 are told');
});

it('a variable that no part uses is told, with the name that was probably meant', () => {
  const templates = [
    compile('{{var:firstname:""}}', { part: 'subject' }),
    compile('{% for i in var:items %}{{i.n}}{% endfor %}[[var:old:"x"]]', { part: 'html' }),
  ];
  const variables = { firstnam: 'Ida', items: [], Old: 1, colour: 'red', none: null };
  const { warnings } = renderParts(templates, { variables });
  expect(
    warnings.filter(({ code }) => code === 'unused-variable').map(({ message }) => message),
  ).toEqual([
    'The variable "firstnam" is given and nowhere used. {{var:firstname}} is used, and is not given.',
    'The variable "colour" is given and nowhere used.',
  ]);
});
