import { expect, it } from 'vitest';
import { holdFormat } from './formats.ts';

it.each([
  ['html', '<p><img src=x onerror=alert(1)></p>'],
  ['junit', '<?xml version="1.0"?>\n<testsuites><script/></testsuites>'],
  ['github', '::error title=a::b\n::set-output name=x::y\n'],
  ['azure', 'wayclear: a ##vso[task.setvariable variable=x]y\n'],
  ['csv', 'a,=1+1\r\n'],
  ['markdown', 'a <img src=x> b'],
  ['markdown', 'a [b](https://example.com/)'],
  ['nagios', 'WAYCLEAR OK - a | b=1 | c\n'],
  ['tap', 'TAP version 14\n1..1\nok 1 - a\nBail out!\n'],
  ['prometheus', 'wayclear_a{b="c"} 1\nother 1\n'],
  ['cmtrace', '<![LOG[a]LOG]!><time="1" date="2" component="c" context="" type="1" thread="1" file="other">\r\n'],
  ['table', '\u001b[31m'],
  ['table', `comes from ${Object}`],
])('a text of %s that is more than text is told: %j', (format, text) => {
  expect(() => holdFormat(format, text)).toThrow(format);
});
