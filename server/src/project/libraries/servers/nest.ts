import { defineLibrary, type Library } from '../library';
import type { Meaning } from '../meaning';
import { listen, route } from './meanings';

const microservice: Meaning = { kind: 'consumer', service: 'queue', how: 'microservice' };

/** Nest: its servers, microservices, and the decorators of request handlers. */
export const nestLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      '@nestjs/core',
      '@nestjs/platform-express',
      '@nestjs/platform-fastify',
      '@nestjs/common',
      '@nestjs/microservices',
    ],
    traits: ['own-app'],
    objects: {
      app: [
        '@nestjs/core.NestFactory.create()',
        '<@nestjs/common.INestApplication>',
        '<@nestjs/platform-express.NestExpressApplication>',
        '<@nestjs/platform-fastify.NestFastifyApplication>',
      ],
      microservice: [
        '@nestjs/core.NestFactory.createMicroservice()',
        '<@nestjs/common.INestMicroservice>',
      ],
    },
    calls: {
      '@nestjs/core.NestFactory.create': { kind: 'server', framework: 'nest' },
      'app.listen': listen('nest', {
        port: '0|0.port',
        host: '1|0.host',
        loopbackByDefault: { adapter: '@nestjs/platform-fastify.FastifyAdapter' },
      }),
      'app.listenAsync': listen('nest', { port: '0', host: '1' }),
      'app.use': route('nest', '0+'),
      'app.startAllMicroservices': microservice,
      'app.startAllMicroservicesAsync': microservice,
      'microservice.listen': microservice,
      'app.enableShutdownHooks': { kind: 'shutdown', signals: '0' },
      'microservice.enableShutdownHooks': { kind: 'shutdown', signals: '0' },
      'microservice.listenAsync': microservice,
    },
    decorators: {
      ...Object.fromEntries(
        ['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Head', 'Options', 'Sse'].map((name) => [
          `@nestjs/common.${name}`,
          route('nest', '', '0'),
        ]),
      ),
      '@nestjs/common.UseGuards': route('nest', ''),
      '@nestjs/microservices.MessagePattern': route('nest', ''),
      '@nestjs/microservices.EventPattern': route('nest', ''),
      '@nestjs/websockets.SubscribeMessage': route('nest', ''),
      '@nestjs/graphql.Query': route('nest', ''),
      '@nestjs/graphql.Mutation': route('nest', ''),
      '@nestjs/graphql.ResolveField': route('nest', ''),
    },
  }),
];
