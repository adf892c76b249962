import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'a failure that exits',
    path: 'server.js',
    code: `const express = require('express');
const { MongoClient } = require('mongodb');
const app = express();

MongoClient.connect(process.env.MONGODB_URI, (error, client) => {
  if (error) {
    console.error(error);
    process.exit(1);
  }
  app.locals.db = client.db();
  app.listen(process.env.PORT);
});
`,
    findings: [
      {
        at: 'connect',
        message:
          'The MongoDB is tried once at start; try again with growing delays, so that it may come up later.',
      },
    ],
  },
  {
    title: 'compose starts the database beside the app',
    files: {
      'src/server.ts': `import express from 'express';
import { connect } from './database';

async function main() {
  await connect();
  express().listen(process.env.PORT);
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
`,
      'src/database.ts': `import { DataSource } from 'typeorm';

export const source = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL });
export async function connect(): Promise<void> {
  await source.initialize();
}
`,
      'docker-compose.yml': `services:
  api:
    build: .
    depends_on: [db]
  db:
    image: postgres:16
`,
    },
    findings: [
      {
        at: 'initialize',
        path: 'src/database.ts',
        severity: 'warning',
        message:
          'PostgreSQL starts beside the app, which tries it only once; try again with growing delays.',
      },
    ],
  },
  {
    title: 'Nest’s usual wrapper of Prisma',
    files: {
      'src/main.ts': `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PrismaService } from './prisma.service';
@Module({ providers: [PrismaService] })
class AppModule {}
void NestFactory.create(AppModule).then((app) => app.listen(process.env.PORT ?? 3000));
`,
      'src/prisma.service.ts': `import { Injectable, OnModuleInit } from '@nestjs/common';
import { PrismaClient } from '@prisma/client';
@Injectable()
export class PrismaService extends PrismaClient implements OnModuleInit {
  async onModuleInit() {
    await this.$connect();
  }
}
`,
    },
    findings: [{ at: '$connect', path: 'src/prisma.service.ts' }],
  },
  {
    title: 'kept waiting by a health check, which is a help but no cure',
    files: {
      'src/worker.js': `const amqp = require('amqplib');
async function start() {
  const connection = await amqp.connect(process.env.AMQP_URL);
  const channel = await connection.createChannel();
  await channel.consume('mails', console.log);
}
start();
`,
      'compose.yaml': `services:
  worker:
    build: .
    depends_on:
      rabbit:
        condition: service_healthy
  rabbit:
    image: rabbitmq:3.13
    healthcheck:
      test: rabbitmq-diagnostics -q ping
`,
    },
    findings: [{ at: 'connect', occurrence: 2, path: 'src/worker.js', severity: 'hint' }],
  },
  {
    title: 'again and again without a pause',
    code: `import express from 'express';
import pg from 'pg';

const client = new pg.Client(process.env.DATABASE_URL);
let isConnected = false;
while (!isConnected) {
  try {
    await client.connect();
    isConnected = true;
  } catch (error) {
    console.error(error);
  }
}
express().listen(process.env.PORT);
`,
    findings: [
      {
        at: 'connect',
        message:
          'The PostgreSQL is tried again without pause or limit; wait longer each time, and give up at last.',
      },
    ],
  },
  {
    title: 'mongoose, which has to be there before the server listens, or whose failure exits',
    path: 'index.js',
    code: `const mongoose = require('mongoose');
const app = require('express')();
mongoose.connect(process.env.MONGODB_URI).then(() => {
  app.listen(process.env.PORT);
});
mongoose.connect(process.env.OTHER_URI).then(() => {
  console.log('connected');
})
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
`,
    findings: [{ at: 'connect' }, { at: 'connect', occurrence: 2 }],
  },
  {
    title: 'mongoose, whose error listener throws',
    path: 'index.js',
    code: `const mongoose = require('mongoose');
const app = require('express')();
const database = mongoose.connection;
mongoose.connect(process.env.MONGODB_URI);
database.on('error', () => {
  throw new Error('no database');
});
app.listen(process.env.PORT);
`,
    findings: [{ at: 'connect', occurrence: 2 }],
  },
  {
    title: 'mongoose, awaited; sequelize, whose failure is only logged',
    code: `import express from 'express';
import mongoose from 'mongoose';
import { Sequelize } from 'sequelize';

await mongoose.connect(process.env.MONGODB_URI!);
const sequelize = new Sequelize(process.env.DATABASE_URL!);
sequelize.authenticate().catch((error: unknown) => console.error(error));
express().listen(process.env.PORT);
`,
    findings: [{ at: 'connect' }, { at: 'authenticate' }],
  },
];
