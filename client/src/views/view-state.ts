import { commands, EventEmitter, type Disposable, type Event, type Memento } from 'vscode';
import { GROUPINGS, SEVERITIES, type Grouping, type Severity, type Shown } from './finding-nodes';

const KEY = 'findings.shown';

/** What is kept of the choices of a person. */
interface Kept {
  readonly grouping?: string;
  readonly severities?: readonly string[];
  readonly lines?: string;
}

/** What the view of findings shows and how, remembered for each workspace. Hints are shown when somebody wants them. */
export class ViewState implements Disposable {
  readonly #changed = new EventEmitter<void>();
  #shown: Shown;

  constructor(private readonly memory: Memento) {
    const {
      grouping,
      severities = SEVERITIES.filter((each) => each !== 'hint'),
      lines,
    } = memory.get<Kept>(KEY, {});
    this.#shown = {
      grouping: GROUPINGS.find((each) => each === grouping) ?? 'factor',
      severities: new Set(SEVERITIES.filter((each) => severities.includes(each))),
      lines: lines === 'new' ? 'new' : 'all',
    };
    this.#tell();
  }

  get shown(): Shown {
    return this.#shown;
  }

  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  group(grouping: Grouping): void {
    this.#set({ ...this.#shown, grouping });
  }

  show(severities: readonly Severity[]): void {
    this.#set({ ...this.#shown, severities: new Set(severities) });
  }

  /** Shows what stands on changed lines alone, or all. */
  showLines(lines: Shown['lines']): void {
    this.#set({ ...this.#shown, lines });
  }

  /** Shows hints beside what else is shown, or no longer. */
  showHints(wanted: 'shown' | 'hidden'): void {
    const others = SEVERITIES.filter((each) => each !== 'hint' && this.#shown.severities.has(each));
    this.show(wanted === 'shown' ? [...others, 'hint'] : others);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #set(shown: Shown): void {
    this.#shown = shown;
    const kept: Kept = { ...shown, severities: [...shown.severities] };
    void this.memory.update(KEY, kept);
    this.#tell();
    this.#changed.fire();
  }

  /** Menus ask for it. */
  #tell(): void {
    const hints = this.#shown.severities.has('hint');
    void commands.executeCommand('setContext', 'twelveFactor.hintsShown', hints);
    const onlyNew = this.#shown.lines === 'new';
    void commands.executeCommand('setContext', 'twelveFactor.onlyNew', onlyNew);
  }
}
