const entities: readonly (readonly [string, string])[] = [
  ['&quot;', '"'],
  ['&#34;', '"'],
  ['&apos;', "'"],
  ['&#39;', "'"],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&nbsp;', 'a blank'],
  ['&amp;', '&'],
  ['%22', '"'],
  ['%20', 'a blank'],
];

/** Why a character has no place in an expression, and what to write instead. */
export function wrongCharacter(source: string, at: number, end: number): string {
  const entity = entities.find(([spelling]) => source.startsWith(spelling, at));
  // reported: an editor writes &quot; for the quotes of a default within an attribute
  if (entity !== undefined)
    return `An editor has written ${entity[0]} for ${entity[1]}: expressions take the character itself. Within an attribute, set the value before the element and print its name.`;
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  if ('“”„‘’'.includes(character))
    return `${character} is a quote of a word processor: texts stand in straight quotes, "like this".`;
  if ('\u00a0\u00ad\u200b\ufeff'.includes(character))
    return 'An invisible character that is no plain blank stands here (a no-break space, perhaps pasted): replace it by a blank.';
  if (source.startsWith('||', at)) return 'Write "or".';
  if (character === '|')
    return 'The language has no filters: call a function instead, as in {{Upper(var:name)}}.';
  if (character === '#' || character === '{' || character === '}')
    return source[at + 1] === character || character === '{'
      ? 'Braces stand within braces: one pair {{ and }} is all, and it was perhaps never closed.'
      : 'This is the syntax of another template language.';
  if (character === '[')
    return 'The language reads no positions of lists: {% for item in var:list %} goes through one.';
  if (character === '&')
    return source[at + 1] === '&' ? 'Write "and".' : 'This is no operator of the language.';
  if (character === '$' || character === '@')
    return 'A variable is written var:name, a property of the contact data:name.';
  if (character === '%' && at === end - 1)
    return 'The tag was opened with {{ and ends with %}: write }}.';
  if (character === '%') return 'The remainder of a division is written "mod".';
  return `${JSON.stringify(character)} has no meaning in an expression.`;
}
