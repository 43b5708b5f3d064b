import fc from 'fast-check';
import {
  type Condition,
  type FunctionName,
  functions,
  type Operand,
  type Parameter,
} from '../../src/contacts/segments/syntax.ts';

const word = fc.stringMatching(/^[a-zé_][a-z0-9é_.-]{0,6}$/u).filter((text) => !isTaken(text));
const isTaken = (text: string) => /^(and|or|not|true|false)$/i.test(text);
const number = fc
  .oneof(
    fc.integer(),
    fc.tuple(fc.integer(), fc.nat(999)).map(([whole, part]) => `${whole}.${part}`),
  )
  .map((text): Operand => ({ kind: 'number', text: String(text) }));
const text = fc
  .oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('"', "''", 'and (', '2026-03-01T09:00:00Z', ''),
  )
  .map((value): Operand => ({ kind: 'text', value }));
const property = fc
  .oneof(
    word,
    fc.array(word, { minLength: 2, maxLength: 3 }).map((words) => words.join(' ')),
  )
  .map((name): Operand => ({ kind: 'property', name }));
const truth = fc.boolean().map((value): Operand => ({ kind: 'truth', value }));
const plain = fc.oneof(number, text, property, truth);

const callOf = (names: readonly FunctionName[]) =>
  fc
    .constantFrom(...names)
    .chain((name) =>
      fc
        .tuple(...functions[name].takes.map(argument))
        .map((given) => ({ kind: 'call' as const, name, arguments: given })),
    );

function argument(parameter: Parameter): fc.Arbitrary<Operand> {
  switch (parameter) {
    case 'number':
      return number;
    case 'text':
      return text;
    case 'date':
      return fc.oneof(plain, callOf(['ToDate', 'DateTimeNow']));
    case 'value':
    case 'plain':
      return plain;
  }
}

const namesThatGive = (what: 'value' | 'condition') =>
  (Object.keys(functions) as FunctionName[]).filter((name) => functions[name].gives === what); // its own keys
const operand = fc.oneof({ weight: 3, arbitrary: plain }, callOf(namesThatGive('value')));

/** A condition without `and`, `or` and `not`, about properties whose names are any words. */
const simple = fc.oneof(
  fc.record({
    kind: fc.constant('comparison' as const),
    relation: fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
    left: operand,
    right: operand,
  }),
  callOf(namesThatGive('condition')),
);

/** Any condition of the language, some levels deep. */
export const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    simple,
    fc.record({ kind: fc.constant('not'), condition: tie('condition') }),
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      conditions: fc.array(tie('condition'), { minLength: 2, maxLength: 4 }),
    }),
  ) as fc.Arbitrary<Condition>, // fast-check loses which `kind` goes with which members
})).condition;
