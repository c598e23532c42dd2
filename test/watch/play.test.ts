import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../real/parts.ts';
import { builtPlayer, killPoints, played } from './play.ts';

const folder = temporaryFolder();
afterAll(() => folder.close());

describe('three hours of ten faults on SQLite', () => {
  let player = '';
  beforeAll(() => {
    player = builtPlayer();
  });

  it('are told exactly as the table says', async () => {
    expect(await played(player, join(folder.path, 'whole.db'), [])).toBe(0);
  });

  it('are told so by a watch that is killed at twenty points', async () => {
    expect(await played(player, join(folder.path, 'killed.db'), killPoints)).toBe(20);
  });
});
