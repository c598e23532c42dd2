import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseM365 } from '../../src/catalog/m365.ts';
import { parseCatalogText } from '../../src/catalog/parse.ts';
import { UsageError } from '../../src/usage-error.ts';

const text = readFileSync(join(import.meta.dirname, '..', 'fixtures', 'm365-worldwide.json'), 'utf8');
const features = parseCatalogText(text, 'saved.json');
const set = { id: 1, serviceArea: 'Exchange', urls: ['a.example.com'], tcpPorts: '443', required: true };

describe('a saved list of the Microsoft 365 endpoint web service', () => {
  it('becomes one feature a service area', () => {
    expect(
      features.map(({ feature, title, default: own, roles, clouds }) => [feature, title, own, roles, clouds]),
    ).toEqual([
      [
        'm365-common',
        'Microsoft 365: Microsoft 365 Common and Office Online',
        false,
        ['microsoft-365-client'],
        ['public'],
      ],
      ['m365-exchange', 'Microsoft 365: Exchange Online', false, ['microsoft-365-client'], ['public']],
      [
        'm365-skype',
        'Microsoft 365: Skype for Business Online and Microsoft Teams',
        false,
        ['microsoft-365-client'],
        ['public'],
      ],
    ]);
  });

  it('gives each URL its ports, importance and probes; wildcards and udp have none', () => {
    const rows = features.flatMap(({ feature, endpoints }) =>
      endpoints.map((one) => [
        `${feature}/${one.id}`,
        one.protocol,
        one.ports.join(),
        one.importance,
        one.probes.map((probe) => probe.url).join(' '),
      ]),
    );
    expect(rows).toEqual([
      ['m365-common/125-starcdn.onenote.net', 'tcp', '80', 'critical', ''],
      ['m365-common/125-ocsp.digicert.com', 'tcp', '80', 'critical', 'http://ocsp.digicert.com/'],
      ['m365-exchange/1-outlook.cloud.microsoft', 'tcp', '80,443', 'critical', 'https://outlook.cloud.microsoft/'],
      ['m365-exchange/1-outlook.cloud.microsoft-udp', 'udp', '443', 'critical', ''],
      ['m365-exchange/1-outlook.office.com', 'tcp', '80,443', 'critical', 'https://outlook.office.com/'],
      ['m365-exchange/1-outlook.office.com-udp', 'udp', '443', 'critical', ''],
      ['m365-exchange/1-outlook.office365.com', 'tcp', '80,443', 'critical', 'https://outlook.office365.com/'],
      ['m365-exchange/1-outlook.office365.com-udp', 'udp', '443', 'critical', ''],
      ['m365-exchange/8-star.outlook.com', 'tcp', '80,443', 'critical', ''],
      ['m365-exchange/8-autodiscover.star.onmicrosoft.com', 'tcp', '80,443', 'critical', ''],
      [
        'm365-exchange/2-smtp.office365.com',
        'tcp',
        '587,993',
        'non-critical',
        'tcp://smtp.office365.com:587 tcp://smtp.office365.com:993',
      ],
      ['m365-skype/12-star.lync.com', 'tcp', '443,50000,59999', 'critical', ''],
      ['m365-skype/12-star.lync.com-udp', 'udp', '3478,3479,3480,3481', 'critical', ''],
      ['m365-skype/12-teams.microsoft.com', 'tcp', '443,50000,59999', 'critical', 'https://teams.microsoft.com/'],
      ['m365-skype/12-teams.microsoft.com-udp', 'udp', '3478,3479,3480,3481', 'critical', ''],
    ]);
    const smtp = features[1]?.endpoints.find((one) => one.id === '2-smtp.office365.com');
    expect(smtp?.requirement).toBe('Allow, optional');
    expect(smtp?.notes).toBe('POP3, IMAP4, SMTP Client traffic');
    expect(smtp?.source?.document).toBe('Microsoft 365 endpoint web service');
  });

  it.each([
    ['a set without service area', [{ ...set, serviceArea: undefined }], '/0/serviceArea: expected a service area'],
    ['a service area of markup', [{ ...set, serviceArea: '<b>' }], '/0/serviceArea: expected a service area'],
    ['a set number in words', [{ ...set, id: 'one' }], '/0/id: expected a set number, got "one"'],
    ['urls as text', [{ ...set, urls: 'a' }], '/0/urls: expected a list of host names, got "a"'],
    [
      'a URL where a name belongs',
      [set, { ...set, urls: ['https://a/'] }],
      '/1/urls/0: expected a host name or *.wildcard',
    ],
    ['a template', [{ ...set, urls: ['{a}.example.com'] }], '/0/urls/0: expected a host name or *.wildcard'],
    ['ports as number', [{ ...set, tcpPorts: 443 }], '/0/tcpPorts: expected ports such as "80,443", got 443'],
    ['a port too large', [{ ...set, tcpPorts: '80,70000' }], '/0/tcpPorts: expected ports from 1 to 65535'],
    ['a range backwards', [{ ...set, udpPorts: '90-80' }], '/0/udpPorts: expected ports from 1 to 65535'],
    ['required as text', [{ ...set, required: 'yes' }], '/0/required: expected true or false, got "yes"'],
    ['something else', [7], '/0: expected an endpoint set with id, serviceArea and urls, got 7'],
    ['too many sets', Array.from({ length: 5001 }, () => set), 'the file: expected at most 5000 endpoint sets'],
    [
      'too many URLs',
      [{ ...set, urls: Array.from({ length: 20_001 }, (_, index) => `h${index}.example.com`) }],
      'the file: expected at most 20000 URLs',
    ],
  ])('%s is refused', (_name, sets, message) => {
    expect(() => parseM365(sets, 'saved.json')).toThrow(UsageError);
    expect(() => parseM365(sets, 'saved.json')).toThrow(`catalog saved.json: ${message}`);
  });

  it('takes the cloud of the instance', () => {
    expect(parseM365([set], 'm365:china', 'china')[0]?.endpoints[0]?.clouds).toEqual(['china']);
  });
});
