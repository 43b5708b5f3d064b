import type { Property, Resource } from '../engine/resource.ts';

// What applications read at start to check a key. Each answers the one plausible row of the account (assumed);
// changing them is not built.

const text: Property = { kind: 'string' };
const readOnlyText: Property = { kind: 'string', readOnly: true };
const readOnlyNumber: Property = { kind: 'int32', readOnly: true };
const id: Property = { kind: 'int64', readOnly: true };
const readOnlyTime: Property = { kind: 'datetime', readOnly: true };
const createdAt: Property = { ...readOnlyTime, defaultValue: 'Current time' };
const assumed = { list: 'assumed', get: 'assumed' } as const;

export const apikey: Resource = {
  name: 'apikey',
  type: 'APIKey',
  operations: ['Get', 'Put', 'Post'],
  notBuilt: ['Put', 'Post'],
  source: 'apikey',
  table: 'account',
  uniqueKey: 'APIKey',
  keyColumns: ['APIKey'],
  properties: {
    ACL: text,
    APIKey: { ...readOnlyText, defaultValue: 'Automatically generated value', required: true },
    CreatedAt: createdAt,
    ID: id,
    IsActive: { kind: 'boolean', defaultValue: 'false' },
    IsMaster: { kind: 'boolean', defaultValue: 'false', readOnly: true },
    Name: { kind: 'string', required: true },
    QuarantineValue: readOnlyNumber,
    RegionID: readOnlyNumber,
    Runlevel: {
      ...readOnlyText,
      datatype: 'TRunLevel',
      defaultValue: 'Normal',
      allowed: ['Normal', 'Softlock', 'Hardlock', 'Deleted'],
    },
    SecretKey: { ...readOnlyText, defaultValue: 'Automatically generated value' },
    Skipspamd: { ...readOnlyNumber, unlisted: true }, // recorded, yet not in metadata
    TrackHost: { ...readOnlyText, defaultValue: 'r.mailjet.com' },
    UserID: readOnlyNumber,
  },
  filters: {
    APIKey: { datatype: 'AnsiString', where: 'APIKey = ?' },
    ConfirmKey: { datatype: 'AnsiString' },
    CustomStatus: { datatype: 'TCustomStatus' },
    IsActive: { datatype: 'TBooleanFilter', where: 'IsActive = ?' },
    IsMaster: { datatype: 'TBooleanFilter', where: 'IsMaster = ?' },
    KeyType: { datatype: 'TFilterKeyType' },
    Name: { datatype: 'AnsiString', where: 'Name = ?' },
    User: { datatype: 'Int64', where: 'UserID = ?' },
  },
  sorts: [
    { property: 'ID', descending: false },
    { property: 'IsMaster', descending: true },
    { property: 'IsActive', descending: true },
    { property: 'CreatedAt', descending: true },
    { property: 'Name', descending: true },
  ],
  actions: [],
  evidence: assumed,
};

export const user: Resource = {
  name: 'user',
  type: 'User',
  operations: ['Get', 'Put'],
  notBuilt: ['Put'],
  source: 'user',
  table: 'account',
  uniqueKey: 'Email',
  keyColumns: ['Email'],
  properties: {
    ACL: text,
    CreatedAt: createdAt,
    Email: { kind: 'email' },
    FirstIp: { ...readOnlyText, unlisted: true }, // recorded, yet not in metadata
    ID: id,
    LastIp: { ...readOnlyText, defaultValue: 'The same as FirstIP', required: true },
    LastLoginAt: readOnlyTime,
    Locale: { kind: 'string', defaultValue: 'en_US' },
    MaxAllowedAPIKeys: { ...readOnlyNumber, defaultValue: '5' },
    Timezone: { kind: 'string', defaultValue: 'etc/UTC' },
    Username: { kind: 'string', defaultValue: 'Undefined', required: true },
    WarnedRatelimitAt: { kind: 'datetime' },
  },
  filters: {
    IsActivated: { datatype: 'TBooleanFilter' },
    NewEmail: { datatype: 'AnsiString' },
    UserName: { datatype: 'AnsiString', where: 'Username = ?' },
  },
  sorts: [{ property: 'ID', descending: false }],
  actions: [
    {
      name: 'activate',
      isGlobal: false,
      operations: ['Post'],
      parameters: [],
      handlers: {},
      evidence: {},
    },
  ],
  evidence: assumed,
};

export const myprofile: Resource = {
  name: 'myprofile',
  type: 'MyProfile',
  operations: ['Get', 'Put'],
  notBuilt: ['Put'],
  source: 'myprofile',
  table: 'account',
  uniqueKey: '',
  properties: {
    AddressCity: text,
    AddressCountry: text,
    AddressPostalCode: text,
    AddressState: text,
    AddressStreet: text,
    BillingEmail: { kind: 'string', datatype: 'TBillingEmail' },
    BirthdayAt: { kind: 'datetime' },
    CompanyName: text,
    CompanyNumOfEmployees: text,
    ContactPhone: text,
    EstimatedVolume: { kind: 'int32' },
    Features: text,
    Firstname: text,
    ID: id,
    Industry: text,
    JobTitle: text,
    Lastname: text,
    User: { kind: 'reference', datatype: 'TUser' },
    VAT: {
      kind: 'double',
      datatype: 'Currency',
      defaultValue: "Depends on AddressCountry's value",
      readOnly: true,
    },
    VATNumber: text,
    Website: text,
  },
  filters: { User: { datatype: 'Int64', where: 'UserID = ?' } },
  sorts: [{ property: 'ID', descending: false }],
  actions: [],
  evidence: assumed,
};

export const sender: Resource = {
  name: 'sender',
  type: 'Sender',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  notBuilt: ['Put', 'Post', 'Delete'],
  source: 'sender',
  table: 'account',
  uniqueKey: 'Email',
  keyColumns: ['Email'],
  properties: {
    CreatedAt: createdAt,
    DNS: {
      kind: 'reference',
      datatype: 'TDNS',
      defaultValue: 'Calculated from the Email',
      readOnly: true,
    },
    Email: { kind: 'email', datatype: 'TSenderEmail', required: true },
    EmailType: { kind: 'string', allowed: ['transactional', 'bulk'] },
    Filename: readOnlyText,
    ID: id,
    IsDefaultSender: { kind: 'boolean', defaultValue: 'false' },
    Name: text,
    Status: {
      ...readOnlyText,
      datatype: 'TSenderStatus',
      defaultValue: 'Calculated from the Email',
      allowed: ['Inactive', 'Active', 'Deleted'],
    },
  },
  filters: {
    DnsID: { datatype: 'Int64', where: 'DNSID = ?' },
    Domain: {
      datatype: 'AnsiString',
      where: "substr(Email, instr(Email, '@') + 1) = ? COLLATE NOCASE",
    },
    Email: { datatype: 'AnsiString', where: 'Email = ? COLLATE NOCASE' },
    IsDomainSender: { datatype: 'TBooleanFilter', where: "(Email LIKE '*@%') = ?" },
    LocalPart: {
      datatype: 'AnsiString',
      where: "substr(Email, 1, instr(Email, '@') - 1) = ? COLLATE NOCASE",
    },
    ShowDeleted: { datatype: 'TBooleanFilter', where: '? IN (0, 1)' },
    Status: { datatype: 'AnsiString', where: 'Status = ? COLLATE NOCASE' },
  },
  sorts: [{ property: 'ID', descending: true }],
  actions: [
    {
      name: 'validate',
      isGlobal: false,
      operations: ['Post'],
      parameters: [],
      properties: [
        { name: 'Errors', datatype: 'TJSONObject' },
        { name: 'ValidationMethod', datatype: 'AnsiString' },
        { name: 'GlobalError', datatype: 'AnsiString' },
      ],
      handlers: {},
      evidence: {},
    },
  ],
  evidence: assumed,
};
