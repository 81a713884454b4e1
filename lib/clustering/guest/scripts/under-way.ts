import { GUEST } from '../paths';

/**
 * Words for scripts that put many questions to the proxy: `talk` begins a conversation, which fails where there is no
 * proxy; `say` sets `answer` to what it says to one command; `under_way` sets `sum` to the requests that wait for an
 * application or are answered by one, of those that this proxy has taken from clients and from other members, and to 0 where
 * it does not answer. All by one process: each costs some 100 ms of an emulated processor while clients wait.
 */
export const UNDER_WAY = `
talk() {
  trap '' PIPE
  coproc PROXY { exec nc -U -N ${GUEST.proxySocket} 2> /dev/null; }
  saying=\${PROXY[1]:-} hearing=\${PROXY[0]:-}
  say prompt
}
# Its prompt, which is all that ends an answer, is '> '.
say() {
  answer=
  [ -n "$saying" ] && echo "$1" 2> /dev/null >&"$saying" && IFS= read -r -t 5 -d '>' -u "$hearing" answer
}
under_way() {
  local question proxy server queued most current rest
  sum=0
  for question in 'show stat home 2 -1' 'show stat app 4 -1'; do
    say "$question" || continue
    while IFS=, read -r proxy server queued most current rest; do
      case "$proxy,$server" in
        app,* | home,BACKEND) sum=$((sum + \${queued:-0} + \${current:-0})) ;;
      esac
    done <<< "$answer"
  done
}
`;
