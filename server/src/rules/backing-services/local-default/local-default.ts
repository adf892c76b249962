import { defineRule } from '../../../engine/rule';
import { requireVariableFix } from '../../../fixes/environment/required-default';
import { literalPosition } from '../../../project/facts/literal-position';
import { onSource } from '../../../project/facts/source-handlers';
import { describeConnection } from '../../../project/services/connection-text';
import { isDevelopmentSettings } from '../../../project/services/environment-sections';
import { localDefaults } from '../../../project/services/local-defaults';
import { serviceLabel } from '../../../project/services/service-names';
import { badExamples } from './bad-examples';
import { goodExamples } from './good-examples';

export default defineRule({
  id: 'local-default',
  factor: 'backing-services',
  severity: 'information',
  since: '0.1.0',
  summary: 'A missing variable makes the app use a service on localhost.',
  why: 'Backing services are attached resources: the deploy says where they are. With a default on localhost a deploy that forgets the variable does not fail at start, where everyone would see it. It talks to whatever listens on its own machine, or fails much later with a connection error that says nothing of the variable. A required variable stops the start with a message that names it; the developer’s value belongs into `.env`.',
  whenNotToUse:
    'When a helper on the same host belongs to every deploy by design, or when the default only ever serves development and the configuration is validated elsewhere. Where another variable says whether the service is used at all (`KAFKA_ENABLED`), a deploy without it need not set this one: there is no fix then; require it where the service is on.',
  fix: 'suggest',
  hints: [/\blocalhost\b|\b127\.0\.0\.1\b|\[::1\]|\bhost\.docker\.internal\b/],
  scope: { include: ['build'], modules: 'settings', deployment: 'hint-where-unlikely' },
  messages: {
    service:
      'Without `{name}` the app silently uses {service} at {target}; require the variable instead.',
    setting: 'A missing setting silently becomes {service} at {target}; require it instead.',
    address: 'Without `{name}` the app silently uses {target}; require the variable instead.',
  },
  source: [
    onSource(
      ['StringLiteral', 'NoSubstitutionTemplateLiteral', 'TemplateExpression'],
      (node, context) => {
        const { text } = context.syntax;
        if (!/localhost|127\.0\.0\.1|::1|host\.docker/.test(text.slice(node.pos, node.end))) return;
        const { development, use } = literalPosition(node, text);
        // What only development or a message sees is no default of a deploy.
        if (development || use === 'message' || use === 'comparison' || use === 'choice')
          context.mark(node);
      },
    ),
  ],
  file({ facts, module, model, report }) {
    // Settings of development only: the default is the developer's own.
    if (isDevelopmentSettings(module.path)) return;
    const silenced = new Set((facts.marks['local-default'] ?? []).map(({ span }) => span.start));
    for (const { path, span, connection, name, what, service } of localDefaults(module, model)) {
      if (path === module.path && silenced.has(span.start)) continue;
      const target = describeConnection(connection);
      const shared = {
        at: { path, span },
        ...(what === 'service' ? {} : { severity: 'hint' as const }),
        fixes: () => (name === undefined ? [] : [requireVariableFix({ model, path, span, name })]),
      };
      const label = `the ${serviceLabel(service)}`;
      if (name === undefined)
        report({ ...shared, message: 'setting', data: { service: label, target } });
      else if (what === 'address')
        report({ ...shared, message: 'address', data: { name, target } });
      else report({ ...shared, message: 'service', data: { name, service: label, target } });
    }
  },
  examples: { bad: badExamples, good: goodExamples },
});
