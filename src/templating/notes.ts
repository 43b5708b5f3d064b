import type { Tag } from './ast.ts';
import type { ParseNotes } from './parse.ts';
import { parsingError } from './production-texts.ts';
import type { Notes } from './run.ts';
import {
  expressionAt,
  longestMessage,
  mostNotes,
  nearTag,
  type TemplateError,
  type TemplateWarning,
} from './template-error.ts';

type Place = (at: number) => { line: number; column: number };

const longestReason = 1000;

interface Collected {
  errors: TemplateError[];
  warnings: TemplateWarning[];
}

/** Collects what is told of a source while it is compiled. */
export function compileNotes(source: string, part: string, place: Place): ParseNotes & Collected {
  const { errors, warnings, addError, warn } = collector(source, part, place);
  return {
    errors,
    warnings,
    error: (tag, message, hint) => addError(tag, message, hint),
    warn,
    line: (at) => place(at).line,
    isFull: () => errors.length >= mostNotes,
  };
}

/** Collects what is told of one rendering: of each tag the first error, and its warnings once. */
export function renderNotes(source: string, part: string, place: Place): Notes & Collected {
  const { errors, warnings, addError, warn } = collector(source, part, place);
  const told = new Set<number>();
  return {
    errors,
    warnings,
    error(tag, message, near, hint) {
      if (told.has(tag.start) || errors.length >= mostNotes) return;
      told.add(tag.start);
      const text = near
        ? parsingError(message.slice(0, longestReason), nearTag(source, tag.start, tag.end))
        : message;
      addError(tag, text, typeof hint === 'string' ? hint : hint());
    },
    stopped: addError,
    warn,
  };
}

function collector(source: string, part: string, place: Place) {
  const errors: TemplateError[] = [];
  const warnings: TemplateWarning[] = [];
  const warned = new Set<string>();
  return {
    errors,
    warnings,
    addError({ start, end }: Tag, message: string, hint: string) {
      const isLast = errors.length === mostNotes - 1;
      errors.push({
        part,
        expression: expressionAt(source, start, end),
        ...place(start),
        message: message.slice(0, longestMessage),
        hint: isLast ? `${hint} There may be more errors: ${mostNotes} are told.` : hint,
      });
    },
    warn({ start }: Tag, code: string, message: string) {
      const key = `${start} ${code}`;
      if (warnings.length >= mostNotes || warned.has(key)) return;
      warned.add(key);
      warnings.push({ part, code, ...place(start), message: message.slice(0, longestMessage) });
    },
  };
}
