/** The oldest Node that better-sqlite3's binary runs on (Node-API 10): an older one ends in a segmentation fault. */
const oldest = { major: 22, minor: 14 };

/** What to tell whoever runs this on too old a Node, one sentence; undefined where it is new enough. */
export function nodeComplaint(version: string = process.versions.node): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return undefined;
  return `Mockjet needs Node.js ${oldest.major}.${oldest.minor} or newer, and this is ${version}: install a newer one, from https://nodejs.org or with "npm install --save-dev node@24"`;
}
