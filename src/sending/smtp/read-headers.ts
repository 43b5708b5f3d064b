import { closestName } from '../../lib/closest-name.ts';
import type { Draft, Header, Warning } from '../../mail/draft.ts';
import { addWarning, quoted } from '../add-warning.ts';
import { smtpHeaders } from './headers.ts';

const byLowerCase = new Map(smtpHeaders.map((header) => [header.name.toLowerCase(), header]));
const names = smtpHeaders.map(({ name }) => name);

/** Headers of Mailjet's, known or not: none of them reaches the recipient. */
const isMailjets = (name: string) => /^x-(mj|mailjet)-/i.test(name);

/**
 * Takes the headers that are meant for Mailjet out of a mail's.
 * @returns what they say, the other headers, and what was wrong with them; of a header that stands there twice the last
 *   one counts (assumed)
 */
export function readHeaders(all: readonly Header[]): {
  said: Partial<Draft>;
  headers: Header[];
  warnings: Warning[];
} {
  const warnings: Warning[] = [];
  let said: Partial<Draft> = {};
  for (const { name, value } of all) {
    if (!isMailjets(name)) continue;
    const known = byLowerCase.get(name.toLowerCase());
    const means = known?.read(value.trim());
    if (means !== undefined) said = { ...said, ...means };
    else if (known === undefined) warnOfName(name, warnings);
    else
      addWarning(
        warnings,
        'header-ignored',
        () => `The header ${known.name} holds ${known.values}: ${quoted(value)} was ignored.`,
      );
  }
  return { said, headers: all.filter(({ name }) => !isMailjets(name)), warnings };
}

function warnOfName(name: string, warnings: Warning[]): void {
  addWarning(warnings, 'unknown-key', () => {
    const meant = closestName(name, names);
    const start = `The header ${quoted(name)} is none of Mailjet's, and was taken out`;
    return meant === undefined ? `${start}.` : `${start}; did you mean ${meant}?`;
  });
}
