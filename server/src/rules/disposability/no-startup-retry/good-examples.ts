import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'a loop with a limit and growing delays',
    code: `import express from 'express';
import mongoose from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';

for (let attempt = 1; ; attempt += 1) {
  try {
    await mongoose.connect(process.env.MONGODB_URI!);
    break;
  } catch (error) {
    if (attempt === 10) throw error;
    await sleep(attempt * 1000);
  }
}
express().listen(process.env.PORT);
`,
  },
  {
    title: 'retry libraries, also around a function of another module',
    files: {
      'src/server.ts': `import express from 'express';
import pRetry from 'p-retry';
import { connect } from './database';

await pRetry(() => connect(), { retries: 8 });
express().listen(process.env.PORT);
`,
      'src/database.ts': `import { MongoClient } from 'mongodb';
export async function connect() {
  return MongoClient.connect(process.env.MONGODB_URI!);
}
`,
    },
  },
  {
    title: 'a function that starts itself again',
    path: 'server.js',
    code: `const express = require('express');
const mongoose = require('mongoose');
const amqp = require('amqplib');

function connectMongo() {
  mongoose.connect(process.env.MONGODB_URI).catch((error) => {
    console.error(error);
    setTimeout(connectMongo, 5000);
  });
}
connectMongo();

class Bus {
  async start() {
    try {
      this.connection = await amqp.connect(process.env.AMQP_URL);
    } catch (error) {
      setTimeout(() => this.start(), 2000);
    }
  }
}
new Bus().start();
express().listen(process.env.PORT);
`,
  },
  {
    title: 'pools and clients that connect when they are used, or try again by themselves',
    code: `import express from 'express';
import { Pool } from 'pg';
import Redis from 'ioredis';
import { createClient } from 'redis';
import mongoose from 'mongoose';
import { connect } from 'nats';

export const pool = new Pool({ connectionString: process.env.DATABASE_URL });
export const cache = new Redis(process.env.REDIS_URL!);
await createClient({ url: process.env.OTHER_REDIS_URL }).connect();
export const bus = await connect({ servers: process.env.NATS_URL, waitOnFirstConnect: true });
mongoose.connect(process.env.MONGODB_URI!);
mongoose.connection.on('error', (error) => console.error(error));
express().listen(process.env.PORT);

export function find(id: string) {
  if (!id) throw new Error('an id is needed');
}
`,
  },
  {
    title: 'a check that connects each time it runs',
    path: 'src/monitor.js',
    code: `const { MongoClient } = require('mongodb');
class MongoMonitor {
  async check(url) {
    const client = await MongoClient.connect(url);
    await client.close();
  }
}
setInterval(() => new MongoMonitor().check(process.env.MONGODB_URI), 60_000);
require('express')().listen(process.env.PORT);
`,
  },
  {
    title: 'Nest tries again by itself, also what a factory of its own connects',
    path: 'src/main.ts',
    code: `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL }),
    TypeOrmModule.forRootAsync({
      useFactory: () => ({ type: 'postgres' }),
      dataSourceFactory: async (options) => new DataSource(options!).initialize(),
    }),
  ],
})
class AppModule {}
const app = await NestFactory.create(AppModule);
await app.listen(process.env.PORT ?? 3000);
`,
  },
  {
    title: 'scripts should fail fast; requests answer with the error',
    files: {
      'src/server.js': `const express = require('express');
const mysql = require('mysql2/promise');
const app = express();
app.get('/report', async (req, res) => {
  const connection = await mysql.createConnection(process.env.DATABASE_URL);
  res.json(await connection.query('SELECT 1'));
});
app.listen(process.env.PORT);
`,
      'scripts/seed.js': `const { MongoClient } = require('mongodb');
MongoClient.connect(process.env.MONGODB_URI).then((client) => client.db().collection('users').insertMany([]));
`,
    },
  },
];
