import { type Places, lazy } from '../connect';
import { defineLibrary, each, type Library } from '../library';

const mailer: Places = {
  url: '0',
  host: '0.host|0.transport.host',
  port: '0.port',
  user: '0.auth.user|0.transport.auth.user',
  password: '0.auth.pass|0.transport.auth.pass',
};

/** Mail: sending and reading it. */
export const mailLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'nodemailer',
      '@nestjs-modules/mailer',
      'emailjs',
      'email-templates',
      'fastify-mailer',
      'nodemailer-smtp-transport',
      'imap',
      'imapflow',
      'smtp-client',
    ],
    calls: {
      ...each(
        [
          'nodemailer.createTransport',
          'nodemailer.default.createTransport',
          'nodemailer-smtp-transport',
        ],
        lazy('smtp', mailer),
      ),
      '@nestjs-modules/mailer.MailerModule.forRoot': lazy('smtp', {
        url: '0.transport',
        host: '0.transport.host',
        user: '0.transport.auth.user',
        password: '0.transport.auth.pass',
      }),
      '@nestjs-modules/mailer.MailerModule.forRootAsync': lazy('smtp', {
        url: '0.useFactory().transport',
        host: '0.useFactory().transport.host',
        user: '0.useFactory().transport.auth.user',
        password: '0.useFactory().transport.auth.pass',
      }),
      'new emailjs.SMTPClient': lazy('smtp', {
        host: '0.host',
        user: '0.user',
        password: '0.password',
      }),
      ...each(
        ['new imap', 'new imapflow.ImapFlow'],
        lazy('smtp', {
          host: '0.host',
          user: '0.user|0.auth.user',
          password: '0.password|0.auth.pass',
        }),
      ),
    },
    plugins: {
      'fastify-mailer': lazy('smtp', {
        host: '1.transport.host',
        user: '1.transport.auth.user',
        password: '1.transport.auth.pass',
      }),
    },
  }),
];
