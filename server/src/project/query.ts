import type { ProjectFiles } from './files/files';
import type { ProjectModel } from './model';

/**
 * What an answer is made from; it is remembered while that is the same.
 * - `files`: texts of manifests, and which files there are
 * - `commands`, `entryPoints`: what manifests start
 * - `modules`: the whole project as of the last full analysis. A keystroke leaves it alone, so that the answer is as old as that.
 * - `model`: everything, the file that is being typed into included
 */
export type Basis = 'files' | 'commands' | 'entryPoints' | 'modules' | 'model';

let answering = 0;

/** Is a query being answered right now? Its answer is kept for whoever asks next. */
export function isAnswering(): boolean {
  return answering > 0;
}

function answered<Answer>(work: () => Answer): Answer {
  answering += 1;
  try {
    return work();
  } finally {
    answering -= 1;
  }
}

/** A question about a project that is worked out once. */
export function query<Answer>(
  basis: Basis,
  answer: (model: ProjectModel) => Answer,
): (model: ProjectModel) => Answer {
  const known = new WeakMap<object, { readonly answer: Answer }>();
  return (model) => {
    const on = basis === 'model' ? model : model[basis];
    const found = known.get(on) ?? { answer: answered(() => answer(model)) };
    known.set(on, found);
    return found.answer;
  };
}

/**
 * A question about parts of a project, each worked out once.
 * @param keyOf tells the parts apart, where they are asked for by objects
 */
export function queryEach<Part, Answer>(
  basis: Basis,
  answer: (part: Part, model: ProjectModel) => Answer,
  keyOf: (part: Part, model: ProjectModel) => unknown = (part) => part,
): (part: Part, model: ProjectModel) => Answer {
  const answers = query(basis, () => new Map<unknown, { readonly answer: Answer }>());
  return (part, model) => {
    const known = answers(model);
    const key = keyOf(part, model);
    const found = known.get(key) ?? { answer: answered(() => answer(part, model)) };
    known.set(key, found);
    return found.answer;
  };
}

/** A question about the files of a snapshot that is worked out once. */
export function fileQuery<Answer>(
  answer: (files: ProjectFiles) => Answer,
): (files: ProjectFiles) => Answer {
  const known = new WeakMap<ProjectFiles, { readonly answer: Answer }>();
  return (files) => {
    const found = known.get(files) ?? { answer: answered(() => answer(files)) };
    known.set(files, found);
    return found.answer;
  };
}
