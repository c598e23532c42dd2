import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { parseArguments } from '../../src/cli/arguments.ts';
import { loadReporter } from '../../src/report/registry.ts';
import { recorded } from '../report/recorded.ts';
import { commandLines, copiedFiles, root, shellWords } from './command-lines.ts';

/** What is deployed, as text: test/real/deploy.test.ts runs what can run on Linux. */
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const files = copiedFiles().filter((file) => file === 'action.yml' || file.startsWith('deploy/'));
const powershell = files.filter((file) => file.endsWith('.ps1'));
const manifests = files.filter((file) => file.startsWith('deploy/kubernetes/'));

/** Whether the words are a command line of the program. */
async function isTaken(words: readonly string[]): Promise<boolean> {
  return (await parseArguments(words, 'en')).kind === 'run';
}

describe('a file to deploy', () => {
  // The role's own files are parts of the playbook.
  it.each(files.filter((file) => !/\/roles\/|\.timer$/.test(file)))(
    '%s says at its head what is proven and what is not',
    (file) => {
      const head = text(file)
        .split('\n')
        .slice(0, 30)
        .join('\n')
        .replace(/\n[#/\s]*/g, ' ');
      expect(head).toMatch(/Proven by tests: /);
      expect(head).toMatch(/Not (proven|run): /);
    },
  );

  it.each(files.filter((file) => file.endsWith('.yml') || file.endsWith('.yaml')))(
    '%s is YAML without a warning',
    (file) => {
      const { errors, warnings } = parseDocument(text(file));
      expect([...errors, ...warnings]).toEqual([]);
    },
  );
});

/** The package under its bare name, which a registry would be asked for. */
const askedByName = /\b(?:npx|npm (?:i|install|add|exec))(?: -\S+)* wayclear(?:@\S+)?(?=[\s`"'):]|$)/;

describe('what people copy', () => {
  it.each(copiedFiles())('%s gives no registry the name of the package, which nobody has put there', (file) => {
    expect(
      text(file)
        .split('\n')
        .filter((line) => askedByName.test(line)),
    ).toEqual([]);
  });

  it.each(['npx wayclear --json', 'npx --yes wayclear', 'npm install wayclear`', 'npm i -g wayclear@1'])(
    '%s would',
    (line) => {
      expect(line).toMatch(askedByName);
    },
  );
});

describe('a command line that Local System may run', () => {
  const lines = commandLines()
    .filter(({ file }) => /windows|remote|\.ps1|\.xml/.test(file))
    .filter(({ line, words }) => words.length > 0 && /[A-Z]:[\\/]/.test(line));

  it('runs and writes nothing in a folder where every user may put files', () => {
    expect(lines.length).toBeGreaterThan(4);
    const places = lines.flatMap(({ line }) => line.match(/[A-Z]:[\\/][\w~ ]+/g) ?? []);
    expect(places.filter((place) => !/^C:[\\/](?:Program Files|PROGRA~1|ProgramData)$/.test(place))).toEqual([]);
  });

  it('is there for the executable, and one that goes to the console says something there', () => {
    const scripts = lines.filter(({ line }) => line.startsWith('& '));
    expect(scripts.every(({ line }) => line.includes('wayclear.exe'))).toBe(true);
    expect(scripts.filter(({ words }) => !words.includes('summary'))).toEqual([]);
    expect(lines.some(({ line }) => line.includes('schtasks') && line.includes('wayclear.exe'))).toBe(true);
  });
});

describe('action.yml', () => {
  const action = parse(text('action.yml')) as {
    readonly inputs: Readonly<Record<string, { readonly description: string }>>;
    readonly runs: {
      readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
    };
  };

  it('puts nothing that a workflow says into a shell line, but into its environment', () => {
    const lines = action.runs.steps.flatMap(({ run }) => run ?? []);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.filter((line) => line.includes('${{'))).toEqual([]);
  });

  it('uses every input that it offers', () => {
    const whole = text('action.yml');
    for (const name of Object.keys(action.inputs)) expect(whole).toMatch(new RegExp(`\\binputs\\.${name}\\b`));
  });
});

describe('a manifest of Kubernetes', () => {
  interface PodSpec {
    readonly automountServiceAccountToken: boolean;
    readonly securityContext: { readonly runAsNonRoot: boolean; readonly seccompProfile: object };
    readonly containers: readonly { readonly args: readonly string[]; readonly securityContext: object }[];
  }
  const podOf = (file: string): PodSpec => {
    const { spec } = parse(text(file)) as { readonly spec: { readonly jobTemplate?: { readonly spec: object } } };
    return ((spec.jobTemplate?.spec ?? spec) as { readonly template: { readonly spec: PodSpec } }).template.spec;
  };

  it.each(manifests)('%s has arguments that the program takes, and ends before the job does', async (file) => {
    const [{ args } = { args: [] }] = podOf(file).containers;
    expect(await isTaken(args)).toBe(true);
    expect(args).toContain('--deadline');
    expect(text(file)).toMatch(/^ *activeDeadlineSeconds: 300$/m);
  });

  it.each(manifests)('%s fits the restricted standard', (file) => {
    const { automountServiceAccountToken, securityContext, containers } = podOf(file);
    expect(automountServiceAccountToken).toBe(false);
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    for (const container of containers) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });
});

describe('the scheduled task', () => {
  const task = text('deploy/scheduled-task.xml');

  it('is Local System, and has a command line that the program takes', async () => {
    expect(task).toContain('<UserId>S-1-5-18</UserId>');
    const [, args = ''] = /<Arguments>(.*)<\/Arguments>/.exec(task) ?? [];
    expect(await isTaken(shellWords(args))).toBe(true);
  });

  it('is ASCII, which no encoding of an editor changes', () => {
    expect(task).toMatch(/^[\t\n\x20-\x7e]*$/);
  });
});

describe('the systemd service', () => {
  it('has a command line that the program takes, and ends before the unit is stopped', async () => {
    const service = text('deploy/systemd/wayclear.service');
    const [, line = ''] = /^ExecStart=\S+ (.*)$/m.exec(service) ?? [];
    expect(await isTaken(shellWords(line))).toBe(true);
    expect(service).toMatch(/^TimeoutStartSec=5min$/m);
  });

  it('names documentation that lies where its own line of npm puts the package', () => {
    const service = text('deploy/systemd/wayclear.service');
    const [, prefix = ''] = /npm install --global --prefix (\S+) /.exec(service) ?? [];
    const [, file = ''] = /^Documentation=file:\/\/(.*)$/m.exec(service) ?? [];
    const below = `${prefix}/lib/node_modules/wayclear/`;
    expect(file.startsWith(below)).toBe(true);
    const { files } = JSON.parse(text('package.json')) as { readonly files: readonly string[] };
    expect(files).toContain(file.slice(below.length));
    expect(new Set(files).size).toBe(files.length);
  });
});

/** A script without remarks and texts: what is left is its grammar. */
function bare(script: string): string {
  return script
    .replace(/<#.*?#>/gs, '')
    .replace(/'[^'\n]*'/g, "''")
    .replace(/"(?:[^"\n`]|`.)*"/g, '""')
    .replace(/#.*$/gm, '');
}

describe('a PowerShell script', () => {
  it.each(powershell)('%s is ASCII, which every code page reads alike', (file) => {
    expect(text(file)).toMatch(/^[\t\n\x20-\x7e]*$/);
  });

  it.each(powershell)('%s closes what it opens', (file) => {
    const open: string[] = [];
    const pairs: Readonly<Record<string, string>> = { ')': '(', '}': '{', ']': '[' };
    for (const sign of bare(text(file)).replace(/[^()[\]{}'"]/g, '')) {
      if ('([{'.includes(sign)) open.push(sign);
      else if (sign in pairs) expect(open.pop()).toBe(pairs[sign]);
    }
    expect(open).toEqual([]);
    expect(bare(text(file)).replace(/''|""/g, '')).not.toMatch(/['"]/);
  });

  it.each(powershell)('%s has nothing that Windows PowerShell 5.1 lacks, and no alias', (file) => {
    const script = bare(text(file));
    expect(script).not.toMatch(/\?\?|\?\.|&&|\|\||-Parallel|\s\?\s/);
    expect(script).not.toMatch(/(?:^|[|;{]\s*)(?:echo|cd|%|\?|select|where|foreach|gci|ls|cat|md|mkdir)\s+[^(]/im);
  });

  it.each(powershell)('%s calls the program as it can be called', async (file) => {
    const calls = [...text(file).matchAll(/& \$program (.*)$/gm)].map(([, line = '']) => shellWords(line));
    expect(calls.length).toBe(1);
    for (const words of calls) expect(await isTaken(words.filter((word) => word !== '@words'))).toBe(true);
  });

  it('reads fields that the summary has', async () => {
    const line = (await loadReporter('summary'))(recorded['dns-dead'](), {
      lang: 'en',
      width: 100,
      colour: false,
      verbose: false,
    });
    expect(Buffer.byteLength(line)).toBeLessThan(4000);
    const summary = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const script = text('deploy/configmgr/compliance-discovery.ps1');
    const fields = [...script.matchAll(/\$summary\.(\w+)(?:\.(\w+))?/g)];
    expect(fields.length).toBeGreaterThan(3);
    for (const [, outer = '', inner] of fields) {
      expect(summary).toHaveProperty(inner === undefined ? outer : [outer, inner]);
    }
    expect((summary['rootCauses'] as readonly object[])[0]).toHaveProperty('cause');
  });
});
