import { compileNodes } from './compile-statements.ts';
import { compileNotes, renderNotes } from './notes.ts';
import { type ParseNotes, parse } from './parse.ts';
import { defaultSteps, type RenderInput, type RenderLimits, startRun } from './run.ts';
import { scan } from './scan.ts';
import { placesIn, type TemplateError, type TemplateWarning } from './template-error.ts';
import { type UsedNames, usedNames } from './used-names.ts';

/**
 * How a source is read.
 * @property part what errors call it: `subject`, `html` ...
 * @property tags how many are read, 20,000 without it; more are an error
 * @property language false reads the older `[[var:name]]` alone, which works without `TemplateLanguage`. True without it
 */
export interface CompileOptions {
  part: string;
  language?: boolean;
  tags?: number;
}

/**
 * What came of a rendering.
 * @property text with errors what could be made of it, for a look at it: what failed stays as it is written. Production
 *   blocks such a mail, or with `TemplateErrorDeliver` sends the source
 * @property used names the template refers to, reached or not
 * @property steps how many were taken
 */
interface Rendered {
  text: string;
  errors: TemplateError[];
  warnings: TemplateWarning[];
  used: UsedNames;
  steps: number;
}

/**
 * A compiled template: it holds no state of a rendering, and can be rendered as often as needed.
 * @property errors what is wrong whatever it is rendered with; a rendering tells these too, and evaluates nothing
 * @property tags how many the source has
 */
export interface Template {
  part: string;
  source: string;
  errors: TemplateError[];
  warnings: TemplateWarning[];
  used: UsedNames;
  tags: number;
  render(input: RenderInput, limits?: RenderLimits): Rendered;
}

/** Compiles a source of Mailjet's template language. It throws nothing: what is wrong is in the template's `errors`. */
export function compile(
  source: string,
  { part, language = true, tags: mostTags = 20_000 }: CompileOptions,
): Template {
  const place = placesIn(source);
  const notes = compileNotes(source, part, place);
  if (!language) warnOfBraces(source, notes);
  const scanned = scan(source, language);
  const { nodes, loopNames, setNames, withLoops } = parse(source, scanned, notes, mostTags);
  const { errors, warnings } = notes;
  const used = usedNames(nodes);
  const setSlots = new Map([...setNames].map((name, slot) => [name, slot] as const));
  const names = { setSlots, loopNames, withLoops };
  const run = errors.length > 0 ? undefined : compileNodes(source, nodes, names);

  function render(input: RenderInput, limits: RenderLimits = {}): Rendered {
    if (run === undefined) return { text: source, errors, warnings, used, steps: 0 };
    const told = renderNotes(source, part, place);
    const state = startRun(input, limits, told);
    run(state);
    return {
      text: state.out,
      errors: told.errors,
      warnings: [...warnings, ...told.warnings],
      used,
      steps: (limits.steps ?? defaultSteps) - Math.max(0, state.left),
    };
  }
  const tags = scanned.pieces.reduce((sum, { kind }) => sum + Number(kind !== 'text'), 0);
  return { part, source, errors, warnings, used, tags, render };
}

/** reported: the mail goes out with the braces in it */
function warnOfBraces(source: string, notes: ParseNotes) {
  const at = source.search(/\{\{|\{%/);
  if (at < 0) return;
  notes.warn(
    { start: at, end: at },
    'language-not-set',
    `${source.slice(at, at + 2)} stays as it is written: the template language is evaluated only where TemplateLanguage is set to true.`,
  );
}
