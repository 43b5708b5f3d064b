import type { Account } from '../../accounts/account.ts';
import { newestFile, readFile } from '../../accounts/data-store.ts';
import {
  contentTypeMismatch,
  type MailjetError,
  methodNotAllowed,
  NotBuiltError,
  operationNotAllowed,
  sourceNotFound,
  unknownResource,
} from '../../lib/errors.ts';
import type { Evidence } from '../../lib/evidence.ts';
import { readLookupId } from '../../lib/int64.ts';
import { identifierOf } from '../exchange.ts';
import { oldAnswer, oldError } from '../old-back-end.ts';
import type { WireAnswer } from '../wire-answer.ts';
import type { MailjetCall, MailjetRoute } from './route.ts';
import { storeUpload } from './upload.ts';

type Owner = 'contactslist' | 'batchjob';

const dataRoute = (method: 'GET' | 'POST', owner: Owner, kind: string, evidence: Evidence) =>
  ({
    method,
    path: `/v3/DATA/${owner}/:id/${kind}/*`,
    operation: `${kind} ${method}`.toLowerCase(),
    dialect: 'old',
    evidence,
    streams: true,
    shapeError,
  }) as const;

const download = (
  owner: Owner,
  kind: string,
  evidence: Evidence,
  operation = `${kind} get`.toLowerCase(),
): MailjetRoute => ({
  ...dataRoute('GET', owner, kind, evidence),
  operation,
  handler({ account, params: { id } }) {
    const file = newestFile(account, owner, ownerId(account, owner, id), kind);
    if (file === undefined) throw sourceNotFound(); // assumed for an owner without such data
    const body = readFile(account, file.id, 0, file.size);
    return { status: 200, phrase: 'OK', headers: { 'Content-Type': file.mime }, body };
  },
});

/** `/v3/DATA/{owner}/{id}/{kind}/{type:subtype}[/LAST]`: files of an object, uploaded or produced. */
export const dataRoutes: readonly MailjetRoute[] = [
  download('contactslist', 'CSVData', 'reported'),
  {
    ...dataRoute('POST', 'contactslist', 'CSVData', 'documented'),
    async handler(call) {
      const { account, request, parts } = call;
      const owner = ownerId(account, 'contactslist', call.params.id);
      const given = mediaType(request.raw.headers['content-type']);
      const wanted = typeOf(call);
      if (wanted === '' || given !== wanted) throw contentTypeMismatch(given, wanted); // reported
      const uploaded = await storeUpload(account, owner, wanted, request, parts.limits);
      // recorded: 200, and no envelope
      return oldAnswer({ status: 200, bare: { ID: uploaded } });
    },
  },
  download('batchjob', 'CSVData', 'assumed', 'export get'), // the file of an export
  download('batchjob', 'CSVError', 'documented'),
  download('batchjob', 'JSONError', 'documented'),
];

/** What no route of DATA takes. */
export function refuseData(method: string, [owner = '', , kind = '']: readonly string[]): Error {
  const isOwner = ['contactslist', 'batchjob'].includes(owner.toLowerCase());
  if (owner === '') return unknownResource(owner);
  if (!isOwner) return new NotBuiltError(`DATA ${owner}/${kind}`);
  const known = dataRoutes.filter(({ path }) => {
    const [, , , its, , name] = path.toLowerCase().split('/');
    return its === owner.toLowerCase() && name === kind.toLowerCase();
  });
  if (known.length === 0) return sourceNotFound();
  return method === 'POST' ? operationNotAllowed() : methodNotAllowed(); // assumed
}

/** The type that the path names, `text/csv` for `text:csv`; '' without one. */
function typeOf({ params }: Pick<MailjetCall, 'params'>): string {
  const [type = ''] = (params['*'] ?? '').split('/', 1);
  return type.replace(':', '/').toLowerCase();
}

/** recorded: what is not there is told in the type of the path; a path may hold what a header may not */
function shapeError(error: MailjetError, call: MailjetCall): WireAnswer {
  const type = typeOf(call);
  const isType = error.message === 'Source object not found' && /^[\x21-\x7e]+$/.test(type);
  return oldError(error, identifierOf(call.request), isType ? type : undefined);
}

/** Header parameters as `charset` do not count (assumed). */
function mediaType(header: string | undefined): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** recorded: an owner that is not there, or whose ID is no number */
function ownerId(account: Account, table: Owner, text = ''): bigint {
  const id = readLookupId(text);
  const source = table === 'batchjob' ? 'job' : table;
  if (id === undefined || account.sql(`SELECT 1 FROM ${source} WHERE ID = ?`).get(id) === undefined)
    throw sourceNotFound();
  return id;
}
