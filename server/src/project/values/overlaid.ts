import { contains, type Span } from '../../base/span';
import { canonicalName } from '../facts/canonical';
import type { ProjectModel } from '../model';
import { isMerge } from './merged-objects';

/**
 * Does a module put other settings over an object that a literal stands in: `extend(true, this.settings, options)`? Then the literal is
 * a default, whatever reads it afterwards.
 */
export function isOverlaid(path: string, literal: Span, model: ProjectModel): boolean {
  const calls = model.facts.get(path)?.calls ?? [];
  return calls.some(({ callee, args }) => {
    if (!isMerge(canonicalName(model.resolve(callee, path)))) return false;
    const [into, ...over] = args.filter(({ kind }) => kind !== 'literal');
    if (!into || over.every(({ kind }) => kind === 'object')) return false;
    const target = model.resolve(into, path);
    return target.kind === 'object' && contains(target.span, literal);
  });
}
