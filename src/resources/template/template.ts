import type { Account } from '../../accounts/account.ts';
import { notBuiltAction } from '../../engine/action.ts';
import { defineResource } from '../../engine/define-resource.ts';
import type { Filter } from '../../engine/filter.ts';
import { caseless, int64, text } from '../../engine/filter-kinds.ts';
import type { Row, Value } from '../../engine/row.ts';
import { duplicateKey, typeMismatch, unlistedValue } from '../../lib/errors.ts';
import { readStored, writeJson } from '../../lib/json.ts';
import { detailContent } from './detail-content.ts';

/** Lists of texts, which `Categories` and `Purposes` are searched in: any of those given will do (assumed). */
const anyOf = (column: string): Filter => ({
  datatype: 'AnsiString',
  where: `EXISTS (SELECT 1 FROM json_each(${column}) AS each WHERE instr(',' || ? || ',', ',' || each.value || ',') > 0)`,
});
/** The other ways of selection are not known. */
const selection: Filter = { datatype: 'AnsiString', every: 'containsany', notBuilt: true };

const texts = {
  kind: 'json',
  datatype: 'TStrings',
  initial: '[]',
  check: refuseOtherThanTexts,
} as const;
const picture = {
  isGlobal: false,
  operations: ['Put', 'Post', 'Delete'],
  parameters: [
    { name: 'Mime', datatype: 'AnsiString', required: true },
    { name: 'Image', datatype: 'AnsiString', required: true },
  ],
} as const;
const shownPicture = { isGlobal: false, operations: ['Get'] } as const;

/** What mails are made of. Its keys are in the order of a recorded object. */
export const template = defineResource({
  name: 'template',
  type: 'Template',
  backEnd: 'new',
  operations: ['Get', 'Put', 'Post', 'Delete'],
  source: 'template',
  table: 'template',
  uniqueKey: 'OwnerType|Name',
  keyColumns: ['OwnerType', 'Name'],
  properties: {
    ID: { kind: 'int64', readOnly: true },
    Name: { kind: 'string', needed: 'MJ04' }, // assumed
    Author: { kind: 'string' },
    OwnerId: { kind: 'int32', readOnly: true },
    OwnerType: {
      kind: 'string',
      datatype: 'TOwnerType',
      defaultValue: 'apikey',
      allowed: ['apikey', 'user', 'global'],
      initial: 'apikey',
    },
    Presets: { kind: 'string', initial: '{}', maxLength: 0 },
    Categories: texts,
    Copyright: { kind: 'string' },
    Description: { kind: 'string', maxLength: 0 },
    EditMode: { kind: 'int16', initial: 1, check: refuseOtherModes },
    IsStarred: { kind: 'boolean', defaultValue: 'false' },
    IsTextPartGenerationEnabled: { kind: 'boolean', initial: 1, unlisted: true },
    Locale: { kind: 'string', defaultValue: 'en_US', initial: 'en_US' },
    LocaleList: { kind: 'json', readOnly: true, unlisted: true },
    Previews: { kind: 'json', datatype: 'TIDList', readOnly: true },
    Purposes: texts,
    CreatedAt: { kind: 'datetime', readOnly: true, unlisted: true },
    LastUpdatedAt: { kind: 'datetime', readOnly: true, unlisted: true },
  },
  filters: {
    APIKey: { datatype: 'Int64', where: "OwnerType = 'apikey' AND OwnerId = ?" },
    Categories: anyOf('Categories'),
    CategoriesSelectionMethod: selection,
    EditMode: { ...int64('EditMode'), datatype: 'SmallInt' },
    Name: text('Name'),
    OwnerType: caseless('OwnerType'),
    Purposes: anyOf('Purposes'),
    PurposesSelectionMethod: selection,
    User: { datatype: 'Int64', where: "OwnerType = 'user' AND OwnerId = ?" },
  },
  sorts: [{ property: 'ID', descending: true }],
  actions: [
    detailContent,
    notBuiltAction('detailpreviews', picture),
    notBuiltAction('displaypreview', shownPicture),
    notBuiltAction('detailthumbnail', picture),
    notBuiltAction('displaythumbnail', shownPicture),
  ],
  unique: [
    {
      columns: ['OwnerType', 'Name'],
      // documented that they are unique together; the words are assumed
      error: ([, name = '']) => duplicateKey('Template', name, 'Name'),
    },
  ],
  rules: { create: createTemplate, update: (account) => ({ LastUpdatedAt: account.time() }) },
  evidence: {
    list: 'recorded',
    get: 'recorded',
    create: 'recorded',
    update: 'assumed',
    remove: 'recorded',
  },
});

function createTemplate(account: Account, { OwnerType, Locale }: Row): Row {
  const own = account.sql('SELECT ID, UserID FROM apikey ORDER BY ID LIMIT 1').get() as
    | { ID: bigint; UserID: bigint }
    | undefined; // the columns selected
  const now = account.time();
  const OwnerId = (OwnerType === 'user' ? own?.UserID : own?.ID) ?? 0n;
  // recorded: the list of locales has the template's own
  const LocaleList = writeJson([Locale ?? 'en_US']);
  return { OwnerId, LocaleList, CreatedAt: now, LastUpdatedAt: now };
}

function refuseOtherThanTexts(value: Value): Error | undefined {
  const list = readStored(value);
  const areTexts = Array.isArray(list) && list.every((each) => typeof each === 'string');
  return areTexts ? undefined : typeMismatch('array of string');
}

/** documented: 1 the drag and drop editor, 2 HTML, 3 a saved section, 4 MJML */
function refuseOtherModes(value: Value): Error | undefined {
  const modes = ['1', '2', '3', '4'];
  return modes.includes(String(value)) ? undefined : unlistedValue('EditMode', modes);
}
