import { notBuilt } from '../../src/resources/not-built.ts';
import { actionsNotBuilt } from '../support/gaps.ts';

const oldActionsNotBuilt = actionsNotBuilt().filter(({ backEnd }) => backEnd === 'old');

/** How well an error is known. */
type Evidence = 'recorded' | 'documented' | 'reported' | 'client' | 'assumed';

type Call = [method: string, path: string, body?: unknown, type?: string];

export interface ErrorCase {
  name: string;
  evidence: Evidence;
  /** Calls that set the stage; `{list}` and `{contact}` are the IDs of a fresh account's own. */
  before?: Call[];
  call: Call;
  status: number;
  message: string;
  /** ErrorInfo: a text, or the bytes of an object. */
  info?: string | { bytes: string };
  /** The body's noted length. */
  bytes?: number;
  /** The answer's type where it is not JSON. */
  contentType?: string;
}

const gapName = [...notBuilt.keys()][0] ?? '';
const ann = { Email: 'ann.lee@example.com', Name: 'Ann Lee' };
const notFound = { status: 404, message: 'Object not found', bytes: 77 };
const notAllowed = { status: 401, message: 'Operation not allowed' };
const wrongMethod = { status: 405, message: 'Method not allowed' };
const gap = (feature: string) => ({
  status: 501,
  message: `Mockjet does not implement ${feature} yet`,
  evidence: 'assumed' as const, // one of the words above
});
const invalid = (property: string, reason: string) => ({
  status: 400,
  message: 'Object properties invalid',
  info: `MJ08 Property ${property} is invalid: ${reason}`,
});
const allowedActions =
  'MJ09 Value is not in list of allowed values: (addforce, addnoforce, remove, unsub)';
const bad = (address: string, reason = 'No @ character in mail') =>
  `Invalid email address "${address}", reason: "${reason}"`;

export const errorCases: ErrorCase[] = [
  // Nothing there
  { name: 'a contact ID of nobody', evidence: 'recorded', call: ['GET', 'contact/1'], ...notFound },
  {
    name: 'a number with zeros in front, which is an ID',
    evidence: 'recorded',
    call: ['GET', 'contact/000'],
    ...notFound,
  },
  {
    name: 'an address of nobody',
    evidence: 'recorded',
    call: ['GET', 'contact/nobody@example.com'],
    ...notFound,
  },
  {
    name: 'a list that is not there',
    evidence: 'recorded',
    call: ['GET', 'contactslist/1'],
    ...notFound,
  },
  {
    name: 'a list address that is not there',
    evidence: 'recorded',
    call: ['PUT', 'contactslist/tabcdefgh', { Name: 'Team' }],
    ...notFound,
  },
  {
    name: 'a list ID as contact ID',
    evidence: 'recorded',
    call: ['GET', 'contact/{list}'],
    ...notFound,
  },
  {
    name: 'a recipient that is not there',
    evidence: 'recorded',
    call: ['DELETE', 'listrecipient/1'],
    ...notFound,
  },
  {
    name: 'a recipient by a text, without a unique key',
    evidence: 'assumed',
    call: ['GET', 'listrecipient/ann'],
    ...notFound,
  },
  {
    name: 'a property that is not there',
    evidence: 'recorded',
    call: ['GET', 'contactmetadata/static%7Cshoe_size'],
    ...notFound,
  },
  {
    name: 'half of a composite key',
    evidence: 'assumed',
    call: ['GET', 'contactmetadata/firstname'],
    ...notFound,
  },
  {
    name: 'data of nobody',
    evidence: 'recorded',
    call: ['PUT', 'contactdata/nobody@example.com', { Data: [] }],
    ...notFound,
  },
  {
    name: 'an import that is not there',
    evidence: 'recorded',
    call: ['GET', 'csvimport/1'],
    ...notFound,
  },
  {
    name: 'a job that is not there',
    evidence: 'recorded',
    call: ['GET', 'batchjob/1'],
    ...notFound,
  },
  {
    name: 'an action of nobody',
    evidence: 'recorded',
    call: ['GET', 'contact/1/getcontactslists'],
    ...notFound,
  },
  {
    name: 'an action of an unknown list',
    evidence: 'reported',
    call: ['POST', 'contactslist/1/managecontact', { ...ann, Action: 'addforce' }],
    ...notFound,
  },
  {
    name: 'lists of a contact that is not there',
    evidence: 'reported',
    call: ['POST', 'contact/nobody@example.com/managecontactslists', { ContactsLists: [] }],
    ...notFound,
  },
  {
    name: 'the job before the action',
    evidence: 'reported',
    call: ['GET', 'contact/113869785/managemanycontacts'],
    ...notFound,
  },
  {
    name: 'an unknown job of an action',
    evidence: 'assumed',
    call: ['GET', 'contact/managemanycontacts/113869785'],
    ...notFound,
  },
  ...[
    'contact',
    'contactslist',
    'listrecipient',
    'contactmetadata',
    'contactdata',
    'csvimport',
  ].map(
    (resource): ErrorCase => ({
      name: `PUT of ${resource} without an ID`,
      evidence: 'reported',
      call: ['PUT', resource, {}],
      ...notFound,
    }),
  ),
  {
    name: 'DATA of a list that is not there',
    evidence: 'recorded',
    call: ['GET', '/v3/DATA/contactslist/1/CSVData/text:plain'],
    status: 404,
    message: 'Source object not found',
    bytes: 84,
    contentType: 'text/plain',
  },
  {
    name: 'DATA of an owner that is no number',
    evidence: 'recorded',
    call: ['GET', '/v3/DATA/batchjob/newest/CSVError/text:csv'],
    status: 404,
    message: 'Source object not found',
    bytes: 84,
    contentType: 'text/csv',
  },

  // Verbs
  {
    name: 'DELETE of a contact',
    evidence: 'recorded',
    call: ['DELETE', 'contact/{contact}'],
    ...notAllowed,
  },
  ...(
    [
      ['DELETE', 'contact'],
      ['DELETE', 'csvimport/1'],
      ['DELETE', 'batchjob/1'],
      ['POST', 'metadata'],
      ['PUT', 'metadata'],
      ['DELETE', 'metadata/contact'],
    ] as const
  ).map(
    ([method, path]): ErrorCase => ({
      name: `${method} ${path}, which the resource does not offer`,
      evidence: 'reported',
      call: [method, path],
      ...notAllowed,
    }),
  ),
  ...(
    [
      ['POST', 'contact/{contact}'],
      ['POST', 'contactslist/{list}'],
      ['POST', 'listrecipient/1'],
      ['POST', 'csvimport/1'],
      ['POST', 'contactdata/{contact}'],
      ['DELETE', 'listrecipient'],
      ['DELETE', 'contactslist'],
      ['DELETE', 'contactmetadata'],
    ] as const
  ).map(
    ([method, path]): ErrorCase => ({
      name: `${method} ${path}, a verb at the wrong place`,
      evidence: 'reported',
      call: [method, path],
      ...wrongMethod,
    }),
  ),
  ...(
    [
      ['GET', 'contactslist/{list}/managecontact'],
      ['PUT', 'contact/managemanycontacts'],
      ['POST', 'contact/{contact}/getcontactslists'],
      ['OPTIONS', 'contact'],
      ['PATCH', 'contact/{contact}'],
      ['PATCH', 'metadata'],
      ['OPTIONS', 'contactslist/{list}/managecontact'],
    ] as const
  ).map(
    ([method, path]): ErrorCase => ({
      name: `${method} ${path}`,
      evidence: 'assumed',
      call: [method, path],
      ...wrongMethod,
    }),
  ),

  // JSON
  {
    name: 'an empty body',
    evidence: 'reported',
    call: ['POST', 'contact', ''],
    status: 400,
    message: 'Invalid json input: unexpected end of stream at stream position 0 ...|...',
    bytes: 134,
  },
  {
    name: 'an array at the root',
    evidence: 'reported',
    call: ['POST', 'contactslist', '[{"Name":"first list"}]'],
    status: 400,
    message:
      'Invalid json input: expected "]", but found "{" at stream position 2 ...[{|"Name":"fi...',
  },
  {
    name: 'a name without ID or ALT for a reference',
    evidence: 'reported',
    call: ['POST', 'listrecipient', '{ "Contact" : "1", "List" : "2" }'],
    status: 400,
    message:
      'Invalid json input: expected ",", but found """ at stream position 15 ...ntact" : "|1", "List"...',
  },
  {
    name: 'the same in a form',
    evidence: 'reported',
    call: ['POST', 'listrecipient', 'Contact=1&List=2', 'application/x-www-form-urlencoded'],
    status: 400,
    message:
      'Invalid json input: expected ",", but found """ at stream position 15 ...ntact" : "|1", "List"...',
  },
  {
    name: 'an address for the list of an import',
    evidence: 'reported',
    call: ['POST', 'csvimport', '{"ContactsList":"tekp7wv6k"}'],
    status: 400,
    message:
      'Invalid json input: expected ",", but found """ at stream position 17 ...ctsList":"|tekp7wv6k"...',
  },
  ...(
    [
      ['PUT', 'contactdata/{contact}', { Data: [{ IsActive: 1 }] }, 'IsActive'],
      [
        'PUT',
        'contactdata/{contact}',
        { Data: [{ name: 'firstname', value: 'x', foo: 1 }], bar: 1 },
        'foo',
      ],
      [
        'POST',
        'contactdata',
        { ContactID: '{contact}', Data: [{ firstname: 'Ann' }] },
        'firstname',
      ],
    ] as const
  ).map(
    ([method, path, body, name]): ErrorCase => ({
      name: `${method} contactdata with ${name} in an item`,
      evidence: 'reported',
      call: [method, path, body],
      status: 400,
      message: `Invalid json input: object ".Data..item"->"TKeyValue" has no property "${name}"`,
    }),
  ),
  {
    name: 'an unknown property of contactdata before a required one that is missing',
    evidence: 'assumed',
    call: ['POST', 'contactdata', { firstname: 'Ann' }],
    status: 400,
    message: 'Invalid json input: object ""->"TContactData" has no property "firstname"',
  },
  {
    name: 'a missing comma',
    evidence: 'assumed',
    call: ['PUT', 'contact/{contact}', '{"Name":"Ann" "Email":"x"}'],
    status: 400,
    message:
      'Invalid json input: expected ",", but found """ at stream position 15 ...e":"Ann" "|Email":"x"...',
  },
  {
    name: 'a body that ends too early',
    evidence: 'assumed',
    call: ['POST', 'contact', '{"Email":"ann.lee@example.com"'],
    status: 400,
    message: 'Invalid json input: unexpected end of stream at stream position 30 ...ample.com"|...',
  },
  ...(
    [
      ['contact', 'TContact', 'firstname'],
      ['contactslist', 'TContactsList', 'Description'],
      ['listrecipient', 'TListRecipient', 'Email'],
      ['contactmetadata', 'TContactMetaData', 'Type'],
      ['csvimport', 'TCSVImport', 'ListID'],
      ['batchjob', 'TBatchJob', 'Error'],
    ] as const
  ).map(
    ([resource, type, property]): ErrorCase => ({
      name: `${property}, which a ${resource} has not`,
      evidence: 'reported',
      call: ['POST', resource, { [property]: 'x' }],
      status: 400,
      message: `Invalid json input: object ""->"${type}" has no property "${property}"`,
    }),
  ),
  {
    name: 'the property Data of a csvimport, which an old guide puts',
    evidence: 'assumed',
    before: [],
    call: ['POST', 'csvimport', { Data: 'email\n' }],
    status: 400,
    message: 'Invalid json input: object ""->"TCSVImport" has no property "Data"',
  },
  {
    name: 'an unknown property of contactdata',
    evidence: 'reported',
    call: ['PUT', 'contactdata/{contact}', { Properties: {} }],
    status: 400,
    message: 'Invalid json input: object ""->"TContactData" has no property "Properties"',
  },
  {
    name: 'an object where a number belongs',
    evidence: 'reported',
    call: ['PUT', 'contact/{contact}', { Name: { First: 'Ann' } }],
    status: 400,
    message:
      'Invalid json input: object ""->"TContact" property "Name" is not a class property, but tkAString',
  },
  {
    name: 'a nested name in a form',
    evidence: 'reported',
    call: [
      'POST',
      'contactdata',
      'ContactID={contact}&Data%5BName%5D=country&Data%5BValue%5D=Chile',
      'application/x-www-form-urlencoded',
    ],
    status: 400,
    message:
      'Invalid json input: property "Data[Name]" not found at stream position 40 ...Data[Name]|" : "count...',
  },

  // Values
  {
    name: 'a list without a name',
    evidence: 'reported',
    call: ['POST', 'contactslist', {}],
    ...invalid('Name', 'MJ04 Value must have at least length 1'),
  },
  {
    name: 'a list whose name is emptied',
    evidence: 'reported',
    call: ['PUT', 'contactslist/{list}', { Name: '' }],
    ...invalid('Name', 'MJ04 Value must have at least length 1'),
  },
  {
    name: 'a contact without an address',
    evidence: 'assumed',
    call: ['POST', 'contact', { Name: 'Ann Lee' }],
    ...invalid('Email', 'MJ03 A non-empty value is required'),
  },
  {
    name: 'a recipient without a contact',
    evidence: 'reported',
    call: ['POST', 'listrecipient', { ListID: 1 }],
    ...invalid('Contact', 'MJ03 A non-empty value is required'),
  },
  {
    name: 'a name of 256 characters',
    evidence: 'assumed',
    call: ['POST', 'contact', { ...ann, Name: 'n'.repeat(256) }],
    ...invalid('Name', 'MJ05 Value may have at most length 255'),
  },
  {
    name: 'a second contact of an address',
    evidence: 'reported',
    before: [['POST', 'contact', ann]],
    call: ['POST', 'contact', ann],
    status: 400,
    message: 'MJ18 A Contact resource with value "ann.lee@example.com" for Email already exists.',
  },
  {
    name: 'a second list of a name',
    evidence: 'client',
    call: ['POST', 'contactslist', { Name: 'MyFirstTest' }],
    status: 400,
    message: 'MJ18 A ContactsList resource with value "MyFirstTest" for Name already exists.',
  },
  {
    name: 'a list renamed to a name that is taken',
    evidence: 'assumed',
    before: [['POST', 'contactslist', { Name: 'Team' }]],
    call: ['PUT', 'contactslist/{list}', { Name: 'Team' }],
    status: 400,
    message: 'MJ18 A ContactsList resource with value "Team" for Name already exists.',
  },
  {
    name: 'a second membership',
    evidence: 'client',
    call: ['POST', 'listrecipient', { ContactID: '{contact}', ListID: '{list}' }],
    status: 400,
    message: 'A duplicate ListRecipient already exists.',
  },
  {
    name: 'a contact by an alternate key of nobody',
    evidence: 'reported',
    call: ['POST', 'listrecipient', { ContactALT: 'x@y.z', ListID: '{list}' }],
    status: 400,
    message: 'Property "Contact", alternate key value "x@y.z" could not be resolved to an ID',
  },
  {
    name: 'a list by an alternate key of none',
    evidence: 'reported',
    call: ['POST', 'listrecipient', { ContactID: '{contact}', ListAlt: 'nolist' }],
    status: 400,
    message: 'Property "List", alternate key value "nolist" could not be resolved to an ID',
  },
  ...(
    [
      ['PUT', 'contact/{contact}', 'UnsubscribedAt', ''],
      ['POST', 'contact', 'LastActivityAt', '2021-08-31T03:03:48Z'],
      ['POST', 'contact', 'LastUpdateAt', ''],
      ['POST', 'contact', 'UnsubscribedAt', ''],
      ['PUT', 'contact/{contact}', 'LastActivityAt', ''],
      ['PUT', 'contact/{contact}', 'LastUpdateAt', ''],
      ['POST', 'listrecipient', 'UnsubscribedAt', ''],
      ['POST', 'listrecipient', 'SubscribedAt', ''],
    ] as const
  ).map(
    ([method, path, property, value]): ErrorCase => ({
      name: `${method} of the read-only ${property} of ${path}`,
      evidence: 'reported',
      call: [method, path, { [property]: value }],
      status: 401,
      message: `Internal error: MJ19 Setting a value for property "${property}" is not allowed`,
    }),
  ),
  {
    name: 'the namespace of a property changed',
    evidence: 'assumed',
    call: ['PUT', 'contactmetadata/static%7Cfirstname', { NameSpace: 'historic' }],
    status: 401,
    message: 'Internal error: MJ19 Setting a value for property "NameSpace" is not allowed',
  },
  {
    name: 'the address of a list set',
    evidence: 'reported',
    call: ['POST', 'contactslist', { Name: 'Team', Address: 'team' }],
    status: 401,
    message: "Internal error: List address is automatically generated and can't be changed",
  },
  {
    name: 'a bad address in POST',
    evidence: 'recorded',
    call: ['POST', 'contact', { Email: '000' }],
    status: 400,
    message: `Internal error: ${bad('000')}`,
    bytes: 142,
  },
  {
    name: 'a bad address as key of GET',
    evidence: 'reported',
    call: ['GET', 'contact/abc'],
    status: 400,
    message: `Unexpected error during GET: ${bad('abc')}`,
  },
  {
    name: 'a bad address as key of PUT',
    evidence: 'client',
    call: ['PUT', 'contact/Non-existent-id', { Name: 'x' }],
    status: 400,
    message: bad('Non-existent-id'),
  },
  {
    name: 'a bad address as key of contactdata',
    evidence: 'assumed',
    call: ['GET', 'contactdata/abc'],
    status: 400,
    message: `Unexpected error during GET: ${bad('abc')}`,
  },
  {
    name: 'another address in PUT',
    evidence: 'reported',
    call: ['PUT', 'contact/{contact}', { Email: 'ann.lee@example.com' }],
    status: 400,
    message: 'Not allowed to change email address in PUT',
  },
  {
    name: 'an unknown key of contactdata',
    evidence: 'reported',
    call: ['PUT', 'contactdata/{contact}', { Data: [{ Name: 'foo', Value: '1' }] }],
    status: 400,
    message: 'Invalid key name: "foo"',
  },
  ...(
    [
      ['datetime', 'asd000', 'CM09 "asd000" is not a valid datetime value', 152],
      ['int', 'ten', 'CM03 "ten" is not a valid integer value', undefined],
      ['float', 'ten', 'CM05 "ten" is not a valid float value', undefined],
      ['bool', 'ten', 'CM04 "ten" is not a valid bool value', undefined],
    ] as const
  ).map(
    ([Datatype, Value, text, bytes]): ErrorCase => ({
      name: `a value that is no ${Datatype}`,
      evidence: Datatype === 'datetime' ? 'recorded' : 'client',
      before: [['POST', 'contactmetadata', { Name: 'date_field', Datatype }]],
      call: ['PUT', 'contactdata/{contact}', { Data: [{ Name: 'date_field', Value }] }],
      status: 400,
      message: `[{ "date_field" : "${text} for key date_field" }]`,
      ...(bytes === undefined ? {} : { bytes }),
    }),
  ),
  {
    name: 'a value that is too long',
    evidence: 'client', // the text; that the limit is 65,535 is assumed
    call: [
      'PUT',
      'contactdata/{contact}',
      { Data: [{ Name: 'country', Value: 'x'.repeat(65_536) }] },
    ],
    status: 400,
    message:
      '[{ "country" : "CM06 Length of value (65536 bytes) exceeds maximum data length (65535 bytes)" }]',
  },
  {
    name: 'two values that do not fit',
    evidence: 'assumed',
    before: [
      ['POST', 'contactmetadata', { Name: 'age', Datatype: 'int' }],
      ['POST', 'contactmetadata', { Name: 'vip', Datatype: 'bool' }],
    ],
    call: [
      'PUT',
      'contactdata/{contact}',
      {
        Data: [
          { Name: 'age', Value: 'old' },
          { Name: 'vip', Value: 'very' },
        ],
      },
    ],
    status: 400,
    message:
      '[{ "age" : "CM03 "old" is not a valid integer value for key age" }, { "vip" : "CM04 "very" is not a valid bool value for key vip" }]',
  },
  {
    name: 'a second property of a name',
    evidence: 'client',
    call: ['POST', 'contactmetadata', { Name: 'firstname', Datatype: 'str' }],
    status: 400,
    message: 'CM01 Property "firstname" already exists',
  },
  {
    name: 'an unknown namespace',
    evidence: 'client',
    call: ['POST', 'contactmetadata', { Name: 'age', NameSpace: 'dynamic' }],
    status: 400,
    message: 'CM02 Unknown namespace : dynamic',
  },
  {
    name: 'an unknown datatype',
    evidence: 'client',
    call: ['POST', 'contactmetadata', { Name: 'age', Datatype: 'number' }],
    status: 400,
    message: 'CM08 "number" is not a valid datatype.',
  },
  {
    name: 'a field that is no sort key',
    evidence: 'recorded',
    call: ['GET', 'contact?Sort=ID%2BDESC'],
    status: 400,
    message:
      'Unexpected error during GET: Invalid sort specification: Cannot sort on field id+desc',
  },
  {
    name: 'an unsortable property',
    evidence: 'assumed',
    call: ['GET', 'contact?sort=Name'],
    status: 400,
    message: 'Unexpected error during GET: Invalid sort specification: Cannot sort on field name',
  },

  // Actions
  {
    name: 'an instance action without an ID',
    evidence: 'assumed',
    call: ['POST', 'contactslist/managecontact', { ...ann, Action: 'addforce' }],
    status: 400,
    message: 'Can not execute the instance action without specifying an ID.',
  },
  {
    name: 'an unknown action',
    evidence: 'assumed',
    call: ['GET', 'contact/{contact}/foo'],
    status: 400,
    message: 'Unknown action: "foo"',
  },
  ...['', 'null'].map(
    (body): ErrorCase => ({
      name: `managecontact with ${body === '' ? 'no body' : body}`,
      evidence: 'reported',
      call: ['POST', 'contactslist/{list}/managecontact', body],
      status: 500,
      message: 'An Unexpected Error occurred during API request',
      bytes: 168,
    }),
  ),
  {
    name: 'properties that a managecontact can not set',
    evidence: 'documented',
    before: [['POST', 'contactmetadata', { Name: 'age', Datatype: 'int' }]],
    call: [
      'POST',
      'contactslist/{list}/managecontact',
      { ...ann, Action: 'addforce', Properties: { hobby: 'chess', age: 'old' } },
    ],
    status: 400,
    message: 'Object properties invalid',
    info: {
      bytes:
        '{ "Properties" : [{ "hobby" : "Property not defined" }, { "age" : "Property type does not match definition" }] }',
    },
  },
  {
    name: 'managecontact with a parameter that it has not, and no action',
    evidence: 'reported',
    call: ['POST', 'contactslist/{list}/managecontact', { ...ann, Age: 4 }],
    ...invalid('Action', allowedActions), // the message; its info is assumed
  },
  {
    name: 'an unknown action of managecontact',
    evidence: 'assumed',
    call: ['POST', 'contactslist/{list}/managecontact', { ...ann, Action: 'add' }],
    ...invalid('Action', allowedActions),
  },
  {
    name: 'managecontact without an address',
    evidence: 'assumed',
    call: ['POST', 'contactslist/{list}/managecontact', { Action: 'addforce' }],
    ...invalid('Email', 'MJ03 A non-empty value is required'),
  },
  {
    name: 'managecontact with a bad address',
    evidence: 'assumed',
    call: ['POST', 'contactslist/{list}/managecontact', { Email: 'ann', Action: 'addforce' }],
    status: 400,
    message: `Internal error: ${bad('ann')}`,
  },
  {
    name: 'managecontact of a deleted list',
    evidence: 'assumed',
    before: [['DELETE', 'contactslist/{list}']],
    call: ['POST', 'contactslist/{list}/managecontact', { ...ann, Action: 'addforce' }],
    ...notFound,
  },
  {
    name: 'managemanycontacts of a list without an action',
    evidence: 'assumed',
    call: ['POST', 'contactslist/{list}/managemanycontacts', { Contacts: [ann] }],
    ...invalid('Action', allowedActions),
  },
  {
    name: 'managemanycontacts without contacts',
    evidence: 'assumed',
    call: ['POST', 'contact/managemanycontacts', {}],
    ...invalid('Contacts', 'MJ03 A non-empty value is required'),
  },
  {
    name: 'importlist of an unknown list',
    evidence: 'assumed',
    call: ['POST', 'contactslist/{list}/importlist', { Action: 'addforce', ListID: 1 }],
    ...invalid('ListID', 'MJ03 A non-empty value is required'),
  },
  {
    name: 'importlist with an unknown action',
    evidence: 'assumed',
    call: ['POST', 'contactslist/{list}/importlist', { Action: 'remove', ListID: '{list}' }],
    ...invalid(
      'Action',
      'MJ09 Value is not in list of allowed values: (addforce, addnoforce, unsub, duplicate-override, duplicate-no-override)',
    ),
  },

  // Jobs
  {
    name: 'an import without an upload',
    evidence: 'assumed',
    call: ['POST', 'csvimport', { ContactsListID: '{list}', Method: 'addforce' }],
    ...invalid('DataID', 'MJ03 A non-empty value is required'),
  },
  {
    name: 'an import with an unknown method',
    evidence: 'assumed',
    call: ['POST', 'csvimport', { ContactsListID: '{list}', Method: 'add', DataID: 1 }],
    ...invalid(
      'Method',
      'MJ09 Value is not in list of allowed values: (addforce, addnoforce, remove, unsub, excludemarketing, includemarketing)',
    ),
  },
  {
    name: 'an exclusion with a list',
    evidence: 'documented',
    call: [
      'POST',
      'csvimport',
      { ContactsListID: '{list}', DataID: 1, Method: 'excludemarketing' },
    ],
    ...invalid(
      'ContactsList',
      'Exclusion of contacts from marketing campaign is a global status and can not be applied to a list',
    ),
  },
  {
    name: 'an import with a status of its own',
    evidence: 'reported',
    call: ['POST', 'csvimport', { DataID: 1, Status: 'Aborted' }],
    status: 400,
    message: 'Invalid value for Status: "Aborted". Status can only be set to Upload',
  },

  // Gaps
  // whichever: it must not be built when this is read
  { name: 'a resource', ...gap(`the resource ${gapName}`), call: ['GET', gapName.toUpperCase()] },
  {
    name: 'a filter of which nothing tells what it does',
    ...gap('the filter PlanSubscription of message'),
    call: ['GET', 'message?plansubscription=1'],
  },
  ...oldActionsNotBuilt.map(
    ({ resource, action, path, method }): ErrorCase => ({
      name: `the action ${action} of ${resource}`,
      ...gap(`the action ${action} of ${resource}`),
      call: [method, path, {}],
    }),
  ),
  ...(
    [
      ['POST', 'contactslist/{list}/verify', { Method: 'fulllist' }],
      ['GET', 'contactslist/{list}/Verify/1', undefined],
    ] as const
  ).map(
    ([method, path, body]): ErrorCase => ({
      name: `${method} ${path}, which is newer than metadata`,
      ...gap('the action verify of contactslist'),
      call: [method, path, body],
    }),
  ),
  {
    name: 'PUT of an action that takes GET and POST',
    evidence: 'assumed',
    call: ['PUT', 'contactslist/{list}/verify', {}],
    ...wrongMethod,
  },
  {
    name: 'a job of another type',
    ...gap('batchjob of the type "Send newsletter"'),
    call: ['POST', 'batchjob', { JobType: 'Send newsletter' }],
  },

  // Routes
  {
    name: 'a resource that Mailjet does not know',
    evidence: 'documented',
    call: ['GET', 'contacts'],
    status: 400,
    message: 'Unknown resource: "contacts"',
    info: 'Bad Request',
  },
  {
    name: 'a resource that is gone',
    evidence: 'assumed',
    call: ['POST', 'manycontacts', {}],
    status: 400,
    message: 'Unknown resource: "manycontacts"',
    info: 'Bad Request',
  },
];

/** Rows of the catalogue that no request can reach yet, and why. */
export const unreachable: Record<string, string> = {
  'MJ01 Could not determine APIKey': 'a request without a key is refused before',
  'MJ02 No persister object found for class':
    'seen for GET csvimport in 2015; newer sources document a list',
  'MJ06, MJ07, MJ10 bounds of numbers': 'no property of these resources has a known bound',
  'MJ11, MJ12, MJ15 object types and relations': 'no request is known to lead there',
  'MJ13, MJ14 MD5 hashes': 'belong to resources that are not built',
  'MJ16, MJ17 unique keys': 'a key where none can be was only seen as Object not found',
  'MJ20 Setting a value for properties': 'no request is known to lead there',
  'CM07 invalid data type': 'internal to the server',
  'You are not allowed to post jobs for this AKID': 'an account is one key with all rights',
  'Number of contacts exceeds maximum allowed for free accounts': 'accounts have no plan',
  'property "Id" is not a class property, but tkInt64':
    'of TNewsLetterSend, not built; its text for these classes is a case above',
  '403': 'no answer with it was ever seen in this domain',
};
