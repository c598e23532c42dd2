// Preloaded by the timeline benchmark (node --require): what happens when, in milliseconds since the process started.
const dgram = require('node:dgram');
const files = require('node:fs/promises');
const { writeFileSync } = require('node:fs');
const { Socket } = require('node:net');

const marks = {};
const now = () => performance.now();

/** Calls `seen` with the arguments before each call of a method. */
function watch(object, method, seen) {
  const original = object[method];
  object[method] = function watched(...args) {
    seen(...args);
    return original.apply(this, args);
  };
}

// What is read of this machine once the plan is ready.
watch(files, 'readFile', (path) => {
  if (path === '/etc/resolv.conf') marks.plan = now();
});
watch(dgram.Socket.prototype, 'send', () => {
  marks.question ??= now();
});
watch(Socket.prototype, 'connect', () => {
  marks.connection ??= now();
});
// Each connection ends when its answer has been read.
watch(Socket.prototype, '_destroy', () => {
  marks.answer = now();
});
process.on('exit', () => {
  marks.report = now();
  writeFileSync(process.env.WAYCLEAR_TIMELINE, JSON.stringify(marks));
});
marks.main = now();
