import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAnswer, GuestShell } from './shell';

const PROGRAM = fileURLToPath(new URL('../recipe/files/usr/lib/headroom/shell', import.meta.url));

let directory: string;
let guest: ChildProcess;
let servers: Server[];
let shell: GuestShell;

const listen = (server: Server, where: string | number): Promise<void> =>
  new Promise((resolve) => server.listen(where, () => resolve()));

/** The guest's own program, behind a wire as QEMU has it: whoever connects is connected with the guest. */
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'headroom-shell-'));
  let inside: Socket | null = null;
  const forGuest = createServer((socket) => {
    inside = socket;
    socket.on('error', () => undefined);
  });
  const forHost = createServer((socket) => {
    inside?.removeAllListeners('data').on('data', (chunk) => socket.write(chunk));
    socket.on('data', (chunk) => inside?.write(chunk));
    socket.on('error', () => undefined);
  });
  servers = [forGuest, forHost];
  const socketPath = path.join(directory, 'shell.sock');
  await Promise.all([listen(forGuest, 0), listen(forHost, socketPath)]);
  const connected = new Promise((resolve) => forGuest.once('connection', resolve));
  const { port } = forGuest.address() as AddressInfo;
  guest = spawn('/bin/bash', [PROGRAM, `/dev/tcp/127.0.0.1/${port}`], {
    env: { ...process.env, RUNTIME_DIRECTORY: directory },
  });
  await connected;
  shell = new GuestShell(socketPath);
});

afterEach(async () => {
  shell.close();
  guest.kill('SIGKILL');
  for (const server of servers) server.close();
  await rm(directory, { recursive: true });
});

describe('the resident shell of a guest', () => {
  it('runs scripts: what they print and how they end comes back as it was', async () => {
    expect(await shell.run('echo one; echo "zwei ä €" >&2; exit 3', 5_000)).toEqual({
      exitCode: 3,
      stdout: 'one\n',
      stderr: 'zwei ä €\n',
    });
    expect(await shell.run('cat; printf "no newline"', 5_000)).toEqual({
      exitCode: 0,
      stdout: 'no newline',
      stderr: '',
    });
  });

  it('keeps scripts apart: nothing of one is there in the next, and a failure ends one only', async () => {
    const results = await Promise.all([
      shell.run('set -eu; word=here; cd /; false; echo never', 5_000),
      shell.run(`echo "\${word:-nothing}" "$PWD"`, 5_000),
    ]);
    expect(results.map(({ exitCode, stdout }) => ({ exitCode, stdout }))).toEqual([
      { exitCode: 1, stdout: '' },
      { exitCode: 0, stdout: `nothing ${process.cwd()}\n` },
    ]);
  });

  it('takes scripts and gives answers of any length', async () => {
    const text = 'ä0123456789'.repeat(20_000);
    expect((await shell.run(`printf %s '${text}'`, 20_000)).stdout).toBe(text);
  });

  it('ends no script that is late, and takes its answer for no other’s', async () => {
    const late = shell.run('read -r -t 0.3 < <(sleep 1) || echo late', 50);
    await expect(late).rejects.toMatchObject({ code: 'deadline' });
    expect((await shell.run('echo next', 5_000)).stdout).toBe('next\n');
  });
});

it('says that nobody is there when nobody is', async () => {
  await expect(new GuestShell('/nowhere/shell.sock').run(':', 100)).rejects.toMatchObject({ code: 'unreachable' });
});

describe('an answer', () => {
  it('is found behind the remains of earlier ones, when it is there as a whole', () => {
    const bytes = Buffer.from('left over\n0123456789ab 0 2 1\nok!');
    expect(findAnswer(bytes, '0123456789ab')).toMatchObject({ exitCode: 0, stdout: 'ok', stderr: '!' });
    expect(findAnswer(bytes.subarray(0, -1), '0123456789ab')).toBeNull();
    expect(findAnswer(bytes, 'ffffffffffff')).toBeNull();
  });
});
