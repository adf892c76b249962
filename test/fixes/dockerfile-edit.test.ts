import { expect, it } from 'vitest';
import { execForm } from '../../server/src/fixes/files/dockerfile-edit';

it('writes arguments in exec form as JSON', () => {
  expect(execForm('CMD', ['node', 'a "b".js'])).toBe('CMD ["node", "a \\"b\\".js"]');
});
