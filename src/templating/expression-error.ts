/**
 * What is wrong with an expression.
 * @property message production's reason, without the words around it
 * @property hint what to do, in plain words
 */
export class ExpressionError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
