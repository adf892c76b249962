import { awaited } from '../closing';
import { lazy, once } from '../connect';
import { defineLibrary, each, type Library } from '../library';

/** MongoDB: its driver, its mappers and the stores that stand on it. */
export const mongodbLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'mongodb',
      'mongoose',
      'monk',
      'mongojs',
      '@nestjs/mongoose',
      '@typegoose/typegoose',
      'connect-mongo',
      'connect-mongodb-session',
      '@fastify/mongodb',
      'fastify-mongodb',
      'agenda',
      'mongoist',
      'papr',
    ],
    traits: ['data'],
    objects: {
      client: ['new mongodb.MongoClient()', '<mongodb.MongoClient>', 'mongodb.MongoClient()'],
    },
    calls: {
      'new mongodb.MongoClient': lazy('mongodb', { url: '0', password: '1.auth.password' }),
      'mongodb.MongoClient.connect': once('mongodb', { url: '0' }),
      'new mongodb.MongoClient().connect': once('mongodb', { url: '0' }),
      'client.connect': once('mongodb', { url: '0' }),
      ...each(
        ['mongoose.connect', 'mongoose.default.connect'],
        once('mongodb', { url: '0', user: '1.user', password: '1.pass' }),
      ),
      ...each(
        ['mongoose.createConnection', 'mongoose.default.createConnection'],
        lazy('mongodb', { url: '0', user: '1.user', password: '1.pass' }),
      ),
      monk: lazy('mongodb', { url: '0' }),
      mongojs: lazy('mongodb', { url: '0' }),
      '@nestjs/mongoose.MongooseModule.forRoot': lazy('mongodb', { url: '0', password: '1.pass' }),
      '@nestjs/mongoose.MongooseModule.forRootAsync': lazy('mongodb', {
        url: '0.useFactory().uri',
      }),
      'connect-mongo.create': lazy('mongodb', { url: '0.mongoUrl' }),
      'connect-mongo.default.create': lazy('mongodb', { url: '0.mongoUrl' }),
      'new connect-mongo()': lazy('mongodb', { url: '0.url|0.mongoUrl' }),
      'new connect-mongodb-session()': lazy('mongodb', { url: '0.uri' }),
      ...each(
        ['new agenda', 'new agenda.Agenda', 'new agenda.default'],
        lazy('mongodb', { url: '0.db.address' }),
      ),
    },
    plugins: each(['@fastify/mongodb', 'fastify-mongodb'], lazy('mongodb', { url: '1.url' })),
    closing: {
      'mongodb.MongoClient': awaited('close'),
      'mongodb.MongoClient.connect': awaited('close'),
      // The module keeps the connection itself.
      mongoose: { ...awaited('disconnect'), openedBy: 'connect' },
    },
  }),
];
