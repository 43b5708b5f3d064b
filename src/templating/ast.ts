/** Where a tag stands in the source, its braces included. */
export interface Tag {
  start: number;
  end: number;
}

export type Operator =
  | 'or'
  | 'xor'
  | 'and'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | 'div'
  | 'mod';

export type Namespace = 'var' | 'data' | 'mj' | 'segment';

/**
 * A value by name: `var:order.total:"0"`, or without a namespace what a loop or `set` named.
 * @property path the name, cut at its dots
 * @property fallback the default
 * @property loop without a namespace: how deep the loop stands that gives the name, the outermost being 0
 */
export interface Reference {
  kind: 'reference';
  namespace: Namespace | undefined;
  path: string[];
  fallback: string | number | boolean | undefined;
  loop?: number | undefined;
}

/** Operators of one rank stand in one chain, evaluated from left to right, so that no chain is deep. */
export interface Chain {
  kind: 'chain';
  first: Expression;
  rest: { operator: Operator; operand: Expression }[];
}

export type Expression =
  | { kind: 'literal'; value: string | number | boolean }
  | Reference
  | { kind: 'unary'; operator: 'not' | '-' | '+'; operand: Expression }
  | Chain
  | { kind: 'call'; name: string; operands: Expression[] };

/** @property cost steps its evaluation takes: its names, texts, operators and functions */
export interface Parsed {
  expression: Expression;
  cost: number;
}

export interface Branch {
  tag: Tag;
  condition: Parsed;
  body: Node[];
}

export type Node =
  | { kind: 'text'; start: number; end: number }
  | { kind: 'print'; tag: Tag; value: Parsed }
  | { kind: 'bracket'; tag: Tag; reference: Reference }
  | { kind: 'set'; tag: Tag; name: string; value: Parsed }
  | { kind: 'if'; branches: Branch[]; otherwise: Node[] | undefined }
  | {
      kind: 'for';
      tag: Tag;
      name: string;
      depth: number;
      list: Parsed & { expression: Reference };
      body: Node[];
    };
