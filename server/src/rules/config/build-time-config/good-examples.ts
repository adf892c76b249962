import type { GoodExample } from '../../../engine/rule';

const VITE =
  '{ "name": "web", "private": true, "scripts": { "build": "vite build", "start": "serve dist" }, "dependencies": { "react-dom": "^19.0.0", "serve": "^14.0.0" }, "devDependencies": { "vite": "^6.0.0" } }';
const NEXT =
  '{ "name": "site", "private": true, "scripts": { "build": "next build", "start": "next start" }, "dependencies": { "next": "^15.0.0" } }';
const MAIN = "import { createRoot } from 'react-dom/client';\ncreateRoot(document.body)";

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'what a build always has',
    files: {
      'package.json': VITE,
      'src/main.tsx': `${MAIN}.render([import.meta.env.MODE, import.meta.env.DEV, import.meta.env.BASE_URL]);\n`,
    },
  },
  {
    title: 'versions, keys that everybody may see, and pages of the product',
    files: {
      'package.json': VITE,
      'src/main.tsx': `${MAIN}.render([import.meta.env.VITE_APP_VERSION, import.meta.env.VITE_GIT_SHA, import.meta.env.VITE_POSTHOG_KEY, import.meta.env.VITE_SENTRY_DSN, import.meta.env.VITE_APP_TOS_LINK, import.meta.env.VITE_DOCS_URL]);\n`,
      Dockerfile:
        'FROM node:22-alpine\nWORKDIR /app\nARG VITE_GIT_SHA\nARG VITE_POSTHOG_KEY\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npx", "serve", "dist"]\n',
    },
  },
  {
    title: 'settings that the page finds where it runs come first',
    files: {
      'package.json': VITE,
      'src/main.tsx': `${MAIN}.render(window._env_?.API_URL || import.meta.env.VITE_API_URL);\n`,
    },
  },
  {
    title: 'a mark that the start of the container replaces',
    files: {
      'package.json': NEXT,
      'app/page.tsx':
        'export default function Page() {\n  return <a href={process.env.NEXT_PUBLIC_API_URL}>API</a>;\n}\n',
      Dockerfile:
        'FROM node:22-alpine\nWORKDIR /app\nENV NEXT_PUBLIC_API_URL=APP_NEXT_PUBLIC_API_URL\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "server.js"]\n',
    },
  },
  {
    title: 'a package that hands variables to the page at run time',
    files: {
      'package.json':
        '{ "name": "site", "private": true, "scripts": { "build": "next build", "start": "next start" }, "dependencies": { "next": "^15.0.0", "next-runtime-env": "^3.0.0" } }',
      'app/page.tsx':
        'export default function Page() {\n  return process.env.NEXT_PUBLIC_API_URL;\n}\n',
    },
  },
  {
    title: 'what the server reads when a request comes',
    files: {
      'package.json': NEXT,
      'app/api/orders/route.ts':
        'export const GET = () => fetch(`${process.env.ORDERS_URL}/orders`);\n',
    },
  },
  {
    title: 'variables that look frozen, read by a name that no bundler sees',
    files: {
      'package.json':
        '{ "name": "api", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0" } }',
      'server.js':
        "const express = require('express');\nconst app = express();\napp.get('/config', (req, res) => res.json({ api: process.env.NEXT_PUBLIC_API_URL }));\napp.listen(process.env.PORT);\n",
    },
  },
  {
    title: 'SvelteKit: what is read where it runs',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "type": "module", "scripts": { "build": "vite build", "start": "node build" }, "devDependencies": { "@sveltejs/kit": "^2.0.0", "vite": "^6.0.0" } }',
      'src/lib/api.ts':
        "import { env } from '$env/dynamic/public';\nexport const get = (path: string) => fetch(env.PUBLIC_API_URL + path);\n",
    },
  },
  {
    title: 'pages that a generator copies',
    files: {
      'package.json':
        '{ "name": "generator", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0" }, "devDependencies": { "vite": "^6.0.0" } }',
      'server.js': "require('express')().listen(process.env.PORT);\n",
      'src/pages/main.tsx': `${MAIN}.render(import.meta.env.VITE_SERVER_URL);\n`,
    },
  },
  {
    title: 'an app that people install',
    files: {
      'package.json':
        '{ "name": "phone", "private": true, "scripts": { "build": "vite build" }, "dependencies": { "@capacitor/core": "^6.0.0", "react-dom": "^19.0.0" }, "devDependencies": { "vite": "^6.0.0" } }',
      'src/main.tsx': `${MAIN}.render(import.meta.env.VITE_API_URL);\n`,
    },
  },
  {
    title: 'configuration of development, tests and uploads',
    files: {
      'package.json': VITE,
      'vite.config.ts':
        "import { defineConfig } from 'vite';\nexport default defineConfig({\n  server: { proxy: { '/api': process.env.API_URL } },\n  define: { __VERSION__: JSON.stringify(process.env.npm_package_version) },\n});\n",
      'src/main.tsx': `${MAIN};\n`,
      'src/main.test.tsx': 'export const url = import.meta.env.VITE_API_URL;\n',
      'src/button.stories.tsx': 'export const url = import.meta.env.VITE_API_URL;\n',
      'e2e/login.spec.ts': 'export const url = import.meta.env.VITE_API_URL;\n',
    },
  },
  {
    title: 'Next: a configuration about the build itself',
    files: {
      'package.json': NEXT,
      'next.config.js':
        "module.exports = {\n  output: process.env.DOCKER_OUTPUT ? 'standalone' : undefined,\n  distDir: process.env.NEXT_DIST_DIR,\n  sentry: { org: process.env.SENTRY_ORG, url: process.env.SENTRY_URL, authToken: process.env.SENTRY_AUTH_TOKEN },\n};\n",
      'app/page.tsx':
        'export default function Page() {\n  return process.env.NEXT_PUBLIC_VERCEL_URL;\n}\n',
    },
  },
  {
    title: 'Nuxt: settings that variables set when the server starts',
    files: {
      'package.json':
        '{ "name": "web", "private": true, "scripts": { "build": "nuxt build", "start": "node .output/server/index.mjs" }, "dependencies": { "nuxt": "^3.0.0" } }',
      'nuxt.config.ts':
        'export default defineNuxtConfig({\n  runtimeConfig: { public: { apiBase: process.env.NUXT_PUBLIC_API_BASE_URL } },\n});\n',
      'pages/index.vue':
        '<script setup lang="ts">\nconst { public: { apiBase } } = useRuntimeConfig();\n</script>\n<template>{{ apiBase }}</template>\n',
    },
  },
  {
    title: 'esbuild, which is told what every deploy is',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "type": "module", "scripts": { "start": "node server.js", "build": "node build.mjs" }, "dependencies": { "express": "^4.0.0" }, "devDependencies": { "esbuild": "^0.25.0" } }',
      'server.js': "import express from 'express';\nexpress().listen(process.env.PORT);\n",
      'build.mjs': `import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
if (process.env.WATCH) console.log('watching');
await build({ entryPoints: ['web/main.js'], define: { 'process.env.NODE_ENV': '"production"', VERSION: JSON.stringify(version) } });
`,
    },
  },
];
