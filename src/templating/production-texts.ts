/**
 * Production's words. Those of the first group are documented or were reported; the second are those of the expression
 * parser that production seems to be built on (Free Pascal's `fpexprpars`, by the words that are known), so assumed.
 */
export const unknownIdentifier = (name: string) => `Unknown identifier: ${name}`;
export const accessViolation = 'Access violation';
export const noValueFor = (name: string) => `No value for "${name}"=`;
export const noArray = (name: string) => `"${name}" is not an array value`;
/** @param near the source's last ten characters: `y}}</html>` was reported */
export const notValid = (near: string) => `not valid template ## near ## ${near} ##`;
export const parsingError = (reason: string, near: string) =>
  `expression parsing error ## ${reason} ## near ## ${near} ##`;

export const emptyExpression = 'Cannot evaluate: empty expression';
export const unexpectedEnd = 'Unexpected end of expression';
export const unknownCharacter = (position: number, character: string) =>
  `Unknown character at pos ${position}: "${character}"`;
export const unterminated = 'Unterminated string';
export const unknownToken = (position: number, token: string) =>
  `Unknown token at pos ${position} : ${token}`;
export const badlyTerminated = (position: number, token: string) =>
  `Badly terminated expression. Found token at position ${position} : ${token}`;
export const missingBracket = (position: number, token: string) =>
  `Expected ) bracket at position ${position}, but got ${token}`;
export const argumentCount = (name: string) => `Invalid argument count for function ${name}`;
export const mismatch = (left: string, right: string) => `Type mismatch: ${left}<>${right}`;
export const divisionByZero = 'Division by zero';
