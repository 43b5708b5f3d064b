// The worst bodies of a size that a caller can send, by what is bad about them.

const [mostValues, mostFields, deepest] = [999_990, 19_990, 499];

/** A text of `bytes` bytes made of a piece. */
const long = (piece, bytes) => piece.repeat(Math.floor(bytes / Buffer.byteLength(piece)));
const list = (item, bytes) => {
  const count = Math.min(
    Math.floor(mostValues / valuesOf(item)),
    Math.floor(bytes / (item.length + 1)),
  );
  return `[${Array(count).fill(item).join(',')}]`;
};
const valuesOf = (item) => item.split(/[,[{]/).length;
const fields = (count, value) =>
  `{${Array.from({ length: count }, (_, i) => `"k${i}":${value}`).join(',')}}`;

/** JSON of `bytes` bytes at most, of every kind that is dear to read. */
export function worstJson(bytes) {
  const room = bytes - 100;
  return {
    'a long text': `{"a":"${long('x', room)}"}`,
    'control characters': `{"a":"${long('\x01', room)}"}`,
    escapes: `{"a":"${long('\\n', room)}"}`,
    'escapes beside control characters': `{"a":"${long('\\u00e9\n', room)}"}`,
    'lone surrogates': `{"a":"${long('\\ud800', room)}"}`,
    'digits in a text': `{"a":"${long('123456789012345 ', room)}"}`,
    spaces: long(' ', room),
    'spaces and a fault': `{"a":1${long(' ', room)}x`,
    numbers: `{"a":${list('1', room)}}`,
    'long numbers': `{"a":${list('1234567890123456', room)}}`,
    'empty objects': `{"a":${list('{}', room)}}`,
    objects: `{"a":${list('{"b":1}', room)}}`,
    'objects and a fault at the end': `{"a":${list('{"b":1}', room)},}`,
    'objects of many fields': `{"a":[${Array(Math.min(49, Math.floor(room / 240_000)))
      .fill(fields(mostFields, '1'))
      .join(',')}]}`,
    'many long fields': fields(mostFields, `"${long('x', Math.max(1, room / mostFields - 12))}"`),
    nesting: `{"a":${'['.repeat(deepest - 1)}${']'.repeat(deepest - 1)}}`,
    'nesting again and again': `{"a":[${Array(Math.min(2000, Math.floor(room / 900)))
      .fill('['.repeat(400) + ']'.repeat(400))
      .join(',')}]}`,
    'too many values': `{"a":[${long('1,', room)}1]}`,
    brackets: long('[', room),
  };
}

/** Forms of `bytes` bytes at most. */
export function worstForms(bytes) {
  return {
    'a long field': `a=${long('x', bytes - 10)}`,
    'a long field of escapes': `a=${long('%C3%A9', bytes - 10)}`,
    'a long field of broken escapes': `a=${long('%', bytes - 10)}`,
    'many fields': Array.from(
      { length: mostFields },
      (_, i) => `k${i}=${long('+', bytes / mostFields - 12)}`,
    ).join('&'),
    'too many fields': long('a=b&', bytes),
  };
}

/** Objects that fill each named part with a long text, or with many items. */
export function filled(names, bytes) {
  const room = bytes - 100;
  return Object.fromEntries(
    names.flatMap((name) => [
      [`a long ${name}`, `{"${name}":"${long('x', room)}"}`],
      [`a list as ${name}`, `{"${name}":${list('{"Name":"a"}', room)}}`],
    ]),
  );
}

export { list, long };
