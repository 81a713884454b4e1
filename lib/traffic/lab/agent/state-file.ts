import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { LoadSpec, PublishedTarget } from '../../types';

/** What the agent goes on with when it is started again. */
export interface AgentState {
  readonly targets: readonly StoredTarget[];
}

export interface StoredTarget {
  readonly target: PublishedTarget;
  readonly load: LoadSpec | null;
}

const NOTHING: AgentState = { targets: [] };

/** Nothing when there is no file, or none that can be read: whoever wants targets published says so again. */
export const readState = (path: string): AgentState => {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as AgentState;
    return Array.isArray(value.targets) ? value : NOTHING;
  } catch {
    return NOTHING;
  }
};

/** Whole or not at all. */
export const writeState = (path: string, state: AgentState): void => {
  writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${path}.new`, path);
};
