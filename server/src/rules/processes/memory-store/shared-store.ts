import type * as TypeScript from 'typescript';
import { withLineEnd } from '../../../base/line-ends';
import { combineChanges, fileEdit } from '../../../engine/edits/edits';
import type { FileChange, Fix, TextEdit } from '../../../engine/finding';
import { importPlace, inFrontOf, inPrologue } from '../../../fixes/code/import-place';
import { nodeAt, topLevelStatement } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import { environmentAccess } from '../../../fixes/environment/environment-access';
import { passThroughCompose } from '../../../fixes/files/compose';
import { documentInExample } from '../../../fixes/files/example-file';
import { addDependencies } from '../../../fixes/files/package-json';
import {
  declaredRedis,
  redisClient,
  requiredNote,
  type RedisClient,
  type ServiceSite,
} from '../../../fixes/redis-client';
import { ts } from '../../../languages/source/ts';
import type { CallMeaning, ProjectModel } from '../../../project/model';
import { recipeFor, type Recipe, type StoreEdit } from './shared-store-recipes';

/**
 * The fix `shared-store`: what counted, cached or published in the memory of one process does so in Redis, with the store that
 * the library has for it. The address comes from the environment, the packages are added.
 * @param found the call that makes it
 * @returns undefined for libraries without such a store, and where the call stands in for something else
 */
export function sharedStoreFix(found: CallMeaning, model: ProjectModel): Fix | undefined {
  if (found.meaning.kind !== 'memory-store') return undefined;
  const owner = model.packageOf(found.path);
  const recipe = recipeFor(found.meaning.library, owner);
  if (!recipe) return undefined;
  const plan = planned(found, model, recipe);
  return (
    plan && {
      id: 'shared-store',
      kind: 'suggest',
      title: `Use Redis (\`${recipe.title}\`)${requiredNote(plan.variable)}`,
      build: () => build(plan),
    }
  );
}

interface Plan {
  readonly site: ServiceSite;
  readonly client: RedisClient | undefined;
  readonly edit: StoreEdit;
  readonly variable: RedisClient['variable'];
}

function planned(found: CallMeaning, model: ProjectModel, recipe: Recipe): Plan | undefined {
  const { path, call } = found;
  const api = ts();
  const syntax = model.files.source(path);
  const node =
    syntax &&
    nodeAt(
      syntax,
      call.span,
      (one): one is TypeScript.CallExpression | TypeScript.NewExpression =>
        api.isCallExpression(one) || api.isNewExpression(one),
    );
  if (!syntax || !node || environmentAccess(model, path)?.prefix !== '') return undefined;
  const owner = model.packageOf(path);
  const style = styleIn(model, syntax);
  const site: ServiceSite = { model, path, syntax, style, owner, place: node };
  const client = clientFor(recipe, site);
  if (client && recipe.client !== 'any' && client.library !== recipe.client) return undefined;
  const edit = recipe.edit({ ...site, node, client, boundTo: call.boundTo });
  return edit && { site, client, edit, variable: edit.variable ?? client?.variable };
}

function build({ site, client, edit, variable }: Plan): FileChange[] | undefined {
  const { model, path, owner } = site;
  return combineChanges(
    [fileEdit(path, [...prologue(site, client, edit), ...edit.edits])],
    client?.changes ?? [],
    edit.changes ?? [],
    owner
      ? addDependencies(model, owner, [...(client?.packages ?? []), ...(edit.packages ?? [])])
      : [],
    variable
      ? documentInExample(model, path, {
          name: variable.name,
          value: variable.example,
          isSecret: false,
        })
      : [],
    variable ? passThroughCompose(model, path, variable.name) : [],
  );
}

/** The client that a store takes; undefined where it takes none, or none can be had. */
function clientFor({ client }: Recipe, site: ServiceSite): RedisClient | undefined {
  if (client === 'none') return undefined;
  const library = client === 'any' ? (declaredRedis(site.owner) ?? 'redis') : client;
  return redisClient(site, library, 'redisClient', 'sharedRedisClient');
}

/** Imports, and the client after them, where all fixes of a file share it. */
function prologue(
  { syntax, style, place }: ServiceSite,
  client: RedisClient | undefined,
  edit: StoreEdit,
): TextEdit[] {
  const imports = [...(client?.imports ?? []), ...edit.imports];
  const statements = [...(client?.statements ?? []), ...(edit.statements ?? [])];
  const user = topLevelStatement(place);
  if (statements.length === 0 || !user) return imports;
  const text = withLineEnd(statements.join('\n'), style.lineEnd);
  const usual = importPlace(syntax, style);
  if (user.getStart() >= usual.at) return [...imports, inPrologue(syntax, style, user, text)];
  // `const app = express(), io = require('socket.io')(server);`: nothing that comes after the imports comes in time.
  const isNew = ({ span }: TextEdit): boolean => span.start === usual.at && span.end === usual.at;
  const added = imports.filter(isNew).map(({ newText }) => newText.trim());
  const lines = [...added, ...(added.length > 0 ? [''] : []), text].join(style.lineEnd);
  return [...imports.filter((one) => !isNew(one)), inFrontOf(syntax, style, user, lines)];
}
