import type { Account } from '../accounts/account.ts';
import type { Evidence } from '../lib/evidence.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Action } from './action.ts';
import type { Answer, Call } from './call.ts';
import type { operationNames } from './declared.ts';
import type { Filter } from './filter.ts';
import type { Kind } from './kinds.ts';
import type { Query } from './query.ts';
import type { Row, Value } from './row.ts';

/** What the engine does with a resource. */
export type OperationName = (typeof operationNames)[number];

/** Which of Mailjet's back ends answers: they differ in JSON, order of keys, errors, headers and what PUT without a change gets. */
export type BackEnd = 'old' | 'new';

export type Verb = 'Get' | 'Put' | 'Post' | 'Delete';

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
  /** How many items a collection may have. */
  most: number;
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
  /** Looks at a value that fits its kind; returns the error that refuses it. @param before the row that PUT changes */
  check?: (value: Value, account: Account, before?: Row) => Error | undefined;
  /** Longest text, 255 characters without (assumed); 0 for no limit. */
  maxLength?: number;
  /** Changes a text before it is stored, and one of a key in a path before it is looked up. */
  stored?: (text: string) => string;
  /** What POST stores when the body does not name it, where it is not the kind's empty value. */
  initial?: string | number;
  /**
   * Makes the wire's value of what is stored, where the kind's own way does not do.
   * @param query of a GET, where it has a say in what is shown
   */
  decode?: (stored: unknown, account: Account, query?: Query) => JsonObject[string];
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

/** A resource as its file declares it: the engine makes list, get, create, update and remove of it. */
export interface Declaration {
  /** As in the path, lower case. */
  name: string;
  /** Production's class without the T, as errors name it. */
  type: string;
  /** `old` without. */
  backEnd?: BackEnd;
  /** Metadata's PublicOperations, in its order. */
  operations: readonly Verb[];
  /** Operations that are listed but not built. */
  notBuilt?: readonly Verb[];
  /** Verbs that the collection and one object take, where it is not GET, POST and GET, PUT, DELETE. */
  collection?: readonly Verb[];
  instance?: readonly Verb[];
  /**
   * Where rows are read and written: a view or table, and a table. Both have a column ID, an integer, also where the
   * resource shows none: lists are sorted and rows are found by it.
   */
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
  /** A list without `Sort` begins with the highest ID. */
  newestFirst?: true;
  actions: readonly Action[];
  /** Condition for rows that exist at all, and its values by the account's time. */
  exists?: { where: string; values: (account: Account) => readonly Value[] };
  /** Condition for rows that a list shows, unless one of the named filters is given. */
  listed?: {
    where: string;
    /** Values of its `?`, by the account's time. */
    values?: (account: Account) => readonly Value[];
    unless: readonly string[];
  };
  /** DELETE sets this column to this value and keeps the row. */
  softDelete?: { column: string; value: string | number };
  unique?: readonly Unique[];
  rules?: Rules;
  /** There is one object, and PUT needs no ID. */
  isSingle?: true;
  /** Its objects are jobs: who gets one looks at a job. */
  isJob?: true;
  /** Operations that are not the engine's, two at most. */
  handlers?: Partial<Record<OperationName, (call: Call) => Answer>>;
  /** For each operation that is built. */
  evidence: Partial<Record<OperationName, Evidence>>;
  /** What the support table adds to the evidence. */
  notes?: string;
  /** Production's metadata says so of resources that take GET alone. */
  isReadOnly?: true;
}

/** A property under the names by which it goes. */
export interface Member {
  /** Metadata's name, e.g. `List`. */
  name: string;
  /** Name on the wire and of the column, e.g. `ListID`. */
  wireName: string;
  property: Property;
}

/** A property by a name that a body may give. */
export interface Input {
  member: Member;
  /** Named by the unique key of what it refers to: `ContactALT`. */
  isAlternate: boolean;
}

/** A declaration, and what `defineResource` made of it. */
export interface Resource extends Declaration {
  backEnd: BackEnd;
  /** Properties in the order of the wire. */
  members: readonly Member[];
  /** Properties by the names that a body may give, in lower case. */
  inputs: ReadonlyMap<string, Input>;
  /** Properties that hold the ID of another object. */
  references: readonly (Member & { reference: Reference })[];
  /** Operations that Mailjet has, built or not. */
  offered: ReadonlySet<OperationName>;
  filterList: readonly (readonly [name: string, filter: Filter])[];
  /** Columns by metadata's names of their properties. */
  columns: ReadonlyMap<string, string>;
  /** SQL that finds one row: by ID, by the parts of its unique key; then come the values of `exists`. */
  lookups: { byId: string; byKey: string };
  /** How each part of the unique key is changed before it is looked up. */
  keyStored: readonly ((part: string) => string)[];
  /** Actions by their names in lower case: directly below the resource, and below an object. */
  globalActions: ReadonlyMap<string, Action>;
  objectActions: ReadonlyMap<string, Action>;
}
