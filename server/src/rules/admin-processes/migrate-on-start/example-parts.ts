// What the examples of migrate-on-start have in common.

export const manifest = (scripts: object): string =>
  JSON.stringify({ name: 'app', private: true, scripts }, null, 2) + '\n';

export const nest = (options: string): string =>
  `import { NestFactory } from '@nestjs/core';\nimport { Module } from '@nestjs/common';\nimport { TypeOrmModule } from '@nestjs/typeorm';\n@Module({ imports: [TypeOrmModule.forRoot(${options})] })\nclass AppModule {}\nNestFactory.create(AppModule).then((app) => app.listen(process.env.PORT ?? 3000));\n`;
