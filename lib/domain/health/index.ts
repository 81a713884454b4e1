export * from './judge';
export * from './recovery';
export * from './vip';
export * from './witnesses';
