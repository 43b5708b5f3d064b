import { nodeComplaint } from './node-version.ts';

// The first import of the library's entry: nothing else of it is run by a Node that is too old.
const complaint = nodeComplaint();
if (complaint !== undefined) throw new Error(complaint);
