import { GUEST } from '../paths';
import { COMMANDS } from '../proxy-commands.lua';

/**
 * Words for scripts that wait for requests. `talk` begins a conversation with the proxy, which fails where there is no proxy;
 * `say` sets `answer` to what it says to one command within so many seconds; `settle` waits until nothing is under way any
 * more, for so many milliseconds at most, and not at all where the proxy does not answer. All by one process and in few
 * letters: a process costs some 100 ms of an emulated processor while clients wait, and the shell reads a letter at a time.
 */
export const UNDER_WAY = `
talk() {
  trap '' PIPE
  coproc PROXY { exec nc -U -N ${GUEST.proxySocket} 2> /dev/null; }
  saying=\${PROXY[1]:-} hearing=\${PROXY[0]:-}
  say prompt 5
}
# Its prompt, which is all that ends an answer, is '> '.
say() {
  answer=
  [ -n "$saying" ] && echo "$1" 2> /dev/null >&"$saying" && IFS= read -r -t "$2" -d '>' -u "$hearing" answer
}
settle() { say "${COMMANDS.settle} $1" $(($1 / 1000 + 5)) || true; }
`;
