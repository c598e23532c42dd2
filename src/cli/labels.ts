import { type Refusal, UsageError } from '../usage-error.ts';
import { quoted } from './values.ts';

/** So many labels; a report is not made of them. */
const most = 16;

export type Labels = Readonly<Record<string, string>>;

/** `NAME=VALUE`: a short name without spaces, a value of one line in any script. */
export function parseLabel(where: string | Refusal, text: string): readonly [string, string] {
  const at = text.indexOf('=');
  const name = at < 0 ? '' : text.slice(0, at).trim();
  const value = at < 0 ? '' : text.slice(at + 1).trim();
  if (!/^[A-Za-z][A-Za-z0-9_.-]{0,31}$/.test(name) || !/^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u.test(value)) {
    throw new UsageError('option.label', { where, text: quoted(text) });
  }
  return [name, value];
}

/** The labels of a command line; of two with one name nobody knows which is meant. */
export function labelsOf(where: string | Refusal, pairs: readonly (readonly [string, string])[]): Labels {
  const labels = Object.create(null) as Record<string, string>;
  for (const [name, value] of pairs) {
    if (labels[name] !== undefined && labels[name] !== value) {
      throw new UsageError('option.label-twice', { where, name });
    }
    labels[name] = value;
  }
  if (Object.keys(labels).length > most) {
    throw new UsageError('option.labels', { where, most });
  }
  return { ...labels };
}
