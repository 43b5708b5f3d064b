// A partial polyfill that stayed would break an application that loads Mockjet into its own tests and
// reflect-metadata later (NestJS, TypeORM): that library keeps functions it finds and so would lose its store.
// Nothing is lent when someone has loaded it already.

type Metadata = Map<unknown, unknown>;

const metadata = new WeakMap<object, Metadata>();
const get = (key: unknown, target: object) => metadata.get(target)?.get(key);

const lent = {
  getMetadata: get,
  getOwnMetadata: get,
  defineMetadata(key: unknown, value: unknown, target: object) {
    const ofTarget: Metadata = metadata.get(target) ?? new Map();
    metadata.set(target, ofTarget.set(key, value));
  },
};

const isNeeded = !('getMetadata' in Reflect);
if (isNeeded) Object.assign(Reflect, lent);

/** The names that were put on `Reflect` and are to be taken off again. */
export const lentNames = isNeeded ? Object.keys(lent) : [];
