import { defineLibrary, each, type Library } from '../library';
import type { Meaning } from '../meaning';
import { issued, own } from './meanings';

const jwtModule = (at: string): readonly Meaning[] =>
  ['secret', 'secretOrPrivateKey', 'privateKey', 'signOptions.secret'].map((key) =>
    own(`${at}.${key}`, 'JWT secret'),
  );
const clientSecret = issued(
  '0.clientSecret|0.consumerSecret|0.client_secret',
  'OAuth client secret',
);

/** What JSON web tokens are signed and checked with. */
export const tokenLibraries: readonly Library[] = [
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
];
