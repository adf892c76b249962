import { baseName, folderOf, joinPath } from '../../../base/paths';
import { opaqueText, plainText, type MappedText } from '../../../languages/mapped-text';
import { parseSystemd } from '../../../languages/systemd';
import { filesOfKind } from '../../files/file-index';
import { appManifests } from '../../manifests/app-json';
import { platformManifests } from '../../manifests/platforms';
import { pm2Apps, type Pm2App } from '../../manifests/pm2';
import type { StartCommand } from '../../model';
import { expandText, expandWords } from '../expand';
import { folderPlace, type Place } from '../place';
import { isDevelopmentName, isDevelopmentPath, processByName } from '../purpose';
import { rootScope, type Project, type Word } from '../scope';

/** Procfiles, pm2 ecosystem files, app.json, fly/render/railway and the like, systemd units. */
export function commandsFromPlatforms(project: Project): StartCommand[] {
  return [
    ...fromProcfiles(project),
    ...fromPm2(project),
    ...fromAppManifests(project),
    ...fromManifests(project),
    ...fromUnits(project),
  ];
}

function textCommand(
  project: Project,
  place: Place,
  text: MappedText,
  base: Pick<StartCommand, 'path' | 'origin' | 'process' | 'production'>,
): StartCommand {
  const { pieces } = text;
  const start = pieces[0]?.span.start ?? 0;
  return {
    ...base,
    span: { start, end: pieces.at(-1)?.span.end ?? start },
    form: 'shell',
    package: place.package,
    steps: expandText(project, text, rootScope(base.path, place)),
  };
}

function fromProcfiles(project: Project): StartCommand[] {
  const { files, packages } = project;
  return filesOfKind(files, 'procfile').flatMap((path) =>
    (files.procfile(path)?.entries ?? []).map((entry) =>
      textCommand(
        project,
        folderPlace(packages, folderOf(path)),
        plainText(entry.command, entry.commandSpan.start),
        {
          path,
          origin: `${baseName(path)} ${entry.type}`,
          process: entry.type === 'web' ? 'web' : processByName(entry.type, 'other'),
          production: !isDevelopmentPath(path) && !isDevelopmentName(entry.type),
        },
      ),
    ),
  );
}

function fromPm2(project: Project): StartCommand[] {
  return pm2Apps(project.files).flatMap((app) => {
    const words = pm2Words(app);
    const script = app.settings.get('script');
    if (words.length === 0 || !script) return [];
    const cwd = app.settings.get('cwd')?.text?.text ?? '';
    const folder = joinPath(folderOf(app.path), cwd.startsWith('/') ? '' : cwd) ?? '';
    const place = folderPlace(project.packages, folder);
    return [
      {
        path: app.path,
        span: script.valueSpan,
        origin: `pm2 app ${app.name}`.trim(),
        process: processByName(app.name, 'web'),
        production: !isDevelopmentPath(app.path) && !isDevelopmentName(app.name),
        form: 'exec',
        package: place.package,
        steps: expandWords(project, words, rootScope(app.path, place)),
      },
    ];
  });
}

function pm2Words(app: Pm2App): Word[] {
  const { settings } = app;
  const script = settings.get('script')?.text;
  if (!script) return [];
  const word = (mapped: MappedText): Word => ({
    text: mapped.text,
    literal: true,
    path: app.path,
    mapped,
  });
  const listed = (name: string): Word[] => {
    const setting = settings.get(name);
    if (!setting) return [];
    const texts = setting.text
      ? [setting.text]
      : [...setting.nested.values()].flatMap((item) => item.text ?? []);
    return texts.flatMap((text) =>
      text.text
        .split(/\s+/)
        .filter(Boolean)
        .map((part) => word(opaqueText(part, setting.valueSpan))),
    );
  };
  const interpreter = settings.get('interpreter')?.text ?? settings.get('exec_interpreter')?.text;
  const isFile =
    /\.([cm]?[jt]sx?|coffee)$/.test(script.text) ||
    (/^\.{0,2}\//.test(script.text) && !/node_modules\/\.bin\//.test(script.text));
  const at = { start: script.pieces[0]?.span.start ?? 0, end: script.pieces[0]?.span.start ?? 0 };
  const program =
    interpreter && interpreter.text !== 'none'
      ? [word(interpreter)]
      : isFile
        ? [word(opaqueText('node', at))]
        : [];
  // A script given with its arguments: `npm run start`.
  const scriptWords = isFile
    ? [word(script)]
    : script.text
        .split(/\s+/)
        .map((part) => word(opaqueText(part, settings.get('script')?.valueSpan ?? at)));
  return [
    ...program,
    ...listed('node_args'),
    ...listed('interpreter_args'),
    ...scriptWords,
    ...listed('args'),
  ];
}

function fromAppManifests(project: Project): StartCommand[] {
  return appManifests(project.files).flatMap((manifest) =>
    manifest.scripts.map(({ name, text }) =>
      textCommand(project, folderPlace(project.packages, folderOf(manifest.path)), text, {
        path: manifest.path,
        origin: `app.json scripts.${name}`,
        process: 'release',
        production: !isDevelopmentName(name),
      }),
    ),
  );
}

function fromManifests(project: Project): StartCommand[] {
  return platformManifests(project.files).flatMap((manifest) =>
    manifest.processes.map(({ path, origin, name, kind, text, folder }) =>
      textCommand(project, folderPlace(project.packages, folder), text, {
        path,
        origin,
        process: kind === 'other' ? processByName(name, 'web') : kind,
        production: !isDevelopmentPath(path),
      }),
    ),
  );
}

function fromUnits(project: Project): StartCommand[] {
  const { files } = project;
  return filesOfKind(files, 'text')
    .filter((path) => path.endsWith('.service'))
    .flatMap((path) => {
      const entries = parseSystemd(files.text(path) ?? '').filter(
        (entry) => entry.section === 'Service',
      );
      const directory = entries.findLast((entry) => entry.key === 'WorkingDirectory')?.value;
      const place = installedPlace(project, folderPlace(project.packages, ''), directory);
      const before = entries.filter((entry) => entry.key === 'ExecStartPre');
      return entries
        .filter((entry) => entry.key === 'ExecStart' && entry.value !== '')
        .map((entry) => {
          const steps = [...before, entry].flatMap((one) => {
            const prefix = /^[-@:+!|]*/.exec(one.value)?.[0].length ?? 0;
            const text = plainText(one.value.slice(prefix), one.valueSpan.start + prefix);
            const scope = rootScope(path, place);
            return expandText(project, text, {
              ...scope,
              joint: one === before[0] || before.length === 0 ? '' : '&&',
              hook: one !== entry,
            });
          });
          return {
            path,
            span: entry.valueSpan,
            origin: `systemd ${baseName(path)}`,
            process: processByName(baseName(path).replace(/\.service$/, ''), 'web'),
            production: !isDevelopmentPath(path),
            form: 'exec',
            package: place.package,
            steps,
          } satisfies StartCommand;
        });
    });
}

/** Where the tree is installed in some other folder: an absolute path is tried below the working directory, then by its end. */
function installedPlace(project: Project, base: Place, directory: string | undefined): Place {
  return {
    ...base,
    locate(path) {
      if (!path.startsWith('/')) return base.locate(path);
      if (directory && path.startsWith(`${directory.replace(/\/$/, '')}/`))
        return base.locate(path.slice(directory.replace(/\/$/, '').length + 1));
      const parts = path.split('/').filter(Boolean);
      const ends = parts.map((_, index) => parts.slice(index).join('/'));
      return ends.filter((end) => end.includes('/') && project.files.has(end));
    },
  };
}
