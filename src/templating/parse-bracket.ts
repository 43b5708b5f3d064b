import type { Node, Tag } from './ast.ts';
import type { ParseNotes } from './parse.ts';

/**
 * The older `[[data:firstname:"default"]]`, which works without the language too. Without a value and a default it is
 * nothing (assumed); that `""` was printed as one quote was reported in 2015, and campaigns recorded since have it.
 */
export function parseBracket(source: string, tag: Tag, notes: ParseNotes): Node {
  const inner = source.slice(tag.start + 2, tag.end - 2);
  const first = inner.indexOf(':');
  const second = inner.indexOf(':', first + 1);
  const namespace = inner.startsWith('data:') ? 'data' : 'var';
  const name = inner.slice(first + 1, second < 0 ? undefined : second);
  const written = second < 0 ? '' : inner.slice(second + 1);
  const fallback = /^".*"$/s.test(written) ? written.slice(1, -1) : written;
  if (second < 0)
    notes.warn(
      tag,
      'no-default',
      `${source.slice(tag.start, tag.end)} has no default, which Mailjet asks for: write [[${namespace}:${name}:"default"]].`,
    );
  else if (written === '""')
    notes.warn(
      tag,
      'empty-default',
      `The default of ${source.slice(tag.start, tag.end)} is empty: production was reported to print a quote then. Its staff advises a blank, " ".`,
    );
  return {
    kind: 'bracket',
    tag,
    reference: { kind: 'reference', namespace, path: name.split('.'), fallback },
  };
}
