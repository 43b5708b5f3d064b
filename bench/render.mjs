// A newsletter of 20 KB with a loop over 50 rows and 30 variables, compiled once, and compiled anew for each rendering,
// against LiquidJS and Handlebars that make the same text.
//   node bench/render.mjs [MILLISECONDS_A_ROUND] [ROUNDS]
import Handlebars from 'handlebars';
import { Liquid } from 'liquidjs';
import { compile } from '../src/templating/compile.ts';
import { newsletter } from './support/newsletter.mjs';
import { median, report } from './support/report.mjs';

const milliseconds = Number(process.argv[2] ?? 1000);
const rounds = Number(process.argv[3] ?? 7);

const { sources, variables } = newsletter();
const liquid = new Liquid();
// each gives a function that renders a fresh compilation of its source
const engines = {
  mockjet: (source) => {
    const template = compile(source, { part: 'html' });
    return () => template.render({ variables }).text;
  },
  liquid: (source) => {
    const template = liquid.parse(source);
    return () => liquid.renderSync(template, variables);
  },
  handlebars: (source) => {
    const template = Handlebars.compile(source, { noEscape: true });
    return () => template(variables);
  },
};

const compiled = {};
for (const [name, prepare] of Object.entries(engines)) compiled[name] = prepare(sources[name]);
const wanted = compiled.liquid();
for (const [name, render] of Object.entries(compiled)) {
  if (render() !== wanted) throw new Error(`${name} makes another text`);
}

const fresh = Object.fromEntries(
  Object.entries(engines).map(([name, prepare]) => {
    let count = 0;
    // a source that was not seen before, so that nothing of it is remembered
    return [
      name,
      () => {
        count += 1;
        return prepare(`${sources[name]}<!-- ${count} -->`)();
      },
    ];
  }),
);

compare('rendering of a compiled newsletter', compiled, { liquid: 1, handlebars: 0.5 });
compare('compilation and first rendering', fresh, { liquid: 1, handlebars: 0.5 });

function compare(bench, renderings, aims) {
  const figures = Object.fromEntries(Object.keys(renderings).map((name) => [name, []]));
  for (const render of Object.values(renderings)) perSecond(render, milliseconds / 2);
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, render] of Object.entries(renderings))
      figures[name].push(perSecond(render, milliseconds));
  }
  for (const [other, atLeast] of Object.entries(aims)) {
    report({
      bench: `${bench}, against ${other}`,
      ours: median(figures.mockjet),
      limit: median(figures[other]),
      unit: 'renderings/s',
      aim: { atLeast },
      note: `${sources.mockjet.length} characters become ${wanted.length}`,
    });
  }
}

function perSecond(render, ms) {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < ms) {
    // the engines give texts in pieces, which whoever sends them has to join
    for (let each = 0; each < 10; each += 1) Buffer.byteLength(render());
    count += 10;
  }
  return (count / (performance.now() - start)) * 1000;
}
