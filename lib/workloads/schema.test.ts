import { describe, expect, it } from 'vitest';
import { PROXY_PORTS } from '@/lib/clustering/ports';
import { builtInWorkloads, findBuiltIn, parseWorkload, workloadSpecSchema } from './index';

const minimal = { name: 'shop', startCommand: '/opt/shop/run --port 9000', port: 9000 };

const fieldsOf = (input: unknown): string[] => {
  const parsed = workloadSpecSchema.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'));
};

describe('workload schema', () => {
  it('fills in what an operator may leave out', () => {
    expect(parseWorkload(minimal)).toEqual({
      ...minimal,
      description: '',
      packages: [],
      files: [],
      servicePort: 80,
      healthPath: '/healthz',
      probePath: '/',
      maxConnections: 64,
      volume: null,
    });
  });

  it('sorts packages and drops repeats, so that the same needs give the same image', () => {
    expect(parseWorkload({ ...minimal, packages: ['redis', 'curl', 'redis'] }).packages).toEqual(['curl', 'redis']);
  });

  it.each([
    ['a port of the proxy', { port: PROXY_PORTS.peer }, 'port'],
    ['a port out of range', { port: 70_000 }, 'port'],
    ['the service port as application port', { port: 80 }, 'port'],
    ['a service port of the proxy', { servicePort: PROXY_PORTS.statistics }, 'servicePort'],
    ['a relative health path', { healthPath: 'healthz' }, 'healthPath'],
    ['a header in the health path', { healthPath: '/ok\r\nX: y' }, 'healthPath'],
    ['a relative command', { startCommand: 'run' }, 'startCommand'],
    ['a command of two lines', { startCommand: '/bin/true\nExecStartPre=/bin/false' }, 'startCommand'],
    ['a package name with an option', { packages: ['-o=x'] }, 'packages.0'],
    ['a file outside of one’s own places', { files: [{ path: '/usr/bin/sh', content: '' }] }, 'files.0.path'],
    ['a path that climbs', { files: [{ path: '/opt/../etc/x', content: '' }] }, 'files.0.path'],
    ['a mode that is not octal', { files: [{ path: '/opt/x', content: '', mode: '0999' }] }, 'files.0.mode'],
    [
      'a file beyond the limit',
      { files: [{ path: '/opt/x', content: 'x'.repeat(256 * 1024 + 1) }] },
      'files.0.content',
    ],
    ['a volume over the system', { volume: { mountPath: '/usr/share', sizeGiB: 1 } }, 'volume.mountPath'],
    ['a volume of no size', { volume: { mountPath: '/srv/x', sizeGiB: 0 } }, 'volume.sizeGiB'],
    ['no connections', { maxConnections: 0 }, 'maxConnections'],
    ['an unknown field', { colour: 'red' }, ''],
  ])('refuses %s and names the field', (_what, change, field) => {
    expect(fieldsOf({ ...minimal, ...change })).toEqual([field]);
  });

  it('refuses two files at one path, and files that the volume would hide', () => {
    const file = { path: '/srv/data/x', content: '' };
    const volume = { mountPath: '/srv/data', sizeGiB: 1 };
    expect(fieldsOf({ ...minimal, files: [file, file] })).toEqual(['files.1.path']);
    expect(fieldsOf({ ...minimal, files: [file], volume })).toEqual(['files.0.path']);
  });
});

describe('built-in workloads', () => {
  it.each(builtInWorkloads.map((workload) => [workload.name, workload] as const))(
    '%s passes the schema',
    (name, workload) => {
      expect(parseWorkload(workload)).toEqual(workload);
      expect(findBuiltIn(name)).toBe(workload);
    },
  );

  it('are found by name only', () => {
    expect(findBuiltIn('nothing')).toBeNull();
  });
});
