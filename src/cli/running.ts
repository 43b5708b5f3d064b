/** Where the running mock is: `--url`, `MOCKJET_URL`, or the local one on its port. */
export function runningUrl(argv: readonly string[], environment: NodeJS.ProcessEnv): string {
  const at = argv.indexOf('--url');
  const url = at < 0 ? undefined : argv[at + 1];
  return (
    url ??
    environment.MOCKJET_URL ??
    `http://127.0.0.1:${environment.MOCKJET_PORT || 6245}`
  ).replace(/\/+$/, '');
}
