import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { parseStrictJson } from '../../lib/json-text.ts';
import type { Warning } from '../../mail/draft.ts';
import { knownNames, matchNames } from './match-names.ts';
import { callFlags } from './properties.ts';
import {
  type Fault,
  messageNames,
  mostRead,
  type ReadMessage,
  readMessage,
} from './read-message.ts';
import { type SendError, sendError } from './send-errors.ts';

/**
 * A call whose types are right.
 * @property messages undefined for an item that is null
 */
export interface ReadCall {
  messages: (ReadMessage | undefined)[];
  globals: ReadMessage | undefined;
  sandbox: boolean;
  advanced: boolean;
  warnings: Warning[];
}

const rootNames = knownNames(['Messages', 'Globals', ...callFlags], 'the call');

/** Reads the text of a call: JSON, then types in the order of the text, the first fault ending it (recorded). */
export function readCall(text: string): ReadCall | { error: SendError } {
  const root = parseCall(text);
  // assumed: what is no object cannot be read at all
  if (root === undefined) return { error: sendError('mj-0002') };
  const warnings: Warning[] = [];
  const fields = matchNames(root, rootNames, warnings, messageNames);
  const fault: Fault = { error: undefined };
  const call: ReadCall = {
    messages: [],
    globals: undefined,
    sandbox: fields.SandboxMode === true,
    advanced: fields.AdvanceErrorHandling === true,
    warnings,
  };
  for (const name of Object.keys(fields)) readRoot(name, fields[name], call, fault);
  if (fault.error !== undefined) return { error: fault.error };
  // documented: missing, or with a null value
  if (!Array.isArray(fields.Messages)) return { error: sendError('mj-0003', ['Messages']) };
  const empty = Object.keys(fields).filter((name) => fields[name] === null);
  // assumed: as for a null in a message
  if (empty.length > 0) return { error: sendError('send-0018', empty) };
  return call;
}

function readRoot(name: string, value: Json, call: ReadCall, fault: Fault): void {
  if (value === null) return;
  const mismatch = (type: string) => {
    fault.error ??= sendError('mj-0004', [name], type);
  };
  if (name === 'Messages') {
    if (!Array.isArray(value)) mismatch('Messages'); // recorded
    // of more than are read their number is told
    for (const item of Array.isArray(value) ? value.slice(0, mostRead) : []) {
      if (item === null) call.messages.push(undefined);
      else if (isJsonObject(item)) call.messages.push(readMessage(item, 'Messages', fault));
      else mismatch('Messages'); // assumed
    }
  } else if (name === 'Globals') {
    if (isJsonObject(value)) call.globals = readMessage(value, 'Globals', fault);
    else mismatch('Globals'); // assumed
  } else if (typeof value !== 'boolean') mismatch('boolean'); // assumed
}

function parseCall(text: string): JsonObject | undefined {
  try {
    const root = parseStrictJson(text);
    return isJsonObject(root) ? root : undefined;
  } catch {
    return undefined;
  }
}
