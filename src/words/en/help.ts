/** English words of the help. */
export const help = {
  /** In front of a command line. */
  usage: 'Usage:',
  /** What the program is for. */
  purpose: 'Says which required endpoints this machine can not use, why, and exactly what to ask for.',
  /** Headings, with a colon. */
  headings: {
    commands: 'Commands:',
    words: 'Positionals:',
    examples: 'Examples:',
    scope: 'Scope:',
    route: 'Route:',
    trust: 'Names and trust:',
    limits: 'Limits:',
    carry: 'Carrying:',
    store: 'Watch and store:',
    send: 'Sending:',
    collect: 'Collecting:',
    output: 'Output:',
    other: 'Other:',
  },
  commands: {
    check: {
      describe: 'Probes the endpoints and says which ones this machine can use, and why not.',
      words: {
        what: 'Feature ids, URLs or host[:port]; none means the current features of the service connection point.',
      },
      examples: [
        'Checks the default features.',
        'Checks one feature.',
        'Checks what you name.',
        'Shows a table and keeps the whole report.',
      ],
    },
    list: {
      describe: 'Shows the catalog: features, endpoints, importance and source documents.',
      words: { feature: 'Feature ids; none means all.' },
      examples: ['Shows the endpoints of one feature.'],
    },
    plan: {
      describe: 'Shows the exact probes that check would send. No packet leaves.',
      words: { what: 'As for check.' },
      examples: ['Shows what becomes testable with a parameter.'],
    },
    allowlist: {
      describe:
        'Writes rules for firewalls and proxies: what the documents ask for, or exactly what failed in a report.',
      words: { what: 'As for check.' },
      examples: [
        'Shows what one feature needs. No packet leaves.',
        'Writes rules that squid includes.',
        'Lists exactly what failed in a run.',
      ],
    },
    explain: {
      describe:
        'Explains a cause: what it means, what it rests on, what to do; or a documented code, a feature, a host.',
      words: {
        what: 'The id of a cause or its first word (tls), a status code (407), a message id (11412), a feature or a host of the catalog; none means the table of causes.',
      },
      examples: ['Explains one cause.'],
    },
    diagnose: {
      describe:
        'Judges a saved JSON report again from its observations; of several, says what explains all of them. No packet leaves.',
      words: {
        report: 'A file written by --format json, or "-" for standard input; with --store none.',
        more: 'Reports of other machines, or earlier ones: then the answer is about all of them.',
      },
      examples: [
        'Shows a saved report with every detail.',
        'Says of many machines what they have in common.',
        'Shows a look of that time in any format.',
      ],
    },
    diff: {
      describe: 'Compares two saved JSON reports. The exit code is 1 if anything got worse.',
      words: {
        old: 'The earlier report; with --store a MACHINE, MACHINE@TIME or @TIME.',
        new: 'The later report, written likewise.',
      },
      examples: [
        'Shows what a change in the network did.',
        'Says what fails on the new server only, by their looks in a store.',
      ],
    },
    watch: {
      describe: 'Looks again and again, keeps what it saw, and tells what changed.',
      words: { what: 'As for check.' },
      examples: [
        'Looks once a day, and at once where the last look is longer ago.',
        'Looks four times an hour; on Saturday nights notices wait.',
        'Looks once, for a scheduler of the operating system.',
        'Prints the files for one.',
      ],
    },
    history: {
      describe: 'Shows what was recorded: features day by day, targets look by look.',
      words: { what: 'Feature ids, hosts or target ids; none means all features.' },
      examples: ['Shows the targets of one feature.'],
    },
    incidents: {
      describe: 'Shows what is open and what is over: causes with their targets, evidence and times.',
      words: { what: 'Causes, hosts or target ids; none means all.' },
      examples: ['Shows them with evidence and remedies.'],
    },
    store: {
      describe: 'Checks a store, or copies one into another that is empty.',
      words: {
        action: '"check" or "copy".',
        from: 'The store; none means that of this account.',
        to: 'The store to copy into.',
      },
      examples: ['Says whether it is sound.', 'Moves a file into PostgreSQL.'],
    },
    doctor: {
      describe: 'Shows what this machine uses: proxy, resolvers, address families, trust stores, clock, runtime.',
      words: {},
      examples: ['Shows it. No packet leaves.'],
    },
    demo: {
      describe: 'Checks and explains healthy and broken servers on this machine. No internet, no root needed.',
      words: {},
      examples: ['Runs the demonstration with every detail.'],
    },
    'carry key': {
      describe: 'Shows the key of this machine, and makes it where there is none.',
      words: {},
      examples: ['Shows the fingerprint that is compared on another machine.'],
    },
    'carry prepare': {
      describe: 'Writes the check into a file for a connected machine. No packet leaves.',
      words: { what: 'As for check.' },
      examples: ['Writes the default check.', 'Leaves names of the inside out.'],
    },
    'carry show': {
      describe: 'Shows what every line of a carried file says.',
      words: { file: 'A request or a result, or "-" for standard input.' },
      examples: ['Shows a file before it leaves.'],
    },
    'carry connect': {
      describe: 'Runs the check of a carried file on a connected machine, and writes what came of it.',
      words: { file: 'A request, or "-" for standard input.' },
      examples: ['Measures what the request asks for.'],
    },
    'carry import': {
      describe: 'Checks a result, judges it against the trust stores of this machine, and reports as check does.',
      words: { file: 'A result, or "-" for standard input.' },
      examples: ['Judges a result whose fingerprint was compared.'],
    },
    'collect token': {
      describe: 'Makes a token that lets one machine send to a collector, for a week.',
      words: {},
      examples: ['Prints it; give it to the machine in a file.'],
    },
    'collect tokens': {
      describe: 'Lists the tokens: who made them and when, which machine each let in, until when the others are good.',
      words: {},
      examples: ['Shows which tokens still let a machine in.'],
    },
    'collect withdraw': {
      describe: 'Ends a token that let nobody in yet.',
      words: { token: 'The name of the token, as collect tokens lists it.' },
      examples: ['Withdraws a token that got lost.'],
    },
    'collect machines': {
      describe: 'Lists the machines that send to a collector: who waits, who is let in, who is shut out.',
      words: {},
      examples: ['Shows who waits to be let in.'],
    },
    'collect audit': {
      describe: 'Lists who was let in and shut out, by whom and when, and the tokens that were made.',
      words: {},
      examples: ['Shows the last entries first.'],
    },
    'collect admit': {
      describe: 'Lets a machine in that waits, or that was shut out.',
      words: { fingerprint: 'The fingerprint of its key, as collect machines lists it.' },
      examples: ['Lets one machine in.'],
    },
    'collect revoke': {
      describe: 'Shuts a machine out.',
      words: { fingerprint: 'The fingerprint of its key, as collect machines lists it.' },
      examples: ['Shuts one machine out.'],
    },
    collect: {
      describe:
        'Receives the reports of many machines, and shows what they mean together: a page, an interface, metrics.',
      words: {},
      examples: [
        'Serves this machine alone.',
        'Serves others over TLS, with a store that several collectors share.',
        'Tells an Alertmanager on this machine what is wrong in the fleet.',
      ],
    },
    schema: {
      describe:
        'Prints the JSON Schema of the report, of catalog files, of configuration files, of what is wrong over time, of messages, or of what is said of many machines.',
      words: {
        name: '"report" (the default), "catalog", "config", "incident", "history", "message", "fleet", "collector" or "ways".',
      },
      examples: ['Saves a schema for an editor.'],
    },
    completion: {
      describe: 'Prints what a shell needs to complete commands, options, features and causes.',
      words: { shell: '"bash", "zsh", "fish" or "powershell".' },
      examples: ['Prints it; its first line says where it belongs.'],
    },
    version: { describe: 'Prints the version.', words: {}, examples: [] },
  },
  /** Of `help`, which is no command with options. */
  purposeOfHelp: 'Shows help.',
  /** What the schema of the configuration says besides the options. */
  configKeys: {
    title: 'wayclear configuration file',
    description: 'Options of the command line under their names: wayclear.config.json, or what --config names.',
    schema: 'Where an editor finds this schema.',
    what: 'Feature ids, URLs or host[:port], as on the command line.',
  },
  /** Full sentences. */
  options: {
    catalog:
      'Adds a catalog file, a folder of them, or the Microsoft 365 endpoint service (m365:worldwide, or m365: and a saved file). May be given several times.',
    'no-bundled': 'Leaves out the catalog that comes with wayclear.',
    role: 'Takes the endpoints of this role, for example service-connection-point or client.',
    cloud: 'The cloud whose endpoints count.',
    'include-legacy': 'Includes endpoints of retired and superseded features.',
    only: 'Keeps the targets whose id, host or documented pattern matches this pattern (* stands for any text). May be given several times.',
    skip: 'Leaves out the targets that match this pattern. May be given several times.',
    set: 'Gives a template parameter its value, as in --set tenantId=VALUE. May be given several times.',
    targets:
      'Reads more targets from a file, or from standard input for "-": URLs, host[:port], wildcards and networks, one a line or in columns of CSV.',
    from: 'Makes the rules for exactly what failed in this JSON report ("-" for standard input), and names what another change has to mend.',
    proxy:
      'How to reach the endpoints: a proxy URL (http, https, socks4, socks4a, socks5, socks5h), pac+URL for a PAC file, env, system, direct, or auto (the environment, then the operating system, then direct).',
    'no-proxy':
      'Hosts to reach without the proxy, separated by commas; replaces NO_PROXY. A name covers its subdomains; addresses, CIDR blocks and host:port work too.',
    'proxy-auth': 'How to authenticate to the proxy.',
    'proxy-user': 'The account for the proxy, as NAME, DOMAIN\\NAME or NAME@REALM.',
    'proxy-password-file':
      'A file that holds the password for the proxy and nothing else. WAYCLEAR_PROXY_PASSWORD works too; there is no flag for the password itself, which others on this machine could read.',
    'proxy-ca': 'A PEM file with the roots that the certificate of an https proxy may use.',
    'direct-too': 'Measures the direct path as well as the one through the proxy.',
    on: 'Runs the check on another machine, ssh://[user@]host[:port], by the ssh of this one (keys and known hosts as ssh has them, no questions), and judges and shows it here. wayclear has to be there in the same version.',
    'remote-program': 'The name or the path of wayclear over there, without spaces.',
    attended:
      'Is run by another wayclear, for --on: reads its options as one line of JSON, leaves the judgement to whoever reads the records, and ends when standard input does. With --config - and --format ndjson.',
    'dns-server':
      "Asks this resolver (IP or IP:PORT, [IP]:PORT for IPv6) and not the machine's own. May be given several times.",
    'ca-file': 'Trusts the roots in this PEM file too, as the clients here would. May be given several times.',
    ipv4: 'Uses IPv4 only.',
    ipv6: 'Uses IPv6 only. Both switches together mean both families, as none does.',
    'user-agent': 'The client name of all requests, CONNECT included: some proxies admit known programs only.',
    'tls-hello':
      'The size of the first TLS message: classic fits one small packet, as Windows sends it; large holds a post-quantum key share, as newer browsers send it.',
    timeout: 'How long each stage of a probe may take: 500ms, 10s or 2m.',
    deadline: 'How long all of it may take, from the start of the program to the last word written.',
    concurrency: 'How many targets are probed at the same time. Chosen from the plan if not given.',
    repeat:
      'Looks this often at what fails or flickers, one look after the other: 2 to 100. Without it, ten times at what failed once and then worked.',
    'no-experiments':
      'Sends nothing that only explains a failure. What decides whether something fails is still asked, such as the same once more.',
    offline: 'Checks this machine only: no packet leaves it, and every target is untested.',
    mode: 'Whether this machine may send packets. Where any source says offline (a flag, WAYCLEAR_MODE, a configuration file), every command that would send some is refused, and no other source lifts that.',
    out: 'The file to write, which is to be carried.',
    redact:
      'Replaces names of the inside (of this machine and of inside hosts) by salted hashes; import puts them back.',
    trust: 'The fingerprint of a key whose results are believed from now on, as carry connect shows it.',
    'accept-catalog': 'Takes newer features of the catalog that no trusted key signed.',
    extract: 'Writes issuer certificates, revocation lists and catalog files that came along into this folder.',
    'max-age': 'How many days ago a result may have been measured: 1 to 90.',
    state:
      'The folder that keeps keys, requests and accepted catalogs. Without it: /var/lib/wayclear for root on Linux, %ProgramData%\\wayclear on Windows, ~/.local/state/wayclear otherwise.',
    store:
      'The store: a file of SQLite or postgres://USER@HOST/DATABASE. watch, history and incidents take that of this account if none is named; check then records the run.',
    machine: 'The machine that is meant, where a store knows several.',
    at: 'Takes the last look that began at that time or before, as in --at 2026-11-01T08:00:00Z.',
    every: 'How long it is from look to look: 1m at least.',
    once: 'Looks once and ends, for a scheduler of the operating system; what is in doubt is looked at next time.',
    confirm: 'How many looks have to see a failure before it is told.',
    maintenance:
      'When notices wait and come as one at the end: 22:00/8h, "sat,sun 06:00/4h Europe/Berlin" or 2026-12-24T18:00/3d. Looks go on. May be given several times.',
    keep: 'How long looks, messages and closed incidents are kept; the last message of each machine stays.',
    'keep-size':
      'How much the kept reports and messages may take; the oldest go first, and the last of each machine stays.',
    'catalog-url':
      'Compares the catalog with the one at this https address, and tells what was added, dropped or became critical there. It is not used for looking.',
    notify: 'Tells what changed on the ways that this JSON file lists: webhooks, mail, syslog, event log, commands.',
    'password-file': 'Lets those read who know the password in this file, from wherever they are.',
    'trusted-header': 'Lets those read whom a reverse proxy on this machine names in this header.',
    'cmtrace-log':
      "Adds each look to this file in the role's own format, as EndpointConnectivityCheckWorker.log; a full one is kept as .lo_.",
    print: 'Prints what this scheduler needs to run the same watch, and looks at nothing.',
    send: 'Sends the report, signed, to a collector (https://HOST), into a folder or to standard output ("-"); the next one stands in for one that is out of reach. What nobody takes waits on the disk. May be given several times.',
    'send-detail': 'What is sent: full is the whole report, summary its status, root causes and times of stages.',
    'send-token-file': 'A file with the one-time token that lets this machine in.',
    listen:
      'Where to listen, for reports (collect) or for readers of the page (watch): HOST:PORT, [IPv6]:PORT, or :PORT for this machine alone.',
    limit: 'How many messages are taken from all machines together in one window; a fifth is kept for bad news.',
    per: 'How long a window is.',
    'accept-new': 'Lets in every machine that comes, without a token or collect admit.',
    'insecure-http':
      'Serves others without TLS, where something in front of it speaks TLS, and takes an Alertmanager elsewhere by http://.',
    'tls-cert': 'A PEM file with the certificate of the collector and its chain; read again when it changes.',
    'tls-key': 'A PEM file with its key.',
    'read-token-file':
      'A file with tokens, one a line, of which who reads has to show one. Without it this machine alone may read.',
    'silent-after':
      'How long a machine may say nothing before it counts as silent, unless it said how often it reports: then that long, and two hours.',
    alertmanager:
      'Tells this Alertmanager what is wrong, one alert for each cause and what its machines share, until it is over: https://HOST:9093, or http:// on this machine or with --insecure-http; https://USER@HOST where one has to sign in. May be given several times.',
    'alertmanager-password-file':
      'A file that holds the password of that user, or without a user a bearer token, and nothing else. WAYCLEAR_ALERTMANAGER_PASSWORD works too.',
    check: 'Looks whether address, certificate, store, disk and clock are as they have to be, and does not begin.',
    format: 'Writes the result as NAME to standard output, or to a file with NAME=FILE. May be given several times.',
    output:
      'Writes to this file what would go to standard output; without --format the end of its name chooses the format.',
    json: 'The same as --format json.',
    lang: 'The language of the words.',
    'fail-on': 'What makes the exit code 1; each includes those before it.',
    'ignore-missing':
      'Leaves out of the exit code what was tested before and is not any more, as after a narrower run.',
    'exit-codes':
      'Whose exit codes: nagios gives those of a plugin (0 fine, 1 warning, 2 critical, 3 unknown), whatever --fail-on says by default.',
    quiet: 'Shows the summary line alone, and no progress.',
    verbose: 'Adds every stage, address, time, chain and check to the table.',
    anonymous: "Leaves this machine's name, account and addresses out of the report; of an address its network stays.",
    label:
      'Says something of this machine that the report keeps, as in --label site=Berlin; what machines share is found by it. May be given several times.',
    'no-color': 'Uses no colour. NO_COLOR does the same.',
    config:
      'Reads options from this JSON file, or from standard input for "-": the same names as the flags, and "what". Without it your own file is read ($XDG_CONFIG_HOME/wayclear/config.json, by default in ~/.config; %APPDATA%\\wayclear\\config.json on Windows), then wayclear.config.json in the working directory, which may name no proxy, account, file, address or trust.',
    help: 'Shows this help.',
    version: 'Shows the version.',
  },
  /** Behind the sentence of an option, with what parts the two. */
  choices: (values: readonly string[]) => ` It may be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}.`,
  /** Behind that. */
  default: (value: string) => ` Default: ${value}.`,
  /** Of the whole help and of each command's, in lines of at most 80 columns. */
  epilogue: (
    topics: readonly string[],
  ) => `Options come from flags, then the environment, then the configuration file, then
the defaults. In the environment: NO_COLOR, WAYCLEAR_PROXY_PASSWORD, and the
proxy variables (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY).

Exit codes:
  0    nothing at or above --fail-on (for diff: nothing got worse)
  1    findings at or above --fail-on (for diff: something got worse)
  2    wrong usage, catalog, configuration or output, or a fault in wayclear
  3    incomplete: the run ended early or tested nothing, and nothing makes it 1
  130  interrupted; the partial report is still written
Results go to standard output, everything else to standard error. A reader that
closes standard output early ends nothing: the exit code is as judged.

More: wayclear help TOPIC (${topics.join(', ')}).`,
};
