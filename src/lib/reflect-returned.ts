import { lentNames } from './reflect-lent.ts';

for (const name of lentNames) Reflect.deleteProperty(Reflect, name);
