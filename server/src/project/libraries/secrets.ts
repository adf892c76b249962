import { defineLibrary, type Library } from './library';
import type { ArgumentPath, Meaning } from './meaning';

/** A credential that the app makes up itself: whatever stands there is the secret, placeholders included. */
const own = (secret: ArgumentPath, what: string): Meaning => ({ kind: 'secret', secret, what });
/** A credential that a provider issued: a placeholder there works nowhere. */
const issued = (secret: ArgumentPath, what: string): Meaning => ({
  kind: 'secret',
  secret,
  what,
  issued: true,
});

/** The same meaning for several callees. */
const each = (
  names: readonly string[],
  meaning: Meaning | readonly Meaning[],
): Record<string, Meaning | readonly Meaning[]> =>
  Object.fromEntries(names.map((name) => [name, meaning]));

const jwtModule = (at: string): readonly Meaning[] =>
  ['secret', 'secretOrPrivateKey', 'privateKey', 'signOptions.secret'].map((key) =>
    own(`${at}.${key}`, 'JWT secret'),
  );
const clientSecret = issued(
  '0.clientSecret|0.consumerSecret|0.client_secret',
  'OAuth client secret',
);

const cryptoJs = ['AES', 'TripleDES', 'DES', 'Rabbit', 'RC4'].flatMap((cipher) =>
  ['', 'default.'].flatMap((prefix) => [
    `crypto-js.${prefix}${cipher}.encrypt`,
    `crypto-js.${prefix}${cipher}.decrypt`,
  ]),
);
const cryptoJsHmac = ['MD5', 'SHA1', 'SHA256', 'SHA512', 'SHA384', 'SHA3'].map(
  (hash) => `crypto-js.Hmac${hash}`,
);

/** Calls that take a credential. SDKs that take it as an option of an unmistakable name need no entry: see `secrets/options.ts`. */
export const secretLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'jsonwebtoken',
      'jwt-simple',
      'jws',
      'njwt',
      'fast-jwt',
      '@tsndr/cloudflare-worker-jwt',
      'jwt-promisify',
    ],
    calls: {
      'jsonwebtoken.sign': own('1', 'JWT secret'),
      'jsonwebtoken.verify': own('1', 'JWT secret'),
      'jwt-simple.encode': own('1', 'JWT secret'),
      'jwt-simple.decode': own('1', 'JWT secret'),
      'jws.sign': own('0.secret|0.privateKey', 'JWS secret'),
      'jws.verify': own('2', 'JWS secret'),
      'njwt.create': own('1', 'JWT secret'),
      'njwt.verify': own('1', 'JWT secret'),
      'fast-jwt.createSigner': own('0.key', 'JWT secret'),
      'fast-jwt.createVerifier': own('0.key', 'JWT secret'),
      '@tsndr/cloudflare-worker-jwt.sign': own('1', 'JWT secret'),
      '@tsndr/cloudflare-worker-jwt.verify': own('1', 'JWT secret'),
    },
  }),
  defineLibrary({
    packages: ['jose'],
    objects: {
      signer: ['new jose.SignJWT()', '<jose.SignJWT>'],
      encrypter: ['new jose.EncryptJWT()'],
    },
    calls: {
      'signer.sign': own('0', 'JWT secret'),
      'encrypter.encrypt': own('0', 'JWT secret'),
      'jose.jwtVerify': own('1', 'JWT secret'),
      'jose.jwtDecrypt': own('1', 'JWT secret'),
      'jose.compactDecrypt': own('1', 'JWT secret'),
    },
  }),
  defineLibrary({
    packages: ['@nestjs/jwt'],
    objects: { service: ['<@nestjs/jwt.JwtService>', 'new @nestjs/jwt.JwtService()'] },
    calls: {
      '@nestjs/jwt.JwtModule.register': jwtModule('0'),
      '@nestjs/jwt.JwtModule.registerAsync': jwtModule('0.useFactory()'),
      'new @nestjs/jwt.JwtService': jwtModule('0'),
      ...each(
        ['service.sign', 'service.signAsync', 'service.verify', 'service.verifyAsync'],
        jwtModule('1'),
      ),
    },
  }),
  defineLibrary({
    packages: [
      'express-jwt',
      'koa-jwt',
      'socketio-jwt',
      'express-jwt-permissions',
      '@elysiajs/jwt',
      'hono/jwt',
    ],
    calls: {
      ...each(
        [
          'express-jwt',
          'express-jwt.expressjwt',
          'express-jwt.jwt',
          'koa-jwt',
          'socketio-jwt.authorize',
          '@elysiajs/jwt.jwt',
          'hono/jwt.jwt',
        ],
        own('0.secret', 'JWT secret'),
      ),
      'hono/jwt.sign': own('1', 'JWT secret'),
      'hono/jwt.verify': own('1', 'JWT secret'),
    },
  }),
  defineLibrary({
    packages: ['passport-jwt', '@nestjs/passport', 'passport-http-bearer'],
    calls: {
      'new passport-jwt.Strategy': own('0.secretOrKey', 'JWT secret'),
      // `class JwtStrategy extends PassportStrategy(Strategy) { constructor() { super({ … }) } }`
      'new @nestjs/passport.PassportStrategy()': [own('0.secretOrKey', 'JWT secret'), clientSecret],
    },
  }),
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
      server: [
        '@hapi/hapi.server()',
        '@hapi/hapi.Server()',
        'new @hapi/hapi.Server()',
        '<@hapi/hapi.Server>',
        'new hapi.Server()',
      ],
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
    packages: ['crypto', 'webcrypto'],
    calls: {
      'crypto.createHmac': own('1', 'HMAC key'),
      'crypto.createCipheriv': own('1', 'encryption key'),
      'crypto.createDecipheriv': own('1', 'encryption key'),
      'crypto.createCipher': own('1', 'encryption key'),
      'crypto.createDecipher': own('1', 'encryption key'),
      'crypto.createSecretKey': own('0', 'encryption key'),
      'crypto.createPrivateKey': own('0', 'private key'),
      'crypto.pbkdf2Sync': own('0', 'encryption password'),
      'crypto.scryptSync': own('0', 'encryption password'),
      'crypto.scrypt': own('0', 'encryption password'),
      'crypto.pbkdf2': own('0', 'encryption password'),
      'crypto.subtle.importKey': own('1', 'encryption key'),
      'crypto.webcrypto.subtle.importKey': own('1', 'encryption key'),
    },
  }),
  defineLibrary({
    packages: [
      'crypto-js',
      'cryptr',
      'simple-crypto-js',
      'aes-js',
      'simple-encryptor',
      'crypto-js/aes',
      'crypto-js/hmac-sha256',
      '@47ng/cloak',
      'mongoose-encryption',
      'mongoose-field-encryption',
    ],
    calls: {
      ...each(cryptoJs, own('1', 'encryption key')),
      ...each(cryptoJsHmac, own('1', 'HMAC key')),
      ...each(['crypto-js/aes.encrypt', 'crypto-js/aes.decrypt'], own('1', 'encryption key')),
      'crypto-js/hmac-sha256': own('1', 'HMAC key'),
      'new cryptr': own('0', 'encryption key'),
      'new simple-crypto-js': own('0', 'encryption key'),
      'new simple-crypto-js.SimpleCrypto': own('0', 'encryption key'),
      'simple-encryptor': own('0', 'encryption key'),
    },
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
  defineLibrary({
    packages: [
      'stripe',
      'twilio',
      '@sendgrid/mail',
      '@sendgrid/client',
      'mailgun-js',
      'mailgun.js',
      'resend',
      'postmark',
      '@mailchimp/mailchimp_transactional',
      'nodemailer-sendgrid-transport',
    ],
    objects: {
      hooks: [
        'stripe().webhooks',
        'new stripe().webhooks',
        'new stripe.Stripe().webhooks',
        '<stripe>.webhooks',
        '<stripe.Stripe>.webhooks',
        'stripe.webhooks',
      ],
    },
    calls: {
      stripe: issued('0', 'Stripe key'),
      'new stripe': issued('0', 'Stripe key'),
      'new stripe.Stripe': issued('0', 'Stripe key'),
      'hooks.constructEvent': issued('2', 'Stripe webhook secret'),
      'hooks.constructEventAsync': issued('2', 'Stripe webhook secret'),
      twilio: issued('1', 'Twilio token'),
      'new twilio': issued('1', 'Twilio token'),
      'new twilio.Twilio': issued('1', 'Twilio token'),
      'twilio.validateRequest': issued('0', 'Twilio token'),
      'twilio.webhook': issued('0', 'Twilio token'),
      '@sendgrid/mail.setApiKey': issued('0', 'SendGrid key'),
      '@sendgrid/client.setApiKey': issued('0', 'SendGrid key'),
      'new resend.Resend': issued('0', 'Resend key'),
      'new postmark.ServerClient': issued('0', 'Postmark token'),
      'new postmark.Client': issued('0', 'Postmark token'),
      '@mailchimp/mailchimp_transactional': issued('0', 'Mailchimp key'),
    },
  }),
  defineLibrary({
    packages: [
      'discord.js',
      'telegraf',
      'node-telegram-bot-api',
      'grammy',
      '@slack/web-api',
      '@slack/bolt',
      'eris',
      'discord.js-selfbot-v13',
      'tmi.js',
      '@octokit/rest',
      'octokit',
      '@octokit/core',
    ],
    objects: {
      client: [
        'new discord.js.Client()',
        '<discord.js.Client>',
        'new discord.js-selfbot-v13.Client()',
      ],
      rest: ['new discord.js.REST()', 'new @discordjs/rest.REST()'],
    },
    calls: {
      'client.login': issued('0', 'bot token'),
      'rest.setToken': issued('0', 'bot token'),
      'new telegraf.Telegraf': issued('0', 'bot token'),
      'new telegraf': issued('0', 'bot token'),
      'new node-telegram-bot-api': issued('0', 'bot token'),
      'new grammy.Bot': issued('0', 'bot token'),
      'new eris': issued('0', 'bot token'),
      'new @slack/web-api.WebClient': issued('0', 'Slack token'),
      ...each(
        [
          'new @octokit/rest.Octokit',
          'new octokit.Octokit',
          'new @octokit/core.Octokit',
          'new octokit.App',
        ],
        issued('0.auth', 'GitHub token'),
      ),
    },
  }),
  defineLibrary({
    packages: [
      'aws-sdk',
      '@azure/storage-blob',
      '@azure/service-bus',
      '@azure/identity',
      '@azure/cosmos',
      '@azure/event-hubs',
      'web-push',
      'algoliasearch',
      'firebase-admin',
      'contentful',
      'openai',
    ],
    calls: {
      'new aws-sdk.Credentials': issued('1', 'AWS secret key'),
      'new @azure/storage-blob.StorageSharedKeyCredential': issued('1', 'Azure storage key'),
      'new @azure/identity.ClientSecretCredential': issued('2', 'Azure client secret'),
      'new @azure/service-bus.ServiceBusClient': issued('0', 'Azure connection string'),
      '@azure/storage-blob.BlobServiceClient.fromConnectionString': issued(
        '0',
        'Azure connection string',
      ),
      'web-push.setVapidDetails': issued('2', 'VAPID private key'),
      algoliasearch: issued('1', 'Algolia key'),
      'algoliasearch.algoliasearch': issued('1', 'Algolia key'),
    },
  }),
  defineLibrary({
    packages: [
      'oauth',
      'oauth-1.0a',
      'simple-oauth2',
      'client-oauth2',
      'googleapis',
      'google-auth-library',
      'twitter-api-v2',
      'pusher',
    ],
    calls: {
      'new oauth.OAuth': issued('3', 'OAuth consumer secret'),
      'new oauth.OAuth2': issued('1', 'OAuth client secret'),
      'new oauth-1.0a': issued('0.consumer.secret', 'OAuth consumer secret'),
      'new simple-oauth2.AuthorizationCode': issued('0.client.secret', 'OAuth client secret'),
      'new simple-oauth2.ClientCredentials': issued('0.client.secret', 'OAuth client secret'),
      'new googleapis.google.auth.OAuth2': issued('1', 'OAuth client secret'),
      'new google-auth-library.OAuth2Client': issued('1', 'OAuth client secret'),
      'new google-auth-library.JWT': issued('2', 'service account key'),
      'new pusher': issued('0.secret', 'Pusher secret'),
    },
  }),
];
