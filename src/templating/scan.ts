/**
 * A stretch of a template's source.
 * @property kind `print` is `{{ }}`, `control` is `{% %}`, `bracket` is the older `[[var:name:"default"]]`
 * @property start first character, the braces included
 * @property end behind the last one
 */
export interface Piece {
  kind: 'text' | 'print' | 'control' | 'bracket';
  start: number;
  end: number;
}

/** @property unclosed where braces begin that nothing closes; the rest of the source is text then */
export interface Scan {
  pieces: Piece[];
  unclosed: number | undefined;
}

/**
 * Cuts a source into text and tags, in one pass: together the pieces are the source, to the byte.
 * @param language false leaves `{{` and `{%` as text
 */
export function scan(source: string, language: boolean): Scan {
  const pieces: Piece[] = [];
  const find = finder(source);
  let at = 0;
  let unclosed: number | undefined;
  const push = (kind: Piece['kind'], start: number, end: number) => {
    if (start > at) pieces.push({ kind: 'text', start: at, end: start });
    pieces.push({ kind, start, end });
    at = end;
  };
  let from = 0;
  for (;;) {
    const brace = language ? Math.min(find('{{', from), find('{%', from)) : source.length;
    const bracket = find('[[', from);
    if (brace === source.length && bracket === source.length) break;
    if (bracket < brace) {
      const end = bracketEnd(source, bracket, find);
      if (end !== undefined) push('bracket', bracket, end);
      // of `[[[var:x]]` the inner two are the tag
      from = end ?? bracket + 1;
      continue;
    }
    const isPrint = source[brace + 1] === '{';
    const end = tagEnd(source, brace, isPrint ? '}}' : '%}', find);
    if (end === undefined) {
      unclosed = brace;
      break;
    }
    push(isPrint ? 'print' : 'control', brace, end);
    from = end;
  }
  if (at < source.length) pieces.push({ kind: 'text', start: at, end: source.length });
  return { pieces, unclosed };
}

type Find = (text: string, from: number) => number;

/**
 * Finds texts from ever later places, and each of them in one pass over the source, however often it is asked.
 * Where there is none the answer is the source's length.
 */
function finder(source: string): Find {
  const found = new Map<string, { from: number; at: number }>();
  return (text, from) => {
    const last = found.get(text);
    if (last !== undefined && last.from <= from && from <= last.at) return last.at;
    const index = source.indexOf(text, from);
    const at = index < 0 ? source.length : index;
    found.set(text, { from, at });
    return at;
  };
}

/**
 * Closing braces within a quoted text do not close (assumed), unless what follows up to them opens other braces: then
 * a quote is missing rather.
 */
function tagEnd(source: string, start: number, close: string, find: Find): number | undefined {
  const first = find(close, start + 2);
  if (first === source.length) return undefined;
  if (!isQuoteOpen(source, start + 2, first)) return first + 2;
  const limit = Math.min(find('{{', first), find('{%', first));
  let inside = true;
  for (let at = first; at < limit; at += 1) {
    if (source[at] === '"') inside = !inside;
    else if (!inside && source.startsWith(close, at)) return at + 2;
  }
  return first + 2;
}

function isQuoteOpen(source: string, start: number, end: number): boolean {
  let open = false;
  for (let at = start; at < end; at += 1) if (source.charCodeAt(at) === 34) open = !open;
  return open;
}

const longestBracket = 1000;

/** Behind `[[var:name]]` or `[[data:name:"default"]]`; undefined for other texts in brackets. */
function bracketEnd(source: string, start: number, find: Find): number | undefined {
  const isNamed = source.startsWith('var:', start + 2) || source.startsWith('data:', start + 2);
  if (!isNamed) return undefined;
  const close = find(']]', start + 2);
  if (close === source.length || close - start > longestBracket) return undefined;
  const inner = source.slice(start + 2, close);
  return /^(?:var|data):[^\s:"'[\]{}<>]+(?::[^[\]{}]*)?$/.test(inner) ? close + 2 : undefined;
}
