import { bare } from './code-words.ts';

/** A line as words, with and without the signs around them. */
export interface Line {
  words: string[];
  bare: string[];
}

/** What may be a code: where its words begin and end in a line. `isWord` for one with capitals. */
export interface Candidate {
  code: string;
  from: number;
  to: number;
  isWord: boolean;
}

/** Longest line that is looked at, and most words of one. */
const longestLine = 2000;

export function toLine(text: string): Line {
  const words = text.slice(0, longestLine).split(/\s+/).filter(Boolean);
  return { words, bare: words.map(bare) };
}

/** What may be a code in a line, whatever stands around it: an address or a link is one word and never matches. */
export function candidatesOf(line: Line): Candidate[] {
  const found: Candidate[] = [];
  for (let i = 0; i < line.bare.length; ) {
    const word = line.bare[i] ?? '';
    if (isDigits(word) || isTelephonePart(line.words[i] ?? '')) {
      const end = endOfRun(line, i);
      found.push(...readRun(line, i, end));
      i = end;
      continue;
    }
    const code = hyphened(word) ?? (isCapitals(word) ? word : undefined);
    if (code !== undefined) found.push({ code, from: i, to: i + 1, isWord: isCapitals(code) });
    i += 1;
  }
  return found;
}

const isDigits = (word: string) => /^\d{1,20}$/.test(word);
const isTelephonePart = (word: string) => /^[+(]{1,2}\d[\d()./-]{0,20}$/.test(word);
const isCapitals = (word: string) => /^(?=.{0,9}[A-Z])[A-Z0-9]{6,10}$/.test(word);

/** `G-482913`, `123-456`. A span of years is none. */
function hyphened(word: string): string | undefined {
  const [, lettered] = /^[A-Z]{1,3}-(\d{4,8})$/.exec(word) ?? [];
  if (lettered !== undefined) return lettered;
  if (!/^\d{2,4}(?:[-‐‑–]\d{2,4}){1,3}$/.test(word)) return undefined;
  const groups = word.split(/[-‐‑–]/);
  return groups.every(isYear) ? undefined : joined(groups);
}

/** Where the numbers that follow one another end; one that ends a sentence or a list item is the last. */
function endOfRun({ words, bare: plain }: Line, start: number): number {
  let end = start;
  while (end < words.length) {
    const word = words[end] ?? '';
    const part = plain[end] ?? '';
    if (!isDigits(part) && !isTelephonePart(word) && !/^\d{1,4}(?:[-.]\d{1,4}){1,4}$/.test(part))
      break;
    end += 1;
    if (/[.,;:!?]$/.test(word)) break;
  }
  return end;
}

/** A run of numbers: one code, one in groups, or several; a telephone number is none. */
function readRun({ words, bare: plain }: Line, from: number, to: number): Candidate[] {
  const groups = plain.slice(from, to);
  if (words.slice(from, to).some(isTelephonePart) || !groups.every(isDigits)) return [];
  if (groups.length > 1 && groups.every(isShort)) {
    const code = joined(groups);
    return code === undefined ? [] : [{ code, from, to, isWord: false }];
  }
  if (groups.length > 1 && groups.some(isShort)) return [];
  return groups
    .map((code, i) => ({ code, from: from + i, to: from + i + 1, isWord: false }))
    .filter(({ code }) => code.length >= 4 && code.length <= 8);
}

const isShort = (group: string) => group.length <= 4;

/** Groups of one length make a code of 4 to 8 digits; of others they make none. */
function joined(groups: string[]): string | undefined {
  const code = groups.join('');
  const isEven = groups.every((group) => group.length === groups[0]?.length);
  return isEven && code.length >= 4 && code.length <= 8 ? code : undefined;
}

export function isYear(code: string): boolean {
  return /^(?:19|20)\d\d$/.test(code);
}
