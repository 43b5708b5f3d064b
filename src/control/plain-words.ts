import type { z } from 'zod';

/** What a value must be, in plain words: zod's own are for programmers who know zod. */
export function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing: give ${kinds[issue.expected] ?? issue.expected}`
        : `give ${kinds[issue.expected] ?? issue.expected}`;
    case 'unrecognized_keys':
      return `there is no such member: ${issue.keys.join(', ')}`;
    case 'invalid_value':
      return `give ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'this is none of what may stand here';
    case 'too_small':
      return `give ${amount(issue.origin, issue.minimum)} or more`;
    case 'too_big':
      return `give ${amount(issue.origin, issue.maximum)} at most`;
    case 'invalid_format':
      return issue.format === 'starts_with' && 'prefix' in issue
        ? `give a text that begins with ${issue.prefix}`
        : 'this text has not the form that is wanted';
    default:
      return undefined;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'an array',
};

function amount(origin: string, limit: number | bigint): string {
  if (origin === 'string') return limit === 1 ? '1 character' : `${limit} characters`;
  return origin === 'array' ? `${limit} items` : String(limit);
}
