import type * as TypeScript from 'typescript';

/**
 * Works something out once for a node. For what follows from the node and what is in it alone, nothing around it and no offset: an edit
 * elsewhere in the file keeps the node, moved, and so what is known of it.
 * @param workOut is asked once for each node
 */
export function ofNode<N extends TypeScript.Node, T>(workOut: (node: N) => T): (node: N) => T {
  const known = new WeakMap<N, { readonly value: T }>();
  return (node) => {
    const before = known.get(node);
    const found = before ?? { value: workOut(node) };
    if (!before) known.set(node, found);
    return found.value;
  };
}
