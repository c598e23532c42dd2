/** A real syslog server (rsyslogd) on loopback, by UDP, TCP and TLS; what each took is in a file of its own. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type Part, startPart } from './parts.ts';

export const rsyslogPrograms = { rsyslogd: 'rsyslog rsyslog-gnutls' } as const;

export const syslogWays = ['udp', 'tcp', 'tls'] as const;
export type SyslogWay = (typeof syslogWays)[number];

/** A message as the server read it. */
export interface Logged {
  readonly [part: string]: string;
}

export interface Rsyslog extends Part {
  readonly ports: Readonly<Record<SyslogWay, number>>;
  logged(way: SyslogWay): readonly Logged[];
}

const parts = {
  ...{ priority: 'pri', version: 'protocol-version', time: 'timereported:::date-rfc3339', host: 'hostname' },
  ...{ app: 'app-name', process: 'procid', kind: 'msgid', data: 'structured-data', text: 'msg' },
};
const separator = '#!#';

export async function startRsyslog(
  folder: string,
  certificate: { readonly chainPem: string; readonly keyPem: string },
  rootPem: string,
): Promise<Rsyslog> {
  const ports = { udp: await freePort(), tcp: await freePort(), tls: await freePort() };
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const template = Object.values(parts)
    .map((name) => `%${name}%`)
    .join(separator);
  const config = file(
    'rsyslog.conf',
    `global(workDirectory="${folder}" maxMessageSize="64k"
  defaultNetstreamDriverCAFile="${file('rsyslog-root.pem', rootPem)}"
  defaultNetstreamDriverCertFile="${file('rsyslog-certificate.pem', certificate.chainPem)}"
  defaultNetstreamDriverKeyFile="${file('rsyslog-key.pem', certificate.keyPem)}")
template(name="parts" type="string" string="${template}\\n")
module(load="imudp")
module(load="imtcp")
${syslogWays.map((way) => `ruleset(name="${way}") { action(type="omfile" file="${folder}/${way}.log" template="parts") }`).join('\n')}
input(type="imudp" address="127.0.0.1" port="${ports.udp}" ruleset="udp")
input(type="imtcp" address="127.0.0.1" port="${ports.tcp}" ruleset="tcp")
input(type="imtcp" address="127.0.0.1" port="${ports.tls}" ruleset="tls"
  streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon")
`,
  );
  const part = await startPart(['rsyslogd', '-n', '-f', config, '-i', join(folder, 'rsyslog.pid')], ports.tls);
  return {
    ...part,
    ports,
    logged(way) {
      const path = join(folder, `${way}.log`);
      const lines = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
      return lines.map((line) => {
        const values = line.split(separator);
        return Object.fromEntries(Object.keys(parts).map((name, index) => [name, values[index] ?? '']));
      });
    },
  };
}
