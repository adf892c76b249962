import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'Next: build arguments of an image become part of what browsers load',
    files: {
      'package.json':
        '{ "name": "dashboard", "private": true, "scripts": { "build": "next build", "start": "next start" }, "dependencies": { "next": "^15.0.0", "react": "^19.0.0" } }',
      Dockerfile: `FROM node:22-alpine AS build
WORKDIR /app
ARG NEXT_PUBLIC_API_URL
ARG NEXT_PUBLIC_SENTRY_DSN
ENV NEXT_PUBLIC_API_URL=$NEXT_PUBLIC_API_URL
COPY . .
RUN npm ci && npm run build
FROM node:22-alpine
WORKDIR /app
COPY --from=build /app/.next ./.next
CMD ["node", "node_modules/next/dist/bin/next", "start"]
`,
      'src/lib/api.ts':
        'export const load = () => fetch(`${process.env.NEXT_PUBLIC_API_URL}/orders`);\nexport const dsn = process.env.NEXT_PUBLIC_SENTRY_DSN;\n',
      'src/app/page.tsx':
        "import { load } from '../lib/api';\nexport default async function Page() {\n  await load();\n  return <p>orders</p>;\n}\n",
    },
    findings: [
      {
        at: 'NEXT_PUBLIC_API_URL',
        path: 'Dockerfile',
        message:
          'The build freezes `NEXT_PUBLIC_API_URL` into the image, so that each deploy needs one of its own; read it on the server for each request and hand it to the page.',
      },
    ],
  },
  {
    title: 'Vite: pages whose pipeline builds them per deploy',
    files: {
      'package.json':
        '{ "name": "web", "private": true, "scripts": { "build": "vite build" }, "dependencies": { "react": "^19.0.0", "react-dom": "^19.0.0" }, "devDependencies": { "vite": "^6.0.0" } }',
      'index.html': '<script type="module" src="/src/main.tsx"></script>\n',
      'src/main.tsx':
        "import { createRoot } from 'react-dom/client';\nimport { api } from './config';\ncreateRoot(document.body).render(api);\n",
      'src/config.ts':
        'export const api = import.meta.env.VITE_API_URL;\nexport const stage = import.meta.env.VITE_STAGE;\n',
      '.github/workflows/deploy.yml': `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    env:
      VITE_API_URL: \${{ vars.API_URL }}
    steps:
      - uses: actions/checkout@v4
      - run: npm ci && npm run build
      - run: aws s3 sync dist s3://shop && netlify deploy
`,
    },
    findings: [{ at: 'VITE_API_URL: ${{ vars.API_URL }}', path: '.github/workflows/deploy.yml' }],
  },
  {
    title: 'Vite: addresses that code reads, where nothing says who gives them',
    files: {
      'package.json':
        '{ "name": "web", "private": true, "scripts": { "build": "vite build", "start": "serve dist" }, "dependencies": { "vue": "^3.0.0", "serve": "^14.0.0" }, "devDependencies": { "vite": "^6.0.0" } }',
      'src/main.ts':
        "import { createApp } from 'vue';\nconst base = import.meta.env.VITE_BACKEND_URL || 'http://localhost:3000';\ncreateApp({ base }).mount('#app');\n",
    },
    findings: [
      { at: 'import.meta.env.VITE_BACKEND_URL', path: 'src/main.ts', severity: 'information' },
    ],
  },
  {
    title: 'SvelteKit: static modules of the environment',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "type": "module", "scripts": { "build": "vite build", "start": "node build" }, "devDependencies": { "@sveltejs/kit": "^2.0.0", "@sveltejs/adapter-node": "^5.0.0", "vite": "^6.0.0" } }',
      'src/lib/api.ts':
        "import { PUBLIC_API_URL as base } from '$env/static/public';\nexport const get = (path: string) => fetch(base + path);\n",
      'src/routes/+page.server.ts':
        "import { get } from '$lib/api';\nimport { ORDERS_HOST } from '$env/static/private';\nexport const load = () => get(ORDERS_HOST);\n",
      Dockerfile:
        'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "build"]\n',
    },
    findings: [
      {
        at: 'PUBLIC_API_URL as base',
        path: 'src/lib/api.ts',
        message:
          'The build freezes `PUBLIC_API_URL` and `ORDERS_HOST` into the image, so that each deploy needs one of its own; import them from $env/dynamic.',
      },
    ],
  },
  {
    title: 'SvelteKit: the path below which pages are served',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "type": "module", "scripts": { "build": "vite build", "start": "node build" }, "devDependencies": { "@sveltejs/kit": "^2.0.0", "@sveltejs/adapter-node": "^5.0.0", "vite": "^6.0.0" } }',
      'svelte.config.js': `import adapter from '@sveltejs/adapter-node';
export default {
  kit: {
    adapter: adapter({ out: process.env.OUT_HOST_DIR }),
    paths: { base: process.env.APP_BASE || '', relative: false },
    csrf: { checkOrigin: process.env.CHECK_ORIGIN !== 'off' },
  },
};
`,
      'src/routes/+page.server.ts': 'export const load = () => ({ orders: [] });\n',
    },
    findings: [{ at: 'process.env.APP_BASE', path: 'svelte.config.js' }],
  },
  {
    title: 'Next: a configuration that asks the environment where to send requests on to',
    files: {
      'package.json':
        '{ "name": "site", "private": true, "scripts": { "build": "next build", "start": "next start" }, "dependencies": { "next": "^15.0.0" } }',
      'next.config.mjs': `export default {
  productionBrowserSourceMaps: process.env.ANALYZE === 'true',
  async rewrites() {
    return [{ source: '/api/:path*', destination: \`\${process.env.BACKEND_URL}/:path*\` }];
  },
};
`,
      'app/page.tsx': 'export default function Page() {\n  return null;\n}\n',
    },
    findings: [{ at: 'process.env.BACKEND_URL', path: 'next.config.mjs' }],
  },
  {
    title: 'webpack: what its plugins replace',
    files: {
      'package.json':
        '{ "name": "web", "private": true, "scripts": { "build": "webpack", "start": "serve dist" }, "dependencies": { "react-dom": "^19.0.0", "serve": "^14.0.0" }, "devDependencies": { "webpack": "^5.0.0" } }',
      'webpack.config.js': `const webpack = require('webpack');
module.exports = {
  plugins: [
    new webpack.DefinePlugin({
      'process.env.API_ORIGIN': JSON.stringify(process.env.API_ORIGIN),
      'process.env.NODE_ENV': JSON.stringify(process.env.NODE_ENV),
    }),
    new webpack.EnvironmentPlugin(['SOCKET_HOST', 'APP_VERSION']),
  ],
};
`,
      'src/index.js':
        "import { createRoot } from 'react-dom/client';\ncreateRoot(document.body);\n",
    },
    findings: [{ at: 'process.env.API_ORIGIN', occurrence: 2, path: 'webpack.config.js' }],
  },
  {
    title: 'Vite: a configuration that defines what loadEnv answers',
    files: {
      'package.json':
        '{ "name": "web", "private": true, "scripts": { "build": "vite build", "start": "serve dist" }, "dependencies": { "react-dom": "^19.0.0", "serve": "^14.0.0" }, "devDependencies": { "vite": "^6.0.0" } }',
      'vite.config.ts': `import { defineConfig, loadEnv } from 'vite';
export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, process.cwd(), '');
  return {
    define: { __API__: JSON.stringify(env.API_URL) },
    server: { proxy: { '/api': env.DEV_PROXY_URL } },
  };
});
`,
      'src/main.tsx':
        "import { createRoot } from 'react-dom/client';\ncreateRoot(document.body);\n",
    },
    findings: [{ at: 'env.API_URL', path: 'vite.config.ts' }],
  },
  {
    title: 'Create React App: a library of the workspace reads what the app is built with',
    files: {
      'package.json': '{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }',
      'apps/web/package.json':
        '{ "name": "web", "private": true, "scripts": { "build": "react-scripts build" }, "dependencies": { "react-scripts": "5.0.1", "react-dom": "^18.0.0", "@acme/client": "workspace:*" } }',
      'apps/web/src/index.js': "import { base } from '@acme/client';\nconsole.log(base);\n",
      'apps/web/Dockerfile': `FROM node:22-alpine AS build
WORKDIR /app
COPY . .
ARG REACT_APP_SERVER_URL=https://api.acme.io
ARG REACT_APP_VERSION
RUN npm ci && npm run build
FROM nginx:1.27
COPY --from=build /app/build /usr/share/nginx/html
`,
      'packages/client/package.json':
        '{ "name": "@acme/client", "private": true, "main": "index.js" }',
      'packages/client/index.js': 'export const base = process.env.REACT_APP_SERVER_URL;\n',
    },
    findings: [{ at: 'REACT_APP_SERVER_URL=https://api.acme.io', path: 'apps/web/Dockerfile' }],
  },
  {
    title: 'switches that the build is given',
    files: {
      'package.json':
        '{ "name": "web", "private": true, "scripts": { "build": "vite build" }, "dependencies": { "react-dom": "^19.0.0" }, "devDependencies": { "vite": "^6.0.0" } }',
      'src/main.tsx':
        "import { createRoot } from 'react-dom/client';\ncreateRoot(document.body).render(import.meta.env.VITE_SIGN_UP_DISABLED);\n",
      Dockerfile: `FROM node:22-alpine AS build
WORKDIR /app
COPY . .
ARG VITE_SIGN_UP_DISABLED
RUN npm ci && npm run build
FROM nginx:1.27
COPY --from=build /app/dist /usr/share/nginx/html
`,
    },
    findings: [{ at: 'VITE_SIGN_UP_DISABLED', path: 'Dockerfile', severity: 'information' }],
  },
  {
    title: 'Nuxt: a configuration that reads the environment itself',
    files: {
      'package.json':
        '{ "name": "web", "private": true, "scripts": { "build": "nuxt build", "start": "node .output/server/index.mjs" }, "dependencies": { "nuxt": "^3.0.0" } }',
      'nuxt.config.ts':
        'export default defineNuxtConfig({\n  runtimeConfig: { public: { apiBase: process.env.API_BASE_URL } },\n});\n',
      'app.vue': '<template><div /></template>\n',
    },
    findings: [{ at: 'process.env.API_BASE_URL', path: 'nuxt.config.ts' }],
  },
  {
    title: 'in a template that people copy',
    files: {
      'package.json': '{ "name": "create-shop", "bin": "index.js" }',
      'index.js': '#!/usr/bin/env node\n',
      'templates/web/package.json':
        '{ "name": "web", "private": true, "scripts": { "build": "vite build" }, "dependencies": { "react-dom": "^19.0.0" }, "devDependencies": { "vite": "^6.0.0" } }',
      'templates/web/src/main.tsx':
        "import { createRoot } from 'react-dom/client';\ncreateRoot(document.body).render(import.meta.env.VITE_API_URL);\n",
    },
    findings: [
      { at: 'import.meta.env.VITE_API_URL', path: 'templates/web/src/main.tsx', severity: 'hint' },
    ],
  },
  {
    title: 'esbuild, called by a script',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "type": "module", "scripts": { "start": "node server.js", "build": "node build.mjs" }, "dependencies": { "express": "^4.0.0" }, "devDependencies": { "esbuild": "^0.25.0" } }',
      'server.js': "import express from 'express';\nexpress().listen(process.env.PORT);\n",
      'web/main.js': "fetch(API_URL + '/orders');\n",
      'build.mjs': `import { build } from 'esbuild';
await build({ entryPoints: ['web/main.js'], bundle: true, define: { API_URL: JSON.stringify(process.env.API_URL) } });
`,
    },
    findings: [{ at: 'process.env.API_URL', path: 'build.mjs' }],
  },
];
