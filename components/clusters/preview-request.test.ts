import { describe, expect, it } from 'vitest';
import { previewRequest } from './preview-request';

const VALUES = {
  name: '',
  workload: 'web',
  requirements: { nodes: 2, shape: { vcpus: 1, memoryMiB: 256 }, spread: 'host', spares: 0 },
  reason: 'because',
};

describe('the request for a preview', () => {
  it('is made before there is a name', () => {
    expect(JSON.parse(previewRequest(VALUES) ?? '')).toMatchObject({ name: 'new', workload: 'web' });
  });

  it('has the name when it is one', () => {
    expect(JSON.parse(previewRequest({ ...VALUES, name: 'shop' }) ?? '')).toMatchObject({ name: 'shop' });
  });

  it('stays the same while a reason is typed', () => {
    expect(previewRequest({ ...VALUES, reason: 'other' })).toBe(previewRequest(VALUES));
  });

  it('is not made while the requirements are wrong', () => {
    const shape = { vcpus: 1, memoryMiB: 300 };
    expect(previewRequest({ ...VALUES, requirements: { ...VALUES.requirements, shape } })).toBeNull();
    expect(previewRequest({ ...VALUES, requirements: { ...VALUES.requirements, nodes: Number.NaN } })).toBeNull();
    expect(previewRequest(null)).toBeNull();
  });
});
