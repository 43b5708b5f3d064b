// The order matters: @peculiar/x509 comes with tsyringe, which refuses to load without three functions on
// the global Reflect. They are lent to it for exactly as long as it loads (see reflect-lent.ts).
import './reflect-lent.ts';
import * as x509 from '@peculiar/x509';
import './reflect-returned.ts';

export { x509 };
