import type { HeadroomError } from '@/lib/domain/errors';
import { isHeadroomError } from '@/lib/domain/errors';
import type { Role } from '@/lib/domain/role';
import type { Fate, Life, Scene } from '@/lib/orchestrator/testing';
import type { UseCaseContext } from '@/lib/usecases/context';

export interface Line {
  readonly atMs: number;
  /** Orders lines of one instant; those of one rank are in the order of the alphabet. */
  readonly rank: number;
  readonly text: string;
}

/** A scene that a scenario is played on, with who acts and what was said so far. */
export class Stage {
  readonly lines: Line[] = [];
  readonly violations: string[] = [];
  /** Lines of commands come before what they bring about, and among themselves in their order. */
  #commands = 0;
  life: Life | null = null;
  /** Given to every process that follows one that died. */
  fate: Fate | undefined;

  constructor(
    readonly scene: Scene,
    readonly persons: Readonly<Record<string, Role>>,
  ) {}

  /** A use case's context: `ada`, an administrator, unless another person is named. */
  as(name = 'ada'): UseCaseContext {
    const role = name === 'ada' ? 'admin' : this.persons[name];
    if (role === undefined) throw new Error(`nobody is called ${name}: name them in the world`);
    return { ...this.scene.asAdministrator, actor: { kind: 'user', id: name, name, role } };
  }

  say(text: string): void {
    this.#commands += 1;
    this.lines.push({ atMs: this.scene.clock.now().getTime(), rank: this.#commands / 1e6, text });
  }

  violate(text: string): void {
    if (this.violations.includes(text)) return;
    this.violations.push(text);
    this.say(`!! ${text}`);
  }

  async idOf(cluster: string): Promise<string> {
    const row = await this.scene.db.cluster.findFirstOrThrow({
      where: { name: cluster },
      orderBy: { createdAt: 'desc' },
    });
    return row.id;
  }

  /** By name: the VM that has it now, else the last one that had it. */
  async vm(name: string) {
    const found = await this.scene.db.vm.findFirst({
      where: { name },
      orderBy: [{ releasedAt: { sort: 'desc', nulls: 'first' } }],
    });
    if (found === null) throw new Error(`there is no VM ${name}`);
    return found;
  }

  /** What a use case says; a refusal is part of the story, anything else ends it. */
  async refusal(act: () => Promise<unknown>): Promise<HeadroomError | null> {
    try {
      await act();
      return null;
    } catch (error) {
      if (isHeadroomError(error)) return error;
      throw error;
    }
  }
}
