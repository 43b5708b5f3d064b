import type { Condition, Operand } from './syntax.ts';

/** Writes a condition with parentheses around each part, so that one sees how it was read; parsed again it is the same. */
export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `(${condition.conditions.map(printCondition).join(` ${condition.kind} `)})`;
    case 'not':
      return `(not ${printCondition(condition.condition)})`;
    case 'comparison': {
      const { left, relation, right } = condition;
      return `(${printOperand(left)} ${relation} ${printOperand(right)})`;
    }
    case 'call':
      return printOperand(condition);
  }
}

function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'text':
      return `"${operand.value.replaceAll('"', '""')}"`;
    case 'number':
      return operand.text;
    case 'truth':
      return String(operand.value);
    case 'property':
      return operand.name;
    case 'call':
      return `${operand.name}(${operand.arguments.map(printOperand).join(', ')})`;
  }
}
