import { baseName, folderOf } from '../../../base/paths';
import { targetStage } from '../../../languages/dockerfile-stages';
import { plainText } from '../../../languages/mapped-text';
import { parseSystemd, type SystemdEntry } from '../../../languages/systemd';
import { filesOfKind } from '../../files/file-index';
import type { ProjectFiles } from '../../files/files';
import type { CommandStep, StartCommand } from '../../model';
import { expandText } from '../expand';
import type { Images } from '../images';
import { folderPlace, type Place } from '../place';
import { isDevelopmentName, isDevelopmentPath, processByName } from '../purpose';
import { rootScope, type Project, type Scope } from '../scope';

/** What process supervisors inside an image start: programs of supervisord, services of s6-overlay. */
export function commandsFromSupervisors(project: Project, images: Images): StartCommand[] {
  return [...fromSupervisord(project, images), ...fromS6(project, images)];
}

/** `[program:web]` with its `command`; `stdout_logfile` sends its output to a file. */
function fromSupervisord(project: Project, images: Images): StartCommand[] {
  const { files } = project;
  return filesOfKind(files, 'text')
    .filter((path) => /supervisor[^/]*(\/.*)?\.(conf|ini)$/i.test(path))
    .flatMap((path) => {
      const entries = parseSystemd(files.text(path) ?? '');
      const around = placeOf(project, images, path);
      return entries.flatMap((entry): StartCommand[] => {
        const [, name] = /^program:(.+)$/.exec(entry.section) ?? [];
        if (name === undefined || entry.key !== 'command' || entry.value === '') return [];
        const own = entries.filter(({ section }) => section === entry.section);
        const directory = own.find(({ key }) => key === 'directory')?.value;
        const place = directory === undefined ? around : entered(around, directory, files);
        const scope: Scope = {
          ...rootScope(path, place),
          redirects: own.flatMap((setting) => logFile(setting, path)),
        };
        return [
          {
            path,
            span: entry.valueSpan,
            origin: `supervisord ${name}`,
            process: processByName(name, 'web'),
            production: !isDevelopmentPath(path) && !isDevelopmentName(name),
            form: 'exec',
            package: place.package,
            steps: expandText(project, plainText(entry.value, entry.valueSpan.start), scope),
          },
        ];
      });
    });
}

/** A folder of the image; whose package it is, is only known where a manifest got there: to the root of the image, or to a folder of its name. */
function entered(around: Place, directory: string, files: ProjectFiles): Place {
  const place = around.enter(directory);
  const manifest = place.locate('package.json').find((path) => files.has(path));
  const isRoot = /^\/[^/]+\/?$/.test(directory);
  const isKnown =
    manifest !== undefined && (isRoot || baseName(folderOf(manifest)) === baseName(directory));
  return isKnown ? place : { ...place, package: undefined };
}

function logFile({ key, value, valueSpan }: SystemdEntry, path: string): Scope['redirects'] {
  return /^std(out|err)_logfile$/.test(key) && value.includes('/')
    ? [{ operator: key === 'stdout_logfile' ? '>' : '2>', target: value, span: valueSpan, path }]
    : [];
}

const S6_SERVICE = /(?:^|\/)(?:s6-rc\.d|services\.d)\/([^/]+)\/run$/;
/** What runs once before the services: `up` of a oneshot, scripts of `cont-init.d`. */
const S6_INIT = /(?:^|\/)(?:s6-rc\.d\/[^/]+\/up|cont-init\.d\/[^/]+)$/;

/** The first service of an image carries what runs before all of them. */
function fromS6(project: Project, images: Images): StartCommand[] {
  const { files } = project;
  const expand = (path: string): CommandStep[] => {
    const text = files.text(path) ?? '';
    return expandText(project, plainText(text, 0), rootScope(path, placeOf(project, images, path)));
  };
  const scripts = filesOfKind(files, 'shell');
  const prepared = new Set<string>();
  return scripts.flatMap((path): StartCommand[] => {
    const [, name] = S6_SERVICE.exec(path) ?? [];
    if (name === undefined) return [];
    const type = files.text(`${folderOf(path)}/type`)?.trim();
    // A oneshot of s6-rc runs `up`; whoever gives it a `run` as well runs that from there.
    if (type === 'oneshot' || files.has(`${folderOf(path)}/up`)) return [];
    const root = s6Root(path);
    const before = prepared.has(root)
      ? []
      : scripts.filter((one) => S6_INIT.test(one) && s6Root(one) === root).flatMap(expand);
    prepared.add(root);
    const text = files.text(path) ?? '';
    return [
      {
        path,
        span: { start: 0, end: text.length },
        origin: `s6 service ${name}`,
        process: processByName(name, 'web'),
        production: !isDevelopmentPath(path) && !isDevelopmentName(name),
        form: 'shell',
        package: placeOf(project, images, path).package,
        steps: [...before, ...expand(path)],
      },
    ];
  });
}

/** The folder that is copied to the root of the image. */
function s6Root(path: string): string {
  return path.replace(/(^|\/)etc\/.*$/, '');
}

/** Inside the image that is given a file; else where a file stands. */
function placeOf(project: Project, images: Images, path: string): Place {
  for (const dockerfile of images.paths) {
    if (isDevelopmentPath(dockerfile)) continue;
    const syntax = images.syntax(dockerfile);
    const stage = targetStage(syntax);
    const isGiven = syntax.stages.some(({ instructions }) =>
      instructions.some(
        ({ keyword, words }) =>
          /^(COPY|ADD)$/.test(keyword) &&
          words.slice(0, -1).some(({ text }) => covers(text, path, folderOf(dockerfile))),
      ),
    );
    if (stage && isGiven) return images.place(dockerfile, stage);
  }
  return folderPlace(project.packages, folderOf(path));
}

/** Contexts are the folder of the Dockerfile, or one above. */
function covers(source: string, path: string, folder: string): boolean {
  const plain = source
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  if (plain === '') return folder === '' || path.startsWith(`${folder}/`);
  return (
    [plain, `${folder}/${plain}`].some((place) => path === place || path.startsWith(`${place}/`)) ||
    (plain === baseName(path) && folderOf(path) === folder)
  );
}
