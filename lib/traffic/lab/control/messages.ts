import { HypervisorError, type HypervisorErrorCode } from '@/lib/hypervisors/types';
import type { LoadSpec, LoadStatus, NodeTrafficMetrics, ProbeAnswer, ProbeSummary, PublishedTarget } from '../../types';

/** Changes with the meaning of any message: a process that speaks another version is started anew. */
export const PROTOCOL_VERSION = 4;

/** A value as JSON has it: times are milliseconds since the epoch. */
type Wire<T> = {
  [K in keyof T]: T[K] extends Date
    ? number
    : T[K] extends Date | null
      ? number | null
      : T[K] extends readonly (infer E)[]
        ? readonly Wire<E>[]
        : T[K];
};

/** Every process answers this. */
export interface CommonMethods {
  version: { params: null; result: number };
}

export interface AgentMethods extends CommonMethods {
  publish: { params: PublishedTarget; result: null };
  unpublish: { params: { clusterId: string }; result: null };
  published: { params: null; result: readonly PublishedTarget[] };
  receipt: { params: { clusterId: string; from: number; to: number }; result: Wire<ProbeSummary> };
  probeOnce: { params: { clusterId: string; timeoutMs: number; path: string | null }; result: ProbeAnswer };
  answeredSince: { params: { clusterId: string; since: number }; result: readonly (readonly [string, number])[] };
  nodeMetrics: { params: { address: string }; result: Wire<NodeTrafficMetrics> };
  clusterMetrics: { params: { clusterId: string }; result: Wire<NodeTrafficMetrics> };
  setLoad: { params: { clusterId: string; load: LoadSpec }; result: Wire<LoadStatus> };
  load: { params: { clusterId: string }; result: Wire<LoadStatus> };
  memberStatus: { params: { address: string; timeoutMs: number }; result: string };
  vipHolders: { params: { vip: string }; result: readonly string[] };
}

export interface GatewayMethods extends CommonMethods {
  /** Listens at exactly these ports from now on. */
  serve: { params: { ports: readonly GatewayPort[] }; result: null };
}

export interface GatewayPort {
  readonly clusterId: string;
  readonly port: number;
}

type Method = { params: unknown; result: unknown };
export type Methods<M> = { [K in keyof M]: Method };

export type Handlers<M extends Methods<M>> = {
  [K in keyof M]: (params: M[K]['params']) => M[K]['result'] | Promise<M[K]['result']>;
};

export interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

export type Response =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: { readonly code: HypervisorErrorCode; readonly message: string } };

/** One message is one line of JSON, not longer than this. */
export const LINE_BYTES_MAX = 4 * 1024 * 1024;

export const encode = (message: Request | Response): string => `${JSON.stringify(message)}\n`;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};

/** Null for what is no request. */
export const decodeRequest = (line: string): Request | null => {
  const value = parseJson(line);
  if (!isObject(value) || typeof value.id !== 'number' || typeof value.method !== 'string') return null;
  return { id: value.id, method: value.method, params: value.params ?? null };
};

/** Null for what is no response. */
export const decodeResponse = (line: string): Response | null => {
  const value = parseJson(line);
  if (!isObject(value) || typeof value.id !== 'number') return null;
  if (!isObject(value.error)) return { id: value.id, result: value.result };
  const { code, message } = value.error;
  return { id: value.id, error: { code: code as HypervisorErrorCode, message: String(message) } };
};

export const errorResponse = (id: number, error: unknown): Response => ({
  id,
  error:
    error instanceof HypervisorError
      ? { code: error.code, message: error.message }
      : { code: 'failed', message: error instanceof Error ? error.message : String(error) },
});
