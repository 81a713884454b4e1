import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GUEST } from './paths';
import { renderHear } from './render-hear';
import { member } from './testing/view';

let directory: string;
let shell: ChildProcess;
const at = (name: string): string => join(directory, name);

/** What the kernel lists of a director with these members, as `address in hexadecimal digits` and `weight`. */
const directs = (members: readonly (readonly [string, number])[]): void =>
  writeFileSync(
    at('ip_vs'),
    `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
FWM  00000001 mh mh-fallback,mh-port
${members.map(([address, weight]) => `  -> ${address}:0000      Route   ${weight}      0          0\n`).join('')}`,
  );
const answers = (yes: boolean): void => writeFileSync(at('answers'), yes ? 'yes' : 'no');
const directsNot = (): void => writeFileSync(at('ip_vs'), 'IP Virtual Server version 1.2.1 (size=4096)\n');
const deaf = (): string => readFileSync(at('deaf'), 'utf8').trim();
const becomes = (value: string) => expect.poll(deaf, { timeout: 20_000 }).toBe(value);

/** Runs as in the service, where what it is beside takes its shell's place. A group of its own, so that both are ended. */
const start = (clients: string | null): void => {
  const script = renderHear(member(1), clients)
    .replaceAll(GUEST.vrrpDeaf, at('deaf'))
    .replaceAll('/proc/net/ip_vs', at('ip_vs'));
  const ping = `busybox() { [ "$(< ${at('answers')})" = yes ]; }`;
  shell = spawn('/bin/bash', ['-c', `${ping}\n${script}exec sleep 120`], { detached: true, stdio: 'ignore' });
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'headroom-hear-'));
  directsNot();
  answers(false);
});

afterEach(() => {
  if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

it('a member stands for the VIP once it directs, and no more only while no other member and no client answers', async () => {
  start('10.77.254.1');
  await becomes('1');
  directs([
    ['0A4D0001', 1],
    ['0A4D0002', 1],
  ]);
  await becomes('0');
  directs([
    ['0A4D0001', 1],
    ['0A4D0002', 0],
  ]);
  await becomes('1');
  // Another member is there again.
  directs([
    ['0A4D0001', 1],
    ['0A4D0002', 1],
  ]);
  await becomes('0');
  directs([
    ['0A4D0002', 0],
    ['0A4D0003', 0],
  ]);
  await becomes('1');
  // The others died, and clients are there.
  answers(true);
  await becomes('0');
  answers(false);
  await becomes('1');
  // There is nobody else any more to give it to.
  directs([['0A4D0001', 1]]);
  await becomes('0');
  directsNot();
  await becomes('1');
}, 60_000);

it('where no address of clients is known nobody gives up for want of an answer', async () => {
  start(null);
  await becomes('1');
  directs([
    ['0A4D0001', 1],
    ['0A4D0002', 0],
  ]);
  await becomes('0');
  expect(renderHear(member(1), null)).not.toContain('ping');
}, 60_000);
