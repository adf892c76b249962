import { names } from './names';

/** Packages that make the package which depends on them a server, a worker or a site of its own. */
export const SERVER_LIBRARIES = names(
  [
    'frameworks and servers for HTTP',
    'express fastify koa hapi @hapi/hapi @nestjs/core restify polka hono @hono/node-server elysia h3 loopback @loopback/rest @loopback/core sails @adonisjs/core moleculer @feathersjs/* parse-server meteor-node-stubs',
  ],
  [
    'frameworks that render pages on the server',
    'next nuxt nitropack @remix-run/node @remix-run/serve @remix-run/express @react-router/node @react-router/serve @sveltejs/adapter-node @astrojs/node @tanstack/react-start @tanstack/solid-start @solidjs/start @redwoodjs/*',
  ],
  ['content management that is the app', 'payload @strapi/strapi @keystone-6/core'],
  [
    'servers of other protocols',
    'socket.io @apollo/server apollo-server apollo-server-* graphql-yoga',
  ],
  ['what takes jobs and messages', 'bull bullmq kafkajs amqplib'],
  ['bots, which keep a connection open', 'discord.js telegraf grammy @slack/bolt'],
);

/** Generators of documentation sites. */
export const DOCUMENTATION_TOOLS = names([
  'makes a site of a project’s documentation',
  '@docusaurus/core vitepress vuepress nextra @astrojs/starlight mintlify fumadocs-core fumadocs-mdx fumadocs-ui',
]);
