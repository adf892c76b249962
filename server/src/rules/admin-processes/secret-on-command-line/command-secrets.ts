import { baseName } from '../../../base/paths';
import { isBackingImage } from '../../../project/secrets/compose-purpose';
import { namedCredential } from '../../../project/secrets/named-values';
import { isPlaceholder } from '../../../project/secrets/placeholders';

/** A credential among the words of a command: everybody on the machine sees it in the list of processes. */
export interface CommandSecret {
  /** Index of the word that holds it. */
  readonly index: number;
  readonly tool: string;
  /** How to hand it over instead. */
  readonly instead: string;
  /** Written out, rather than taken from a variable. */
  readonly literal: boolean;
  /** Of a database that a container is started with here. */
  readonly throwaway?: true;
}

interface Tool {
  readonly name: RegExp;
  readonly instead: string;
  /** Options whose value follows, in the same word (`-p…`, `--password=…`) or the next one. */
  readonly attached?: RegExp;
  readonly separate?: RegExp;
}

const LONG = /^--(?:password|passwd|pass)=(.+)$/;
const TOOLS: readonly Tool[] = [
  {
    name: /^(?:mysql|mariadb)(?:dump|admin|import|check|show|sh|-dump|-admin|-import|-check)?$/,
    instead: 'an option file or `MYSQL_PWD`',
    attached: /^-p(.+)$|^--password=(.+)$/,
  },
  {
    name: /^(?:psql|pg_dump|pg_dumpall|pg_restore|pg_isready|pg_basebackup|createdb|dropdb|pgbench)$/,
    instead: '`PGPASSWORD` or a password file',
  },
  {
    name: /^mongo(?:sh|dump|restore|export|import|files|stat)?$/,
    instead: 'a configuration file',
    attached: LONG,
    separate: /^(?:-p|--password)$/,
  },
  { name: /^redis-cli$/, instead: '`REDISCLI_AUTH`', attached: LONG, separate: /^(?:-a|--pass)$/ },
  {
    name: /^(?:redis|valkey)-server$/,
    instead: 'a configuration file',
    separate: /^--(?:requirepass|masterauth)$/,
  },
  {
    name: /^sshpass$/,
    instead: 'a key, or `SSHPASS` with -e',
    attached: /^-p(.+)$/,
    separate: /^-p$/,
  },
  { name: /^htpasswd$/, instead: 'standard input with -i' },
  {
    name: /^rabbitmqadmin$/,
    instead: 'a configuration file',
    attached: LONG,
    separate: /^(?:-p|--password)$/,
  },
];
/** Words after which others are only text, or names of packages. */
const MENTIONING =
  /^(?:echo|printf|which|type|grep|brew|apt|apt-get|apk|yum|dnf|man|cat|printenv|test|\[|\[\[)$/;
const URL_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:([^\s/@]+|\$\{[^}]+\})@/i;

/** The credentials among the words of one simple command; expansions are kept as written (`-p$PASSWORD`). */
export function commandSecrets(argv: readonly string[]): readonly CommandSecret[] {
  const [first = ''] = argv;
  if (MENTIONING.test(baseName(first))) return [];
  return [...ofTool(argv), ...ofContainer(argv), ...ofPasswordOption(argv)].filter(
    ({ index }, at, all) => all.findIndex((one) => one.index === index) === at,
  );
}

function ofTool(argv: readonly string[]): readonly CommandSecret[] {
  const start = argv.findIndex((word) => TOOLS.some(({ name }) => name.test(baseName(word))));
  const tool = TOOLS.find(({ name }) => name.test(baseName(argv[start] ?? '')));
  if (!tool) return [];
  const found: CommandSecret[] = [];
  const add = (index: number, value: string | undefined): void => {
    if (value === undefined || !isCredential(value)) return;
    found.push({
      index,
      tool: baseName(argv[start] ?? ''),
      instead: tool.instead,
      literal: !isVariable(value),
    });
  };
  for (let index = start + 1; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    const attached = tool.attached?.exec(word);
    if (attached) {
      // Of several alternatives, one has matched.
      const groups: readonly (string | undefined)[] = attached.slice(1);
      add(
        index,
        groups.find((group) => group !== undefined),
      );
    } else if (tool.separate?.test(word) === true) add(index + 1, argv[index + 1]);
    else add(index, URL_PASSWORD.exec(word)?.[1]);
  }
  return found;
}

/** `docker run -e KEY=literal`, `docker login -p …`, `heroku config:set KEY=literal`, `kubectl … --from-literal=key=literal`. */
function ofContainer(argv: readonly string[]): readonly CommandSecret[] {
  const start = argv.findIndex((word) =>
    /^(?:docker|podman|nerdctl|heroku|kubectl|fly|flyctl)$/.test(baseName(word)),
  );
  if (start < 0) return [];
  const tool = baseName(argv[start] ?? '');
  const isDatabase =
    argv[start + 1] === 'run' &&
    argv.slice(start + 2).some((word) => !/[=]|^-/.test(word) && isBackingImage(word));
  const isEngine = tool === 'docker' || tool === 'podman';
  const isLogin = isEngine && argv.includes('login');
  return argv.flatMap((word, index): CommandSecret[] => {
    if (index <= start) return [];
    const before = argv[index - 1] ?? '';
    if (isLogin && /^(?:-p|--password)$/.test(before) && isCredential(word))
      return [
        { index, tool: `${tool} login`, instead: '`--password-stdin`', literal: !isVariable(word) },
      ];
    const isSet =
      /^(?:-e|--env|--build-arg)$/.test(before) ||
      (/^(?:config:set|secrets|set)$/.test(argv[start + 1] ?? '') && index > start + 1);
    const assignment = isSet
      ? word
      : (/^(?:--env=|-e|--build-arg=|--from-literal=)(.+)$/.exec(word)?.[1] ?? '');
    const [, name = '', value = ''] = /^([A-Za-z_][\w.-]*)=(.+)$/.exec(assignment) ?? [];
    if (name === '' || isVariable(value) || !namedCredential(name, value)) return [];
    return [
      {
        index,
        tool,
        instead: isEngine ? '`--env-file`' : 'standard input or a file',
        literal: true,
        ...(isDatabase ? { throwaway: true } : {}),
      },
    ];
  });
}

function ofPasswordOption(argv: readonly string[]): readonly CommandSecret[] {
  return argv.flatMap((word, index): CommandSecret[] => {
    const value = /^--(?:[a-z]+-)?(?:password|passwd)=(.+)$/.exec(word)?.[1];
    const follows =
      /^--(?:[a-z]+-)?(?:password|passwd)$/.test(argv[index - 1] ?? '') &&
      index > 1 &&
      !word.startsWith('-');
    const held = value ?? (follows ? word : undefined);
    return held !== undefined && isCredential(held)
      ? [
          {
            index,
            tool: baseName(argv[0] ?? ''),
            instead: 'a variable of its environment or a file',
            literal: !isVariable(held),
          },
        ]
      : [];
  });
}

function isCredential(value: string): boolean {
  return (
    value !== '' &&
    (isVariable(value) || (!isPlaceholder(value) && !/^(?:true|false|stdin|prompt|-)$/.test(value)))
  );
}

function isVariable(value: string): boolean {
  return /\$[\w{(]|%\w+%|\{\{/.test(value);
}
