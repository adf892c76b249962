import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import { moveDependency } from '../../../fixes/files/package-json';
import type {
  CommandStep,
  ModuleInfo,
  PackageInfo,
  ProjectModel,
  StartCommand,
} from '../../../project/model';
import { packageNameOf } from '../../../project/modules/builtins';
import { declaredBinary } from '../../../project/packages/binaries';
import { declaringPackages } from '../../../project/packages/declared';
import { exactImports } from '../../../project/packages/exact-imports';
import { isPackageManager } from '../../../project/packages/package-managers';
import { isPartOfBuild } from '../../../project/start/build-steps';
import {
  isCompilingRunner,
  isWatcher,
  stepTool,
  toolName,
} from '../../../project/start/command-lines/tools';
import { badExamples } from './bad-examples';
import { callOf } from './call-place';
import { goodExamples } from './good-examples';
import { isBroughtByImages } from './image-programs';
import { loadedTransports } from './transports';

export default defineRule({
  id: 'dev-dependency-at-runtime',
  factor: 'dependencies',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The running app needs a package that is declared for development only.',
  why: 'Production installs leave devDependencies out. What the running process imports or its start command calls has to be declared as a dependency, or the app works on every developer’s machine and fails on the first clean install in production.',
  whenNotToUse: 'When production images deliberately keep development dependencies.',
  fix: 'safe',
  yieldsTo: { 'build-at-start': 'always' },
  messages: {
    imported:
      '`{name}` is a devDependency, but the running app imports it; a production install lacks it.',
    started: 'The start command calls `{tool}`, but its package `{name}` is a devDependency.',
    released:
      'The release calls `{tool}`, but its package `{name}` is a devDependency, which production installs leave out.',
    named:
      '`{name}` is a devDependency, but the logger loads it at run time; a production install lacks it.',
  },
  scope: { detail: 'any' },
  file(context) {
    const { facts, model, path, module } = context;
    if (!isDeployed(module)) return;
    const packages = declaringPackages(model, path);
    const [owner] = packages;
    if (!owner || owner.bundled) return;
    const name = (specifier: string): string | undefined =>
      developmentOnly(specifier, path, packages, model);
    if (!facts.imports.some((fact) => !fact.typeOnly && name(fact.specifier) !== undefined)) return;
    for (const fact of exactImports(model, path)) {
      const found = name(fact.specifier);
      if (found === undefined || fact.typeOnly || fact.guard !== 'none' || fact.kind === 'resolve')
        continue;
      const holder = packages.find((info) => info.dependencies.has(found)) ?? owner;
      context.report({
        at: fact.span,
        message: 'imported',
        data: { name: found },
        fixes: () => move(model, holder, found),
      });
    }
  },
  meaning(found, context) {
    const { module, model, path } = context;
    const packages = declaringPackages(model, path);
    const [owner] = packages;
    if (!owner || owner.bundled || !isDeployed(module)) return;
    for (const { span, specifier } of loadedTransports(found)) {
      const name = developmentOnly(specifier, path, packages, model);
      const holder = packages.find((info) => name !== undefined && info.dependencies.has(name));
      if (name === undefined || !holder) continue;
      context.report({
        at: span,
        message: 'named',
        data: { name },
        fixes: () => move(model, holder, name),
      });
    }
  },
  command(command, { model, report }) {
    if (!command.production) return;
    for (const step of command.steps) {
      if (step.conditional === true || isRunnerAtFault(command, step)) continue;
      const preloaded = new Set(preloads(step));
      // `ts-node node_modules/.bin/typeorm` needs both.
      for (const tool of new Set([
        stepTool(step),
        toolName(step.argv[0] ?? ''),
        ...step.wrappers,
        ...preloaded,
      ])) {
        if (isPackageManager(tool) || isBroughtByImages(step, tool, model)) continue;
        // build-at-start says it already.
        if (command.process !== 'release' && isPartOfBuild(command, step, tool)) continue;
        const place = callOf(tool, step, command, model);
        if (!place || place.package.bundled) continue;
        const declared = preloaded.has(tool)
          ? place.package.dependencies.get(tool)
          : declaredBinary(place.package, tool);
        if (declared?.kind !== 'devDependencies') continue;
        const called = { path: place.path, span: place.span };
        // A script that people run, too, is none to blame where a release runs it.
        const isReleased = command.process === 'release' && command.path !== place.path;
        report({
          at: isReleased ? { path: command.path, span: command.span } : called,
          message: isReleased ? 'released' : 'started',
          data: { tool, name: declared.name },
          fact: { key: `${place.package.manifestPath} ${declared.name}` },
          ...(isReleased ? { related: [{ ...called, message: `which calls ${tool}` }] } : {}),
          fixes: () => move(model, place.package, declared.name),
        });
      }
    }
  },
  examples: { bad: badExamples, good: goodExamples },
});

function isDeployed({ entryPoints }: ModuleInfo): boolean {
  return entryPoints.some((entry) => entry.production && entry.intent === 'start');
}

/** The package an import needs, when it is declared for development only. */
function developmentOnly(
  specifier: string,
  path: string,
  packages: readonly PackageInfo[],
  model: ProjectModel,
): string | undefined {
  const { packageName, builtin, path: own } = model.resolveImport(path, specifier);
  if (packageName === undefined || builtin || own !== undefined) return undefined;
  const kinds = packages.flatMap((info) => info.dependencies.get(packageName)?.kind ?? []);
  return kinds.length > 0 && kinds.every((kind) => kind === 'devDependencies')
    ? packageName
    : undefined;
}

/** Packages that Node loads first: `node -r dotenv/config`, `node --import=newrelic`. */
function preloads({ argv }: CommandStep): readonly string[] {
  return argv.flatMap((word, index) => {
    const joined = /^--(?:require|import)=(.+)$/.exec(word)?.[1];
    const named = /^(-r|--require|--import)$/.test(argv[index - 1] ?? '') ? word : joined;
    return (named !== undefined && packageNameOf(named)) || [];
  });
}

/** dev-runner-in-production says it already. */
function isRunnerAtFault(command: StartCommand, step: CommandStep): boolean {
  return command.process !== 'release' && (isWatcher(step) || isCompilingRunner(step));
}

function move(model: ProjectModel, owner: PackageInfo, name: string): readonly Fix[] {
  return [
    {
      id: 'move',
      kind: 'safe',
      title: `Move \`${name}\` to dependencies`,
      build: () => moveDependency(model, owner, name, 'devDependencies', 'dependencies'),
    },
  ];
}
