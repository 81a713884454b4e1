/**
 * A word for scripts: `under_way` sets `sum` to the requests that wait for an application or are answered by one, of
 * those that this proxy has taken from clients and from other members. Commands for the proxy may be its argument, each
 * with ` ; ` behind it: they are done first, and what they answer is in `told`. One process asks all: each costs some 50 ms
 * of an emulated processor. `answers` is empty where the proxy gives none.
 */
export const UNDER_WAY = `
under_way() {
  local proxy server queued most current rest
  sum=0 told= answers=
  while IFS=, read -r proxy server queued most current rest; do
    case "$proxy,$server" in
      app,* | home,BACKEND) sum=$((sum + \${queued:-0} + \${current:-0})) ;;
      '#'*) answers=yes ;;
      ,) ;;
      *) told+=$proxy ;;
    esac
  done < <(ask "\${1:-}show stat home 2 -1 ; show stat app 4 -1" 2>/dev/null)
}
`;
