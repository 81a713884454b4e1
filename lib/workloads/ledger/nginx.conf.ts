/** The `ledger` workload: nginx with Lua in front of SQLite on the data volume. One worker: SQLite has one writer. */
export const LEDGER_PORT = 8080;

export const ledgerNginxConf = (
  port: number,
  directory: string,
): string => `load_module /usr/lib/nginx/modules/ndk_http_module.so;
load_module /usr/lib/nginx/modules/ngx_http_lua_module.so;
worker_processes 1;
pid /run/headroom-workload/nginx.pid;
error_log stderr warn;
env HEADROOM_NODE;
events { worker_connections 4096; }
http {
  access_log off;
  default_type application/json;
  client_body_temp_path /run/headroom-workload/body;
  proxy_temp_path /run/headroom-workload/proxy;
  fastcgi_temp_path /run/headroom-workload/fastcgi;
  uwsgi_temp_path /run/headroom-workload/uwsgi;
  scgi_temp_path /run/headroom-workload/scgi;
  server_tokens off;
  keepalive_requests 100000;
  client_max_body_size 64k;
  client_body_buffer_size 64k;
  lua_package_path '${directory}/?.lua;;';
  init_worker_by_lua_block { require('ledger').warm() }
  access_by_lua_block { require('ledger').ready() }
  server {
    listen ${port} backlog=1024;
    location = /healthz { content_by_lua_block { require('ledger').health() } }
    location = /stats { content_by_lua_block { require('ledger').stats() } }
    location = /transactions { content_by_lua_block { require('ledger').collection() } }
    location ~ ^/transactions/(?<id>[A-Za-z0-9._:-]+)$ { content_by_lua_block { require('ledger').item(ngx.var.id) } }
    location = / { content_by_lua_block { require('ledger').stats() } }
    location / { content_by_lua_block { require('ledger').fail(404, 'not_found', 'There is nothing here.') } }
  }
}
`;
