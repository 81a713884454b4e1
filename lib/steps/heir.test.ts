import { expect, it } from 'vitest';
import { judgeHeir } from './heir';

const holder = { vrrp: 'master', proxy: 'up', directs: '0A4D0004:0000=1' } as const;
const heir = { ...holder, vrrp: 'backup' } as const;
const differs = { ...heir, directs: '0A4D0003:0000=1,0A4D0004:0000=1' } as const;

it.each([
  ['is ready when it stands for the VIP and leads as the holder does', holder, heir, false, true],
  ['is waited for while it leads otherwise', holder, differs, false, null],
  ['is ready all the same when it is late, because the holder is to go', holder, differs, true, true],
  ['is ready when there is nobody to differ from', null, differs, false, true],
  ['is waited for while it does not stand for the VIP', holder, { ...heir, vrrp: 'fault' } as const, false, null],
  ['is not ready when it is late to stand', holder, { ...heir, vrrp: 'fault' } as const, true, false],
  ['is waited for while it does not answer', holder, null, false, null],
  ['is not ready when its proxy is down', holder, { ...heir, proxy: 'down' } as const, false, false],
  ['is not ready when it has the VIP as well', holder, { ...heir, vrrp: 'master' } as const, false, false],
])('%s', (_, from, to, isLate, ready) => {
  expect(judgeHeir(from, to, isLate)).toBe(ready);
});
