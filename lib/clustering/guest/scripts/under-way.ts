/**
 * A word for scripts: `under_way` sets `sum` to the requests that wait for an application or are answered by one, of
 * those that this proxy has taken from clients and from other members.
 */
export const UNDER_WAY = `
under_way() {
  local proxy server queued most current rest
  sum=0
  while IFS=, read -r proxy server queued most current rest; do
    case "$proxy,$server" in
      app,* | home,BACKEND) sum=$((sum + \${queued:-0} + \${current:-0})) ;;
    esac
  done < <(ask 'show stat home 2 -1 ; show stat app 4 -1' 2>/dev/null)
}
`;
