import { defineLibrary, each, type Library } from '../library';
import { HAPI_SERVERS } from '../objects';
import { issued, own } from './meanings';

/** What cookies, sessions and basic authentication are secured with. */
export const signInLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'fastify',
      '@fastify/jwt',
      'fastify-jwt',
      '@fastify/cookie',
      'fastify-cookie',
      '@fastify/oauth2',
      'fastify-oauth2',
      '@fastify/basic-auth',
    ],
    plugins: {
      ...each(
        ['@fastify/jwt', '@fastify/jwt.fastifyJwt', 'fastify-jwt'],
        own('1.secret', 'JWT secret'),
      ),
      ...each(
        ['@fastify/cookie', '@fastify/cookie.fastifyCookie', 'fastify-cookie'],
        own('1.secret', 'cookie secret'),
      ),
      ...each(
        ['@fastify/oauth2', '@fastify/oauth2.fastifyOauth2', 'fastify-oauth2'],
        issued('1.credentials.client.secret', 'OAuth client secret'),
      ),
    },
  }),
  defineLibrary({
    packages: [
      'cookie-parser',
      'signed-cookie',
      'cookie-signature',
      'csrf-csrf',
      'keygrip',
      'cookies',
    ],
    calls: {
      'cookie-parser': own('0', 'cookie secret'),
      'cookie-signature.sign': own('1', 'cookie secret'),
      'cookie-signature.unsign': own('1', 'cookie secret'),
      'csrf-csrf.doubleCsrf': own('0.getSecret', 'CSRF secret'),
      'new keygrip': own('0', 'cookie key'),
      keygrip: own('0', 'cookie key'),
      'new cookies': own('2.keys', 'cookie key'),
    },
  }),
  defineLibrary({
    packages: [
      'iron-session',
      '@hapi/iron',
      'next-auth',
      '@auth/core',
      'better-auth',
      'next-auth/jwt',
      'remix-auth',
      '@remix-run/node',
      '@remix-run/cloudflare',
    ],
    calls: {
      'iron-session.sealData': own('1.password', 'session password'),
      'iron-session.unsealData': own('1.password', 'session password'),
      '@hapi/iron.seal': own('1', 'session password'),
      '@hapi/iron.unseal': own('1', 'session password'),
      'next-auth': own('0.secret|2.secret', 'NextAuth secret'),
      'next-auth.NextAuth': own('0.secret|2.secret', 'NextAuth secret'),
      'next-auth/jwt.getToken': own('0.secret', 'NextAuth secret'),
      'better-auth.betterAuth': own('0.secret', 'authentication secret'),
      ...each(
        [
          '@remix-run/node.createCookieSessionStorage',
          '@remix-run/cloudflare.createCookieSessionStorage',
        ],
        own('0.cookie.secrets', 'session secret'),
      ),
      ...each(
        ['@remix-run/node.createCookie', '@remix-run/cloudflare.createCookie'],
        own('1.secrets', 'cookie secret'),
      ),
    },
  }),
  defineLibrary({
    packages: ['@hapi/hapi', 'hapi'],
    objects: {
      server: HAPI_SERVERS,
    },
    calls: {
      'server.auth.strategy': [
        own('2.cookie.password|2.password', 'session password'),
        own('2.key|2.keys', 'JWT secret'),
        issued('2.clientSecret', 'OAuth client secret'),
      ],
    },
    plugins: { '@hapi/yar': own('1.cookieOptions.password', 'session password') },
  }),
  defineLibrary({
    packages: [
      'express-basic-auth',
      'koa-basic-auth',
      'basic-auth-connect',
      'http-auth',
      'hono/basic-auth',
      'nestjs-basic-auth',
    ],
    calls: {
      'express-basic-auth': own('0.users.*', 'basic-auth password'),
      'koa-basic-auth': own('0.pass', 'basic-auth password'),
      'basic-auth-connect': own('1', 'basic-auth password'),
      'hono/basic-auth.basicAuth': own('0.password', 'basic-auth password'),
    },
  }),
];
