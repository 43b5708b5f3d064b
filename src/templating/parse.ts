import type { Node, Tag } from './ast.ts';
import { atElse, type Blocks, begin, closeTo, end, unclosed } from './blocks.ts';
import type { ExpressionScope } from './cursor.ts';
import { parseBracket } from './parse-bracket.ts';
import { type Control, parseControl, parseValue } from './parse-tag.ts';
import { notValid } from './production-texts.ts';
import type { Piece, Scan } from './scan.ts';
import { nearEnd } from './template-error.ts';

/** Who is told what is wrong with a source while it is parsed. */
export interface ParseNotes {
  error(tag: Tag, message: string, hint: string): void;
  warn(tag: Tag, code: string, message: string): void;
  line(at: number): number;
  /** True once no more is told. */
  isFull(): boolean;
}

/**
 * What a source says.
 * @property withLoops bodies that have a loop in them, at any depth
 */
export interface Tree {
  nodes: Node[];
  loopNames: Set<string>;
  setNames: Set<string>;
  withLoops: WeakSet<readonly Node[]>;
}

/** Deepest nesting of blocks. */
const deepest = 1000;

/** Parses the pieces of a source, in one pass, with the open blocks on a stack of their own. */
export function parse(
  source: string,
  { pieces, unclosed: brace }: Scan,
  notes: ParseNotes,
  mostTags: number,
): Tree {
  const tree: Tree = {
    nodes: [],
    loopNames: new Set(),
    setNames: new Set(),
    withLoops: new WeakSet(),
  };
  const blocks: Blocks = {
    source,
    notes,
    open: [],
    body: tree.nodes,
    top: tree.nodes,
    loops: 0,
    loopsOf: new Map(),
  };
  let tags = 0;
  for (const piece of pieces) {
    if (notes.isFull()) return tree;
    if (piece.kind !== 'text') tags += 1;
    if (tags > mostTags) {
      const hint = `Mockjet reads ${mostTags} tags here: put what repeats into a loop.`;
      notes.error(piece, `more than ${mostTags} tags`, hint);
      return tree;
    }
    readPiece(piece, tree, blocks);
    if (blocks.open.length > deepest) {
      const hint = `Mockjet follows ${deepest} blocks that stand in each other.`;
      notes.error(piece, `nested deeper than ${deepest} blocks`, hint);
      return tree;
    }
  }
  if (brace !== undefined) {
    const hint = `${source.slice(brace, brace + 2)} is opened here and never closed.`;
    notes.error({ start: brace, end: source.length }, notValid(nearEnd(source)), hint);
  }
  for (const block of blocks.open) unclosed(blocks, block);
  return tree;
}

function readPiece({ kind, start, end: to }: Piece, tree: Tree, blocks: Blocks) {
  const { source, notes, body } = blocks;
  const tag = { start, end: to };
  const scope: ExpressionScope = {
    isKnown: (name) => tree.loopNames.has(name) || tree.setNames.has(name),
    // a loop's name hides that of a set, an inner loop's that of an outer one
    loopOf: (name) => blocks.loopsOf.get(name)?.at(-1),
    warn: (code, message) => notes.warn(tag, code, message),
  };
  switch (kind) {
    case 'text':
      body.push({ kind: 'text', start, end: to });
      return;
    case 'bracket':
      body.push(parseBracket(source, tag, notes));
      return;
    case 'print': {
      const value = parseValue(source, tag, scope, notes);
      body.push(value === undefined ? { kind: 'text', start, end: to } : { kind, tag, value });
      return;
    }
    case 'control': {
      const control = parseControl(source, tag, scope, notes);
      if (control !== undefined) follow(control, tag, tree, blocks);
    }
  }
}

function follow(control: Control, tag: Tag, tree: Tree, blocks: Blocks) {
  switch (control.word) {
    case 'if': {
      const body: Node[] = [];
      const branches = [{ tag, condition: control.condition, body }];
      begin(blocks, { tag, node: { kind: 'if', branches, otherwise: undefined }, body });
      return;
    }
    case 'elseif':
      atElse(blocks, tag, control.condition);
      return;
    case 'else':
      atElse(blocks, tag, undefined);
      return;
    case 'for': {
      const body: Node[] = [];
      tree.loopNames.add(control.name);
      markLoop(tree, blocks);
      const { name, list } = control;
      begin(blocks, {
        tag,
        node: { kind: 'for', tag, name, depth: blocks.loops, list, body },
        body,
      });
      return;
    }
    case 'set':
      tree.setNames.add(control.name);
      blocks.body.push({ kind: 'set', tag, name: control.name, value: control.value });
      return;
    case 'endif':
      if (closeTo(blocks, 'if', tag, 'endif')) end(blocks);
      return;
    case 'endfor':
      if (closeTo(blocks, 'for', tag, 'endfor')) end(blocks);
  }
}

/** What stands around a marked body is marked, so each body is marked once. */
function markLoop({ withLoops }: Tree, { open }: Blocks) {
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const body = open[at]?.body;
    if (body === undefined || withLoops.has(body)) return;
    withLoops.add(body);
  }
}
