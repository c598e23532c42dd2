import { describe, expect, it } from 'vitest';
import { deedOf, deeds, type Given, kept, measured, type Row, told } from '../executables/rows.ts';
import { stories } from '../executables/stories.ts';

/** Enough for what a command line is made of. */
const given = { world: { broken: [] }, file: String, made: String } as unknown as Given;

/** test/executables/demo.test.ts compares it. */
const elsewhere = ['demo'];

/** A row whose command is refused does not do it. */
const isDone = ({ code }: Row): boolean => code !== 2;

describe('the comparison of the executables', () => {
  it.each(deeds)('has a row that does %s', (deed) => {
    const rows = [...told, ...measured, ...kept].filter(isDone).map(({ args }) => deedOf(args(given)));
    expect([...elsewhere, ...rows, ...stories.flatMap((story) => story.deeds)]).toContain(deed);
  });

  it('takes help for nothing that is done', () => {
    expect([['doctor', '--help'], ['--help'], ['help', 'doctor']].map(deedOf)).toEqual([null, null, null]);
    expect([['store', 'copy', 'a', 'b'], ['collect', 'audit'], ['schema']].map(deedOf)).toEqual([
      'store copy',
      'collect audit',
      'schema',
    ]);
  });
});
