import type { Epoch } from '@/lib/sim/state';
import type { Stage } from './stage';

interface StateRow {
  readonly what: string;
  readonly name: string;
  readonly state: string;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** What clients of a cluster meet in a stretch of time, apart from which node answers. */
const describeService = ({ waiting, failed }: Epoch): string => {
  const parts = [
    ...(failed > 0.001 ? [`${percent(failed)} of requests fail`] : []),
    ...(waiting > 0.001 ? [`${percent(waiting)} wait`] : []),
  ];
  return parts.length === 0 ? 'all requests are answered' : parts.join(', ');
};

/** Sees states change, and that what must never hold does not hold. Looks whenever it is told to. */
export class Observer {
  readonly #stage: Stage;
  readonly #states = new Map<string, string>();
  readonly #seenEpochs = new Map<string, { atMs: number; holders: string; service: string }>();
  #isFirst = true;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async look(): Promise<void> {
    await this.#lookAtStates();
    this.#lookAtClients();
    this.#lookAtCopies();
    this.#isFirst = false;
  }

  async #lookAtStates(): Promise<void> {
    const rows = await this.#stage.scene.db.$queryRaw<StateRow[]>`
      select 'cluster' as "what", "name", "state"::text as "state" from "Cluster" where "deletedAt" is null or "state" = 'deleted'
      union all select 'host', "name", "state"::text from "Host"
      union all select 'node', "Vm"."name", "Node"."state"::text from "Node" join "Vm" on "Vm"."id" = "Node"."vmId"
        where "Node"."state" = 'failed'
      union all select 'spare', "name", "state"::text from "Vm" where "role" = 'spare' and "state" = 'failed'
      union all select 'fault', "kind" || ' ' || "target" || coalesce(' ' || "direction", ''), "state"
        || coalesce(': ' || "detail", '') from "LabFault"
      union all select 'recommendation', "Policy"."name" || ' ' || to_char("Recommendation"."createdAt", 'HH24:MI:SS.MS'),
          "Recommendation"."state"::text || ', asked of ' || "askedRole"::text || coalesce(', ' || "comment", '')
            || ' (' || jsonb_array_length("approvals") || ' of ' || "approvalsNeeded" || ' approved)'
        from "Recommendation" join "Policy" on "Policy"."id" = "policyId"`;
    for (const { what, name, state } of rows) {
      const key = `${what} ${name}`;
      if (this.#states.get(key) === state) continue;
      this.#states.set(key, state);
      if (!this.#isFirst)
        this.#add(`${what.padEnd(9)} ${what === 'recommendation' ? name.split(' ')[0] : name}: ${state}`);
    }
  }

  /** Who has the VIP in the eyes of clients, and what becomes of their requests, each at its own time. */
  #lookAtClients(): void {
    const { world } = this.#stage.scene;
    for (const id of world.state.clusters.keys()) {
      const cluster = world.findCluster(id);
      if (cluster?.published == null) continue;
      const name = this.#clusterName(id);
      for (const epoch of cluster.epochs) {
        const last = this.#seenEpochs.get(id);
        if (last !== undefined && epoch.atMs <= last.atMs) continue;
        const holders = epoch.holders.map((vmId) => world.state.vms.get(vmId)?.name ?? vmId).sort();
        const now = { atMs: epoch.atMs, holders: holders.join(' and ') || 'nobody', service: describeService(epoch) };
        this.#seenEpochs.set(id, now);
        if (holders.length > 1 && epoch.servers.length > 0) this.#tellTwoHolders(name, now.holders);
        if (last === undefined && this.#isFirst) continue;
        if (now.holders !== last?.holders) this.#add(`vip       ${name}: ${now.holders}`, epoch.atMs);
        if (now.service !== last?.service) this.#add(`clients   ${name}: ${now.service}`, epoch.atMs);
      }
    }
  }

  #tellTwoHolders(cluster: string, holders: string): void {
    this.#stage.violate(`two-holders: clients reach ${holders} at the VIP of ${cluster}`);
  }

  /** VMs whose application has its data volume mounted and runs: one of a cluster at most. */
  #lookAtCopies(): void {
    const copies = new Map<string, string[]>();
    for (const vm of this.#stage.scene.world.state.vms.values()) {
      const { member } = vm;
      if (vm.run !== 'running' || member?.application !== 'up' || member.view.workload.volume === null) continue;
      copies.set(member.view.clusterName, [...(copies.get(member.view.clusterName) ?? []), vm.name]);
    }
    for (const [cluster, names] of copies)
      if (names.length > 1)
        this.#stage.violate(`two-copies: ${names.sort().join(' and ')} of ${cluster} both run on data`);
  }

  #clusterName(id: string): string {
    const vm = [...this.#stage.scene.world.state.vms.values()].find(({ member }) => member?.clusterId === id);
    return vm?.member?.view.clusterName ?? id;
  }

  #add(text: string, atMs = this.#stage.scene.clock.now().getTime()): void {
    this.#stage.lines.push({ atMs, rank: 3, text });
  }
}
