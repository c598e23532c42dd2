/** All that the fuzzers attack. Another reader is another row in one of these files. */
import type { FuzzClass } from './attack.ts';
import { byteClasses } from './classes-bytes.ts';
import { jsonClasses } from './classes-json.ts';
import { remoteClasses } from './classes-remote.ts';
import { ruleClasses } from './classes-rules.ts';
import { secretClasses } from './classes-secrets.ts';
import { signedClasses } from './classes-signed.ts';
import { stageClasses } from './classes-stages.ts';
import { textClasses } from './classes-text.ts';
import { watchingClasses } from './classes-watching.ts';

export const classes: readonly FuzzClass[] = [
  ...textClasses,
  ...jsonClasses,
  ...byteClasses,
  ...remoteClasses,
  ...ruleClasses,
  ...secretClasses,
  ...signedClasses,
  ...stageClasses,
  ...watchingClasses,
];
