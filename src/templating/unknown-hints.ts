import type { Reference } from './ast.ts';
import type { RenderInput, Run } from './run.ts';
import { closest } from './syntax-hints.ts';
import { member } from './values.ts';

/**
 * What is known when a name is not found.
 * @property loopNames names of all loops of the template
 * @property setSlots names of all its `set`, and where a rendering keeps their values
 */
export interface Surroundings {
  loopNames: ReadonlySet<string>;
  setSlots: ReadonlyMap<string, number>;
}

const short = (name: string) => name.slice(0, 100);

/** Why a name is not known, and the nearest right thing. */
export function unknownHint(
  { namespace, path, loop }: Reference,
  { input, loops, sets }: Run,
  around: Surroundings,
): string {
  switch (namespace) {
    case 'var':
      return missing(path, input.variables, 'var:', 'variable');
    case 'data':
      return missing(path, input.contact, 'data:', 'contact property');
    case 'mj':
      return missing(path, input.mj, 'mj:', 'name');
    case 'segment':
      return `There is no segment "${short(path[0] ?? '')}", or it has a condition that cannot be told here.`;
    default: {
      const [first = ''] = path;
      const slot = around.setSlots.get(first);
      const value = loop !== undefined ? loops[loop] : slot === undefined ? undefined : sets[slot];
      if (value === undefined && loop === undefined) return bareHint(path, input, around);
      return missing(path, { [first]: value }, '', 'value');
    }
  }
}

/** Names given, a bounded number of them. */
function namesOf(of: unknown): string[] {
  if (typeof of !== 'object' || of === null || Array.isArray(of)) return [];
  const names: string[] = [];
  for (const name in of) {
    if (names.length === 500) break;
    if (member(of, name) !== undefined) names.push(name);
  }
  return names;
}

function missing(path: readonly string[], root: unknown, prefix: string, kind: string): string {
  let within: unknown = root;
  let walked = '';
  for (const name of path) {
    const value = member(within, name);
    const whole = `${walked}${name}`;
    if (value === undefined) return absent(within, short(name), walked, prefix, kind, path);
    within = value;
    walked = `${whole}.`;
  }
  return `${prefix}${short(path.join('.'))} is a list or an object: print one of its values, or go through it with {% for item in ${prefix}${short(path.join('.'))} %}.`;
}

function absent(
  within: unknown,
  name: string,
  walked: string,
  prefix: string,
  kind: string,
  path: readonly string[],
): string {
  const parent = short(walked.slice(0, -1));
  if (typeof within === 'string')
    return /^\s*[[{]/.test(within)
      ? `${prefix}${parent} is a text that holds JSON: send the object itself, without JSON.stringify.`
      : `${prefix}${parent} is a text, and has no "${name}" in it.`;
  if (Array.isArray(within))
    return `${prefix}${parent} is a list: {% for item in ${prefix}${parent} %}{{ item.${name} }}{% endfor %} goes through it.`;
  if (walked !== '' && typeof within !== 'object')
    return `${prefix}${parent} is a ${typeof within}, and has no "${name}" in it.`;
  const names = namesOf(within);
  const near = closest(name, names);
  const place = walked === '' ? '' : ` in ${prefix}${parent}`;
  const given =
    names.length === 0
      ? ` None is given${place}.`
      : near === undefined
        ? ` Given${place}: ${names.slice(0, 10).map(short).join(', ')}${names.length > 10 ? ' ...' : ''}.`
        : ` Did you mean ${prefix}${short(walked)}${near}?`;
  const whole = `${prefix}${short(path.join('.'))}`;
  return `No ${kind} "${short(walked)}${name}" is given, and ${whole} has no default.${given} ${whole}:"..." gives a default.`;
}

function bareHint(path: readonly string[], input: RenderInput, around: Surroundings): string {
  const [first = ''] = path;
  const whole = short(path.join('.'));
  if (first === 'loop') return 'The language has no counter of a loop: send one in the variables.';
  if (first === 'var' || first === 'data' || first === 'mj')
    return `A colon follows the namespace: write ${first}:${short(path.slice(1).join('.')) || 'name'}.`;
  if (around.loopNames.has(first))
    return `"${short(first)}" is known between {% for ${short(first)} in ... %} and its {% endfor %} only. An HTML editor may have moved the loop out of a table: put its tags in comments.`;
  if (around.setSlots.has(first))
    return `"${short(first)}" has no value here: its {% set %} stands further down, or where an if was false.`;
  if (member(input.variables, first) !== undefined)
    return `The namespace is missing: write var:${whole}.`;
  if (member(input.contact, first) !== undefined)
    return `The namespace is missing: write data:${whole}.`;
  const near = closest(first, [...around.loopNames, ...around.setSlots.keys()]);
  if (near !== undefined) return `Did you mean ${near}?`;
  return `A variable is written var:${whole}; a name without a namespace is one of a loop or of {% set %}.`;
}
