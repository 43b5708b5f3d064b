import type { Namespace, Reference } from './ast.ts';
import { type Cursor, jump, position, take, textOf } from './cursor.ts';
import { ExpressionError } from './expression-error.ts';
import { accessViolation, badlyTerminated, unknownIdentifier } from './production-texts.ts';
import { nameEnd, type Token } from './tokens.ts';

/** Reads what a name begins that is no function: `var:order.total:"0"`, `item.title`. Throws an ExpressionError. */
export function parseReference(cursor: Cursor, name: Token): Reference {
  const { token, scope } = cursor;
  const namespace = name.text.toLowerCase();
  const hasColon = token.kind === 'colon';
  const isGlued = hasColon && token.at === name.end;
  if (isNamespace(namespace) && isGlued) return inNamespace(cursor, namespace, name.text);
  const path = name.text.split('.');
  const loop = scope.loopOf(path[0] ?? '');
  if (!hasColon)
    return { kind: 'reference', namespace: undefined, path, fallback: undefined, loop };
  if (isNamespace(namespace))
    throw new ExpressionError(
      unknownIdentifier(name.text),
      `Production refuses the blank before the colon: write ${name.text}:name.`,
    );
  if (!isGlued || !scope.isKnown(path[0] ?? ''))
    throw new ExpressionError(
      unknownIdentifier(name.text),
      `"${name.text}" is no namespace: a variable is written var:name, a property of the contact data:name.`,
    );
  const fallback = defaultValue(cursor, name.text);
  return { kind: 'reference', namespace: undefined, path, fallback, loop };
}

function isNamespace(word: string): word is Namespace {
  return word === 'var' || word === 'data' || word === 'mj' || word === 'segment';
}

/** The colon behind the namespace is the token now. */
function inNamespace(cursor: Cursor, namespace: Namespace, spelling: string): Reference {
  const { source, end, token } = cursor;
  const from = token.end;
  if (namespace === 'segment' && source[from] === '"') {
    jump(cursor, from);
    return {
      kind: 'reference',
      namespace,
      path: [textOf(cursor, take(cursor))],
      fallback: undefined,
    };
  }
  const to = nameEnd(source, from, end);
  if (to === from)
    throw new ExpressionError(
      unknownIdentifier(`${spelling}:`),
      /\s/.test(source[from] ?? '') && source.slice(from, end).trim() !== ''
        ? `Production refuses the blank after the colon: write ${spelling}:${source.slice(from, end).trim().slice(0, 60)}.`
        : `The name is missing after ${spelling}:.`,
    );
  const name = source.slice(from, to);
  jump(cursor, to);
  const isGlued = cursor.token.kind === 'colon' && cursor.token.at === to;
  if (cursor.token.kind === 'colon' && !isGlued)
    throw new ExpressionError(
      badlyTerminated(position(cursor), ':'),
      `Production refuses the blank before the default: write ${spelling}:${name}:"default".`,
    );
  const fallback = isGlued ? defaultValue(cursor, `${spelling}:${name}`) : undefined;
  // a segment's name is one, whatever is in it
  const path = namespace === 'segment' ? [name] : name.split('.');
  return { kind: 'reference', namespace, path, fallback };
}

/** Reads a default; the colon before it is the token now. Without quotes it is one word or number. */
function defaultValue(cursor: Cursor, name: string): string | number | boolean {
  const { source, end, token } = cursor;
  const from = token.end;
  const first = source[from];
  if ((first === '"' || first === "'") && from < end) {
    jump(cursor, from);
    return textOf(cursor, take(cursor));
  }
  const sign = first === '-' ? 1 : 0;
  const to = nameEnd(source, from + sign, end);
  if (to === from + sign) {
    const rest = source.slice(from, end).trim();
    // what an editor has written for the quote says more than that the default is missing
    if (rest !== '') jump(cursor, from);
    // reported: `{{var:url:` with no default behind it
    throw new ExpressionError(
      accessViolation,
      rest === ''
        ? `The default of ${name} is missing: write ${name}:"" for an empty one.`
        : /\s/.test(first ?? '')
          ? `Production refuses the blank between the colon and the default: write ${name}:"default".`
          : `The default of ${name} is no value: write it in quotes, ${name}:"default".`,
    );
  }
  jump(cursor, to);
  return converted(source.slice(from, to));
}

/** documented: `var:test:true`, `var:n:false`; reported: `var:firstname:Freund` */
function converted(text: string): string | number | boolean {
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
