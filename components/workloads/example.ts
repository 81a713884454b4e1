/** The service's user may write to its own directory below /run only: nginx is told to keep everything there. */
const CONF = `pid /run/headroom-workload/nginx.pid;
error_log stderr warn;
events {}
http {
  access_log off;
  client_body_temp_path /run/headroom-workload/body;
  proxy_temp_path /run/headroom-workload/proxy;
  fastcgi_temp_path /run/headroom-workload/fastcgi;
  uwsgi_temp_path /run/headroom-workload/uwsgi;
  scgi_temp_path /run/headroom-workload/scgi;
  server {
    listen 8080;
    location / { return 200 "hello\\n"; }
  }
}
`;

/** What the form begins with. Its package is in every image already, so trying it out builds none. */
const EXAMPLE = {
  name: 'hello',
  description: 'Answers hello.',
  packages: ['nginx-light'],
  files: [
    {
      path: '/opt/hello/nginx.conf',
      mode: '0644',
      content: CONF,
    },
  ],
  startCommand: '/usr/sbin/nginx -e stderr -c /opt/hello/nginx.conf -g "daemon off;"',
  port: 8080,
  servicePort: 80,
  healthPath: '/',
  probePath: '/',
  maxConnections: 64,
  volume: null,
};

export const EXAMPLE_TEXT = JSON.stringify(EXAMPLE, null, 2);
