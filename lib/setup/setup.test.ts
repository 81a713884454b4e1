import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserSource } from './browser.mjs';
import { readAdministrator } from './first-administrator';
import { chooseHypervisor, keepHypervisor } from './hypervisor-choice.mjs';
import { assertPortFree, readPort } from './port.mjs';
import { claimHome, findRunning, recordProcess, startTimeOf } from './process-record.mjs';
import { endAll, processOf } from './process-tree.mjs';
import { withProgress } from './progress.mjs';
import { run } from './run.mjs';
import { judge } from './suites.mjs';
import { planSystem } from './system.mjs';
import { webUidOf } from './web-account';

let home = '';

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'headroom-setup-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('missing system packages', () => {
  const debian = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n';
  const missing = ['mmdebstrap', 'cpio'];

  it('need nothing when there are none', () => {
    expect(planSystem({ missing: [], isRoot: false, osRelease: debian })).toEqual({ act: 'nothing' });
  });

  it.each([debian, 'ID=ubuntu\nID_LIKE=debian', 'ID=linuxmint\nID_LIKE="ubuntu debian"'])(
    'are installed by root on Debian and its kin: %j',
    (osRelease) => {
      expect(planSystem({ missing, isRoot: true, osRelease })).toEqual({ act: 'install', packages: missing });
    },
  );

  it('take a person one command there', () => {
    const plan = planSystem({ missing, isRoot: false, osRelease: debian });
    expect(plan).toMatchObject({ act: 'ask', message: expect.stringContaining('install -y') });
    expect(plan).toMatchObject({ message: expect.stringContaining('mmdebstrap cpio') });
  });

  it('are named elsewhere', () => {
    const plan = planSystem({ missing, isRoot: true, osRelease: 'ID=fedora' });
    expect(plan).toMatchObject({ act: 'ask', message: expect.stringContaining('mmdebstrap cpio') });
  });
});

describe('the browser of the tests', () => {
  it.each([
    ['ID=debian', 'debian'],
    ['ID=devuan\nID_LIKE=debian', 'debian'],
    ['ID=ubuntu\nID_LIKE=debian', 'playwright'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"', 'playwright'],
    ['ID=fedora', 'playwright'],
    ['', 'playwright'],
  ] as const)('of %j comes from %s', (osRelease, source) => {
    expect(browserSource(osRelease)).toBe(source);
  });
});

describe('the hypervisor of an installation', () => {
  it('is qemu unless told otherwise', () => {
    expect(chooseHypervisor(home, undefined)).toBe('qemu');
  });

  it('stays what its state was made with', () => {
    keepHypervisor(home, 'simulated');
    expect(chooseHypervisor(home, undefined)).toBe('simulated');
    expect(() => chooseHypervisor(home, 'qemu')).toThrow('was made with HEADROOM_HYPERVISOR=simulated');
  });

  it('is refused when it is none', () => {
    expect(() => chooseHypervisor(home, 'vmware')).toThrow('one of qemu, simulated');
  });
});

describe('the port of the console', () => {
  it('is 3000 unless told otherwise, and a port', () => {
    expect(readPort(undefined)).toBe(3000);
    expect(readPort('8080')).toBe(8080);
    expect(() => readPort('http')).toThrow('a number from 1 to 65535');
  });

  it('is refused with another suggestion when it is taken', async () => {
    const { createServer } = await import('node:net');
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    await expect(assertPortFree(port, '127.0.0.1')).rejects.toThrow(`PORT=${port + 1} npm start`);
    await new Promise((resolve) => server.close(resolve));
    await expect(assertPortFree(port, '127.0.0.1')).resolves.toBeUndefined();
  });
});

describe('a state directory', () => {
  it('is run by one process at a time', () => {
    const release = claimHome(home);
    expect(() => claimHome(home)).toThrow(`process ${process.pid}`);
    release();
    claimHome(home)();
  });

  it('is free when the process that ran it is gone, its number given to another one included', async () => {
    recordProcess(home, 'start', process.pid);
    await writeFile(join(home, 'run', 'start.json'), JSON.stringify({ pid: process.pid, startedAt: 'another time' }));
    expect(findRunning(home, 'start')).toBeNull();
    claimHome(home)();
  });
});

describe('ending a process', () => {
  it('makes one end that does not want to', async () => {
    const { spawn } = await import('node:child_process');
    const child = spawn('sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.1; done'], { detached: true });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const pid = child.pid ?? 0;
    await endAll([processOf(pid)], 200);
    expect(startTimeOf(pid)).toBeNull();
  });
});

describe('the first administrator from the environment', () => {
  it('is nobody when nothing is set', () => {
    expect(readAdministrator({})).toBeNull();
  });

  it.each([
    [{ HEADROOM_ADMIN_EMAIL: 'ada@example.org' }, 'HEADROOM_ADMIN_PASSWORD: is missing.'],
    [{ HEADROOM_ADMIN_EMAIL: 'ada', HEADROOM_ADMIN_PASSWORD: 'long enough, this' }, 'HEADROOM_ADMIN_EMAIL: An e-mail'],
    [{ HEADROOM_ADMIN_EMAIL: 'ada@example.org', HEADROOM_ADMIN_PASSWORD: 'short' }, 'At least 12 characters.'],
  ])('is refused when incomplete or no good: %j', (env, message) => {
    expect(() => readAdministrator(env)).toThrow(message);
  });
});

describe('a program that is run', () => {
  it('hands over its output line by line and its exit code', async () => {
    const lines: string[] = [];
    const result = await run('sh', ['-c', 'echo one; echo two; exit 3'], {
      deadlineMs: 10_000,
      onLine: (line) => lines.push(line),
    });
    expect(result).toEqual({ code: 3, output: 'one\ntwo\n' });
    expect(lines).toEqual(['one', 'two']);
  });

  it('is ended with its children, those in other process groups too, at its deadline', async () => {
    const pids: number[] = [];
    // The grandchild has left the process group.
    const { code, output } = await run('sh', ['-c', 'setsid sleep 60 & echo $!; wait'], {
      deadlineMs: 500,
      onLine: (line) => pids.push(Number(line)),
    });
    expect(code).toBe(124);
    expect(output).toContain('ended after 500 ms');
    expect(pids.map(startTimeOf)).toEqual([null]);
  });
});

describe('a suite', () => {
  it.each([
    [{ passed: 0, failed: 0, skipped: 0 }, 'ran no test'],
    [{ passed: 5, failed: 0, skipped: 1 }, 'left tests out'],
  ])('that did not run everything has failed: %j', (counts, problem) => {
    expect(judge(counts)).toMatchObject({ failed: 1, problem });
  });

  it('that ran everything counts as it ended', () => {
    expect(judge({ passed: 5, failed: 2, skipped: 0 })).toEqual({ passed: 5, failed: 2, skipped: 0, problem: null });
  });
});

describe('progress', () => {
  it('says once that a quick step is done, and how a failed one ended', async () => {
    const lines: string[] = [];
    const print = (line: string) => void lines.push(line);
    await withProgress('quick', async () => 1, print);
    await expect(withProgress('broken', () => Promise.reject(new Error('no')), print)).rejects.toThrow('no');
    expect(lines).toEqual(['  ✓ quick', '  ✗ broken (0 s)']);
  });
});

describe("the web process's account", () => {
  it('differs between state directories and lies in the range of accounts without a name', async () => {
    await mkdir(join(home, 'b'));
    const uids = [webUidOf(home), webUidOf(join(home, 'b'))];
    expect(new Set(uids).size).toBe(2);
    for (const uid of uids) expect(uid >= 61_184 && uid <= 63_999).toBe(true);
  });
});
