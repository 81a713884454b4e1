import { describe, expect, it } from 'vitest';
import { orchestratorEnvironment, webEnvironment } from './environment';

const settings = { home: '/state', port: 3000, address: '127.0.0.1', hypervisor: 'simulated' } as const;
const given = {
  PATH: '/usr/bin',
  SSH_AUTH_SOCK: '/tmp/agent',
  DATABASE_URL: 'postgresql://owner:secret@db/headroom',
  HEADROOM_ADMIN_PASSWORD: 'a long password',
  HEADROOM_TOKEN: 'hr_token',
  HEADROOM_GATEWAY_PORT: '28800',
};

describe('the web process', () => {
  const env = webEnvironment(given, settings, {
    databaseUrl: 'postgresql://web@db/headroom',
    sessionSecret: 's'.repeat(40),
    secretsKey: 'k',
  });

  it("gets the database role of its own, not the owner's", () => {
    expect(env.DATABASE_URL).toBe('postgresql://web@db/headroom');
  });

  it("gets no administrator's password, no token, and nothing that is not Headroom's", () => {
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['HEADROOM_ADMIN_PASSWORD']));
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['HEADROOM_TOKEN']));
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['SSH_AUTH_SOCK']));
  });

  it("gets Headroom's own settings", () => {
    expect(env).toMatchObject({ HEADROOM_GATEWAY_PORT: '28800', HEADROOM_HYPERVISOR: 'simulated', PORT: '3000' });
  });
});

describe('the orchestrator', () => {
  it("gets the owner's connection and the state directory, and no administrator's password", () => {
    const env = orchestratorEnvironment(given, settings, {
      databaseUrl: 'postgresql://owner@db/headroom',
      secretsKey: 'k',
    });
    expect(env).toMatchObject({ DATABASE_URL: 'postgresql://owner@db/headroom', HEADROOM_HOME: '/state' });
    expect(env.HEADROOM_ADMIN_PASSWORD).toBeUndefined();
  });
});
