import { WatchKind, type FileSystemWatcher } from 'vscode-languageserver';

/** Files whose content matters. */
const READ = [
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro,json,jsonc,yml,yaml,toml,env,sh,prisma,service}',
  '**/{Dockerfile*,*.dockerfile,Containerfile*,Procfile*,.env*,.gitignore,.dockerignore,.npmrc,.nvmrc,.node-version,.tool-versions,yarn.lock,bun.lock,nginx.conf}',
];

/** What the client is asked to watch. */
export const WATCHERS: readonly FileSystemWatcher[] = [
  ...READ.map((globPattern) => ({ globPattern, kind: WatchKind.Change })),
  // Of a folder that goes, or comes by moving, editors name the folder alone.
  { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
];
