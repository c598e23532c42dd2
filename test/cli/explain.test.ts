import { expect, it } from 'vitest';
import { wayclear } from './in-process.ts';

it.each([
  ['tls', /^tls\.inspection +TLS is inspected/m, /dns\./],
  ['proxy.', /^proxy\.denied/m, /tls\./],
  ['407', /^407: Status 407 counts as a failure/m, /408/],
  ['11412', /^11412: One or more critical endpoints/m, /11411/],
  ['tenant-attach', /manage\.microsoft\.com/, /windows-servicing/],
  ['go.microsoft.com', /go\.microsoft\.com/, /graph\.microsoft\.com/],
])('explain %s answers for that, and for nothing else', async (word, says, not) => {
  const { code, stdout, stderr } = await wayclear(['explain', word]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(says);
  expect(stdout).not.toMatch(not);
  expect(JSON.parse((await wayclear(['explain', word, '--format', 'json'])).stdout)).toMatchObject({ schema: 1 });
});

it('explain says what a word may have meant', async () => {
  const { code, stderr } = await wayclear(['explain', 'tenant-atach']);
  expect(code).toBe(2);
  expect(stderr).toContain('did you mean tenant-attach?');
});
