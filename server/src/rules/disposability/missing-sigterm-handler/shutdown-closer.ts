import type * as TypeScript from 'typescript';
import { closerBy, closerFor, type Closer } from '../../../fixes/closers';
import { canonicalNames, canonicalOf } from '../../../fixes/visible-names';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import { STOPPINGS } from '../../../project/libraries/servers/stopping';
import type { ProjectModel } from '../../../project/model';

/**
 * How what the call starts is closed: by what opened it, else by what its framework or library calls it.
 * @param name the expression that names it
 * @param framework as the library table names it
 */
export function ownCloser(
  name: string,
  framework: string,
  syntax: SourceSyntax,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  model: ProjectModel,
): Closer | undefined {
  const owner = model.packageOf(syntax.path);
  const isNew = ts().isNewExpression(call);
  const stopping = STOPPINGS.get(framework);
  const opened = canonicalNames(syntax, call).get(name)?.canonical;
  const made = isClosedByReceiver(call, name) ? undefined : canonicalOf(syntax, call);
  for (const canonical of [made, opened, isNew ? undefined : CONSUMERS[framework]]) {
    const closer =
      canonical === undefined ? undefined : closerFor(name, canonical, owner, syntax.text);
    if (closer) return closer;
  }
  return stopping && closerBy(name, stopping.closing, owner, syntax.text);
}

/** `consumer.run()`: the name is that of the receiver. */
function isClosedByReceiver(
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  name: string,
): boolean {
  return call.expression.getText().startsWith(`${name}.`);
}

/** What opens a consumer whose variable is not traced, by the first package of its group in the library table. */
const CONSUMERS: Readonly<Record<string, string>> = {
  bull: 'bull',
  agenda: 'agenda',
  amqplib: 'amqplib.connect.createChannel',
  kafkajs: 'kafkajs.Kafka.consumer',
  'sqs-consumer': 'sqs-consumer.Consumer.create',
};
