import { argumentAt } from '../../../base/values';
import { defineRule } from '../../../engine/rule';
import { composeFiles } from '../../../project/manifests/compose';
import { kubernetesObjects } from '../../../project/manifests/kubernetes';
import type { CallMeaning, ProjectModel } from '../../../project/model';
import { givenStore } from '../../../project/state/given-store';
import { affinities } from './affinity';

export default defineRule({
  id: 'sticky-session',
  factor: 'processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Clients have to come back to the same process.',
  why: 'Sending a client to the process that it was sent to before only helps when that process remembers something that no other one knows. Such a process cannot be stopped, replaced or added without somebody noticing: its clients lose their data, new processes stay idle while old ones are overloaded, and clients behind one address all meet the same process. What has to be remembered belongs into a store with an expiry, such as Redis, that all processes share; then any process can answer.',
  whenNotToUse:
    'Where affinity is only an optimisation, such as a warm cache, and every process could answer; or for a third party’s software that asks for it.',
  fix: 'none',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    affinity:
      '`{name}` ties each client to one process; keep what that process remembers in a store that all share.',
    polling:
      'With several replicas, polling has to reach the same process each time; use WebSockets only, with an adapter.',
  },
  manifest: {
    kinds: ['text', 'yaml'],
    check({ path, model, report }) {
      for (const { name, span } of affinities(model.files, path))
        report({ at: { path, span }, message: 'affinity', data: { name } });
    },
  },
  meaning(found, context) {
    const { meaning, call } = found;
    const { model } = context;
    if (call.context.includes('development')) return;
    if (meaning.kind === 'affinity')
      context.report({
        at: call.nameSpan,
        message: 'affinity',
        data: { name: found.callee.replace(/^new /, '') },
      });
    else if (isPollingSocket(found, model) && hasReplicas(model))
      context.report({
        at: call.nameSpan,
        message: 'polling',
      });
  },
  examples: {
    bad: [
      {
        title: 'nginx by address',
        files: {
          'nginx.conf': `http {
  upstream app {
    ip_hash;
    server app1:3000;
    server app2:3000;
  }
  server { listen 80; location / { proxy_pass http://app; } }
}
`,
        },
        findings: [{ at: 'ip_hash', path: 'nginx.conf' }],
      },
      {
        title: 'Kubernetes by address and by cookie',
        files: {
          'k8s/web.yaml': `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  sessionAffinity: ClientIP
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
spec: {}
`,
        },
        findings: [
          { at: 'sessionAffinity: ClientIP', path: 'k8s/web.yaml' },
          { at: 'nginx.ingress.kubernetes.io/affinity: "cookie"', path: 'k8s/web.yaml' },
        ],
      },
      {
        title: 'labels of Traefik, HAProxy, Caddy',
        files: {
          'docker-compose.yml': `services:
  web:
    image: shop:1
    labels:
      - traefik.enable=true
      - traefik.http.services.web.loadbalancer.sticky.cookie=true
`,
          'haproxy.cfg': `backend app
  balance source
  server a app1:3000
`,
          Caddyfile: `shop.example {
  reverse_proxy app1:3000 app2:3000 {
    lb_policy ip_hash
  }
}
`,
        },
        findings: [
          { at: 'lb_policy ip_hash', path: 'Caddyfile' },
          {
            at: 'traefik.http.services.web.loadbalancer.sticky.cookie=true',
            path: 'docker-compose.yml',
          },
          { at: 'balance source', path: 'haproxy.cfg' },
        ],
      },
      {
        title: 'workers of a cluster by address',
        path: 'server.js',
        code: `const sticky = require('sticky-session');
const server = require('http').createServer((req, res) => res.end());
sticky.listen(server, process.env.PORT);
`,
        findings: [{ at: 'listen' }],
      },
      {
        title: 'socket.io that polls, in several replicas',
        files: {
          'server.js': `const { Server } = require('socket.io');
const io = new Server({ cors: { origin: process.env.ORIGIN } });
io.listen(Number(process.env.PORT));
`,
          'deploy/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          image: shop:1
`,
        },
        findings: [{ at: 'Server', occurrence: 2, path: 'server.js' }],
      },
    ],
    good: [
      {
        title: 'nginx that spreads requests, and a hash of the page for a cache',
        files: {
          'nginx.conf': `http {
  upstream app { least_conn; server app1:3000; server app2:3000; }
  upstream cache { hash $request_uri consistent; server c1; server c2; }
  # ip_hash;
}
`,
        },
      },
      {
        title: 'Kubernetes without affinity',
        files: {
          'k8s/web.yaml': `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: None
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/proxy-body-size: 8m
spec: {}
`,
        },
      },
      {
        title: 'WebSockets only',
        files: {
          'server.js': `const { Server } = require('socket.io');
const io = new Server({ transports: ['websocket'] });
io.listen(Number(process.env.PORT));
`,
          'docker-compose.yml': `services:
  web:
    build: .
    deploy:
      replicas: 3
`,
        },
      },
      {
        title: 'one replica',
        files: {
          'server.js': `const { Server } = require('socket.io');
const io = new Server();
io.listen(Number(process.env.PORT));
`,
          'docker-compose.yml': `services:
  web:
    build: .
`,
        },
      },
      {
        title: 'labels of Traefik without cookies, pods that keep apart',
        files: {
          'docker-compose.yml': `services:
  web:
    image: shop:1
    labels:
      traefik.http.services.web.loadbalancer.sticky.cookie: "false"
      traefik.http.services.web.loadbalancer.server.port: "3000"
`,
          'k8s/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  template:
    spec:
      affinity:
        podAntiAffinity: {}
      containers:
        - name: web
          image: shop:1
`,
        },
      },
      {
        title: 'a development proxy',
        files: {
          'docker/dev/nginx.conf': `http { upstream app { ip_hash; server app:3000; } }
`,
        },
      },
    ],
  },
});

/** Does a socket.io server let clients poll, with nothing that joins its processes? */
function isPollingSocket({ meaning, args, path }: CallMeaning, model: ProjectModel): boolean {
  if (meaning.kind !== 'memory-store' || meaning.what !== 'socket-adapter') return false;
  const transports = argumentAt(args, '0.transports|1.transports');
  if (transports) {
    const names = transports.kind === 'array' ? transports.items : [];
    return names.some((name) => name.kind === 'literal' && name.value === 'polling');
  }
  const isShared = model.meanings(path).some((each) => each.meaning.kind === 'shared-store');
  return !isShared && givenStore(args, meaning.store ?? '0.adapter', model, path) === 'none';
}

/** Does some manifest of production start more than one of anything that is built here? */
function hasReplicas(model: ProjectModel): boolean {
  return (
    kubernetesObjects(model.files).some(
      ({ kind, production, replicas = 1 }) =>
        production && /^(Deployment|StatefulSet|ReplicaSet)$/.test(kind) && replicas > 1,
    ) ||
    composeFiles(model.files).some(
      ({ production, services }) =>
        production && services.some(({ build, replicas = 1 }) => build && replicas > 1),
    )
  );
}
