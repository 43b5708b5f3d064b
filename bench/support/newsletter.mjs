// One newsletter in three template languages, and its variables.

/** Text of so many characters, without braces. */
function prose(length) {
  const words =
    'Thank you for reading what our shop has made for you this week, from <b>shoes</b> to shirts. ';
  return words.repeat(Math.ceil(length / words.length)).slice(0, length);
}

const names = Array.from({ length: 28 }, (_each, index) => `value_${index}`);

/**
 * @returns `sources` by engine, of 20 KB each, which make the same text; `variables`, 30 of them, one a list of 50 rows
 */
export function newsletter() {
  const rows = Array.from({ length: 50 }, (_each, index) => ({
    title: `Brown shoes number ${index}`,
    link: `https://shop.example/shoes/${index}`,
    image: `https://img.example/${index}.png`,
    price: index + 0.5,
    isNew: index % 3 === 0,
  }));
  const variables = { rows, firstname: 'Marie' };
  for (const name of names) variables[name] = `the value of ${name}`;
  const { length } = write(mockjet, 0);
  const filler = 20_000 - length;
  return {
    variables,
    sources: {
      mockjet: write(mockjet, filler),
      liquid: write(liquid, filler),
      handlebars: write(handlebars, filler),
    },
  };
}

const mockjet = {
  root: (name) => `{{var:${name}}}`,
  row: (name) => `{{row.${name}}}`,
  each: (inner) => `{% for row in var:rows %}${inner}{% endfor %}`,
  when: (yes, no) => `{% if row.isNew %}${yes}{% else %}${no}{% endif %}`,
};
const liquid = {
  ...mockjet,
  root: (name) => `{{${name}}}`,
  each: (inner) => `{% for row in rows %}${inner}{% endfor %}`,
};
const handlebars = {
  root: (name) => `{{${name}}}`,
  row: (name) => `{{${name}}}`,
  each: (inner) => `{{#each rows}}${inner}{{/each}}`,
  when: (yes, no) => `{{#if isNew}}${yes}{{else}}${no}{{/if}}`,
};

function write({ root, row, each, when }, filler) {
  const piece = prose(Math.floor(filler / (names.length + 1)));
  const body = names.map((name) => `<p>${piece}${root(name)}</p>\n`).join('');
  const line = `<tr><td><a href="${row('link')}"><img src="${row('image')}"></a></td><td>${when('<b>New!</b> ', '')}${row('title')}</td><td>${row('price')}</td></tr>\n`;
  return `<html><body><h1>Dear ${root('firstname')}</h1>\n${body}<table>${each(line)}</table>${piece}</body></html>`;
}
