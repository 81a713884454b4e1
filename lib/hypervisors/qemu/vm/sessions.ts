import path from 'node:path';
import { HypervisorError } from '../../types';
import { GuestAgent } from '../guest/agent';
import { GuestShell } from '../guest/shell';
import { Qmp } from '../wire/qmp';
import { VM_FILES } from './command-line';

const CONNECT_DEADLINE_MS = 3_000;

interface Session {
  readonly pid: number;
  readonly monitor: Promise<Qmp>;
  readonly agent: GuestAgent;
  readonly shell: GuestShell;
}

/**
 * Connections to running VMs. Monitor, agent and shell serve one client each, so this process keeps one connection to each and
 * everything goes through it. A VM that was started anew has new ones.
 */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #directoryOf: (vmId: string) => string;
  readonly #onEnd: (vmId: string, pid: number) => void;

  constructor(directoryOf: (vmId: string) => string, onEnd: (vmId: string, pid: number) => void) {
    this.#directoryOf = directoryOf;
    this.#onEnd = onEnd;
  }

  /** Takes over the connections that a start has made. */
  put(vmId: string, pid: number, open: { monitor: Qmp; agent: GuestAgent; shell: GuestShell }): void {
    this.close(vmId);
    open.monitor.onClose(() => this.#onEnd(vmId, pid));
    this.#sessions.set(vmId, { pid, ...open, monitor: Promise.resolve(open.monitor) });
  }

  /** Throws `unreachable` when the monitor cannot be asked. */
  async monitor(vmId: string, pid: number): Promise<Qmp> {
    const monitor = await this.#get(vmId, pid).monitor;
    if (monitor.isOpen) return monitor;
    this.close(vmId);
    throw new HypervisorError('unreachable', `The monitor of ${vmId} has closed.`);
  }

  agent(vmId: string, pid: number): GuestAgent {
    return this.#get(vmId, pid).agent;
  }

  shell(vmId: string, pid: number): GuestShell {
    return this.#get(vmId, pid).shell;
  }

  /** With a `pid`: only the session with that process. */
  close(vmId: string, pid?: number): void {
    const session = this.#sessions.get(vmId);
    if (session === undefined || (pid !== undefined && session.pid !== pid)) return;
    this.#sessions.delete(vmId);
    session.agent.close();
    session.shell.close();
    session.monitor.then((monitor) => monitor.close()).catch(() => undefined);
  }

  closeAll(): void {
    for (const vmId of [...this.#sessions.keys()]) this.close(vmId);
  }

  #get(vmId: string, pid: number): Session {
    const known = this.#sessions.get(vmId);
    if (known?.pid === pid) return known;
    this.close(vmId);
    const directory = this.#directoryOf(vmId);
    const monitor = Qmp.connect(path.join(directory, VM_FILES.monitor), { deadlineMs: CONNECT_DEADLINE_MS });
    const session: Session = {
      pid,
      monitor,
      agent: new GuestAgent(path.join(directory, VM_FILES.agent)),
      shell: new GuestShell(path.join(directory, VM_FILES.shell)),
    };
    this.#sessions.set(vmId, session);
    monitor.then(
      (open) => open.onClose(() => this.#onEnd(vmId, pid)),
      () => {
        if (this.#sessions.get(vmId) === session) this.#sessions.delete(vmId);
      },
    );
    return session;
  }
}
