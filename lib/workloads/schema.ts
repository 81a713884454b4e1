import { z } from 'zod';
import { reservedPorts } from '@/lib/clustering/ports';
import { nameSchema } from '@/lib/domain/contract/common';
import type { WorkloadSpec } from '@/lib/domain/workload';

export const WORKLOAD_LIMITS = {
  files: 32,
  fileBytes: 256 * 1024,
  filesBytes: 512 * 1024,
  packages: 32,
  volumeGiB: 64,
  connections: 10_000,
} as const;

/** Places of the guest's own system: a workload's file or volume there would break the node. */
const SYSTEM_DIRECTORIES = ['/proc', '/sys', '/dev', '/run', '/boot', '/usr', '/bin', '/sbin', '/lib', '/lib64'];
const SYSTEM_FILES = ['/etc/headroom', '/etc/systemd', '/etc/passwd', '/etc/group', '/etc/shadow', '/etc/fstab'];

const isUnder = (path: string, parents: readonly string[]): boolean =>
  parents.some((parent) => path === parent || path.startsWith(`${parent}/`));

const absolutePathSchema = z
  .string()
  .max(200, 'At most 200 characters.')
  .regex(/^\/[A-Za-z0-9._/+@-]+$/, 'An absolute path: it begins with / and has letters, digits and . _ + @ - only.')
  .refine((path) => !path.split('/').includes('..'), 'A path without "..".')
  .refine((path) => !path.includes('//') && !path.endsWith('/'), 'A path without empty parts.');

const ownPathSchema = absolutePathSchema.refine(
  (path) => !isUnder(path, SYSTEM_DIRECTORIES) && !isUnder(path, SYSTEM_FILES),
  'A place of your own, such as /opt/…, /srv/… or /etc/your-service/…: this one belongs to the system.',
);

const portSchema = z
  .int('A port is a whole number.')
  .min(1, 'Ports go from 1 to 65535.')
  .max(65_535, 'Ports go from 1 to 65535.')
  .refine(
    (port) => !reservedPorts.includes(port),
    `The proxy uses ${reservedPorts.join(' and ')}: choose another port.`,
  );

const urlPathSchema = z
  .string()
  .max(200, 'At most 200 characters.')
  .regex(/^\//, 'A path that begins with /.')
  .regex(/^[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*$/, 'A path as it stands in a URL, without spaces.');

const fileSchema = z.strictObject({
  path: ownPathSchema,
  content: z
    .string()
    .refine((content) => Buffer.byteLength(content) <= WORKLOAD_LIMITS.fileBytes, 'At most 256 KiB a file.')
    .refine((content) => !content.includes('\0'), 'Text only.'),
  mode: z
    .string()
    .regex(/^0?[0-7]{3}$/, 'Octal, such as 0644.')
    .default('0644'),
});

const packageSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9+.-]{1,100}$/, 'The name of a Debian package, such as redis-server.');

const volumeSchema = z.strictObject({
  mountPath: ownPathSchema.refine((path) => !isUnder(path, ['/etc']), 'Not below /etc.'),
  sizeGiB: z
    .int('A whole number of GiB.')
    .min(1, 'At least 1 GiB.')
    .max(WORKLOAD_LIMITS.volumeGiB, `At most ${WORKLOAD_LIMITS.volumeGiB} GiB.`),
  standsBy: z.boolean().default(false),
});

/** What an operator states of a workload of their own. Packages come out sorted and unique. */
export const workloadSpecSchema = z
  .strictObject({
    name: nameSchema,
    description: z.string().trim().max(300, 'At most 300 characters.').default(''),
    packages: z
      .array(packageSchema)
      .max(WORKLOAD_LIMITS.packages, `At most ${WORKLOAD_LIMITS.packages} packages.`)
      .default([])
      .overwrite((names) => [...new Set(names)].sort()),
    files: z.array(fileSchema).max(WORKLOAD_LIMITS.files, `At most ${WORKLOAD_LIMITS.files} files.`).default([]),
    startCommand: z
      .string()
      .max(1_000, 'At most 1,000 characters.')
      .regex(/^\/[^\s]+/, 'An absolute path first, such as /usr/bin/env.')
      .refine((command) => !/[\n\r\0]/.test(command), 'One line.'),
    port: portSchema,
    servicePort: portSchema.default(80),
    healthPath: urlPathSchema.default('/healthz'),
    probePath: urlPathSchema.default('/'),
    maxConnections: z
      .int('A whole number.')
      .min(1, 'At least 1.')
      .max(WORKLOAD_LIMITS.connections, `At most ${WORKLOAD_LIMITS.connections}.`)
      .default(64),
    volume: volumeSchema.nullable().default(null),
  })
  .check(({ value, issues }) => {
    const refuse = (path: (string | number)[], message: string) =>
      issues.push({ code: 'custom', path, message, input: value });
    if (value.port === value.servicePort) {
      refuse(['port'], 'The application needs a port of its own: the proxy in front of it has the service port.');
    }
    const bytes = value.files.reduce((sum, file) => sum + Buffer.byteLength(file.content), 0);
    if (bytes > WORKLOAD_LIMITS.filesBytes) refuse(['files'], 'At most 512 KiB in all.');
    value.files.forEach((file, index) => {
      if (value.files.findIndex((other) => other.path === file.path) < index) {
        refuse(['files', index, 'path'], 'There is a file at this path already.');
      }
      if (value.volume !== null && isUnder(file.path, [value.volume.mountPath])) {
        refuse(['files', index, 'path'], 'The volume would hide this file: put it elsewhere.');
      }
    });
  });

export type WorkloadInput = z.input<typeof workloadSpecSchema>;

/** Throws a `ZodError` that names each field that is wrong. */
export const parseWorkload = (input: unknown): WorkloadSpec => workloadSpecSchema.parse(input);
