import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, runOrThrow } from '../run';
import { createLab, type Lab, type Place, VM_USER } from './index';

const DEADLINE_MS = 20_000;
let home: string;
let lab: Lab;

const within = (place: Place, ...args: string[]) => {
  const prefix = lab.enter(place);
  return run(prefix.command, [...prefix.args, ...args], { deadlineMs: DEADLINE_MS });
};

/** Stands for a VM on a host: a port of its bridge with an address. */
const addStandIn = async (host: string, address: string): Promise<void> => {
  const script = `ip link add vm type veth peer name vm-port && ip link set vm-port master br0 up &&
    ip link set vm up && ip address add ${address}/16 dev vm`;
  const { code, stderr } = await within({ host }, 'sh', '-c', script);
  expect(stderr).toBe('');
  expect(code).toBe(0);
};

/** Nothing listens there: an address that is reached refuses the connection, any other says nothing. */
const refuses = async (place: Place, address: string, seconds: number): Promise<boolean> => {
  const { stderr } = await within(place, 'timeout', `${seconds}`, 'bash', '-c', `: > /dev/tcp/${address}/9`);
  return stderr.includes('refused');
};
const expectReached = (place: Place, address: string) =>
  expect.poll(() => refuses(place, address, 2), { timeout: 10_000 }).toBe(true);
const expectCut = async (place: Place, address: string) => expect(await refuses(place, address, 1)).toBe(false);

const devices = async (): Promise<string> =>
  (await runOrThrow('ip', ['-brief', 'link'], { deadlineMs: DEADLINE_MS })).stdout;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'headroom-lab-'));
  lab = createLab({ home });
  await lab.ensure();
});
afterAll(async () => {
  await lab.tearDown();
  await rm(home, { recursive: true, force: true });
});

describe('lab network', () => {
  it('joins clients and all hosts of all sites, and nothing of it is in the machine’s own network', async () => {
    await addStandIn('paris-1', '10.77.0.1');
    await addStandIn('lyon-2', '10.77.0.2');
    await expectReached('clients', '10.77.0.1');
    await expectReached('clients', '10.77.0.2');
    await expectReached({ host: 'paris-1' }, '10.77.0.2');
    const { stdout } = await runOrThrow('ip', ['-brief', 'address'], { deadlineMs: DEADLINE_MS });
    expect(stdout).not.toContain('10.77.');
  });

  it('is found again, with what is in it, by another instance over the same state', async () => {
    const before = (await within('switch', 'ip', '-json', 'link')).stdout;
    await createLab({ home }).ensure();
    expect(JSON.parse((await within('switch', 'ip', '-json', 'link')).stdout)).toEqual(JSON.parse(before));
    await expectReached('clients', '10.77.0.1');
  });

  it('mends what is missing', async () => {
    await within('switch', 'ip', 'link', 'delete', 'h0');
    await expectCut('clients', '10.77.0.1');
    await lab.ensure();
    await expectReached('clients', '10.77.0.1');
  });

  it('gives each VM a tap on its host’s bridge, the same one when asked again, and takes it away again', async () => {
    const { device } = await lab.ensureTap('paris-2', 'vm-1');
    expect(await lab.ensureTap('paris-2', 'vm-1')).toEqual({ device });
    const other = await lab.ensureTap('paris-2', 'vm-2');
    expect(await lab.listTaps('paris-2')).toEqual([device, other.device]);
    expect(await lab.listTaps('paris-1')).toEqual([]);
    const { stdout } = await within({ host: 'paris-2' }, 'ip', '-json', 'link', 'show', device);
    expect(JSON.parse(stdout)).toMatchObject([{ ifname: device, master: 'br0' }]);
    await lab.removeTap('paris-2', 'vm-1');
    await lab.removeTap('paris-2', 'vm-1');
    expect(await lab.listTaps('paris-2')).toEqual([other.device]);
    await expect(lab.ensureTap('rome-1', 'vm-3')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lets the user of VMs open its tap, and keeps it in use when it is asked for again', async () => {
    const { device } = await lab.ensureTap('lyon-1', 'vm-7');
    const prefix = lab.enter({ host: 'lyon-1' });
    const asVmUser = ['setpriv', `--reuid=${VM_USER.uid}`, `--regid=${VM_USER.gid}`, '--clear-groups'];
    const opener = ['qemu-system-x86_64', '-M', 'none', '-S', '-nodefaults', '-display', 'none', '-netdev'];
    const user = spawn(
      prefix.command,
      [...prefix.args, ...asVmUser, ...opener, `tap,id=t,ifname=${device},script=no,downscript=no`],
      { stdio: 'pipe' },
    );
    const ended = new Promise((resolve) => user.once('exit', resolve));
    const flags = async () =>
      JSON.parse((await within({ host: 'lyon-1' }, 'ip', '-json', 'link', 'show', device)).stdout)[0].flags;
    await expect.poll(flags, { timeout: DEADLINE_MS }).toContain('LOWER_UP');
    expect(await lab.ensureTap('lyon-1', 'vm-7')).toEqual({ device });
    expect(await lab.listTaps('lyon-1')).toEqual([device]);
    user.kill();
    await ended;
  });

  it('cuts a host off in either direction or both, and heals it', async () => {
    await lab.setHostTraffic('paris-1', { incoming: false, outgoing: false });
    await expectCut('clients', '10.77.0.1');
    await lab.ensure();
    await expectCut('clients', '10.77.0.1');
    await expectReached('clients', '10.77.0.2');
    await lab.setHostTraffic('paris-1', { incoming: true, outgoing: true });
    await expectReached('clients', '10.77.0.1');
    await lab.setHostTraffic('paris-1', { incoming: true, outgoing: false });
    const received = async () =>
      JSON.parse((await within({ host: 'paris-1' }, 'ip', '-json', '-s', 'link', 'show', 'up0')).stdout)[0].stats64.rx
        .packets as number;
    const before = await received();
    await expectCut('clients', '10.77.0.1');
    expect(await received()).toBeGreaterThan(before);
    await lab.setHostTraffic('paris-1', { incoming: true, outgoing: true });
    await expectReached('clients', '10.77.0.1');
  });

  it('cuts a site off, in one direction or both, and heals it', async () => {
    for (const cut of [
      { incoming: false, outgoing: false },
      { incoming: true, outgoing: false },
      { incoming: false, outgoing: true },
    ]) {
      await lab.setSiteTraffic('lyon', cut);
      await lab.ensure();
      await expectCut('clients', '10.77.0.2');
      await expectReached('clients', '10.77.0.1');
      await lab.setSiteTraffic('lyon', { incoming: true, outgoing: true });
      await expectReached('clients', '10.77.0.2');
    }
  });

  it('goes, with every process in it, and leaves the machine’s network as it was', async () => {
    const other = createLab({ home: path.join(home, 'other') });
    const before = await devices();
    await other.ensure();
    const prefix = other.enter('clients');
    const child = spawn(prefix.command, [...prefix.args, 'sleep', 'infinity'], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await other.tearDown();
    await ended;
    await other.tearDown();
    expect(await devices()).toBe(before);
    const { stdout } = await runOrThrow('cat', ['/proc/self/mounts'], { deadlineMs: DEADLINE_MS });
    expect(stdout).not.toContain(other.id);
  });
});
