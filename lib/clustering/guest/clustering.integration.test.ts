import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledger, parseWorkload, web } from '@/lib/workloads';
import { PROXY_PORTS } from '../ports';
import type { ClusterView } from '../types';
import { GUEST, GUEST_USERS, processesPath } from './paths';
import { CLIENT_MARK } from './render-keepalived';
import { addressOf, memberOf, openTestLab, type TestLab, until, viewOf, vmIdOf } from './testing/lab';
import { hashView } from './view';

let lab: TestLab;

const statusesOf = (...numbers: number[]) => Promise.all(numbers.map((n) => lab.clustering.status(vmIdOf(n))));

const configure = (view: ClusterView) =>
  Promise.all(view.members.map((member) => lab.clustering.ensureConfigured(member.vmId, view)));

/** The number of the one node that holds the VIP; waits while none or more than one does. */
const holderAmong = async (...numbers: number[]): Promise<number> => {
  const statuses = await until(
    () => statusesOf(...numbers),
    (seen) => seen.filter((status) => status.holdsVip).length === 1,
  );
  return numbers[statuses.findIndex((status) => status.holdsVip)] ?? 0;
};

beforeAll(async () => {
  lab = await openTestLab();
  await Promise.all([lab.startVm(1, 'paris-1'), lab.startVm(2, 'lyon-1')]);
});

afterAll(() => lab.close());

describe('a cluster of stateless nodes', () => {
  const two = viewOf(web, [memberOf(1), memberOf(2)]);

  it('forms with exactly one holder of the VIP, and every node healthy with the view in force', async () => {
    await Promise.all([1, 2].map((n) => lab.clustering.ensureInstalled(vmIdOf(n), two)));
    await holderAmong(1, 2);
    // The other one stands for it when its director runs.
    const statuses = await until(
      () => statusesOf(1, 2),
      (seen) => seen.some(({ vrrp }) => vrrp === 'backup'),
    );
    for (const status of statuses) {
      expect(status).toMatchObject({ application: 'up', proxy: 'up', viewHash: hashView(two) });
    }
  });

  it('has directors that say that they lead alike, to every member', async () => {
    await until(
      () => statusesOf(1, 2),
      ([one, other]) => one?.directs === other?.directs && one?.directs.split(',').length === two.members.length,
    );
  });

  it('says the same of itself over the network as its guest does', async () => {
    for (const n of [1, 2]) {
      const { at: _, ...byNetwork } = await lab.clustering.status(vmIdOf(n));
      const { at: __, ...byGuest } = await lab.asking.status(vmIdOf(n));
      expect(byNetwork).toEqual({ ...byGuest, connections: byNetwork.connections });
    }
  });

  it('changes nothing when it is told the same again', async () => {
    await lab.clustering.ensureInstalled(vmIdOf(1), two);
    expect(await lab.clustering.ensureConfigured(vmIdOf(1), two)).toBe(false);
  });

  it('drains a node: no new requests reach it, and its established streams go on to their end', async () => {
    const before = await lab.startClient({ requestsPerSecond: 30, streams: 6 });
    await until(
      () => lab.clustering.status(vmIdOf(1)),
      (status) => status.connections > 0,
    );
    await configure(viewOf(web, [memberOf(1, { weight: 0, draining: true }), memberOf(2)]));
    const after = await lab.startClient({ requestsPerSecond: 30 });
    await until(
      () => lab.clustering.status(vmIdOf(1)),
      (status) => status.connections === 0,
    );
    expect(Object.keys((await after.stop()).servedBy)).toEqual(['node-2']);
    const report = await before.stop();
    expect(report).toMatchObject({ failed: 0, brokenStreams: 0, errors: {} });
    expect(report.completedStreams).toBeGreaterThan(0);
    await configure(two);
  });

  it('hands the VIP over and back without a failed request or a broken stream', async () => {
    const client = await lab.startClient({ requestsPerSecond: 50, streams: 10 });
    for (let round = 0; round < 2; round++) {
      const holder = await holderAmong(1, 2);
      await lab.clustering.yieldVip(vmIdOf(holder));
      expect(await holderAmong(1, 2)).toBe(3 - holder);
      expect(await lab.clustering.status(vmIdOf(holder))).toMatchObject({ vrrp: 'fault', holdsVip: false });
      await lab.clustering.ensureStanding(vmIdOf(holder), two);
    }
    expect(await client.stop()).toMatchObject({ failed: 0, brokenStreams: 0, errors: {} });
  });

  it('keeps the clients that it has answered, whatever its director chooses', async () => {
    const holder = await holderAmong(1, 2);
    const [own, other] = [addressOf(holder), addressOf(3 - holder)];
    const tell = async (script: string) =>
      (await lab.hypervisor.guest(vmIdOf(holder)).run(script, { timeoutMs: 20_000 })).stdout;
    /** Where its director leads clients, by their port. */
    const ledTo = async () =>
      new Map(
        [...(await tell('ipvsadm -L -n -c')).matchAll(/ESTABLISHED \S+:(\d+) +\S+ +(\S+):/g)].map(
          ([, port = '', member = '']) => [port, member],
        ),
      );
    const client = await lab.startClient({ requestsPerSecond: 40, keptConnections: 20 });
    const before = await until(ledTo, (led) => [own, other].every((member) => [...led.values()].includes(member)));
    // Its director forgets itself, and leads what it has itself to the other one.
    await tell(`nft flush chain ip headroom own; ipvsadm -d -f ${CLIENT_MARK} -r ${own}`);
    await until(ledTo, (led) => [...before].some(([port, member]) => member === own && led.get(port) === other));
    await tell(`. ${GUEST.prepare}`);
    await until(
      () => tell('tc -s filter show dev eth0 egress pref 1'),
      (shown) => Number(/Sent \d+ bytes (\d+) pkt/.exec(shown)?.[1]) > 0,
    );
    const report = await client.stop();
    const asBefore = [1, 2].map((n) => `ipvsadm -a -f ${CLIENT_MARK} -r ${addressOf(n)} -g -w 1`);
    await tell(`ipvsadm -d -f ${CLIENT_MARK} -r ${other}\n${asBefore.join('\n')}`);
    expect(report).toMatchObject({ failed: 0, errors: {} });
  });

  it('serves on while the application of one is crashed, and has it again when that is made good', async () => {
    const client = await lab.startClient({ requestsPerSecond: 20 });
    await lab.hypervisor.rehearsal?.crashApplication(vmIdOf(1));
    await until(
      () => lab.clustering.status(vmIdOf(1)),
      (status) => status.application !== 'up',
    );
    const meanwhile = await lab.startClient({ requestsPerSecond: 20 });
    await lab.hypervisor.rehearsal?.startApplication(vmIdOf(1));
    await until(
      () => lab.clustering.status(vmIdOf(1)),
      (status) => status.application === 'up',
    );
    expect((await meanwhile.stop()).failed).toBe(0);
    expect((await client.stop()).failed).toBe(0);
  });

  it('gives the VIP up where the network brings it nothing more, and stands again when that is mended', async () => {
    const holder = await holderAmong(1, 2);
    const host = (await lab.hypervisor.findVm(vmIdOf(holder)))?.hostId ?? '';
    await lab.hypervisor.rehearsal?.cutHost(host, 'incoming');
    await until(
      () => lab.clustering.status(vmIdOf(3 - holder)),
      (status) => status.holdsVip,
    );
    await lab.hypervisor.rehearsal?.cutHost(host, null);
    expect(await holderAmong(1, 2)).toBe(3 - holder);
    await until(
      () => lab.clustering.status(vmIdOf(holder)),
      (status) => status.vrrp === 'backup',
    );
  });

  it('takes a joiner in while it serves, without a second holder of the VIP', async () => {
    await lab.startVm(3, 'paris-2');
    const client = await lab.startClient({ requestsPerSecond: 50, streams: 5 });
    const holder = await holderAmong(1, 2);
    const joining = viewOf(web, [...two.members, memberOf(3, { weight: 0 })]);
    await configure(viewOf(web, two.members));
    await lab.clustering.ensureInstalled(vmIdOf(3), joining);
    expect(await configure(joining)).toEqual([true, true, false]);
    expect(await holderAmong(1, 2, 3)).toBe(holder);
    const joined = viewOf(web, [...two.members, memberOf(3)]);
    await configure(joined);
    const probe = await lab.startClient({ requestsPerSecond: 50 });
    await until(
      () => lab.clustering.status(vmIdOf(3)),
      (status) => status.connections > 0,
    );
    expect((await probe.stop()).failed).toBe(0);
    const report = await client.stop();
    expect(report).toMatchObject({ failed: 0, brokenStreams: 0, errors: {} });
    expect(report.servedBy['node-3']).toBeGreaterThan(0);
  });

  it('lets a member leave without a failed request', async () => {
    const client = await lab.startClient({ requestsPerSecond: 50 });
    const holder = await holderAmong(1, 2, 3);
    const leaver = holder === 3 ? 2 : 3;
    const members = [1, 2, 3].map((n) => memberOf(n, n === leaver ? { weight: 0, draining: true } : {}));
    await configure(viewOf(web, members));
    await until(
      () => lab.clustering.status(vmIdOf(leaver)),
      (status) => status.connections === 0,
    );
    await lab.clustering.ensureLeft(vmIdOf(leaver));
    await configure(
      viewOf(
        web,
        members.filter((member) => member.vmId !== vmIdOf(leaver)),
      ),
    );
    expect(await client.stop()).toMatchObject({ failed: 0, errors: {} });
    await expect(lab.clustering.status(vmIdOf(leaver))).rejects.toMatchObject({
      code: 'guest_failed',
      retryable: false,
    });
    await lab.clustering.ensureInstalled(
      vmIdOf(leaver),
      viewOf(
        web,
        [1, 2, 3].map((n) => memberOf(n)),
      ),
    );
    await configure(
      viewOf(
        web,
        [1, 2, 3].map((n) => memberOf(n)),
      ),
    );
  });

  it('has another node take the VIP over when its holder is killed', async () => {
    const holder = await holderAmong(1, 2, 3);
    const others = [1, 2, 3].filter((n) => n !== holder);
    await lab.hypervisor.killVm(vmIdOf(holder));
    await holderAmong(...others);
    // What is asked after the take-over is served by the others.
    const client = await lab.startClient({ requestsPerSecond: 20 });
    await configure(
      viewOf(
        web,
        others.map((n) => memberOf(n)),
      ),
    );
    expect((await client.stop()).sent).toBeGreaterThan(0);
    await lab.hypervisor.destroyVm(vmIdOf(holder));
    for (const n of others) await lab.clustering.ensureLeft(vmIdOf(n));
    if (holder !== 3) await lab.startVm(holder, 'paris-1');
  });
});

describe('the ledger on two nodes', () => {
  const mountPath = ledger.volume?.mountPath ?? '';
  const at = (n: number) =>
    viewOf(
      ledger,
      [1, 2].map((m) => memberOf(m, { runsApplication: m === n })),
    );

  const start = async (n: number) => {
    await lab.hypervisor.attachVolume(vmIdOf(n), 'ledger-volume');
    await lab.clustering.ensureVolumeMounted(vmIdOf(n), 'ledger-volume', mountPath);
    await lab.clustering.ensureApplicationStarted(vmIdOf(n), { deadlineMs: 30_000 });
  };

  it('starts on an empty volume only once that is mounted', async () => {
    await Promise.all([1, 2].map((n) => lab.clustering.ensureInstalled(vmIdOf(n), at(1))));
    expect(await lab.clustering.status(vmIdOf(1))).toMatchObject({ application: 'stopped' });
    await expect(lab.clustering.ensureApplicationStarted(vmIdOf(1), { deadlineMs: 5_000 })).rejects.toMatchObject({
      code: 'guest_failed',
      retryable: false,
    });
    await lab.hypervisor.createVolume({ id: 'ledger-volume', sizeGiB: 1 });
    await start(1);
    await until(
      () => lab.clustering.status(vmIdOf(1)),
      ({ application }) => application === 'up',
    );
    // The other one has started as well, and stands by.
    const ask = `exec 3<> /dev/tcp/127.0.0.1/${ledger.port} && printf 'GET /stats HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3`;
    await until(
      () => lab.hypervisor.guest(vmIdOf(2)).exec('/bin/bash', ['-c', ask]),
      ({ stdout }) => stdout.includes(' 503 ') && stdout.includes('its volume is not mounted'),
    );
    expect(await lab.clustering.status(vmIdOf(2))).toMatchObject({ application: 'stopped' });
  });

  it('moves with its volume while clients post: nothing lost, nothing twice, nobody refused', async () => {
    const client = await lab.startClient({ requestsPerSecond: 10, ledgerPrefix: 'move' });
    const hold = (held: boolean) => Promise.all([1, 2].map((n) => lab.clustering.ensureRequestsHeld(vmIdOf(n), held)));
    for (const [from, to] of [
      [1, 2],
      [2, 1],
    ] as const) {
      await hold(true);
      await lab.clustering.ensureApplicationStopped(vmIdOf(from), { deadlineMs: 20_000, unmounts: true });
      await lab.clustering.ensureVolumeUnmounted(vmIdOf(from), mountPath);
      await lab.hypervisor.detachVolume(vmIdOf(from), 'ledger-volume');
      await Promise.all([start(to), configure(at(to))]);
      await hold(false);
      // Stands behind all that waited: when it is answered, they were.
      expect(await (await lab.startClient({ requestsPerSecond: 1 })).stop()).toMatchObject({ failed: 0 });
    }
    const report = await client.stop();
    expect(report).toMatchObject({ failed: 0, errors: {} });
    const { stdout } = await lab.hypervisor
      .guest(vmIdOf(1))
      .exec('/usr/bin/sqlite3', [`${mountPath}/ledger.db`, 'SELECT id FROM transactions']);
    const stored = stdout.trim().split('\n');
    expect(stored.sort()).toEqual([...report.accepted].sort());
    expect(stored).toHaveLength(report.sent);
  });

  it('has requests wait for an application that stands still for a while, at both nodes', async () => {
    const client = await lab.startClient({ requestsPerSecond: 10, ledgerPrefix: 'stall' });
    const stall = `mapfile -t all < ${processesPath('workload')}; kill -STOP "\${all[@]}"; sleep 8; kill -CONT "\${all[@]}"`;
    expect(await lab.hypervisor.guest(vmIdOf(1)).exec('/bin/bash', ['-c', stall])).toMatchObject({ exitCode: 0 });
    // Stands behind all that waited: when it is answered, they were.
    expect(await (await lab.startClient({ requestsPerSecond: 1 })).stop()).toMatchObject({ failed: 0 });
    const report = await client.stop();
    expect(report).toMatchObject({ failed: 0, errors: {} });
    expect(report.accepted).toHaveLength(report.sent);
  });

  it('lets nobody but root hold or lead its requests', async () => {
    const asks = `exec 3<> /dev/tcp/127.0.0.1/${PROXY_PORTS.control}; echo 'GET /settle/0 HTTP/1.0\r\n\r' >&3; read -r line <&3; echo "$line"`;
    const askAs = ({ id }: { id: number }) =>
      lab.hypervisor
        .guest(vmIdOf(1))
        .exec('/usr/bin/setpriv', ['--reuid', `${id}`, '--clear-groups', 'timeout', '3', 'bash', '-c', asks]);
    expect((await askAs({ id: 0 })).stdout).toContain(' 200 ');
    for (const user of [GUEST_USERS.workload, GUEST_USERS.proxy]) {
      expect(await askAs(user)).toMatchObject({ stdout: '', exitCode: 124 });
    }
  });

  it('lets a hold lapse that nobody releases', async () => {
    // As a hold of the product, which nobody would wait for here, but nearer to its end.
    const hold = `exec 3<> /dev/tcp/127.0.0.1/${PROXY_PORTS.control} && printf "GET /hold/$((EPOCHSECONDS + 8))/0 HTTP/1.0\\r\\n\\r\\n" >&3 && read -r line <&3 && echo "$line"`;
    for (const n of [1, 2]) {
      await lab.clustering.ensureRequestsHeld(vmIdOf(n), true);
      expect((await lab.hypervisor.guest(vmIdOf(n)).exec('/bin/bash', ['-c', hold])).stdout).toContain(' 200 ');
    }
    const client = await lab.startClient({ requestsPerSecond: 2, ledgerPrefix: 'lapse' });
    const report = await client.stop();
    expect(report).toMatchObject({ failed: 0, errors: {} });
    expect(report.accepted).toContain('lapse-0');
    // It waited: nothing is answered while requests are held.
    expect(report.longestGapMs).toBeGreaterThan(2_000);
  });
});

describe('an own workload', () => {
  it('runs from its files and start command, with its health path', async () => {
    for (const n of [1, 2]) await lab.clustering.ensureLeft(vmIdOf(n));
    const own = parseWorkload({
      name: 'own',
      files: [
        { path: '/opt/own/www/index.html', content: 'it’s own\n', mode: '0644' },
        { path: '/opt/own/www/healthz', content: 'ok\n', mode: '0644' },
      ],
      startCommand: '/bin/busybox httpd -f -p 9000 -h /opt/own/www',
      port: 9000,
    });
    const view = viewOf(own, [memberOf(1), memberOf(2)]);
    await Promise.all([1, 2].map((n) => lab.clustering.ensureInstalled(vmIdOf(n), view)));
    await holderAmong(1, 2);
    const client = await lab.startClient({ requestsPerSecond: 20 });
    await until(
      () => lab.clustering.status(vmIdOf(2)),
      (status) => status.application === 'up',
    );
    const report = await client.stop();
    expect(report).toMatchObject({ failed: 0, errors: {} });
    expect(Object.keys(report.servedBy)).toEqual(['it’s own']);
  });
});
