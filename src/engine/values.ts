import type { Account } from '../accounts/account.ts';
import { emailProblem } from '../lib/email-address.ts';
import {
  emptyProperty,
  invalidEmailInPost,
  longProperty,
  readOnlyProperty,
  shortProperty,
  unlistedValue,
  unresolvedAlternate,
} from '../lib/errors.ts';
import type { Json } from '../lib/json.ts';
import { bind } from './bind.ts';
import type { Body } from './call.ts';
import { inputRule } from './declared.ts';
import { readStrict, readValue } from './kinds.ts';
import type { Member, Resource } from './resource.ts';
import type { Row, Value } from './row.ts';

/**
 * Makes columns of a body: names in any case, unknown ones refused, read-only ones refused or left out, references
 * resolved, values fitted to their kind. `before` is the row that a PUT changes.
 * @throws MailjetError
 */
export function readValues(account: Account, resource: Resource, body: Body, before?: Row): Row {
  const given = bind(resource, body);
  // production clients send ID and ALT together; the ID wins (assumed)
  if (given.some(({ isAlternate }) => isAlternate))
    given.sort((a, b) => Number(a.isAlternate) - Number(b.isAlternate));
  requireUnguarded(resource, new Set(given.map(({ member }) => member)));
  const values: Row = {};
  for (const { member, isAlternate, value } of given) {
    const rule = inputRule(member.property);
    if (rule === 'ignore') continue;
    if (rule === 'never' && before === undefined) throw refusal(member);
    if (isAlternate && (values[member.wireName] ?? 0n) !== 0n) continue;
    const read = isAlternate
      ? resolve(account, member, value)
      : resource.backEnd === 'new'
        ? readStrict(member.property.kind, value)
        : readValue(member.property.kind, value, resource.type, member.name);
    if (before !== undefined && (rule === 'once' || rule === 'never')) {
      if (!sameValue(before[member.wireName], read)) throw refusal(member);
      continue;
    }
    values[member.wireName] = checked(account, member, read, before);
  }
  return values;
}

/** @throws MailjetError for a property that must have a value and has none */
export function requireNeeded(members: readonly Member[], values: Row): void {
  for (const { name, wireName, property } of members) {
    const value = values[wireName];
    if (property.needed === undefined || (value !== undefined && value !== '' && value !== 0n))
      continue;
    throw property.needed === 'MJ04' ? shortProperty(name) : emptyProperty(name);
  }
}

/**
 * reported: a whole row that is put back, LastActivityAt and LastUpdateAt in front, is refused for UnsubscribedAt; so
 * the order of the body does not count. That it is the last by name is inferred from that one answer.
 * @throws MailjetError for a property that no body may set
 */
function requireUnguarded(resource: Resource, given: ReadonlySet<Member>): void {
  const guarded = resource.members.filter(
    (member) => given.has(member) && inputRule(member.property) === 'refuse',
  );
  const last = guarded.at(-1);
  if (last !== undefined) throw refusal(last);
}

function refusal({ wireName, property }: Member): Error {
  return property.refusal?.() ?? readOnlyProperty(wireName);
}

function resolve(account: Account, { name, property }: Member, value: Json): Value {
  const { reference } = property;
  const key = typeof value === 'string' ? value : String(value);
  const where = reference?.where === undefined ? '' : ` AND ${reference.where}`;
  const row =
    reference &&
    (account.sql(`SELECT ID FROM ${reference.table} WHERE ${reference.key} = ?${where}`).get(key) as
      | { ID: bigint }
      | undefined); // ID is an integer key
  if (row === undefined) throw unresolvedAlternate(name, key);
  return row.ID;
}

function checked(account: Account, member: Member, value: Value, before?: Row): Value {
  const fitted = suited(member, value);
  const problem = member.property.check?.(fitted, account, before);
  if (problem !== undefined) throw problem;
  return fitted;
}

function suited({ name, property }: Member, value: Value): Value {
  if (property.kind === 'email' && value !== '') {
    const problem = emailProblem(String(value));
    if (problem !== undefined) throw invalidEmailInPost(String(value), problem);
  }
  const { misfit } = property;
  const allowed = property.oneOf ?? property.allowed;
  if (allowed !== undefined) {
    const known = allowed.find((option) => option.toLowerCase() === String(value).toLowerCase());
    if (known === undefined) {
      throw misfit?.(String(value)) ?? unlistedValue(name, allowed);
    }
    return known;
  }
  const longest = property.maxLength ?? 255;
  if (typeof value === 'string' && longest > 0 && value.length > longest) {
    throw longProperty(name, longest);
  }
  return typeof value === 'string' && property.stored !== undefined
    ? property.stored(value)
    : value;
}

function sameValue(a: Value | undefined, b: Value): boolean {
  return typeof a === 'string' && typeof b === 'string'
    ? a.toLowerCase() === b.toLowerCase()
    : a === b;
}
