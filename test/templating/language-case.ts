import type { RenderInput, RenderLimits } from '../../src/templating/run.ts';

/**
 * Where a case comes from: Mailjet's reference, its samples and its help; what users reported of production (a number is
 * a row of the reports that were gathered); or a guess.
 */
type Evidence = 'documented' | 'reported' | 'assumed';

/**
 * One case of the language: what a source becomes, or what is wrong with it.
 * @property text the result
 * @property errors all errors: place, production's text, and what the hint has to say
 * @property warnings codes, those of every case
 */
export interface LanguageCase {
  source: string;
  input: RenderInput;
  text?: string;
  errors: { at: string; message: string; hint?: RegExp }[];
  warnings: string[];
  evidence: Evidence;
  language?: boolean;
  limits?: RenderLimits;
}

type More = Partial<Omit<LanguageCase, 'input'>> & { input?: RenderInput };
type Variables = Record<string, unknown>;

/** The source becomes this text. */
export function gives(
  source: string,
  variables: Variables,
  text: string,
  evidence: Evidence,
  { input, ...more }: More = {},
): LanguageCase {
  const whole = { variables, ...input };
  return { source, input: whole, text, errors: [], warnings: [], evidence, ...more };
}

/** The source has one error at `at`, `line:column`. */
export function fails(
  source: string,
  variables: Variables,
  at: string,
  message: string,
  hint: RegExp,
  evidence: Evidence,
  { input, ...more }: More = {},
): LanguageCase {
  const errors = [{ at, message, hint }];
  return { source, input: { variables, ...input }, errors, warnings: [], evidence, ...more };
}

/** Production's words around a reason. */
export const parsing = (reason: string, near: string) =>
  `expression parsing error ## ${reason} ## near ## ${near} ##`;
export const notValid = (near: string) => `not valid template ## near ## ${near} ##`;
