/** The `web` workload: one nginx with Lua, without state. Runs as the workload's unprivileged user. */
export const WEB_PORT = 8080;

/** A request may ask for this much of one vCPU's time at most. */
const CPU_MS_MAX = 5_000;
/** A slow answer ends after this time at most. */
const SLOW_SECONDS_MAX = 300;

export const webNginxConf = (port: number): string => `load_module /usr/lib/nginx/modules/ndk_http_module.so;
load_module /usr/lib/nginx/modules/ngx_http_lua_module.so;
worker_processes auto;
pid /run/headroom-workload/nginx.pid;
error_log stderr warn;
env HEADROOM_NODE;
events { worker_connections 4096; }
http {
  access_log off;
  default_type text/plain;
  client_body_temp_path /run/headroom-workload/body;
  proxy_temp_path /run/headroom-workload/proxy;
  fastcgi_temp_path /run/headroom-workload/fastcgi;
  uwsgi_temp_path /run/headroom-workload/uwsgi;
  scgi_temp_path /run/headroom-workload/scgi;
  server_tokens off;
  keepalive_requests 100000;
  client_max_body_size 64k;
  init_by_lua_block { node = os.getenv('HEADROOM_NODE') or 'unknown' }
  server {
    listen ${port} backlog=1024;
    location = /healthz { return 200 "ok\\n"; }
    location = /cpu {
      content_by_lua_block {
        local ms = tonumber(ngx.var.arg_ms) or 50
        ms = math.max(0, math.min(ms, ${CPU_MS_MAX}))
        local untilCpu = os.clock() + ms / 1000
        local rounds = 0
        while os.clock() < untilCpu do
          for i = 1, 2000 do rounds = rounds + (i % 7) end
        end
        ngx.say(node, ' worked ', ms, ' ms')
      }
    }
    location = /slow {
      content_by_lua_block {
        local seconds = tonumber(ngx.var.arg_seconds) or 10
        seconds = math.max(0, math.min(seconds, ${SLOW_SECONDS_MAX}))
        local ticks = math.ceil(seconds)
        ngx.header['X-Accel-Buffering'] = 'no'
        for tick = 1, ticks do
          ngx.say(node, ' ', tick, '/', ticks)
          local ok = ngx.flush(true)
          if not ok then return end
          ngx.sleep(1)
        end
        ngx.say('end')
      }
    }
    location / {
      content_by_lua_block { ngx.say(node) }
    }
  }
}
`;
