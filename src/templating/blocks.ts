import type { Node, Parsed, Tag } from './ast.ts';
import type { ParseNotes } from './parse.ts';
import { notValid } from './production-texts.ts';
import { nearEnd, nearTag } from './template-error.ts';

/**
 * A block that is open.
 * @property tag what began it
 * @property body where its next nodes go
 */
export interface Open {
  tag: Tag;
  node: Node & { kind: 'if' | 'for' };
  body: Node[];
}

/**
 * @property body where the next nodes go: of the innermost open block, or of the template
 * @property loops how many loops are open
 * @property loopsOf how deep the open loops of a name stand
 */
export interface Blocks {
  source: string;
  notes: ParseNotes;
  open: Open[];
  body: Node[];
  top: Node[];
  loops: number;
  loopsOf: Map<string, number[]>;
}

export function begin(blocks: Blocks, block: Open) {
  blocks.body.push(block.node);
  blocks.open.push(block);
  blocks.body = block.body;
  if (block.node.kind !== 'for') return;
  const depths = blocks.loopsOf.get(block.node.name) ?? [];
  blocks.loopsOf.set(block.node.name, depths);
  depths.push(block.node.depth);
  blocks.loops += 1;
}

/** Ends the innermost block. */
export function end(blocks: Blocks) {
  const ended = blocks.open.pop();
  if (ended?.node.kind === 'for') {
    blocks.loopsOf.get(ended.node.name)?.pop();
    blocks.loops -= 1;
  }
  blocks.body = blocks.open.at(-1)?.body ?? blocks.top;
}

/**
 * Makes the innermost block one of this kind, by ending what was left open in it; false where none is open.
 * @param word the statement that asks for it
 */
export function closeTo(blocks: Blocks, kind: 'if' | 'for', tag: Tag, word: string): boolean {
  const { source, notes, open } = blocks;
  if (!open.some(({ node }) => node.kind === kind)) {
    const hint = `{% ${word} %} stands here, and no {% ${kind} %} is open.`;
    notes.error(tag, notValid(nearTag(source, tag.start, tag.end)), hint);
    return false;
  }
  for (let inner = open.at(-1); inner !== undefined && inner.node.kind !== kind; ) {
    unclosed(blocks, inner, word);
    end(blocks);
    inner = open.at(-1);
  }
  return true;
}

/** Goes on with another branch of the innermost `if`. */
export function atElse(blocks: Blocks, tag: Tag, condition: Parsed | undefined) {
  const word = condition === undefined ? 'else' : 'elseif';
  if (!closeTo(blocks, 'if', tag, word)) return;
  const block = blocks.open.at(-1);
  if (block?.node.kind !== 'if') return;
  if (block.node.otherwise !== undefined) {
    const hint = `{% ${word} %} stands behind the {% else %} of its if.`;
    blocks.notes.error(tag, notValid(nearTag(blocks.source, tag.start, tag.end)), hint);
  }
  block.body = [];
  if (condition === undefined) block.node.otherwise = block.body;
  else block.node.branches.push({ tag, condition, body: block.body });
  blocks.body = block.body;
}

/**
 * Says that a block is not closed; the message is of the document's end, as reported.
 * @param before the statement that asked for another block, where it is not the end of the source
 */
export function unclosed({ source, notes }: Blocks, { node, tag }: Open, before?: string) {
  const place = before === undefined ? '' : ` before {% ${before} %}`;
  const hint = `The {% ${node.kind} %} of line ${notes.line(tag.start)} has no {% end${node.kind} %}${place}.`;
  notes.error(tag, notValid(nearEnd(source)), hint);
}
