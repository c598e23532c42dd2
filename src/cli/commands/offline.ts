/** The commands that send no packet. */
export { diagnose } from './diagnose.ts';
export { diff } from './diff.ts';
export { doctor } from './doctor.ts';
export { explain } from './explain.ts';
export { list } from './list.ts';
export { plan } from './plan.ts';
export { schema } from './schema.ts';
