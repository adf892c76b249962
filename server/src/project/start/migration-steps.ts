import { baseName } from '../../base/paths';
import { parseShellSyntax } from '../../languages/shell';
import { MIGRATIONS } from '../../vocabulary/processes';
import type { CommandStep } from '../model';
import { readRunner } from './command-lines/runners';
import { stepTool } from './command-lines/tools';

/** What a step does to a database schema or its data; undefined when it does nothing of the kind. */
export function migrationWork(
  step: Pick<CommandStep, 'argv'> & Partial<Pick<CommandStep, 'redirects'>>,
): 'migrate' | 'reset' | undefined {
  const tool = stepTool(step);
  if (CLIENTS.test(tool)) return loadsFile(step) ? 'migrate' : undefined;
  const words = step.argv
    .slice(1)
    .filter((word, index) => !word.startsWith('-') && !LOADING.test(step.argv[index] ?? ''));
  if (TOOLS.test(tool)) {
    const isForced = /(^|\s)--(force-reset|drop|fresh|force|accept-data-loss)\b/.test(
      step.argv.join(' '),
    );
    return isForced ? 'reset' : toolWork(words.join(' '));
  }
  const runsScript = /^(node|ts-node|tsx|bun|deno|python3?|sh|bash|ruby|php|babel-node)$/.test(
    tool,
  );
  return runsScript ? (scriptWork(words) ?? toldWork(words)) : undefined;
}

/** `node with-provider.js "npx prisma migrate deploy"`: a script that runs the command line that it is given. */
function toldWork(words: readonly string[]): 'migrate' | 'reset' | undefined {
  for (const text of words.slice(1).filter((word) => /\s/.test(word)))
    for (const command of parseShellSyntax(text).commands) {
      const argv = command.words.map((word) => word.text);
      const call = readRunner(argv);
      const work =
        call?.kind === 'program' ? migrationWork({ argv: argv.slice(call.start) }) : undefined;
      if (work) return work;
    }
  return undefined;
}

/** What the words say that a migration tool is given. */
function toolWork(line: string): 'migrate' | 'reset' | undefined {
  if (/\b(reset|drop|refresh|fresh|rollback|undo:all|down|wipe|schema:drop|revert)\b/.test(line))
    return 'reset';
  const isMade =
    /\b(generate|create|make|status|list|new|studio|introspect|pull|format|validate)\b/.test(line);
  const isRun =
    /\b(migrate|migration|migrations|up|latest|push|sync|seed|deploy|db:\w+|run|upgrade)\b/.test(
      line,
    );
  return isRun && !isMade ? 'migrate' : undefined;
}

/** What a script does, by its name and its first argument. */
function scriptWork([script = '', verb = '']: readonly string[]): 'migrate' | 'reset' | undefined {
  const name = baseName(script).replace(/\.\w+$/, '');
  if (name === 'manage' && /^(migrate|syncdb|flush|loaddata)$/.test(verb))
    return verb === 'flush' ? 'reset' : 'migrate';
  if (/^(ace|artisan)$/.test(name) && /^(migrat|db:)/.test(verb))
    return /fresh|reset|refresh|wipe/.test(verb) ? 'reset' : 'migrate';
  if (
    /(^|[-_.])(db|database|schema)[-_.]?(reset|drop|init|seed|setup|wipe|clean)|(^|[-_.])(reset|drop|wipe|reseed|clean)[-_.]?(db|database|schema|data)/i.test(
      name,
    )
  )
    return 'reset';
  return MIGRATIONS.isIn(name) ? 'migrate' : undefined;
}

/** Options that are followed by what is loaded first: `node -r dotenv/config migrate.js`. */
const LOADING = /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions)$/;

const CLIENTS =
  /^(mysql|mariadb|psql|sqlite3|mongo|mongosh|mongoimport|mongorestore|pg_restore|cqlsh)$/;

/** A client of a database that is given a file to run: `mysql < schema.sql`, `psql -f init.sql`. */
function loadsFile({
  argv,
  redirects = [],
}: Pick<CommandStep, 'argv'> & Partial<Pick<CommandStep, 'redirects'>>): boolean {
  const isData = (name: string): boolean => /\.(sql|cql|js|json|csv|dump|gz|bson)$/i.test(name);
  return (
    /^(mongoimport|mongorestore|pg_restore)$/.test(stepTool({ argv })) ||
    redirects.some(({ operator, target }) => operator === '<' && isData(target)) ||
    argv.some((word, index) => index > 0 && isData(word.replace(/^--file=/, '')))
  );
}

/** Is a program one that migrates databases (among other things)? */
export function isMigrationTool(tool: string): boolean {
  return TOOLS.test(tool);
}

const TOOLS =
  /^(knex|prisma|sequelize|sequelize-cli|typeorm|typeorm-ts-node-\w+|mikro-orm|mikro-orm-\w+|drizzle-kit|node-pg-migrate|db-migrate|migrate-mongo|umzug|dbmate|flyway|liquibase|sqitch|postgrator|alembic|rails|rake|goose|migrate|atlas|adonis|ace|strapi-migrate|directus|graphile-migrate|pg-migrate|kysely)$/;
