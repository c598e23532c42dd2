/** What people, environment, operating system and PAC files say, as text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { harmless } from '../../src/harmless.ts';
import { linearPattern } from '../../src/linear-pattern.ts';
import { readAddress } from '../../src/plan/ad-hoc.ts';
import { readTargetLines } from '../../src/plan/target-lines.ts';
import { parseHosts } from '../../src/probe/dns/hosts-file.ts';
import { systemScope } from '../../src/probe/dns/system-resolver.ts';
import { hopOf } from '../../src/probe/redirect.ts';
import { evaluateBypass, intendedBypass, lintBypass } from '../../src/proxy/no-proxy.ts';
import { pacEvaluation } from '../../src/proxy/pac/candidates.ts';
import { createPacEvaluator } from '../../src/proxy/pac/evaluate.ts';
import { readProxyUrl } from '../../src/proxy/proxy-url.ts';
import type { BypassDialect } from '../../src/proxy/setting.ts';
import { parseGnomeProxy } from '../../src/proxy/settings/gnome.ts';
import { parseScutilProxy } from '../../src/proxy/settings/macos.ts';
import { readEnvironmentSetting } from '../../src/proxy/settings/variables.ts';
import { parseConnectionSettings } from '../../src/proxy/settings/windows-parts.ts';
import { parseNetshAdvancedProxy, parseNetshProxy } from '../../src/proxy/settings/winhttp.ts';
import { parseInternetSettings } from '../../src/proxy/settings/wininet.ts';
import { wpadUrls } from '../../src/routes/pac-files.ts';
import { parseRegistryCertificates } from '../../src/trust/stores/windows-store.ts';
import { UsageError } from '../../src/usage-error.ts';
import { parseWhoami } from '../../src/windows/account.ts';
import { decodeOutput } from '../../src/windows/code-pages.ts';
import { parseDnsClient } from '../../src/windows/dns-client.ts';
import { numberOf, valuesOf } from '../../src/windows/registry.ts';
import type { FuzzClass } from './attack.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const texts = (...lines: readonly string[]): readonly Buffer[] => lines.map((line) => Buffer.from(line));
const filesOf = (pattern: RegExp, folder = join(fixtures, 'proxy')): readonly Buffer[] =>
  readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => readFileSync(join(folder, name)));

/** What reaches a person holds nothing that a terminal obeys. */
function plain(text: string): string {
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text))
    throw new Error(`control characters: ${text.slice(0, 80)}`);
  return text;
}

const dialects: readonly BypassDialect[] = ['environment', 'windows', 'macos', 'gnome'];

const bypass: FuzzClass = {
  name: 'bypass-lists',
  rounds: 400,
  // Each input is read 36 times.
  mostMs: 1000,
  samples: texts(
    'localhost,127.0.0.1,.contoso.com,*.example.com,10.0.0.0/8,[::1]:443,fd00::/8,host:8080',
    '<local>;*.contoso.com;192.168.*;http://intranet',
    "['localhost', '127.0.0.0/8', '::1']",
    '*',
    '"a.example, b.example" c.example|d.example',
  ),
  feed: (input) => {
    const text = input.toString();
    return dialects.map((dialect) => {
      const targets = ['www.contoso.com', '10.1.2.3', '::1', 'intranet'].map((host) => ({ host, port: 443 }));
      for (const { entry } of targets.map((target) => evaluateBypass({ text, dialect }, target))) plain(entry ?? '');
      for (const target of targets) plain(intendedBypass({ text }, target) ?? '');
      const mistakes = lintBypass({ text, dialect, name: 'NO_PROXY' });
      for (const { entry } of mistakes) plain(entry);
      if (mistakes.length > 101) throw new Error(`${mistakes.length} mistakes`);
      return mistakes.length;
    });
  },
};

const password = 'Wint3r-Secret';

const proxyUrls: FuzzClass = {
  name: 'proxy-urls',
  rounds: 1000,
  secrets: [password],
  samples: texts(
    `http://alice:${password}@proxy.example:8080`,
    `https://CONTOSO\\alice:${password}@[2001:db8::1]:3128/`,
    `socks5h://alice%40contoso.com:${password}@10.0.0.1`,
    'proxy01:8080',
    'http=a:80;https=b:443',
  ),
  feed: (input) => {
    const read = readProxyUrl(input.toString(), 'HTTPS_PROXY');
    if ('problem' in read) {
      const { message, hint } = UsageError.of(read.problem);
      return { problem: plain(message), hint };
    }
    const { proxy, credentials, mistakes } = read;
    if (!/^[a-z0-9_.:-]+$/.test(proxy.host) || proxy.port < 1 || proxy.port > 65_535) throw new Error('no place');
    return { credentials, mistakes };
  },
};

const environments: FuzzClass = {
  name: 'environment',
  rounds: 400,
  samples: texts('http://proxy:8080', 'socks5://a@b:1', 'pac+http://wpad/wpad.dat', ''),
  feed: (input) => {
    const text = input.toString();
    const names = ['HTTPS_PROXY', 'http_proxy', 'ALL_PROXY', 'NO_PROXY', 'REQUEST_METHOD'];
    return readEnvironmentSetting(Object.fromEntries(names.map((name) => [name, text])));
  },
};

const systemSettings: FuzzClass = {
  name: 'system-settings',
  rounds: 500,
  samples: filesOf(/\.txt$/),
  feed: (input) => {
    const text = input.toString();
    const blob = /REG_BINARY\s+([0-9A-F]*)/i.exec(text)?.[1] ?? input.toString('hex');
    return [
      parseNetshProxy(text),
      parseNetshAdvancedProxy(text),
      parseInternetSettings(text, 'wininet-user'),
      parseConnectionSettings(blob),
      parseScutilProxy(text),
      parseGnomeProxy(text),
    ].filter((setting) => setting !== null).length;
  },
};

const registry: FuzzClass = {
  name: 'registry-output',
  rounds: 200,
  samples: [...filesOf(/^windows-/, fixtures), ...filesOf(/^reg-/, join(fixtures, 'windows'))].map((file) =>
    file.subarray(0, 6000),
  ),
  feed: (input) => {
    const text = input.toString();
    const client = parseDnsClient({ machine: text, machine6: text, policy: text, local: text });
    return [
      parseRegistryCertificates(text).length,
      numberOf(valuesOf(text), 'disablerootautoupdate'),
      client.naming.rules.length,
      parseWhoami(text),
      [437, 850, 932, 1250, 9999].map((page) => decodeOutput(input, page).length),
    ];
  },
};

const machineFiles: FuzzClass = {
  name: 'hosts-and-resolver-files',
  rounds: 400,
  samples: texts(
    '127.0.0.1 localhost\n::1 ip6-localhost # comment\n10.0.0.5\tfiles.contoso.com files\n0.0.0.0 ads.example\r\n',
    'hosts: files mdns4_minimal [NOTFOUND=return] dns\n',
    'corp.contoso.com',
  ),
  feed: (input) => {
    const text = input.toString();
    const urls = wpadUrls(text);
    if (urls.length > 5) throw new Error('too many places');
    return [parseHosts(text).size, systemScope('linux', text), urls.length];
  },
};

const redirects: FuzzClass = {
  name: 'redirects',
  rounds: 1000,
  samples: texts('https://www.example.com:8443/a?b#c', '//other.example/', '/path', '?q', 'http://[2001:db8::1]/'),
  feed: (input) => {
    const hop = hopOf(input.toString(), 'https://start.example/here');
    if (hop !== null && (hop.port < 0 || hop.port > 65_535 || hop.host === '' || hop.host.length > 253))
      throw new Error(`no place: ${hop.host}`);
    return hop;
  },
};

const pacAnswers: FuzzClass = {
  name: 'pac-answers',
  rounds: 1000,
  samples: texts(
    'PROXY proxy-a.example:8080; SOCKS5 socks.example:1080; DIRECT',
    'HTTPS [2001:db8::1]:443;PROXY user:password@host:1',
    'direct',
  ),
  feed: (input) => {
    const { answer, candidates, problem } = pacEvaluation(input.toString());
    plain(answer);
    if (candidates.length > 16) throw new Error('more than 16 ways');
    return problem === null ? candidates : null;
  },
};

const pacScripts: FuzzClass = {
  name: 'pac-scripts',
  rounds: 6,
  mostMs: 20_000,
  samples: texts(
    "function FindProxyForURL(url, host) { if (shExpMatch(host, '*.a.example')) return 'PROXY p:1'; return 'DIRECT'; }",
    "function FindProxyForURL(url, host) { return isInNet(myIpAddress(), '10.0.0.0', '255.0.0.0') ? 'DIRECT' : 'SOCKS s:1' }",
    "var a = [1,2]; function FindProxyForURL(u, h) { return dnsResolve(h) + weekdayRange('MON', 'FRI') + timeRange(9, 12) }",
  ),
  feed: async (input) => {
    const dns = async () => ['198.51.100.7'];
    const settings = { deadlineMs: 3000, dns, myIps: ['10.1.2.3'], clock: systemClock };
    const evaluator = createPacEvaluator(input.toString(), settings);
    try {
      const { answer, problem, detail } = await evaluator.evaluate('https://w.a.example/', 'w.a.example');
      plain(answer + (detail ?? ''));
      return problem === null ? answer : null;
    } finally {
      await evaluator.close();
    }
  },
};

const targetLists: FuzzClass = {
  name: 'target-lists',
  rounds: 400,
  // 32,000 bad lines, each told.
  mostMs: 1000,
  refuses: true,
  samples: texts(
    'https://www.contoso.com/path\nwww.example.com:8443 # comment\n*.example.com\n10.0.0.0/8\n',
    'FQDN,Port,Protocol\nlogin.example.com,"80, 443",TCP\n*.example.net;443;udp\n',
    'Host\tPort\n[2001:db8::1]\t443-445\n',
  ),
  feed: (input) => {
    const text = input.toString();
    const address = readAddress(text, ['tenant-attach']);
    if ('problem' in address) plain(UsageError.of(address.problem).message);
    return readTargetLines(text.split(/\r\n|\r|\n/), ['tenant-attach']).length;
  },
};

const patterns: FuzzClass = {
  name: 'header-patterns',
  rounds: 500,
  samples: texts('^(a+)+$', '[^a-z\\d]{2,5}(?:x|y)*\\s', 'a{0,1000}', '((((a))))|b?', '.*.*.*=.*'),
  feed: (input) => {
    const test = linearPattern(input.toString());
    return test === null ? null : [test(`${'a'.repeat(60)}!`), test(input.toString().slice(0, 200))];
  },
};

const shownTexts: FuzzClass = {
  name: 'texts-to-show',
  rounds: 1000,
  samples: texts('Example \u202e name', 'a\u0301\u0301\u0301', '\ud83d\ude00 x \u001b[31m', '<b>&amp;</b>\r\n'),
  feed: (input) => {
    const text = input.toString();
    if (plain(harmless(text, 300)).length > 400) throw new Error('longer than asked for');
    return plain(harmless(input.toString('latin1'), 1000)).length;
  },
};

export const textClasses: readonly FuzzClass[] = [
  ...[bypass, proxyUrls, environments, systemSettings, registry, machineFiles, redirects, pacAnswers, pacScripts],
  ...[targetLists, patterns, shownTexts],
];
