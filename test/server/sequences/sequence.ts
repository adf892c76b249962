import { FileChangeType } from 'vscode-languageserver/node';
import { loadTypeScript } from '../../../server/src/languages/source/ts';
import { MemoryHost } from '../memory-host';
import { Editor, ROOT, type Delivery, type View } from './editor';
import { NESTED_ROOT, OTHER_ROOT, POOL, SETTINGS, TYPED, UNLISTED } from './project';
import { Random } from '../../helpers/random';

type Change = readonly [uri: string, type: FileChangeType];

/** What a test may break on purpose, to show that a sequence notices. */
export interface Sabotage {
  /** Of what the disk tells, only what is returned reaches the server. */
  watched?(changes: readonly Change[]): readonly Change[];
}

/** What became of a sequence; nothing where the long-lived server and the fresh one agree. */
export interface Difference {
  readonly seed: number;
  readonly what: string;
  /** What was done, for whoever looks into it. */
  readonly steps: readonly string[];
}

const STEPS = 14;
const BRANCH = 60;

/**
 * Does something at random in an editor, and compares what is then shown with what a server shows that starts on the final state.
 * @param seed tells sequences apart
 */
export async function runSequence(
  seed: number,
  delivery: Delivery,
  sabotage: Sabotage = {},
): Promise<Difference | undefined> {
  // Loading it takes long and looks like rest.
  await loadTypeScript();
  const run = new Sequence(seed, delivery, sabotage);
  try {
    return await run.run();
  } finally {
    run.dispose();
  }
}

class Sequence {
  private readonly random: Random;
  private readonly host: MemoryHost;
  private readonly steps: string[] = [];
  private readonly editors: Editor[] = [];
  private folders: string[] = [ROOT];
  private settings: unknown = null;
  /** What happened on disk and the server has not been told yet. */
  private untold: Change[] = [];

  constructor(
    private readonly seed: number,
    private readonly delivery: Delivery,
    private readonly sabotage: Sabotage,
  ) {
    this.random = new Random(seed);
    this.host = new MemoryHost(ROOT, {});
    for (const [uri, versions] of Object.entries(POOL))
      if (this.random.chance(0.75)) this.host.files.set(uri, this.random.of(versions));
    this.host.files.set(`${ROOT}/node_modules/express/index.js`, 'module.exports = 1;\n');
    this.host.files.set(`${ROOT}/dist/bundle.js`, "fetch('http://10.0.0.1:80');\n");
  }

  async run(): Promise<Difference | undefined> {
    const editor = await this.start();
    for (let step = 0; step < STEPS; step += 1) await this.step(editor);
    await this.tell(editor);
    const trouble = await this.settle(editor);
    if (trouble !== undefined) return this.difference(trouble);
    const fresh = await this.start();
    for (const [uri, text] of this.random.shuffled([...editor.open]))
      await fresh.openDocument(uri, text);
    const freshTrouble = await this.settle(fresh);
    if (freshTrouble !== undefined) return this.difference(`fresh server: ${freshTrouble}`);
    const what = compareViews(editor.view(), fresh.view()) ?? (await compareActions(editor, fresh));
    if (what !== undefined) return this.difference(what);
    const [complaint] = [...editor.complaints, ...fresh.complaints];
    return complaint === undefined ? undefined : this.difference(complaint);
  }

  dispose(): void {
    for (const editor of this.editors) editor.dispose();
  }

  private async start(): Promise<Editor> {
    const editor = await Editor.start({
      delivery: this.delivery,
      host: this.host,
      folders: this.folders,
      settings: () => this.settings,
    });
    this.editors.push(editor);
    return editor;
  }

  private async settle(editor: Editor): Promise<string | undefined> {
    try {
      await editor.settled();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private difference(what: string): Difference {
    return { seed: this.seed, what, steps: this.steps };
  }

  private async step(editor: Editor): Promise<void> {
    const { random } = this;
    const open = [...editor.open.keys()];
    const choice = random.below(100);
    if (choice < 16 || open.length === 0) await this.open(editor);
    else if (choice < 46) await this.type(editor, random.of(open));
    else if (choice < 53) await this.close(editor, random.of(open));
    else if (choice < 60) this.save(editor, random.of(open));
    else if (choice < 76) this.writeToDisk(random.of(Object.keys(POOL)));
    else if (choice < 82) this.move();
    else if (choice < 85) this.switchBranch();
    else if (choice < 89) await this.changeSettings(editor);
    else if (choice < 93) await this.changeFolders(editor);
    else await editor.pause(random.below(120));
    if (random.chance(0.6)) await this.tell(editor);
    if (random.chance(0.3)) await editor.pause(random.below(60));
  }

  private async open(editor: Editor): Promise<void> {
    const uri = this.random.chance(0.12)
      ? this.random.of(UNLISTED)
      : this.random.of(Object.keys(POOL));
    if (editor.open.has(uri)) return;
    const versions = POOL[uri] ?? ["fetch('http://10.0.0.2:80');\n"];
    const text = this.host.files.get(uri) ?? this.random.of(versions);
    this.steps.push(`open ${uri}`);
    await editor.openDocument(uri, text);
  }

  private async type(editor: Editor, uri: string): Promise<void> {
    const versions = POOL[uri];
    for (let key = this.random.below(4); key >= 0; key -= 1) {
      const text = editor.open.get(uri) ?? '';
      const isWhole = versions !== undefined && this.random.chance(0.2);
      const next = isWhole ? this.random.of(versions) : this.edited(text);
      this.steps.push(`type ${uri} ${JSON.stringify(next)}`);
      await editor.type(uri, next);
      if (this.random.chance(0.3)) await editor.pause(this.random.below(20));
    }
  }

  private edited(text: string): string {
    const { random } = this;
    const at = random.below(text.length + 1);
    const removed = random.chance(0.3) ? random.below(12) : 0;
    const added = random.chance(0.75) ? random.of(TYPED) : '';
    return text.slice(0, at) + added + text.slice(at + removed);
  }

  private async close(editor: Editor, uri: string): Promise<void> {
    this.steps.push(`close ${uri}`);
    await editor.closeDocument(uri);
  }

  private save(editor: Editor, uri: string): void {
    const text = editor.open.get(uri);
    if (text === undefined || !uri.startsWith('file:///work/')) return;
    this.steps.push(`save ${uri}`);
    this.write(uri, text);
  }

  private writeToDisk(uri: string): void {
    const { random } = this;
    if (random.chance(0.25)) this.remove(uri);
    else this.write(uri, random.of(POOL[uri] ?? ['']));
    this.steps.push(`disk ${uri} ${JSON.stringify(this.host.files.get(uri))}`);
  }

  /** A folder is renamed away, or back. */
  private move(): void {
    const folder = this.random.of(['src', 'packages/mail', 'scripts']);
    const [from, to] = this.random.chance(0.5)
      ? [`${ROOT}/${folder}/`, `${ROOT}/moved/${folder}/`]
      : [`${ROOT}/moved/${folder}/`, `${ROOT}/${folder}/`];
    this.steps.push(`move ${from} ${to}`);
    for (const [uri, text] of [...this.host.files]) {
      if (!uri.startsWith(from)) continue;
      this.remove(uri);
      this.write(to + uri.slice(from.length), text);
    }
  }

  /** Most files change at once, and many that nobody has seen come or go. */
  private switchBranch(): void {
    const { random } = this;
    this.steps.push('switch branch');
    for (const [uri, versions] of Object.entries(POOL)) {
      if (random.chance(0.4)) continue;
      if (random.chance(0.2)) this.remove(uri);
      else this.write(uri, random.of(versions));
    }
    const isThere = this.host.files.has(`${ROOT}/src/generated/0.js`);
    for (let index = 0; index < BRANCH; index += 1) {
      const uri = `${ROOT}/src/generated/${index}.js`;
      if (isThere) this.remove(uri);
      else this.write(uri, `exports.url${index} = 'http://10.0.1.${index}:8080/';\n`);
    }
  }

  private async changeSettings(editor: Editor): Promise<void> {
    this.settings = this.random.of(SETTINGS);
    this.steps.push(`settings ${JSON.stringify(this.settings)}`);
    await editor.settingsChanged();
  }

  private async changeFolders(editor: Editor): Promise<void> {
    const folder = this.random.of([OTHER_ROOT, NESTED_ROOT]);
    const isOpen = this.folders.includes(folder);
    this.folders = isOpen
      ? this.folders.filter((each) => each !== folder)
      : [...this.folders, folder];
    this.steps.push(`${isOpen ? 'remove' : 'add'} folder ${folder}`);
    await editor.foldersChanged(isOpen ? [] : [folder], isOpen ? [folder] : []);
  }

  private write(uri: string, text: string): void {
    const type = this.host.files.has(uri) ? FileChangeType.Changed : FileChangeType.Created;
    this.host.files.set(uri, text);
    this.untold.push([uri, type]);
  }

  private remove(uri: string): void {
    if (this.host.files.delete(uri)) this.untold.push([uri, FileChangeType.Deleted]);
  }

  private async tell(editor: Editor): Promise<void> {
    const changes = this.untold;
    this.untold = [];
    const told = this.sabotage.watched?.(changes) ?? changes;
    if (told.length > 0) await editor.watched(told);
  }
}

function compareViews(long: View, fresh: View): string | undefined {
  for (const uri of [...new Set([...long.keys(), ...fresh.keys()])].sort()) {
    const [had, has] = [long.get(uri) ?? [], fresh.get(uri) ?? []];
    const extra = had.filter((each) => !has.includes(each));
    const missing = has.filter((each) => !had.includes(each));
    if (extra.length + missing.length > 0 || had.length !== has.length)
      return `${uri}\n  only in the long-lived server: ${extra.join('\n    ')}\n  only in the fresh one: ${missing.join('\n    ')}`;
  }
  return undefined;
}

async function compareActions(long: Editor, fresh: Editor): Promise<string | undefined> {
  for (const uri of [...long.open.keys()].sort()) {
    const [had, has] = [await long.actions(uri), await fresh.actions(uri)];
    const differing = had.find((each, index) => each !== has[index]) ?? has[had.length];
    if (differing !== undefined || had.length !== has.length)
      return `${uri}: code actions differ: ${differing}\n  ${had.length} and ${has.length}`;
  }
  return undefined;
}
