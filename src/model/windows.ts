/** What is read of Windows, beside proxies and certificates. */
import * as z from './shape.ts';

/** One rule of the Name Resolution Policy Table. */
export const nameRule = z.object({
  /** `.corp.example` and all below it, `host.corp.example` alone, `host` as the first label of any name, `.` every name. */
  names: z.list(z.string()),
  /** Addresses of the servers that these names are asked of; empty: the ordinary ones, as if there were no rule. */
  servers: z.list(z.string()),
  /** A group policy's, which put all local ones out of force, or this machine's own. */
  from: z.enum(['policy', 'local']),
});
export type NameRule = z.Of<typeof nameRule>;

/** How Windows' DNS client looks names up. */
export const windowsNaming = z.object({
  rules: z.list(nameRule),
  /** Put behind names of one label, in order. */
  suffixes: z.list(z.string()),
  /** A policy puts them behind other names too, where these are not found. */
  behindAll: z.boolean(),
  /** Network adapters with name servers; those that are not connected keep theirs here. */
  adapters: z.list(
    z.object({
      servers: z.list(z.string()),
      from: z.enum(['policy', 'set', 'dhcp']),
      suffix: z.nullable(z.string()),
    }),
  ),
});
export type WindowsNaming = z.Of<typeof windowsNaming>;

/** Log files of the service connection point that its documents name. */
export const roleLogs = z.object({
  folder: z.string(),
  /** Whether a registry value names the folder, or it is the documented default. */
  from: z.enum(['registry', 'default']),
  files: z.list(z.object({ name: z.string(), there: z.boolean() })),
});
export type RoleLogs = z.Of<typeof roleLogs>;

/** What asks Windows for something. */
export const windowsPart = z.enum([
  'registry',
  'code-pages',
  'hosts-file',
  'resolver',
  'name-policy',
  'suffixes',
  'dns-servers',
  'winhttp',
  'wininet',
  'proxy-policy',
  'certificate-stores',
  'role-logs',
  'netsh',
  'account',
  'disallowed-list',
  'event-log',
]);
export type WindowsPart = z.Of<typeof windowsPart>;

/** What only Windows has. */
export const windowsFacts = z.object({
  /** The account that this process runs as, by its security identifier; `unknown` where Windows did not tell. */
  account: z.enum(['local-system', 'local-service', 'network-service', 'other', 'unknown']),
  roleLogs,
  /** What asks Windows, and how far it was proven: `wine` ran under Wine, `published` reads output as published, `constructed` output as documents describe it. */
  parts: z.list(z.object({ id: windowsPart, proof: z.enum(['wine', 'published', 'constructed']) })),
});
export type WindowsFacts = z.Of<typeof windowsFacts>;
