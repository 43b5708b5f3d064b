import { type ControlClient, type Id, MockjetError } from './control-client.ts';

/** A contact as the account has it. */
export interface Contact {
  /** Mailjet's ID of it. */
  id: Id;
  email: string;
  name: string;
  /** RFC 3339. */
  createdAt: string;
  isExcludedFromCampaigns: boolean;
  /** The values that are set, by the names of the properties; a datetime is RFC 3339 text. */
  properties: Record<string, string | number | boolean>;
  /** The lists that it is on, deleted ones apart. */
  lists: { id: Id; name: string; isUnsubscribed: boolean }[];
}

/** Which contacts are meant; every given part must match. */
export interface ContactQuery {
  /** Occurs in the address, in any case. */
  email?: string;
  /** Name of a list that they are on, unsubscribed ones too. */
  list?: string;
  /** 1000 without, 10000 at most. */
  limit?: number;
  /** Only contacts whose ID is greater. */
  after?: Id;
}

/** The contacts of an account. Reading them is no call of Mailjet's API, so `requests` does not show it. */
export interface Contacts {
  /** The contact of an address, in any case; undefined when there is none. */
  get(email: string): Promise<Contact | undefined>;
  /** The contacts that match, in the order of their IDs. */
  find(query?: ContactQuery): Promise<Contact[]>;
}

/** A contact list, not a deleted one. */
export interface ContactList {
  /** Mailjet's ID of it. */
  id: Id;
  name: string;
  /** The local part of its own address. */
  address: string;
  /** RFC 3339. */
  createdAt: string;
  /** Members that are not unsubscribed. */
  subscribers: number;
}

/** A list with its members, unsubscribed ones too. */
export interface ContactListWithMembers extends ContactList {
  memberCount: number;
  /** The first 1000, in the order in which they were added. */
  members: {
    /** Mailjet's ID of the contact. */
    id: Id;
    email: string;
    isUnsubscribed: boolean;
    /** RFC 3339. */
    subscribedAt: string;
  }[];
}

/** The contact lists of an account. */
export interface ContactLists {
  list(): Promise<ContactList[]>;
  /** A list by its name, with its members; undefined when there is none. */
  get(name: string): Promise<ContactListWithMembers | undefined>;
}

/** A contact property. */
export interface ContactProperty {
  name: string;
  datatype: 'str' | 'int' | 'float' | 'bool' | 'datetime';
}

/** The contact properties of an account. */
export interface ContactProperties {
  list(): Promise<ContactProperty[]>;
}

/** @param control with the account's credentials */
export function createContacts({ call }: ControlClient): Contacts {
  return {
    get: (email) => orUndefined(call<Contact>('GET', `/contacts/${encodeURIComponent(email)}`)),
    async find(query = {}) {
      const { contacts } = await call<{ contacts: Contact[] }>('GET', '/contacts', {
        query: { ...query },
      });
      return contacts;
    },
  };
}

/** @param control with the account's credentials */
export function createContactLists({ call }: ControlClient): ContactLists {
  return {
    list: async () => (await call<{ lists: ContactList[] }>('GET', '/lists')).lists,
    get: (name) =>
      orUndefined(call<ContactListWithMembers>('GET', `/lists/${encodeURIComponent(name)}`)),
  };
}

/** @param control with the account's credentials */
export function createContactProperties({ call }: ControlClient): ContactProperties {
  return {
    list: async () =>
      (await call<{ properties: ContactProperty[] }>('GET', '/properties')).properties,
  };
}

async function orUndefined<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof MockjetError && error.status === 404) return undefined;
    throw error;
  }
}
