import type { Expression, Node } from './ast.ts';

/**
 * Names that a template refers to, sorted, 1,000 of a kind at most; of a path the first name.
 */
export interface UsedNames {
  var: string[];
  data: string[];
  mj: string[];
  segment: string[];
}

/** How many names of one kind are listed. */
const most = 1000;

/** Goes through a tree, with a stack of its own. */
export function usedNames(nodes: readonly Node[]): UsedNames {
  const found = {
    var: new Set<string>(),
    data: new Set<string>(),
    mj: new Set<string>(),
    segment: new Set<string>(),
  };
  const waiting: (Node | Expression)[] = [];
  for (const node of nodes) waiting.push(node);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'reference') {
      const names = next.namespace === undefined ? undefined : found[next.namespace];
      if (names !== undefined && names.size < most) names.add(next.path[0] ?? '');
    } else for (const below of belowOf(next)) waiting.push(below);
  }
  const list = (names: ReadonlySet<string>) => [...names].sort();
  return {
    var: list(found.var),
    data: list(found.data),
    mj: list(found.mj),
    segment: list(found.segment),
  };
}

function belowOf(node: Exclude<Node | Expression, { kind: 'reference' }>): (Node | Expression)[] {
  switch (node.kind) {
    case 'text':
    case 'literal':
      return [];
    case 'print':
    case 'set':
      return [node.value.expression];
    case 'bracket':
      return [node.reference];
    case 'if':
      return [
        ...node.branches.flatMap(({ condition, body }) => [condition.expression, ...body]),
        ...(node.otherwise ?? []),
      ];
    case 'for':
      return [node.list.expression, ...node.body];
    case 'unary':
      return [node.operand];
    case 'call':
      return node.operands;
    case 'chain':
      return [node.first, ...node.rest.map(({ operand }) => operand)];
  }
}
