import { UsageError } from '../usage-error.ts';
import { quoted } from './values.ts';

/** So many labels; a report is not made of them. */
const most = 16;

export type Labels = Readonly<Record<string, string>>;

/** `NAME=VALUE`: a short name without spaces, a value of one line in any script. */
export function parseLabel(where: string, text: string): readonly [string, string] {
  const at = text.indexOf('=');
  const name = at < 0 ? '' : text.slice(0, at).trim();
  const value = at < 0 ? '' : text.slice(at + 1).trim();
  if (!/^[A-Za-z][A-Za-z0-9_.-]{0,31}$/.test(name) || !/^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u.test(value)) {
    throw new UsageError(`${where}: ${quoted(text)} is not NAME=VALUE`, 'For example: --label site=Berlin');
  }
  return [name, value];
}

/** The labels of a command line; of two with one name nobody knows which is meant. */
export function labelsOf(where: string, pairs: readonly (readonly [string, string])[]): Labels {
  const labels = Object.create(null) as Record<string, string>;
  for (const [name, value] of pairs) {
    if (labels[name] !== undefined && labels[name] !== value) {
      throw new UsageError(`${where}: ${name} is set to two values`, 'Give each label once.');
    }
    labels[name] = value;
  }
  if (Object.keys(labels).length > most) {
    throw new UsageError(`${where}: more than ${most} labels`, 'Name what machines share, such as a site.');
  }
  return { ...labels };
}
