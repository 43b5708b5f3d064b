/**
 * What is wrong with a template, or would be in production.
 * @property part what the caller named it when the source was compiled: `subject`, `html` ...
 * @property expression the tag as it is written, braces included; cut after 1,000 characters
 * @property line of its opening braces, from 1
 * @property column of its opening braces, from 1, in UTF-16 units as editors count
 * @property message production's text; that of a budget is Mockjet's own
 * @property hint what is wrong and how to mend it, in plain words
 */
export interface TemplateError {
  part: string;
  expression: string;
  line: number;
  column: number;
  message: string;
  hint: string;
}

/**
 * Something that production keeps silent about, or that is known to differ with its age.
 * @property code stable: single-quotes, and-or-mixed, text-in-if, list-in-if, kinds-mixed, name-case, loop-not-reached,
 *   no-default, empty-default, unused-variable, language-not-set
 */
export interface TemplateWarning {
  part: string;
  code: string;
  line?: number;
  column?: number;
  message: string;
}

/** How many errors, and how many warnings, one part tells of. */
export const mostNotes = 20;

const longestExpression = 1000;

/** Names in a message may be as long as the source. */
export const longestMessage = 2500;

/** The tag as it is written. */
export function expressionAt(source: string, start: number, end: number): string {
  return source.slice(start, Math.min(end, start + longestExpression));
}

/** documented: the text from the opening braces up to the closing ones, blanks at its end cut */
export function nearTag(source: string, start: number, end: number): string {
  return expressionAt(source, start, Math.max(start, end - 2)).trimEnd();
}

/** reported: the end of the document, `y}}</html>` */
export function nearEnd(source: string): string {
  return source.slice(-10);
}

/** Finds line and column of places in a source; the source is looked through once, and only if it is asked. */
export function placesIn(source: string) {
  let starts: number[] | undefined;
  return (at: number): { line: number; column: number } => {
    starts ??= lineStarts(source);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    const isEnd = code === 10 || (code === 13 && source.charCodeAt(at + 1) !== 10);
    if (isEnd) starts.push(at + 1);
  }
  return starts;
}
