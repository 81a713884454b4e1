import { type GuestChannel, HypervisorError } from '@/lib/hypervisors/types';
import { PROXY_PORTS } from '../ports';
import { GUEST, NETWORK_CARD, processesPath, WAITS } from './paths';

/** A word for the shell, whatever is in it. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Bound of a script in a guest under emulation on a machine that is busy; most take some 100 ms. */
const SCRIPT_TIMEOUT_MS = 60_000;

/** Exit code of a script that finds no clustering process in its guest. */
export const NOT_INSTALLED = 64;

/** Exit code of a script whose reason, on standard error, will be the same at every repetition. */
export const REFUSED = 65;

/** Bound of what the proxy does at once. */
const CONTROL_SECONDS = 5;

/** Words that all scripts know. None starts a process but for `ask`, and `put` for a mode that is rare. */
const PREAMBLE = `set -eu
SELF= VIP= PORT= SERVICE_PORT= HEALTH= VOLUME=
[ ! -r ${GUEST.node} ] || . ${GUEST.node}
# What the kernel says of a service: quicker than asking systemd, and right while it restarts. One that waits does not run.
runs() {
  local name=
  main=
  { read -r main < "${processesPath('$1')}" && IFS= read -r -d '' name < "/proc/$main/cmdline"; } 2>/dev/null || true
  [ -n "$name" ] && [ "$name" != ${WAITS} ]
}
open() {
  local service
  for service; do
    : > "${GUEST.open}/$service"
    echo 1<> "${GUEST.gates}/$service"
  done
}
# Ends what runs by a signal, after so many seconds by force.
shut() {
  local told= until
  tick
  until=$((now + $3 * 1000))
  busybox rm -f "${GUEST.open}/$1"
  while runs "$1"; do
    [ -n "$told" ] || kill -"$2" "$main" 2>/dev/null || true
    told=yes
    tick
    [ $now -lt $until ] || echo 1 > "${processesPath('$1').replace('procs', 'kill')}" 2>/dev/null || true
    pause 0.02
  done
}
ask() { nc -U -N -w 5 ${GUEST.proxySocket} <<< "$1"; }
installed() { [ -s ${GUEST.view} ] || exit ${NOT_INSTALLED}; }
# Sleeps without a process, which would cost more than the wait under emulation.
pause() { [ -n "\${pausing:-}" ] || exec {pausing}<> <(:); read -r -t "$1" -u $pausing || true; }
# Sets one line of the proxy's state map, which its next start reads.
remember() {
  local key value text=
  while read -r key value; do
    [ "$key" != "$1" ] || value=$2
    text+="$key $value"$'\\n'
  done < ${GUEST.proxyState}
  printf %s "$text" > ${GUEST.proxyState}
}
put() {
  [ -d "\${1%/*}" ] || busybox mkdir -p "\${1%/*}"
  [ $2 != 0600 ] || umask 077
  printf %s "$3" > "$1"
  umask 022
  case $2 in 0644 | 0600) ;; *) busybox chmod $2 "$1" ;; esac
}
# The VIP is always on the loopback; where it is held it is on the card as well.
holds_vip() { [[ $(busybox ip -o -4 address show dev ${NETWORK_CARD}) == *" $VIP/32 "* ]]; }
refuse() { echo "$1" >&2; exit ${REFUSED}; }
# Sets now to the milliseconds since the epoch. No $(…): who waits in small steps would take the processor by its forks.
tick() { local t=$EPOCHREALTIME; now=$(( \${t%[.,]*} * 1000 + 10#\${t#*[.,]} / 1000 )); }
# Whether this machine answers 200 at a port and path within so many seconds. Starts no process.
answers() {
  local line=
  { exec 3<> "/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
  printf 'GET %s HTTP/1.0\\r\\nHost: %s\\r\\nX-Headroom-Check: 1\\r\\n\\r\\n' "$2" "$VIP" >&3 2>/dev/null || true
  read -r -t "$3" line <&3 || true
  exec 3>&- 3<&-
  [[ $line == HTTP/1.?" 200"* ]]
}
healthy() { answers "$PORT" "$HEALTH" 1; }
# Whether the application has its data: one that stands by runs without.
mounted() { [ -z "$VOLUME" ] || [[ $(< /proc/mounts) == *" $VOLUME "* ]]; }
# Has the proxy do what its path says; fails where it did not in time, beside so many seconds that it is to wait.
control() { answers ${PROXY_PORTS.control} "/$1" $((${CONTROL_SECONDS} + \${2:-0})); }
`;

export interface GuestScript {
  /** Waits for something: runs as a program of its own, beside the others. */
  readonly waits?: true;
  /** For messages: "installing the clustering process". */
  readonly what: string;
  /** Bash, after the preamble; `$1…` are the arguments. */
  readonly body: string;
  readonly args?: readonly string[];
  readonly timeoutMs?: number;
}

/**
 * Runs a script in the guest by one call, in its resident shell unless it waits. Resolves with what it
 * printed. Throws `guest_failed`: not retryable where the script says that a repetition would end alike.
 */
export const runScript = async (channel: GuestChannel, script: GuestScript): Promise<string> => {
  const { what, body, args = [], waits = false, timeoutMs = SCRIPT_TIMEOUT_MS } = script;
  const text = `set -- ${args.map(quote).join(' ')}\n${PREAMBLE}${body}`;
  const result = waits
    ? await channel.exec('/bin/bash', ['-c', text], { timeoutMs })
    : await channel.run(text, { timeoutMs });
  if (result.exitCode === 0) return result.stdout;
  if (result.exitCode === NOT_INSTALLED) {
    throw new HypervisorError('guest_failed', 'The clustering process is not installed in this VM.', {
      retryable: false,
    });
  }
  const reason = result.stderr.trim().split('\n').slice(-5).join('; ');
  throw new HypervisorError('guest_failed', `${what} failed in the guest: ${reason || `exit ${result.exitCode}`}`, {
    retryable: result.exitCode !== REFUSED,
  });
};
