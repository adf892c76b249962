import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'the whole context, with an env file that git ignores',
    files: {
      Dockerfile: `FROM node:22-alpine
WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev
COPY . .
CMD ["node", "server.js"]
`,
      '.gitignore': `node_modules
.env
`,
      '.dockerignore': `node_modules
.git
`,
      'server.js': `require('dotenv').config();
`,
    },
    findings: [
      {
        at: 'COPY . .',
        path: 'Dockerfile',
        message:
          'This copies .env into the image wherever the file is there at the build; exclude env files in .dockerignore.',
      },
    ],
    fixed: {
      dockerignore: {
        '.dockerignore': `node_modules
.git
.env*
!.env.example
`,
      },
    },
  },
  {
    title: 'files that are there, in several folders; no ignore file yet',
    files: {
      Dockerfile: `FROM node:22-alpine AS build
WORKDIR /src
ADD /. /src
RUN npm ci && npm run build

FROM node:22-alpine
WORKDIR /app
COPY --from=build /src .
CMD ["node", "api/server.js"]
`,
      'compose.env': `DATABASE_HOST=mysql
`,
      'api/.env.production': `API_URL=https://api.acme.io
`,
      'api/.env.example': `API_URL=
`,
      'package.json': `{ "name": "shop", "private": true }
`,
    },
    findings: [{ at: 'ADD /. /src', path: 'Dockerfile' }],
    fixed: {
      dockerignore: {
        '.dockerignore': `**/.env*
!**/.env.example
compose.env
`,
      },
    },
  },
  {
    title: 'copied by name',
    files: {
      Dockerfile: `FROM node:22-alpine
WORKDIR /app
COPY package.json .env.production ./
COPY config/live.env /etc/app.env
CMD ["node", "server.js"]
`,
    },
    findings: [
      {
        at: 'COPY package.json .env.production ./',
        path: 'Dockerfile',
        message:
          'The env file .env.production is copied into the image; set its variables when the container starts.',
      },
      { at: 'COPY config/live.env /etc/app.env', path: 'Dockerfile' },
    ],
  },
  {
    title: 'credentials and addresses as variables of the image',
    files: {
      Dockerfile: `FROM node:22-alpine
ARG NPM_TOKEN
ENV NODE_ENV=production PORT=3000
ENV JWT_SECRET=changeme
ENV DATABASE_URL="postgres://shop:hunter2@db.acme.io/shop" \\\\
    REDIS_HOST=redis.acme.io
ENV API_BASE_URL https://api.acme.io/v2
CMD ["node", "server.js"]
`,
    },
    findings: [
      {
        at: 'NPM_TOKEN',
        path: 'Dockerfile',
        message:
          'The build argument \`NPM_TOKEN\` stays in the history of the image; mount it as a build secret instead.',
      },
      {
        at: 'JWT_SECRET=changeme',
        path: 'Dockerfile',
        message:
          '\`JWT_SECRET\` is part of the image for everybody who pulls it; set it when the container starts, and rotate it.',
      },
      { at: 'DATABASE_URL="postgres://shop:hunter2@db.acme.io/shop"', path: 'Dockerfile' },
      {
        at: 'REDIS_HOST=redis.acme.io',
        path: 'Dockerfile',
        message: '\`REDIS_HOST\` ties the image to one deploy; set it when the container starts.',
      },
      { at: 'API_BASE_URL https://api.acme.io/v2', path: 'Dockerfile' },
    ],
  },
  {
    title: 'the address of the database, handed over when the image is built',
    files: {
      Dockerfile: `FROM node:22-slim AS base
ARG DATABASE_URL
ENV DATABASE_URL=$DATABASE_URL

FROM base AS build
RUN npm ci && npm run build

FROM base
COPY --from=build /app/dist ./dist
CMD ["node", "dist/index.js"]
`,
    },
    findings: [{ at: 'DATABASE_URL=$DATABASE_URL', path: 'Dockerfile' }],
  },
  {
    title: 'git ignores an env file that nothing else speaks of; an argument of an earlier stage',
    files: {
      Dockerfile: `FROM node:22-alpine AS deps
ARG REGISTRY_TOKEN
RUN npm ci

FROM node:22-alpine
COPY . /app
CMD ["node", "/app/server.js"]
`,
      '.gitignore': `.env
`,
    },
    findings: [
      { at: 'REGISTRY_TOKEN', path: 'Dockerfile', severity: 'hint' },
      { at: 'COPY . /app', path: 'Dockerfile', severity: 'information' },
    ],
  },
  {
    title: 'an example that becomes the settings',
    files: {
      Dockerfile: `FROM node:22-alpine
COPY src ./src
COPY .env.example .env
CMD ["node", "src/server.js"]
`,
      '.env.example': `JWT_SECRET=uAsBw6WxqD
`,
    },
    findings: [
      {
        at: 'COPY .env.example .env',
        path: 'Dockerfile',
        message:
          'The env file .env.example is copied into the image; set its variables when the container starts.',
      },
    ],
  },

  {
    title: 'what Next makes for images brings the env file that it was built with',
    files: {
      Dockerfile: `FROM node:22-alpine AS builder
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build
FROM node:22-alpine
WORKDIR /app
COPY --from=builder /app/.next/standalone ./
CMD ["node", "server.js"]
`,
      '.gitignore': '.env\n',
      '.dockerignore': 'node_modules\n.next\n',
      '.env.example': 'OPENAI_API_KEY=\n',
    },
    findings: [{ at: 'COPY . .', path: 'Dockerfile' }],
    fixed: { dockerignore: { '.dockerignore': 'node_modules\n.next\n.env*\n!.env.example\n' } },
  },
  {
    title: 'an env file that the ignore file lets through, and the job that releases writes',
    files: {
      Dockerfile: 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
      '.gitignore': '.env\n',
      '.dockerignore': '*\n!server.js\n!.env\n',
      'server.js': "require('http').createServer().listen(process.env.PORT);\n",
      '.github/workflows/release.yml': `on: push
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo "API_KEY=\${{ secrets.API_KEY }}" >> .env
      - uses: docker/build-push-action@v6
        with:
          push: true
`,
    },
    findings: [
      {
        at: 'COPY . .',
        path: 'Dockerfile',
        message:
          'This copies .env into the image wherever the file is there at the build; exclude env files in .dockerignore.',
      },
    ],
  },
  {
    title: 'an env file that the build puts into what it makes',
    files: {
      Dockerfile: `FROM node:22 AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build && cp .env dist/
FROM node:22
WORKDIR /app
COPY --from=build /app/dist ./dist
CMD ["node", "dist/server.js"]
`,
      '.env': 'PORT=3000\n',
      '.dockerignore': 'node_modules\n',
    },
    findings: [{ at: 'COPY . .', path: 'Dockerfile' }],
  },
];
