import type { Finding } from '../finding';
import { fold, withPlaces, type ListFinding } from '../fold';

/** What became of the findings of one fact. */
interface Outcome {
  /** Those that stay, as they are shown. */
  readonly shown: ReadonlyMap<Finding, Finding>;
  readonly list: ListFinding | undefined;
}

/**
 * Knows which files state the same facts, so that a change of one file only concerns those where a finding then stands or stood.
 * Holds findings as they are after severities and suppressions; what it answers depends on nothing but them, in whatever order
 * they came.
 */
export class FactIndex {
  private readonly places = new Map<string, Map<string, readonly Finding[]>>();
  private readonly keysIn = new Map<string, ReadonlySet<string>>();
  /** File → the facts that are lists of what it lacks. */
  private readonly listsOf = new Map<string, Set<string>>();
  private readonly outcomes = new Map<string, Outcome>();

  /** Takes the findings of a file in place of those it had. */
  set(path: string, findings: readonly Finding[]): void {
    for (const key of this.keysIn.get(path) ?? []) {
      this.places.get(key)?.delete(path);
      this.outcomes.delete(key);
    }
    const own = new Map<string, Finding[]>();
    for (const finding of findings) {
      const key = keyOf(finding);
      if (key === undefined) continue;
      const list = own.get(key);
      if (list) list.push(finding);
      else own.set(key, [finding]);
      const about = finding.fact?.whole?.path;
      if (about !== undefined)
        this.listsOf.set(about, (this.listsOf.get(about) ?? new Set()).add(key));
    }
    for (const [key, list] of own) {
      const files = this.places.get(key) ?? new Map<string, readonly Finding[]>();
      this.places.set(key, files.set(path, list));
      this.outcomes.delete(key);
    }
    if (own.size > 0) this.keysIn.set(path, new Set(own.keys()));
    else this.keysIn.delete(path);
  }

  /**
   * As {@link set}, for one file among others that stay as they are.
   * @returns the files in which findings speak, or spoke until now, for what this one states or stated
   */
  replace(path: string, findings: readonly Finding[]): ReadonlySet<string> {
    const facts = new Set(this.keysIn.get(path));
    for (const finding of findings) {
      const key = keyOf(finding);
      if (key !== undefined) facts.add(key);
    }
    const before = this.standing(facts);
    this.set(path, findings);
    return new Set([...before, ...this.standing(facts)]);
  }

  /** Findings at a file that lacks what others need; before severities and suppressions. */
  lists(path: string, text: string): readonly Finding[] {
    return [...(this.listsOf.get(path) ?? [])].sort().flatMap((key) => {
      const { list } = this.outcome(key);
      return list?.path === path ? [list.at(text)] : [];
    });
  }

  /** Of a file's findings those that are shown, with the places that they speak for. */
  shown(findings: readonly Finding[]): readonly Finding[] {
    return findings.flatMap((finding) => {
      const key = keyOf(finding);
      return key === undefined ? [finding] : (this.outcome(key).shown.get(finding) ?? []);
    });
  }

  /** The files in which findings stand for these facts. */
  private standing(facts: Iterable<string>): readonly string[] {
    return [...facts].flatMap((key) => {
      const { shown, list } = this.outcome(key);
      const files = [...shown.keys()].map(({ path }) => path);
      return list ? [...files, list.path] : files;
    });
  }

  private outcome(key: string): Outcome {
    const known = this.outcomes.get(key);
    if (known) return known;
    const { kept, list } = fold([...(this.places.get(key)?.values() ?? [])].flat());
    const outcome = { shown: new Map(kept.map((one) => [one.at, withPlaces(one)])), list };
    this.outcomes.set(key, outcome);
    return outcome;
  }
}

function keyOf({ ruleId, fact }: Finding): string | undefined {
  return fact && `${ruleId}\0${fact.key}`;
}
