import type { Warning } from '../mail/draft.ts';

const most = 20;
const longestQuote = 60;

/**
 * Adds a warning, unless there are many already: what is sent must not make the list long.
 * @param message made only when it is taken
 */
export function addWarning(warnings: Warning[], code: string, message: () => string): void {
  if (warnings.length < most) warnings.push({ code, message: message() });
}

/** A name out of a body as it stands in a sentence: quoted, and cut where it is long. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > longestQuote ? `${name.slice(0, longestQuote)}…` : name);
}
