// The library needs this polyfill to be there before it loads; both come in on the first use of TLS.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

export { x509 };
