import type { Account } from '../accounts/account.ts';
import { listAddress } from '../accounts/fresh.ts';
import { findContact } from '../contacts/bulk.ts';
import {
  applyChanges,
  type Definition,
  definitions,
  findDefinition,
  type PropertyChange,
  storedName,
} from '../contacts/properties.ts';
import { coerceProperty } from '../lib/property-value.ts';
import { ControlError } from './control-error.ts';
import type { SeedContact, SeedDocument } from './seed-document.ts';
import { addMails } from './seed-mails.ts';
import { addOutcomes } from './seed-outcomes.ts';
import { addSenders } from './seed-senders.ts';
import { addSignups } from './seed-signups.ts';
import { addTemplates } from './seed-templates.ts';
import { addWebhooks } from './seed-webhooks.ts';

/** How many of each a seed named. */
export interface SeedCounts {
  properties: number;
  lists: number;
  contacts: number;
  subscriptions: number;
  senders: number;
  signups: number;
  outcomes: number;
  mails: number;
  templates: number;
}

const refuse = (path: string, problem: string) => new ControlError(400, `${path}: ${problem}`);

/**
 * Gives an account what a document says, all of it or nothing. What is there already stays, and takes what the
 * document adds; no date of activity or update moves, but by mails that arrive.
 * @throws ControlError 400 that names the place in the document
 */
export function applySeed(account: Account, document: SeedDocument): SeedCounts {
  return account.write(() => {
    addProperties(account, document);
    const lists = addLists(account, document);
    const known = definitions(account);
    const places = new Map<string, number>();
    const listId = (name: string, path: string): bigint => {
      const list = lists.get(name) ?? openList(account, name)?.id;
      if (list === undefined) throw refuse(path, `there is no list "${name}"`);
      return list;
    };
    let subscriptions = 0;
    for (const [index, contact] of document.contacts.entries()) {
      const path = `contacts[${index}]`;
      const key = contact.email.toLowerCase();
      const other = places.get(key);
      if (other !== undefined)
        throw refuse(`${path}.email`, `${contact.email} stands in contacts[${other}] already`);
      places.set(key, index);
      const { id, at } = addContact(account, contact, known, path);
      for (const [position, { name, isUnsubscribed }] of contact.lists.entries()) {
        const list = listId(name, `${path}.lists[${position}]`);
        account
          .sql(
            `INSERT INTO listrecipient (ContactID, ListID, IsUnsubscribed, SubscribedAt, UnsubscribedAt) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (ContactID, ListID) DO UPDATE SET IsUnsubscribed = excluded.IsUnsubscribed, UnsubscribedAt = excluded.UnsubscribedAt`,
          )
          .run(id, list, isUnsubscribed ? 1 : 0, at, isUnsubscribed ? at : '');
        subscriptions += 1;
      }
    }
    addSenders(account, document);
    addSignups(account, document, listId);
    addOutcomes(account, document);
    addTemplates(account, document.templates);
    addMails(account, document);
    addWebhooks(account, document.webhooks);
    return {
      properties: document.properties.length,
      lists: document.lists.length,
      contacts: document.contacts.length,
      subscriptions,
      senders: document.senders.length,
      signups: document.signups.length,
      outcomes: document.outcomes.length,
      mails: document.mails.length,
      templates: document.templates.length,
    };
  });
}

function addProperties(account: Account, { properties }: SeedDocument): void {
  for (const [index, { datatype, ...property }] of properties.entries()) {
    const name = storedName(property.name);
    const known = account
      .sql(
        "SELECT Name AS name, Datatype AS datatype FROM contactmetadata WHERE NameSpace = 'static' AND Name = ?",
      )
      .get(name) as { name: string; datatype: string } | undefined; // the two columns selected
    if (known === undefined) {
      account
        .sql("INSERT INTO contactmetadata (Datatype, Name, NameSpace) VALUES (?, ?, 'static')")
        .run(datatype, name);
    } else if (known.datatype !== datatype) {
      throw refuse(
        `properties[${index}].datatype`,
        `the property ${known.name} is there as ${known.datatype}`,
      );
    }
  }
}

/** Makes the lists that are not there; returns the IDs of those the document names. */
function addLists(account: Account, { lists }: SeedDocument): Map<string, bigint> {
  const ids = new Map<string, bigint>();
  for (const [index, list] of lists.entries()) {
    const path = `lists[${index}]`;
    if (ids.has(list.name)) throw refuse(`${path}.name`, `the document has "${list.name}" twice`);
    const known = list.isDeleted ? undefined : openList(account, list.name);
    if (known !== undefined) {
      if (list.id !== undefined && list.id !== known.id)
        throw refuse(`${path}.id`, `the list "${list.name}" is there with the ID ${known.id}`);
      if (list.address !== undefined && list.address !== known.address)
        throw refuse(
          `${path}.address`,
          `the list "${list.name}" is there with the address ${known.address}`,
        );
      ids.set(list.name, known.id);
      continue;
    }
    const address = list.address ?? listAddress(account.random, list.name);
    refuseTaken(account, 'contactslist', list.id, path);
    if (account.sql('SELECT 1 FROM contactslist WHERE Address = ?').get(address) !== undefined)
      throw refuse(`${path}.address`, `another list has the address ${address}`);
    const { lastInsertRowid } = account
      .sql(
        'INSERT INTO contactslist (ID, Name, Address, CreatedAt, IsDeleted) VALUES (?, ?, ?, ?, ?)',
      )
      .run(list.id ?? null, list.name, address, account.time(), list.isDeleted ? 1 : 0);
    ids.set(list.name, BigInt(lastInsertRowid));
  }
  return ids;
}

function openList(account: Account, name: string): { id: bigint; address: string } | undefined {
  return account
    .sql('SELECT ID AS id, Address AS address FROM contactslist WHERE Name = ? AND IsDeleted = 0')
    .get(name) as { id: bigint; address: string } | undefined; // the two columns selected
}

/** Makes a contact or adds to one; returns its ID, and since when it may be subscribed. */
function addContact(
  account: Account,
  contact: SeedContact,
  known: readonly Definition[],
  path: string,
): { id: bigint; at: string } {
  const at = contact.createdAt ?? account.time();
  const changes = propertyChanges(contact, known, path);
  const there = findContact(account, contact.email);
  if (there === undefined) {
    refuseTaken(account, 'contact', contact.id, path);
    const isExcluded = contact.isExcludedFromCampaigns ?? false;
    const { lastInsertRowid } = account
      .sql(
        `INSERT INTO contact (ID, Email, Name, CreatedAt, IsExcludedFromCampaigns, ExclusionFromCampaignsUpdatedAt, properties)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        contact.id ?? null,
        contact.email,
        contact.name ?? '',
        at,
        isExcluded ? 1 : 0,
        isExcluded ? at : '',
        applyChanges('{}', changes),
      );
    return { id: BigInt(lastInsertRowid), at };
  }
  if (contact.id !== undefined && contact.id !== there.id)
    throw refuse(`${path}.id`, `${contact.email} is there with the ID ${there.id}`);
  account
    .sql(
      `UPDATE contact SET properties = ?, Name = coalesce(?, Name), CreatedAt = coalesce(?, CreatedAt),
       IsExcludedFromCampaigns = coalesce(?, IsExcludedFromCampaigns) WHERE ID = ?`,
    )
    .run(
      applyChanges(there.properties, changes),
      contact.name ?? null,
      contact.createdAt ?? null,
      contact.isExcludedFromCampaigns === undefined
        ? null
        : Number(contact.isExcludedFromCampaigns),
      there.id,
    );
  return { id: there.id, at };
}

function propertyChanges(
  { properties }: SeedContact,
  known: readonly Definition[],
  path: string,
): PropertyChange[] {
  return Object.entries(properties).map(([name, value]) => {
    const definition = findDefinition(known, name);
    if (definition === undefined)
      throw refuse(`${path}.properties.${name}`, 'there is no such property');
    if (value === null) return { definition, stored: null };
    const result = coerceProperty(definition.datatype, value);
    if (!('stored' in result))
      throw refuse(`${path}.properties.${name}`, `"${value}" is no ${definition.datatype}`);
    return { definition, stored: result.stored };
  });
}

function refuseTaken(
  account: Account,
  table: 'contact' | 'contactslist',
  id: bigint | undefined,
  path: string,
): void {
  if (id === undefined) return;
  if (account.sql(`SELECT 1 FROM ${table} WHERE ID = ?`).get(id) !== undefined)
    throw refuse(`${path}.id`, `another ${table} has the ID ${id}`);
}
