import { fails, gives, type LanguageCase, notValid } from '../language-case.ts';

const without = { language: false } as const;

export const texts: LanguageCase[] = [
  gives('', {}, '', 'assumed'),
  gives(
    '<style>@media x{.a{color:red}}</style>',
    {},
    '<style>@media x{.a{color:red}}</style>',
    'assumed',
  ),
  gives('a } b }} c %} d { e', {}, 'a } b }} c %} d { e', 'assumed'),
  gives(' \r\n\t{{var:a}}\r\n ', { a: 1 }, ' \r\n\t1\r\n ', 'assumed'),
  gives('{% if true %}\n a\n{% endif %}\n', {}, '\n a\n\n', 'assumed'),
  gives('{# no comment #}', {}, '{# no comment #}', 'reported'),
  gives('{ {var:a} } {var:a}', { a: 1 }, '{ {var:a} } {var:a}', 'assumed'),
  gives('\0\ufeff\u2028{{var:a}}💌', { a: '💌' }, '\0\ufeff\u2028💌💌', 'assumed'),

  // blocks
  fails(
    '{% if var:a %}\n<p>{{var:day}}</html>',
    { a: 1 },
    '1:1',
    'not valid template ## near ## y}}</html> ##',
    /if.*line 1.*endif/,
    'documented',
  ),
  fails(
    'x\n {% for p in var:l %}',
    { l: [] },
    '2:2',
    notValid('n var:l %}'),
    /for.*line 2.*endfor/,
    'documented',
  ),
  fails(
    '{% if true %}{% for p in var:l %}{% endif %}',
    { l: [] },
    '1:14',
    notValid('% endif %}'),
    /line 1.*endfor.*before.*endif/,
    'assumed',
  ),
  fails('a{% endif %}', {}, '1:2', notValid('{% endif'), /no \{% if %\} is open/, 'assumed'),
  fails('{% endfor %}', {}, '1:1', notValid('{% endfor'), /no \{% for %\} is open/, 'assumed'),
  fails('{% else %}', {}, '1:1', notValid('{% else'), /no \{% if %\} is open/, 'assumed'),
  fails(
    '{% if true %}{% else %}{% elseif true %}{% endif %}',
    {},
    '1:24',
    notValid('{% elseif true'),
    /behind/,
    'assumed',
  ),
  fails(
    '{% if true %}{% elif true %}{% endif %}',
    {},
    '1:14',
    notValid('{% elif true'),
    /elseif/,
    'reported',
  ),
  fails(
    '{% if true %}{% else if true %}{% endif %}',
    {},
    '1:14',
    notValid('{% else if true'),
    /elseif.*one word/,
    'assumed',
  ),
  fails(
    '{% include "footer" %}',
    {},
    '1:1',
    notValid('{% include "footer"'),
    /no "include"/,
    'reported',
  ),
  fails('{% fi %}', {}, '1:1', notValid('{% fi'), /no statement/, 'assumed'),
  fails(
    '{%- set x = 1 -%}',
    {},
    '1:1',
    notValid('{%- set x = 1 -'),
    /takes blanks away/,
    'assumed',
  ),
  fails('{% %}', {}, '1:1', notValid('{%'), /Nothing/, 'assumed'),
  fails(
    'Hello {{ var:name',
    { name: 'x' },
    '1:7',
    notValid('{ var:name'),
    /never closed/,
    'assumed',
  ),
  fails(
    'Hello {{ var:name %}',
    { name: 'x' },
    '1:7',
    notValid('ar:name %}'),
    /never closed/,
    'assumed',
  ),
  fails(
    '{{ var:name %} {{ var:name }}',
    { name: 'x' },
    '1:1',
    'expression parsing error ## Unknown character at pos 11: "%" ## near ## {{ var:name %} {{ var:name ##',
    /mod|ends with %}/,
    'assumed',
  ),

  // the older form
  gives('[[var:name]]', { name: 'Ida' }, 'Ida', 'reported', {
    ...without,
    warnings: ['no-default'],
  }),
  gives('[[var:name:"friend"]]', {}, 'friend', 'reported', without),
  gives('[[data:firstname:"friend"]]', {}, 'Ida', 'reported', {
    ...without,
    input: { contact: { firstname: 'Ida' } },
  }),
  gives('[[data:firstname:friend]]', {}, 'friend', 'assumed', without),
  gives('[[data:country:" "]]|', {}, ' |', 'reported', without),
  // row 39
  gives('[[data:country:""]]|', {}, '|', 'reported', { ...without, warnings: ['empty-default'] }),
  gives('[[data:country]]|', {}, '|', 'assumed', { ...without, warnings: ['no-default'] }),
  gives('[[var:user.name:""]]', { user: { name: 'Ida' } }, 'Ida', 'assumed', {
    ...without,
    warnings: ['empty-default'],
  }),
  gives(
    '[[FirstName]] [[ var:a ]] [a[0]] [[UNSUB_LINK_EN]]',
    { a: 1 },
    '[[FirstName]] [[ var:a ]] [a[0]] [[UNSUB_LINK_EN]]',
    'documented',
    without,
  ),
  gives('[[[var:a:"x"]]]', {}, '[x]', 'assumed', without),
  gives('[[data:name:"planned"]] {{var:a}}', { a: 1 }, 'planned 1', 'reported'),
  // row 11
  gives('{{var:a}} {% if %} [[var:b:"c"]]', { a: 1 }, '{{var:a}} {% if %} c', 'reported', {
    ...without,
    warnings: ['language-not-set'],
  }),
];
