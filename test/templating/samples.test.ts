import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/templating/compile.ts';

/** Mailjet's own sample templates with what they were sent with, which lie beside the repository where it was made. */
const folder = fileURLToPath(new URL('../../../shared/templates/', import.meta.url));
const title = existsSync(folder) ? "Mailjet's own samples" : `Without ${folder} (skipped)`;

interface Sent {
  Subject?: string;
  Vars?: object;
  Recipients?: { Vars?: object }[];
}

/** Rows: sample, number of the recipient, his subject, what his HTML has and has not as text. */
const rows: [string, number, string, string[], string[]][] = [
  [
    'abandoned_cart',
    0,
    '',
    ['Brown shoes', 'Pale blue shirt', '$134.97', 'light grey t-shirt', 'brown sweat-shirt'],
    [],
  ],
  [
    'all_in_one_transac',
    0,
    'Emmanuel1, Please confirm your email',
    ['Confirm your email', 'CLICK HERE TO CONFIRM'],
    ['Junior'],
  ],
  [
    'all_in_one_transac',
    1,
    'Emmanuel2, Thank you for registering',
    ['Welcome on our website'],
    ['CLICK HERE TO CONFIRM'],
  ],
  ['all_in_one_transac', 2, 'Emmanuel3, A new badge for you', ['Junior'], ['God']],
  ['all_in_one_transac', 3, 'Emmanuel4, A new badge for you', ['God'], ['Junior']],
  [
    'all_in_one_transac',
    4,
    'Emmanuel5, 3 days already with us!!!',
    ['We hope you enjoyed our services'],
    [],
  ],
  [
    'all_in_one_transac',
    5,
    'Emmanuel6, Small message from us',
    ['Just a small Hello !!'],
    ['Welcome on our website'],
  ],
  [
    'ecommerce_receipt',
    0,
    'Your receipt',
    ['Minibar', '$50.00', 'Nights', '$460.00', '[[FirstName]]'],
    [],
  ],
  [
    'electronic_ticket',
    0,
    'Your ticket to London',
    ['Your car will be waiting', 'FIRST CLASS'],
    ['Order your Car', 'Epicenter'],
  ],
  [
    'electronic_ticket',
    1,
    'Your ticket to Paris',
    ['Order your Car', 'There is no escaping the romance'],
    ['Your car will be waiting'],
  ],
  ['electronic_ticket', 2, 'Your ticket to London', ['Order your Car'], ['FIRST CLASS']],
  [
    'electronic_ticket',
    3,
    'Your ticket to New York',
    ['Epicenter of the arts'],
    ['There is no escaping the romance'],
  ],
  ['products_list', 0, 'Our products', ['MAVA PULLOVER', '110€', 'PINKY DRESS'], []],
  [
    'question_answer',
    0,
    'Emmanuel asked  How to create',
    ['Question (1 views)'],
    ['Use this example', 'Just commenting'],
  ],
  [
    'question_answer',
    1,
    'Emmanuel answered  How to create',
    ['Use this example', 'Comment this Answer'],
    ['Just commenting'],
  ],
  [
    'question_answer',
    2,
    'Emmanuel commented on  How to create',
    ['Just commenting for fun', 'Add Comment'],
    ['Use this example'],
  ],
  [
    'question_answer',
    3,
    'Emmanuel commented an answer on  How to',
    ['Just commenting', 'Use this example'],
    [],
  ],
  [
    'welcome',
    0,
    '',
    ['HELLO MATTHEW', 'http://bit.ly/mj-tpl-tuto-hero"', '/accessories'],
    ['hero-girl'],
  ],
  ['zigzag_loop', 0, 'Our products', ['MAVA PULLOVER', '60€'], []],
];

describe.skipIf(!existsSync(folder))(title, () => {
  it.each(rows)('%s for recipient %i', (name, index, subject, has, lacks) => {
    const read = (ending: string) => readFileSync(`${folder}${name}.${ending}`, 'utf8');
    const sent: Sent = JSON.parse(read('json'));
    const own = sent.Recipients?.[index]?.Vars;
    const variables = sent.Recipients === undefined ? sent : { ...sent.Vars, ...own };
    const html = compile(read('html'), { part: 'html' }).render({ variables });
    const line = compile(sent.Subject ?? '', { part: 'subject' }).render({ variables });
    expect([...html.errors, ...line.errors]).toEqual([]);
    expect(line.text).toContain(subject);
    expect(html.text).not.toMatch(/\{%|\{\{/);
    // as it is, and as it is read
    const seen = [html.text, html.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')].join('\n');
    for (const text of has) expect(seen).toContain(text);
    for (const text of lacks) expect(seen).not.toContain(text);
  });

  it('zigzag_loop was sent without the language: its braces stay', () => {
    const source = readFileSync(`${folder}zigzag_loop.html`, 'utf8');
    expect(compile(source, { part: 'html', language: false }).render({}).text).toBe(source);
  });
});
