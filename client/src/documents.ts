import { languages, workspace, type TextDocument } from 'vscode';

/** Languages whose documents the server wants to see. */
const LANGUAGES = [
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'vue',
  'svelte',
  'astro',
  'json',
  'jsonc',
  'yaml',
  'dockercompose',
  'dockerfile',
  'dotenv',
  'procfile',
  'toml',
  'ini',
  'properties',
  'shellscript',
  'ignore',
  'prisma',
];

/** Files that matter whatever language an editor takes them for. */
const PATTERNS = [
  '**/{Procfile,Procfile.*,Procfile-*}',
  '**/{.env,.env.*,.env-*,.env_*,*.env,*.env.*,env.example,env.sample,env.template}',
  '**/{Dockerfile,Dockerfile.*,*.dockerfile,Containerfile,Containerfile.*,*.containerfile}',
  '**/{.npmrc,.nvmrc,.node-version,.tool-versions,*.service,*.prisma,nginx*.conf}',
  '**/bin/www',
];

/** A filter that both VS Code and the protocol understand. */
type SelectedDocuments =
  | { readonly scheme: string; readonly language: string }
  | { readonly scheme: string; readonly pattern: string };

/**
 * The documents the server is told of: files on disk and of the open (perhaps virtual) folders; no diff sides, no output, no
 * notebook cells.
 */
export function documentSelector(): SelectedDocuments[] {
  return workspaceSchemes().flatMap((scheme) => [
    ...LANGUAGES.map((language) => ({ scheme, language })),
    ...PATTERNS.map((pattern) => ({ scheme, pattern })),
  ]);
}

/** Schemes of the files that are analysed, sorted. */
export function workspaceSchemes(): string[] {
  const folders = workspace.workspaceFolders ?? [];
  return [...new Set(['file', ...folders.map((folder) => folder.uri.scheme)])].sort();
}

/** True for a document that the server is told of. */
export function isSelected(document: TextDocument): boolean {
  return languages.match(documentSelector(), document) > 0;
}
