import type { ProjectModel } from '../../project/model';
import type { Finding, Fix } from '../finding';
import { changesSomething } from './edits';
import { withFixSource } from './lazy-fixes';

/** Where the judging stands. */
export interface Judging {
  /** The model that is in force; changes with every text. */
  model(): ProjectModel | undefined;
  /** Runs one rule again on the file or project that the finding came from. */
  again(ruleId: string): readonly Finding[];
  /** Called when the fixes could not be made. */
  failed(ruleId: string, error: unknown): void;
}

/**
 * A finding may outlive the texts it was said about: nothing it depends on changed, but another file that its fix edits did.
 * So once the model is another, its rule is asked again and the fixes of the same finding count. Of these, those that change
 * something: what cannot be built is not offered.
 * @param finding as a rule said it
 * @param said the model it was said about
 * @returns the finding with fixes that are made for the texts in force; none when the rule does not say it any more, or throws
 */
export function withFreshFixes(finding: Finding, said: ProjectModel, judging: Judging): Finding {
  let known: { readonly model: ProjectModel; readonly fixes: readonly Fix[] } | undefined;
  return withFixSource(finding, ({ ruleId, path, span, message }) => {
    const model = judging.model();
    if (!model) return [];
    if (known?.model === model) return known.fixes;
    try {
      const current =
        model === said
          ? finding
          : judging
              .again(ruleId)
              .find(
                (each) =>
                  each.path === path &&
                  each.span.start === span.start &&
                  each.span.end === span.end &&
                  each.message === message,
              );
      known = { model, fixes: (current?.fixes ?? []).filter(changesSomething) };
    } catch (error) {
      known = { model, fixes: [] };
      judging.failed(ruleId, error);
    }
    return known.fixes;
  });
}
