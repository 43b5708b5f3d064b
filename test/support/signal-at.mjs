// Loaded before the built program: it signals itself amid an import, at the same row on every machine.
//   SIGNAL_AT="SIGKILL 5000" node --import ./signal-at.mjs dist/main.js
import Database from 'better-sqlite3';

const [signal, rows] = (process.env.SIGNAL_AT ?? '').split(' ');
const { prepare } = Database.prototype;
let stored = 0;

Database.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  if (!/^INSERT INTO contact\b/.test(sql)) return statement;
  const { run } = statement;
  statement.run = (...values) => {
    const result = run.apply(statement, values);
    const before = stored;
    // a fresh account's own contact comes alone
    if (result.changes > 1) stored += result.changes;
    if (before < Number(rows) && stored >= Number(rows)) process.kill(process.pid, signal);
    return result;
  };
  return statement;
};
