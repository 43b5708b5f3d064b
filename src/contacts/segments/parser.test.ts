import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCondition } from '../../../test/support/segment-expressions.ts';
import { deepestNesting } from './cursor.ts';
import { parseExpression } from './parser.ts';
import { printCondition } from './printer.ts';
import { ExpressionError } from './syntax.ts';

describe('An expression is read', () => {
  it.each([
    // documented or reported: these stand in guides, in Mailjet's own plugins and in what clients sent
    ['(age=40)', '(age = 40)'],
    ['age=40', '(age = 40)'],
    ['purchase>50', '(purchase > 50)'],
    ['((not hasclickedsince(7)))', '(not HasClickedSince(7))'],
    ['(IsInPreviousDays(p,30))', 'IsInPreviousDays(p, 30)'],
    ['(p<1)', '(p < 1)'],
    ['(p=1) and (IsInPreviousDays(q,30))', '((p = 1) and IsInPreviousDays(q, 30))'],
    ['(not IsInPreviousDays(q,180))', '(not IsInPreviousDays(q, 180))'],
    ['(IsBetweenNumbers(age,18,30))', 'IsBetweenNumbers(age, 18, 30)'],
    ['(registered > ToDate(1372193130))', '(registered > ToDate(1372193130))'],
    [
      '(FormatDateTime("mm-dd",birthday)=FormatDateTime("mm-dd",DateTimeNow()))',
      '(FormatDateTime("mm-dd", birthday) = FormatDateTime("mm-dd", DateTimeNow()))',
    ],
    // words and functions in any case
    ['a=1 AND NOT isprovided(b) Or c=3', '(((a = 1) and (not IsProvided(b))) or (c = 3))'],
    ['a = 1 or b = 2 and c = 3', '((a = 1) or ((b = 2) and (c = 3)))'],
    ['(a = 1 or b = 2) and c = 3', '(((a = 1) or (b = 2)) and (c = 3))'],
    ['not a = 1 and b = 2', '((not (a = 1)) and (b = 2))'],
    // values
    ['country <> "France"', '(country != "France")'],
    ["town = 'L''Isle'", `(town = "L'Isle")`],
    ['quote="say ""hi"""', '(quote = "say ""hi""")'],
    ['vip = TRUE', '(vip = true)'],
    ['balance >= -10.50', '(balance >= -10.50)'],
    ['40<age', '(40 < age)'],
    ['((age)) = (40)', '(age = 40)'],
    ['  a\n=\t1 ', '(a = 1)'],
    // names
    ['(first name = "Ada")', '(first name = "Ada")'],
    ['line 2 = "x"', '(line 2 = "x")'],
    ['2nd_order-date.x = 1', '(2nd_order-date.x = 1)'],
    ['prénom = "Zoé"', '(prénom = "Zoé")'],
    ['android = 1 or order = 2', '((android = 1) or (order = 2))'],
    ['IsInNextDays(next visit, "7")', 'IsInNextDays(next visit, 7)'],
  ])('%s', (expression, reading) => {
    expect(printCondition(parseExpression(expression))).toBe(reading);
  });

  it('and printed is the same expression', () => {
    fc.assert(
      fc.property(anyCondition, (condition) => {
        expect(parseExpression(printCondition(condition))).toEqual(condition);
      }),
    );
  });

  it('however long it is', () => {
    const expression = Array.from({ length: 50_000 }, (_, n) => `a${n}=${n}`).join(' or ');
    const condition = parseExpression(expression);
    expect(condition.kind === 'or' && condition.conditions.length).toBe(50_000);
  });
});

describe('An expression is refused', () => {
  it.each([
    ['', 1, 'expected a property, value or condition, but found the end of the expression'],
    ['   ', 4, 'expected a property, value or condition, but found the end of the expression'],
    ['(age=40', 8, 'expected ")", but found the end of the expression'],
    ['(age=40))', 9, 'expected the end of the expression, but found ")"'],
    ['()', 2, 'expected a property, value or condition, but found ")"'],
    ['age', 1, 'expected a condition, but found a value'],
    ['hello world', 1, 'expected a condition, but found a value'],
    ['age=', 5, 'expected a property, value or condition, but found the end of the expression'],
    ['age==40', 5, 'expected a property, value or condition, but found "="'],
    ['age=40 country="France"', 8, 'expected the end'],
    ['18<age<30', 7, 'expected the end of the expression, but found "<"'],
    ['age=40 and', 11, 'expected a property, value or condition'],
    ['age=40 and and b=1', 12, 'expected a property, value or condition, but found "and"'],
    ['age=40 xor b=1', 8, 'expected the end'],
    ['a=1 and b', 9, 'expected a condition, but found a value'],
    ['not age', 5, 'expected a condition, but found a value'],
    ['(a=1)=(b=1)', 1, 'expected a value, but found a condition'],
    ['a=IsProvided(b)', 3, 'expected a value, but found a condition'],
    ['DateTimeNow()', 1, 'expected a condition, but found a value'],
    ['IsOlderThan(age,3)', 1, 'unknown function "IsOlderThan"'],
    ['IsInPreviousDays(p)', 19, 'expected ",", but found ")"'],
    ['IsInPreviousDays(p,30,1)', 22, 'expected ")", but found ","'],
    ['IsInPreviousDays(p,"soon")', 20, 'expected a number, but found "soon"'],
    ['HasOpenedSince(days)', 16, 'expected a number, but found "days"'],
    ['Contains(name,Ada)', 15, 'expected a text in quotes, but found "Ada"'],
    ['ToDate(DateTimeNow())=1', 8, 'expected a property or number'],
    ['FormatDateTime("yy",FormatDateTime("yy",a))="26"', 21, 'expected a date'],
    ['name="Ada', 6, 'the text has no closing quote'],
    ["name='Ada", 6, 'the text has no closing quote'],
    ['age+1=40', 4, 'unexpected character "+"'],
    ['age=40; drop', 7, 'unexpected character ";"'],
    ['name=“Ada”', 6, 'unexpected character "“"'],
    ['a=1 && b=2', 5, 'unexpected character "&"'],
    ['a=1.2.3', 3, '"1.2.3" is no number, and as a text it needs quotes'],
    ['since>2026-03-01', 7, '"2026-03-01" is no number, and as a text it needs quotes'],
  ])('%s', (expression, position, reason) => {
    const read = () => parseExpression(expression);
    expect(read).toThrow(ExpressionError);
    expect(read).toThrow(`Syntax error at position ${position}: ${reason}`);
  });

  it.each([
    ['parentheses', '(', ')'],
    ['not', 'not ', ''],
  ])('with more than a hundred levels of %s', (_, before, after) => {
    const nested = (levels: number) => `${before.repeat(levels)}a=1${after.repeat(levels)}`;
    expect(() => parseExpression(nested(deepestNesting))).not.toThrow();
    expect(() => parseExpression(nested(deepestNesting + 1))).toThrow(
      `more than ${deepestNesting} levels of nesting`,
    );
    expect(() => parseExpression(before.repeat(100_000))).toThrow(ExpressionError);
  });

  it('by its own error, whatever it is', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      ',',
      '"',
      "'",
      '=',
      '<',
      '>',
      '!',
      '-',
      '1',
      '.',
      ' and ',
      ' or ',
      'not ',
      'a',
      'IsProvided',
      'ToDate',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          try {
            parseExpression(text);
          } catch (error) {
            expect(error).toBeInstanceOf(ExpressionError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
