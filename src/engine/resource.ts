import type { Account } from '../accounts/account.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Action } from './action.ts';
import type { Answer, Call } from './call.ts';
import type { Condition, Filter } from './filter.ts';
import type { Kind } from './kinds.ts';
import type { Row, Value } from './row.ts';

export type Verb = 'Get' | 'Put' | 'Post' | 'Delete';

/** How well an operation's behaviour is known; the support table shows it. */
export type Evidence = 'recorded' | 'documented' | 'reported' | 'assumed';

/** Another resource that a property points to: on the wire `<name>ID` and `<name>ALT`. */
interface Reference {
  table: string;
  /** Column of the unique key that `...ALT` names. */
  key: string;
  /** More of the condition under which a row can be pointed to. */
  where?: string;
}

/** The class of a collection's items: each name that an item may have, and the class where that is a collection too. */
export interface ItemClass {
  /** Production's class without the T, as errors name it. */
  type: string;
  properties: Readonly<Record<string, 'value' | ItemClass>>;
}

/** One property of a resource: what metadata tells of it, and what Mockjet needs to serve it. */
export interface Property {
  kind: Kind;
  /** Metadata's DataType where it is not the kind's own. */
  datatype?: string;
  /** Metadata's DefaultValue. */
  defaultValue?: string;
  /** Metadata's flags. */
  required?: true;
  readOnly?: true;
  allowed?: readonly string[];
  /** The only values taken, where metadata lists none (`allowed` counts without). */
  oneOf?: readonly string[];
  /** Not in the metadata of 2021: a later addition, or an output that production does not list. */
  unlisted?: true;
  reference?: Reference;
  /** What the objects of an array are; a name that they may not have is refused. */
  items?: ItemClass;
  /**
   * What a body that sets it meets: stored; left alone in silence; refused (MJ19); stored by POST and refused by PUT;
   * refused by both. PUT lets the value that is stored pass where it is `once` or `never`.
   * Without: `ignore` for what is read-only, else `store` (recorded for some of contact, and clients that read a row
   * and PUT it back whole depend on it: docs/decisions/round-trip.md).
   */
  input?: 'store' | 'ignore' | 'refuse' | 'once' | 'never';
  /** Error where it is not MJ19. */
  refusal?: () => Error;
  /** Error for another value than these where it is not MJ09. */
  misfit?: (value: string) => Error;
  /** A value must be given and not be empty; `MJ03`, or `MJ04` for a minimal length. */
  needed?: 'MJ03' | 'MJ04';
  /** Looks at a value that fits its kind; returns the error that refuses it. */
  check?: (value: Value, account: Account) => Error | undefined;
  /** Longest text, 255 characters without (assumed); 0 for no limit. */
  maxLength?: number;
  /** Changes a text before it is stored, and one of a key in a path before it is looked up. */
  stored?: (text: string) => string;
  /** What POST stores when the body does not name it, where it is not the kind's empty value. */
  initial?: string | number;
  /** Makes the wire's value of what is stored, where the kind's own way does not do. */
  decode?: (stored: unknown, account: Account) => JsonObject[string];
}

/** Values that must not occur twice: a unique index of the database sees to it, this is for the error. */
interface Unique {
  columns: string[];
  /** More of the condition, e.g. `IsDeleted = 0`. */
  where?: string;
  error: (values: string[]) => Error;
}

interface Sort {
  property: string;
  descending: boolean;
  /** Column or expression where it is not the property's own. */
  column?: string;
}

/** Rules of a resource that are no table; the functions stand in `contacts/` or beside the resource. */
interface Rules {
  /** More columns of a new row, e.g. its CreatedAt. */
  create?: (account: Account, values: Row) => Row;
  /** More columns of a change. */
  update?: (account: Account, before: Row, changes: Row) => Row;
}

/** A resource, declared as data. The engine makes list, get, create, update and remove of it. */
export interface Resource {
  /** As in the path, lower case. */
  name: string;
  /** Production's class without the T, as errors name it. */
  type: string;
  /** Metadata's PublicOperations, in its order. */
  operations: readonly Verb[];
  /** Operations that are listed but not built. */
  notBuilt?: readonly Verb[];
  /** Verbs that the collection and one object take, where it is not GET, POST and GET, PUT, DELETE. */
  collection?: readonly Verb[];
  instance?: readonly Verb[];
  /** Where rows are read and written: a view or table, and a table. */
  source: string;
  table: string;
  /** Metadata's UniqueKey, and the columns behind it. */
  uniqueKey: string;
  keyColumns?: readonly string[];
  /** Refuses a key in a path that can't be one. */
  checkKey?: (key: string, use: 'get' | 'change') => void;
  properties: Record<string, Property>;
  filters: Record<string, Filter>;
  sorts: readonly Sort[];
  actions: readonly Action[];
  /** Condition for rows that exist at all, by the account's time: always the same SQL, other values. */
  exists?: (account: Account) => Condition;
  /** Condition for rows that a list shows, unless one of the named filters is given. */
  listed?: { where: string; unless: string };
  /** DELETE sets this column to this value and keeps the row. */
  softDelete?: { column: string; value: string | number };
  unique?: readonly Unique[];
  rules?: Rules;
  /** Operations that are not the engine's; at most two, else `ownRoutes`. */
  handlers?: Partial<
    Record<'list' | 'get' | 'create' | 'update' | 'remove', (call: Call) => Answer>
  >;
  ownRoutes?: true;
  evidence: Partial<Record<'list' | 'get' | 'create' | 'update' | 'remove', Evidence>>;
  /** What the support table adds to the evidence. */
  notes?: string;
  /** Production's metadata says so of resources that take GET alone. */
  isReadOnly?: true;
}
