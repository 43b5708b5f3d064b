import type { Node, Tag } from './ast.ts';
import type { Value } from './values.ts';

/**
 * What a template is rendered with.
 * @property variables `var:`
 * @property contact `data:`: properties of the contact, by name
 * @property mj `mj:`: `{ contact: { ID, email ... }, sender, template, permalink, unsub_link, share_twitter ... }`
 * @property segment whether the contact is in the segment of this name or ID; undefined for one that does not exist
 * @property hasOpenedSince whether the contact opened a mail in the last so many days; false without it
 * @property offsetMinutes what the clock of `FormatDateTime` is before Greenwich's; 0 without it
 */
export interface RenderInput {
  variables?: object | undefined;
  contact?: object | undefined;
  mj?: object | undefined;
  segment?: ((nameOrId: string) => boolean | undefined) | undefined;
  hasOpenedSince?: ((days: number) => boolean) | undefined;
  hasClickedSince?: ((days: number) => boolean) | undefined;
  offsetMinutes?: number | undefined;
}

/**
 * What a rendering may cost.
 * @property steps names, texts, operators, functions and rounds of loops; long texts count for each 64 characters that
 *   are looked at, a segment for 2,000. 1,000,000 without it
 * @property outputBytes most bytes of the result, in UTF-8. 15 MiB without it
 * @property names how the two settings are called where one is at its end; `steps` and `outputBytes` without it
 * @property strictLoops the rule of 2017: a loop that an `if` leaves out needs its list too, and an empty list is an
 *   error
 */
export interface RenderLimits {
  steps?: number | undefined;
  outputBytes?: number | undefined;
  names?: { steps: string; outputBytes: string } | undefined;
  strictLoops?: boolean | undefined;
}

/**
 * One rendering under way.
 * @property out what is written so far
 * @property sets values of `set`, by slot
 * @property loops values of loop variables, by depth
 * @property left steps that are left
 * @property isOver the budget is used up: everything returns
 * @property uncounted how long `out` may be without its bytes being counted; -1 once each text is
 * @property bytes counted so far
 * @property longestText longest text an expression may build
 * @property tag what is evaluated, for errors
 */
export interface Run {
  out: string;
  readonly input: RenderInput;
  readonly sets: (Value | undefined)[];
  readonly loops: (Value | undefined)[];
  left: number;
  isOver: boolean;
  uncounted: number;
  bytes: number;
  readonly longestText: number;
  readonly limits: typeof defaults;
  readonly strictLoops: boolean;
  tag: Tag;
  readonly notes: Notes;
  /** Bodies that were not reached and have been looked at for their loops. */
  readonly skipped: WeakSet<readonly Node[]>;
  /** What has the names of an object in any case; made where an exact name is not found. */
  readonly spellings: WeakMap<object, ReadonlyMap<string, string>>;
}

/** Collects what is told of a rendering. */
export interface Notes {
  /** `message` is production's whole text, or with `near` the reason alone. The first one of a tag counts. */
  error(tag: Tag, message: string, near: boolean, hint: string | (() => string)): void;
  /** That the budget is used up, which is told however much has been. */
  stopped(tag: Tag, message: string, hint: string): void;
  warn(tag: Tag, code: string, message: string): void;
}

export const defaultSteps = 1_000_000;
const defaults = {
  steps: defaultSteps,
  outputBytes: 15 * 2 ** 20,
  names: { steps: 'steps', outputBytes: 'outputBytes' },
};

/** V8 makes no text of more than 512 Mi characters, and a function makes up to nine of one. */
const longestOfAll = 50_000_000;

export function startRun(
  input: RenderInput,
  { steps, outputBytes, names, strictLoops = false }: RenderLimits,
  notes: Notes,
): Run {
  const limits = {
    steps: steps ?? defaults.steps,
    outputBytes: outputBytes ?? defaults.outputBytes,
    names: names ?? defaults.names,
  };
  return {
    out: '',
    input,
    sets: [],
    loops: [],
    left: limits.steps,
    isOver: false,
    uncounted: Math.floor(limits.outputBytes / 3),
    bytes: 0,
    longestText: Math.min(limits.outputBytes, longestOfAll),
    limits,
    strictLoops,
    tag: { start: 0, end: 0 },
    notes,
    skipped: new WeakSet(),
    spellings: new WeakMap(),
  };
}

/** Says what is wrong with the expression of the tag that is evaluated. */
export function fail(run: Run, reason: string, hint: string | (() => string)): undefined {
  if (!run.isOver) run.notes.error(run.tag, reason, true, hint);
  return undefined;
}

/** Takes steps; false where none are left. */
export function spend(run: Run, steps: number): boolean {
  run.left -= steps;
  return run.left >= 0 || outOfSteps(run);
}

/** Takes what looking at a text costs. */
export function spendOnText(run: Run, text: string): boolean {
  return text.length < 64 || spend(run, text.length >> 6);
}

function outOfSteps(run: Run): false {
  return stop(
    run,
    `Mockjet stopped after ${run.limits.steps} steps`,
    `The template does more than the setting ${run.limits.names.steps} allows: a loop goes through very much, or loops stand in loops. Set it higher if that is meant.`,
  );
}

/** Ends the rendering for its size. */
export function outOfBytes(run: Run): false {
  return stop(
    run,
    `Mockjet stopped after ${run.limits.outputBytes} bytes`,
    `The template makes more text than the setting ${run.limits.names.outputBytes} allows. Set it higher if that is meant.`,
  );
}

function stop(run: Run, message: string, hint: string): false {
  if (!run.isOver) run.notes.stopped(run.tag, message, hint);
  run.isOver = true;
  return false;
}

/** Writes. Bytes are counted only once the length alone does not say any more that they are few enough. */
export function write(run: Run, text: string) {
  run.out += text;
  if (run.out.length > run.uncounted) count(run, text);
}

function count(run: Run, text: string) {
  const isFirst = run.uncounted >= 0;
  run.uncounted = -1;
  run.bytes += Buffer.byteLength(isFirst ? run.out : text);
  if (run.bytes > run.limits.outputBytes) outOfBytes(run);
}
