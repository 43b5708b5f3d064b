/** Query parameters as the old back end reads them: names in any case, the first of a name wins. */
export interface Query {
  /** The value, undefined when it is absent or empty. */
  get(name: string): string | undefined;
  /** True for `1` and `true`. */
  flag(name: string): boolean;
  /** Names that were given and that nobody asked for. */
  unread(): string[];
}

const noQuery: Query = { get: () => undefined, flag: () => false, unread: () => [] };

/** @param text the query string without its question mark */
export function readQuery(text: string): Query {
  if (text === '') return noQuery;
  const values = new Map<string, string>();
  const names = new Map<string, string>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decode(equals < 0 ? part : part.slice(0, equals));
    const lower = name.toLowerCase();
    // documented: of a repeated filter the first wins
    if (values.has(lower)) continue;
    values.set(lower, equals < 0 ? '' : decode(part.slice(equals + 1)));
    names.set(lower, name);
  }
  const get = (name: string) => {
    names.delete(name.toLowerCase());
    return values.get(name.toLowerCase()) || undefined;
  };
  return {
    get,
    flag: (name) => /^(1|true)$/i.test(get(name) ?? ''),
    unread: () => [...names.values()],
  };
}

/** A bad escape stays as it is (assumed): Mailjet was never seen to refuse one. */
function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
