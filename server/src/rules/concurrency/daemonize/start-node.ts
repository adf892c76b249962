import { folderOf, joinPath } from '../../../base/paths';
import { fileEdit, replacement } from '../../../engine/edits/edits';
import type { Fix } from '../../../engine/finding';
import { pm2Apps, isPm2Path } from '../../../project/manifests/pm2';
import type { CommandStep, ProjectModel, StartCommand } from '../../../project/model';

/**
 * The fix `start-node`: `pm2 start app.js` and `forever app.js` become `node app.js`, with the app's own arguments.
 * @returns nothing where it is not plain which file is started
 */
export function startNodeFix(
  command: StartCommand,
  step: CommandStep,
  model: ProjectModel,
): readonly Fix[] {
  const text = model.files.text(step.path);
  const words = step.words ?? [];
  const [tool] = words;
  if (text === undefined || !tool || words.some(({ path }) => path !== step.path)) return [];
  const index = words.findIndex(
    ({ text: word, literal }, at) =>
      at > 0 && literal && (/\.[cm]?[jt]s$/.test(word) || isPm2Path(word)),
  );
  const named = words[index];
  if (!named || /\.[cm]?tsx?$/.test(named.text)) return [];
  const script = isPm2Path(named.text) ? onlyScript(named.text, step, model) : named.text;
  if (script === undefined) return [];
  const rest = words.slice(index + 1);
  const dashes = rest.findIndex((word) => word.text === '--');
  const args = tool.text.includes('pm2') ? (dashes < 0 ? [] : rest.slice(dashes + 1)) : rest;
  const isList = command.form === 'exec' && /["']/.test(text[tool.span.start - 1] ?? '');
  const own = args.map(({ span }) => text.slice(span.start, span.end));
  const before = text.slice(step.span.start, tool.span.start);
  const runner = isList ? '' : (/(?:npx|pnpx|bunx|pnpm exec|yarn)\s+$/.exec(before)?.[0] ?? '');
  const end = words.at(-1)?.span.end ?? named.span.end;
  const newText = ['node', script, ...own].join(isList ? '", "' : ' ');
  return [
    {
      id: 'start-node',
      kind: 'suggest',
      title: 'Start node itself',
      build: () => [
        fileEdit(step.path, [
          replacement({ start: tool.span.start - runner.length, end }, newText),
        ]),
      ],
    },
  ];
}

/** The fix `foreground`: the app without `nohup` and `&`, and what it writes where the platform sees it. */
export function foregroundFix(
  command: StartCommand,
  step: CommandStep,
  model: ProjectModel,
): readonly Fix[] {
  const text = model.files.text(step.path);
  if (text === undefined || command.steps.length > 1 || step.path !== command.path) return [];
  const written = text.slice(step.span.start, step.span.end);
  const app = appOf(written);
  if (app === undefined || app === written || !/^[\w=./\s-]+$/.test(app)) return [];
  const rest = /^\s*&/.exec(text.slice(step.span.end))?.[0] ?? '';
  return [
    {
      id: 'foreground',
      kind: 'suggest',
      title: `Start \`${app}\` in the foreground`,
      build: () => [
        fileEdit(step.path, [
          replacement({ start: step.span.start, end: step.span.end + rest.length }, app),
        ]),
      ],
    },
  ];
}

/** What is left of a command without `nohup`, redirections and `&`; undefined where there is more to it. */
function appOf(written: string): string | undefined {
  const all = written.trim().split(/\s+/);
  const words = all[0] === 'nohup' ? all.slice(1) : all;
  const end = words.findIndex((word) => /[&|;<>]/.test(word));
  const rest = end < 0 ? [] : words.slice(end);
  while (rest.length > 0) {
    const [word = ''] = rest.splice(0, 1);
    if (word === '&' && rest.length === 0) break;
    const redirection = /^\d?>{1,2}&?(?<target>\S*)$/.exec(word);
    if (!redirection) return undefined;
    // `> app.log`, in two words.
    if (redirection.groups?.['target'] === '') rest.splice(0, 1);
  }
  return words.slice(0, end < 0 ? words.length : end).join(' ');
}

/** The script of an ecosystem file that has one app. */
function onlyScript(name: string, step: CommandStep, model: ProjectModel): string | undefined {
  const path = joinPath(step.folder ?? folderOf(step.path), name);
  const [app, ...others] = pm2Apps(model.files).filter((one) => one.path === path);
  const script = app?.settings.get('script')?.text?.text;
  const hasMore = ['args', 'interpreter', 'node_args', 'interpreter_args', 'cwd'].some((key) =>
    app?.settings.has(key),
  );
  return script === undefined || others.length > 0 || hasMore || !/\.[cm]?js$/.test(script)
    ? undefined
    : script.replace(/^\.\//, '');
}
