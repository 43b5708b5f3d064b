import type { Action, ActionCall } from '../engine/action.ts';
import { type Answer, ok } from '../engine/call.ts';
import { defineResource } from '../engine/define-resource.ts';
import { flag } from '../engine/filter-kinds.ts';
import type { Property } from '../engine/resource.ts';

const shown: Property = { kind: 'string', readOnly: true };

const check: Action = {
  name: 'check',
  isGlobal: false,
  operations: ['Post'],
  parameters: [],
  properties: [
    { name: 'DKIMStatus', datatype: 'AnsiString' },
    { name: 'DKIMErrors', datatype: 'TStrings' },
    { name: 'DKIMRecordCurrentValue', datatype: 'AnsiString' },
    { name: 'SPFStatus', datatype: 'AnsiString' },
    { name: 'SPFErrors', datatype: 'TStrings' },
    { name: 'SPFRecordsCurrentValues', datatype: 'TStrings' },
  ],
  handlers: { Post: checkDomain },
  evidence: { Post: 'recorded' },
};

/** The records of a domain that sends. A domain is there from its first sender on (documented). */
export const dns = defineResource({
  name: 'dns',
  type: 'DNS',
  operations: ['Get'],
  source: 'dns',
  table: 'domain',
  uniqueKey: 'Domain',
  keyColumns: ['Domain'],
  properties: {
    DKIMRecordName: shown,
    DKIMRecordValue: shown,
    DKIMStatus: shown,
    Domain: { ...shown, required: true },
    ID: { kind: 'int64', readOnly: true },
    IsCheckInProgress: { kind: 'boolean', defaultValue: 'false', readOnly: true },
    LastCheckAt: { kind: 'datetime', readOnly: true },
    OwnerShipToken: shown,
    OwnerShipTokenRecordName: shown,
    SPFRecordValue: shown,
    SPFStatus: shown,
  },
  filters: {
    IsCheckInProgress: flag('IsCheckInProgress'),
    IsSenderIdentified: flag("(ID IN (SELECT DNSID FROM sender WHERE Status = 'Active'))"), // assumed
    IsYahooFBL: flag('0'), // assumed: Yahoo's feedback loop is set up for none
    MaxLastCheckAt: {
      datatype: 'TRFC3339DateTime',
      where: "LastCheckAt <> '' AND LastCheckAt < ?",
    },
    MinLastCheckAt: { datatype: 'TRFC3339DateTime', where: 'LastCheckAt > ?' },
    SPFStatus: { datatype: 'ShortInt', notBuilt: true }, // which number means what is not known
  },
  sorts: [{ property: 'ID', descending: false }],
  actions: [check],
  notes: 'check finds every record as it should be: no name server is asked',
  evidence: { list: 'recorded', get: 'recorded' },
});

/** Mockjet asks no name server: each record is found as it should be. */
function checkDomain({ account, object }: ActionCall): Answer {
  account.write(() =>
    account
      .sql("UPDATE domain SET DKIMStatus = 'OK', SPFStatus = 'OK', LastCheckAt = ? WHERE ID = ?")
      .run(account.time(), object.ID),
  );
  return ok([
    {
      DKIMErrors: [],
      DKIMRecordCurrentValue: String(object.DKIMRecordValue),
      DKIMStatus: 'OK',
      SPFErrors: [],
      SPFRecordsCurrentValues: [String(object.SPFRecordValue)],
      SPFStatus: 'OK',
    },
  ]);
}
