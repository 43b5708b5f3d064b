import { type Candidate, candidatesOf, isYear, type Line, toLine } from './code-candidates.ts';
import { isAnnouncing, isAsking, isCurrency, isFiller, isOtherNumber } from './code-words.ts';
import { htmlLines } from './html-lines.ts';

/** Longest text that is searched; a code stands at the beginning of a mail. */
const longest = 200_000;
const most = 10;
/** How many words away from a code what announces it may stand. */
const reach = 10;

/**
 * The codes that a mail asks its reader to type in, likeliest first, digits without what groups them: 4 to 8 digits, or
 * 6 to 10 capitals and digits that a word such as code, OTP or PIN announces. A guess, of our own rules: what a word
 * announces comes first, then what stands alone in its line, then what a sentence asks to use; years, prices, telephone
 * and order numbers, and what is part of an address or a link, count only where such a word stands right before them.
 */
export function findCodes(mail: { subject: string; text: string; html: string }): string[] {
  const fromText = mail.text.trim() === '' ? [] : codesOf(mail.subject, mail.text);
  return fromText.length > 0 ? fromText : codesOf(mail.subject, htmlLines(mail.html));
}

function codesOf(subject: string, body: string): string[] {
  const lines = [subject, ...body.slice(0, longest).split(/[\r\n\u2028\u2029]+/)]
    .map(toLine)
    .filter(({ words }) => words.length > 0);
  const isAnnounced = lines.some(({ bare }) =>
    bare.some((word, i) => isAnnouncing(word, bare[i - 1] ?? '')),
  );
  const best = new Map<string, number>();
  lines.forEach((line, at) => {
    for (const candidate of candidatesOf(line)) {
      const score = scoreOf(candidate, line, lines[at - 1], isAnnounced);
      if (score > (best.get(candidate.code) ?? 0)) best.set(candidate.code, score);
    }
  });
  return [...best]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([code]) => code);
}

/** How likely a candidate is a code; 0 for none. */
function scoreOf(
  candidate: Candidate,
  line: Line,
  before: Line | undefined,
  isAnnounced: boolean,
): number {
  const { code, from, to, isWord } = candidate;
  const isAlone = from === 0 && to === line.words.length;
  const context = isAlone ? before : line;
  const announced = announcement(context, isAlone ? (before?.words.length ?? 0) : from);
  const bonus = code.length === 6 ? 0.5 : 0;
  if (announced === 'other') return 0;
  if (announced === 'direct') return isWord && !isTyped(candidate, line, isAlone) ? 0 : 6 + bonus;
  if (isYear(code) || isPrice(candidate, line)) return 0;
  if (isWord) return announced === 'near' && /\d/.test(code) ? 4 : 0;
  if (announced === 'near' || (!isAlone && isAnnouncedAfter(line, to))) return 5 + bonus;
  if (isAlone) return (isAnnounced ? 3 : 2) + bonus;
  return line.bare.some(isAsking) && !isPlace(candidate, line) ? 1 + bonus : 0;
}

/**
 * What the words before a place announce: `direct` with nothing but fillers between, `near` in the same sentence,
 * `other` for another kind of number.
 */
function announcement(
  line: Line | undefined,
  end: number,
): 'direct' | 'near' | 'other' | undefined {
  if (line === undefined) return undefined;
  let isDirect = true;
  for (let i = end - 1; i >= 0 && i >= end - reach; i -= 1) {
    const word = line.bare[i] ?? '';
    if (i < end - 1 && isDirect === false && endsSentence(line.words[i])) return undefined;
    if (isAnnouncing(word, line.bare[i - 1] ?? '')) return isDirect ? 'direct' : 'near';
    if (isDirect && (isOtherNumber(word) || /code$/i.test(word))) return 'other';
    if (!isFiller(word)) {
      // a sentence that ends right before has said nothing of what follows
      if (endsSentence(line.words[i])) return undefined;
      isDirect = false;
    }
  }
  return undefined;
}

/** `482913 is your login code`, up to the end of the sentence. */
function isAnnouncedAfter(line: Line, start: number): boolean {
  if (endsSentence(line.words[start - 1])) return false;
  for (let i = start; i < line.words.length && i < start + reach; i += 1) {
    if (isAnnouncing(line.bare[i] ?? '', line.bare[i - 1] ?? '')) return true;
    if (endsSentence(line.words[i])) return false;
  }
  return false;
}

/** A word in capitals is a code when it holds a digit, or when what stands before says that something is to be typed. */
function isTyped({ code, from }: Candidate, line: Line, isAlone: boolean): boolean {
  const previous = line.words[from - 1] ?? '';
  return /\d/.test(code) || isAlone || previous.endsWith(':') || previous === 'is';
}

function isPrice({ from, to }: Candidate, { bare }: Line): boolean {
  return isCurrency(bare[from - 1] ?? '') || isCurrency(bare[to] ?? '');
}

/** `75001 Paris`, `1600 Amphitheatre Parkway`, `IL 62704`. */
function isPlace({ from, to, code }: Candidate, { words, bare }: Line): boolean {
  const isShort = code.length <= 5;
  return isShort && (/^\p{Lu}/u.test(bare[to] ?? '') || /^[A-Z]{2}$/.test(words[from - 1] ?? ''));
}

function endsSentence(word: string | undefined): boolean {
  return /[.!?]["')\]]?$/.test((word ?? '').slice(-3));
}
