import type { Json } from './json.ts';

/**
 * What a Mailjet path answers when something is wrong; each dialect shapes it (`wire/old-dialect.ts`, `wire/new-dialect.ts`).
 * @property status HTTP status, also `StatusCode`
 * @property info `ErrorInfo`: a string, or an object for the validation errors of actions
 * @property identified adds `ErrorIdentifier`, as production does for what it did not expect
 * @property messageFirst writes `ErrorMessage, StatusCode, ErrorInfo` instead of the sorted order
 */
export class MailjetError extends Error {
  readonly status: number;
  readonly info: Json;
  readonly identified: boolean;
  readonly messageFirst: boolean;

  constructor(
    status: number,
    message: string,
    options: { info?: Json; identified?: boolean; messageFirst?: boolean } = {},
  ) {
    super(message);
    this.status = status;
    this.info = options.info ?? '';
    this.identified = options.identified ?? false;
    this.messageFirst = options.messageFirst ?? false;
  }
}

/** What Mailjet has and Mockjet lacks: a loud 501 that names it (never Mailjet's own words, there are none). */
export class NotBuiltError extends MailjetError {
  readonly feature: string;

  constructor(feature: string) {
    super(501, `Mockjet does not implement ${feature} yet`);
    this.feature = feature;
  }
}

/** A body beyond a limit that is Mockjet's own: 413, and a line in the log that says so. */
export class TooLargeError extends Error {
  readonly statusCode = 413;
}
export const tooManyBytes = (most: number, setting: string) =>
  new TooLargeError(`The body has more than ${most} bytes; ${setting} sets the limit`);
/** @param most e.g. `1000000 values` */
export const tooManyValues = (most: string) =>
  new TooLargeError(`The body has more than ${most}; --json-values sets the limit`);
/** @param name the collection, e.g. `Data` */
export const tooManyEntries = (name: string, most: number) =>
  new TooLargeError(`The body has more than ${most} entries of ${name}`);

const invalidProperties = 'Object properties invalid';

// recorded: 77 bytes, reason phrase too
export const objectNotFound = () => new MailjetError(404, 'Object not found');
// recorded: the answer's type is that of the URL
export const sourceNotFound = () => new MailjetError(404, 'Source object not found');
// recorded: a verb outside the resource's PublicOperations
export const operationNotAllowed = () => new MailjetError(401, 'Operation not allowed');
// reported: a verb of the resource that this URL does not take
export const methodNotAllowed = () => new MailjetError(405, 'Method not allowed');
// documented
export const unknownResource = (name: string) =>
  new MailjetError(400, `Unknown resource: "${name}"`, { info: 'Bad Request' });
// assumed, by analogy with the resource
export const unknownAction = (name: string) => new MailjetError(400, `Unknown action: "${name}"`);
// recorded, with a newline behind the body that the route adds
export const unknownModule = (name: string) =>
  new MailjetError(500, `Could not determine HTTP module for request "${name}"`, {
    info: 'EFPWebError',
  });
// reported for the first 20 characters and the length of 61, the rest is assumed
export const actionNeedsId = () =>
  new MailjetError(400, 'Can not execute the instance action without specifying an ID.');
// recorded
export const unexpected = () =>
  new MailjetError(500, 'An Unexpected Error occurred during API request', { identified: true });

// reported: syntax and binder errors share the prefix
export const invalidJson = (what: string) => new MailjetError(400, `Invalid json input: ${what}`);
// reported: the path is empty at the top, and `.Data..item` for an item of Data
export const unknownProperty = (type: string, name: string, path = '') =>
  invalidJson(`object "${path}"->"T${type}" has no property "${name}"`);
// documented for /v3.1, there with a code; assumed for resources of the new back end
export const malformedJson = () =>
  new MailjetError(400, 'Malformed JSON, please review the syntax and properties types.');
// recorded on /v3.1, there with a code; assumed for resources of the new back end
export const typeMismatch = (type: string) =>
  new MailjetError(400, `Type mismatch. Expected type "${type}".`);
// reported: an object or array where the class has a plain value
export const notAClassProperty = (type: string, name: string, typeKind: string) =>
  invalidJson(`object ""->"T${type}" property "${name}" is not a class property, but ${typeKind}`);

// reported
export const readOnlyProperty = (name: string) =>
  new MailjetError(
    401,
    `Internal error: MJ19 Setting a value for property "${name}" is not allowed`,
  );
// reported
export const addressIsGenerated = () =>
  new MailjetError(
    401,
    "Internal error: List address is automatically generated and can't be changed",
  );
// reported
export const emailIsFixed = () =>
  new MailjetError(400, 'Not allowed to change email address in PUT');
// reported for Name of a contactslist
export const invalidProperty = (name: string, reason: string) =>
  new MailjetError(400, invalidProperties, { info: `MJ08 Property ${name} is invalid: ${reason}` });
// the reasons are those of the server's message table
// reported for the contact of a recipient; assumed for the rest
export const emptyProperty = (name: string) =>
  invalidProperty(name, 'MJ03 A non-empty value is required');
// reported for Name of a contactslist
export const shortProperty = (name: string) =>
  invalidProperty(name, 'MJ04 Value must have at least length 1');
export const longProperty = (name: string, longest: number) =>
  invalidProperty(name, `MJ05 Value may have at most length ${longest}`);
export const unlistedValue = (name: string, allowed: readonly string[]) =>
  invalidProperty(name, `MJ09 Value is not in list of allowed values: (${allowed.join(', ')})`);
// documented: ErrorInfo holds one entry for each bad property
export const invalidActionProperties = (info: Json) =>
  new MailjetError(400, invalidProperties, { info });
// recorded
export const duplicateKey = (type: string, value: string, key: string) =>
  new MailjetError(400, `MJ18 A ${type} resource with value "${value}" for ${key} already exists.`);
// client code compares this text
export const duplicateRecipient = () =>
  new MailjetError(400, 'A duplicate ListRecipient already exists.');
// reported
export const unresolvedAlternate = (name: string, value: string) =>
  new MailjetError(
    400,
    `Property "${name}", alternate key value "${value}" could not be resolved to an ID`,
  );
// recorded for a term with a literal plus
export const cannotSort = (term: string) =>
  new MailjetError(
    400,
    `Unexpected error during GET: Invalid sort specification: Cannot sort on field ${term.toLowerCase()}`,
  );

// documented that one needs the other; the words are assumed
export const filterNeeds = (name: string, other: string) =>
  new MailjetError(
    400,
    `Unexpected error during GET: Filter "${name}" can only be specified together with "${other}"`,
  );

const invalidEmailText = (email: string, reason: string) =>
  `Invalid email address "${email}", reason: "${reason}"`;
// recorded
export const invalidEmailInPost = (email: string, reason: string) =>
  new MailjetError(400, `Internal error: ${invalidEmailText(email, reason)}`);
// reported
export const invalidEmailInGet = (email: string, reason: string) =>
  new MailjetError(400, `Unexpected error during GET: ${invalidEmailText(email, reason)}`);
// the Java client's live test compares the body
export const invalidEmailInPath = (email: string, reason: string) =>
  new MailjetError(400, invalidEmailText(email, reason));

// reported
export const invalidKeyName = (name: string) =>
  new MailjetError(400, `Invalid key name: "${name}"`);
// in the server's message table; the status is assumed
export const propertyExists = (name: string) =>
  new MailjetError(400, `CM01 Property "${name}" already exists`);
// documented for a CSV import; assumed for a POST
export const tooManyProperties = (most: number) =>
  new MailjetError(400, `Number of contact properties exceeds the limit of ${most}`);
export const unknownNamespace = (name: string) =>
  new MailjetError(400, `CM02 Unknown namespace : ${name}`);
export const unknownDatatype = (name: string) =>
  new MailjetError(400, `CM08 "${name}" is not a valid datatype.`);

// reported: says Upload although a PUT may only set Abort
export const invalidJobStatus = (status: string) =>
  new MailjetError(400, `Invalid value for Status: "${status}". Status can only be set to Upload`);
// reported
export const contentTypeMismatch = (given: string, url: string) =>
  new MailjetError(400, `Data Content type "${given}" does not match URL content type "${url}".`);
