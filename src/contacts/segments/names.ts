import type { Account } from '../../accounts/account.ts';
import { definitions, findDefinition } from '../properties.ts';
import type { Condition, Operand } from './syntax.ts';
import { isAddress } from './values.ts';

/** Names in a condition that are no properties of the account, so that they have no value. */
export function unknownProperties(account: Account, condition: Condition): string[] {
  const known = definitions(account);
  return [...new Set(namesIn(condition))].filter(
    (name) => findDefinition(known, name) === undefined && !isAddress(name),
  );
}

function namesIn(part: Condition | Operand): string[] {
  switch (part.kind) {
    case 'and':
    case 'or':
      return part.conditions.flatMap(namesIn);
    case 'not':
      return namesIn(part.condition);
    case 'comparison':
      return [...namesIn(part.left), ...namesIn(part.right)];
    case 'call':
      return part.arguments.flatMap(namesIn);
    case 'property':
      return [part.name];
    default:
      return [];
  }
}
