import { createRegistry } from '../../src/accounts/registry.ts';
import type { Answer } from '../../src/engine/call.ts';
import { carryOut, findTarget } from '../../src/engine/dispatch.ts';
import { readQuery } from '../../src/engine/query.ts';
import type { Resource } from '../../src/engine/resource.ts';
import type { Row } from '../../src/engine/row.ts';
import type { Json, JsonObject } from '../../src/lib/json.ts';
import { parseJson } from '../../src/lib/json-text.ts';

/** An account that has one more resource than Mockjet: the engine is asked as `/v3/REST` asks it. */
export interface EngineAccount {
  /** @param path behind the resource's name: `/1?Limit=1` @throws MailjetError */
  call(method: string, path: string, body?: Json): Answer;
  /** The rows of an answer. */
  rows(method: string, path: string, body?: Json): JsonObject[];
  /** Puts a row into one of the schema's tables. */
  insert(table: string, row: Row): void;
  close(): void;
}

/** @param schema SQL of the resource's table and view */
export function engineAccount(resource: Resource, schema: string): EngineAccount {
  const registry = createRegistry();
  const account = registry.create({ apiKey: 'engine', secretKey: 'secret' });
  account.db.exec(schema);
  const call = (method: string, path: string, body?: Json): Answer => {
    const [, below = '', search = ''] = /^([^?]*)\??(.*)$/.exec(path) ?? [];
    const segments = below.split('/').filter((segment) => segment !== '');
    const { key, target } = findTarget(resource, method, segments);
    const text = body === undefined ? '' : JSON.stringify(body);
    return carryOut(target, {
      account,
      resource,
      key,
      query: readQuery(search),
      body: { text, isForm: false, object: () => parseJson(text) as JsonObject }, // tests send objects
    });
  };
  return {
    call,
    rows(method, path, body) {
      const answer = call(method, path, body);
      return 'rows' in answer ? answer.rows : [];
    },
    insert(table, row) {
      const columns = Object.keys(row);
      account
        .sql(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?')})`)
        .run(...Object.values(row));
    },
    close: () => registry.close(),
  };
}
