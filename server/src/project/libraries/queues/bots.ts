import { awaited } from '../closing';
import { defineLibrary, type Library } from '../library';
import type { Meaning } from '../meaning';

/** Opens the connection over which a chat service hands its events to this process. */
const gateway: Extract<Meaning, { kind: 'consumer' }> = {
  kind: 'consumer',
  service: 'http',
  how: 'gateway',
};

/** Takes functions that are called for what people write to the bot. */
const events = (handlers: string, path?: string): Meaning => ({
  kind: 'route',
  framework: 'bot',
  handlers,
  ...(path === undefined ? {} : { path }),
});

/** Methods by which bots are given functions, after the matcher of what they answer to. */
const answers = (object: string, names: string, handlers = '1+'): Record<string, Meaning> =>
  Object.fromEntries(names.split(' ').map((name) => [`${object}.${name}`, events(handlers)]));

/** Chat bots: what makes them run until they are stopped, and what they answer with. */
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
    calls: { 'client.login': gateway, 'client.on': events('1'), 'client.once': events('1') },
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
    calls: {
      'bot.launch': gateway,
      'bot.startPolling': gateway,
      'bot.use': events('0+'),
      ...answers('bot', 'command hears action on inlineQuery gameQuery'),
      ...answers('bot', 'start help settings', '0+'),
    },
  }),
  defineLibrary({
    packages: ['grammy', '@grammyjs/runner'],
    objects: {
      bot: ['new grammy.Bot()', '<grammy.Bot>', 'new grammy.Composer()', '<grammy.Composer>'],
    },
    calls: {
      'bot.start': gateway,
      '@grammyjs/runner.run': gateway,
      'bot.use': events('0+'),
      ...answers('bot', 'command hears on callbackQuery inlineQuery reaction'),
    },
    closing: {
      'grammy.Bot': awaited('stop', 'consumer'),
    },
  }),
  defineLibrary({
    packages: ['node-telegram-bot-api'],
    calls: {
      'new node-telegram-bot-api().startPolling': gateway,
      'new node-telegram-bot-api().onText': [gateway, events('1')],
      'new node-telegram-bot-api().on': events('1'),
    },
  }),
  defineLibrary({
    packages: ['@slack/bolt'],
    objects: { app: ['new @slack/bolt.App()', '<@slack/bolt.App>'] },
    calls: {
      'app.start': [
        {
          kind: 'listen',
          framework: 'slack',
          port: '0|0.port',
          made: { at: '0.socketMode', is: false },
        },
        { ...gateway, made: { at: '0.socketMode', is: true } },
      ],
      'app.use': events('0+'),
      ...answers('app', 'message', '0+'),
      ...answers('app', 'event command action shortcut view options function step'),
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
