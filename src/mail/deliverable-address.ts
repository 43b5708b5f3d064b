import { emailProblem } from '../lib/email-address.ts';

const longestLocal = 64;
const longestLabel = 63;

/**
 * True for an address that the sending side takes; stricter than that of a contact.
 * recorded as refused: two dots in a row, no `@`, a space, a domain that ends in a number (`invalid@123.4`);
 * recorded as taken: a domain that does not exist. The rest follows RFC 5321 (assumed): no domain of one label, no
 * address literal, no dot at an end; letters of any script are taken.
 */
export function isDeliverable(email: string): boolean {
  if (emailProblem(email) !== undefined) return false;
  const at = email.lastIndexOf('@');
  return isLocalPart(email.slice(0, at)) && isDomain(email.slice(at + 1));
}

function isLocalPart(local: string): boolean {
  if (local.length > longestLocal) return false;
  if (local.startsWith('"')) return /^"(?:[^"\\]|\\.)*"$/.test(local);
  return local.split('.').every((atom) => /^[a-z0-9!#$%&'*+/=?^_`{|}~\xa1-\ufffc-]+$/i.test(atom));
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  return labels.length > 1 && labels.every(isLabel) && !/^\d+$/.test(labels.at(-1) ?? '');
}

function isLabel(label: string): boolean {
  return label.length <= longestLabel && /^(?!-)[a-z0-9\xa1-\ufffc-]+(?<!-)$/i.test(label);
}
