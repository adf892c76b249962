import { awaited } from '../closing';
import { defineLibrary, type Library } from '../library';
import type { Meaning } from '../meaning';

/** Opens the connection over which a chat service hands its events to this process. */
const gateway: Meaning = { kind: 'consumer', service: 'http', how: 'gateway' };

/** Chat bots: what makes them run until they are stopped. */
export const botLibraries: readonly Library[] = [
  defineLibrary({
    packages: ['discord.js', 'discord.js-selfbot-v13'],
    objects: {
      client: [
        'new discord.js.Client()',
        '<discord.js.Client>',
        'new discord.js-selfbot-v13.Client()',
      ],
    },
    calls: { 'client.login': gateway },
    extends: { 'discord.js.Client': gateway },
    closing: {
      'discord.js.Client': awaited('destroy', 'consumer'),
    },
  }),
  defineLibrary({
    packages: ['discord.js', '@sapphire/framework', 'discord-akairo', 'discord.js-commando'],
    calls: {
      'new @sapphire/framework.SapphireClient().login': gateway,
      'new discord-akairo.AkairoClient().login': gateway,
      'new discord.js-commando.CommandoClient().login': gateway,
    },
  }),
  defineLibrary({
    packages: ['eris'],
    calls: {
      'new eris().connect': gateway,
      'new eris.Client().connect': gateway,
      'eris().connect': gateway,
    },
  }),
  defineLibrary({
    packages: ['oceanic.js'],
    calls: { 'new oceanic.js.Client().connect': gateway },
  }),
  defineLibrary({
    packages: ['telegraf'],
    objects: {
      bot: ['new telegraf.Telegraf()', 'new telegraf()', '<telegraf.Telegraf>', '<telegraf>'],
    },
    calls: { 'bot.launch': gateway, 'bot.startPolling': gateway },
  }),
  defineLibrary({
    packages: ['grammy', '@grammyjs/runner'],
    objects: { bot: ['new grammy.Bot()', '<grammy.Bot>'] },
    calls: { 'bot.start': gateway, '@grammyjs/runner.run': gateway },
    closing: {
      'grammy.Bot': awaited('stop', 'consumer'),
    },
  }),
  defineLibrary({
    packages: ['node-telegram-bot-api'],
    calls: {
      'new node-telegram-bot-api().startPolling': gateway,
      'new node-telegram-bot-api().onText': gateway,
    },
  }),
  defineLibrary({
    packages: ['tmi.js'],
    calls: {
      'new tmi.js.Client().connect': gateway,
      'new tmi.js.client().connect': gateway,
      'tmi.js.client().connect': gateway,
    },
  }),
  defineLibrary({
    packages: ['whatsapp-web.js'],
    calls: { 'new whatsapp-web.js.Client().initialize': gateway },
  }),
];
