import { resolve } from 'node:path';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { parser } from 'typescript-eslint';
import { houseRules } from '../../../scripts/lint/house-rules.js';

const libDir = resolve(import.meta.dirname, '../../../src/lib');

function lint(rule: keyof typeof houseRules.rules, code: string, file = 'sync/deep/file.ts') {
	return new Linter({ cwd: libDir }).verifyAndFix(
		code,
		[
			{
				files: ['**/*.ts'],
				languageOptions: { parser },
				plugins: { house: houseRules },
				rules: { [`house/${rule}`]: 'error' }
			}
		],
		{ filename: resolve(libDir, file) }
	);
}

test('an import that climbs is rewritten to the name of the room', () => {
	const { output, messages } = lint('named-rooms', "import { a } from '../../db/rows.ts';");
	expect(messages).toEqual([]);
	expect(output).toBe("import { a } from '#lib/db/rows.ts';");
});

test.each(["import { a } from './near.ts';", "import p from '../../../../package.json';"])(
	'%s stays as it is',
	(code) => {
		expect(lint('named-rooms', code)).toMatchObject({ fixed: false, messages: [], output: code });
	}
);

test('an assertion without a reason is reported', () => {
	expect(lint('justified-assertion', 'export const a = b as C;').messages).toHaveLength(1);
});

test.each([
	'// The schema above said so.\nexport const a = b as C;',
	'export const a = b as C; // The schema above said so.',
	'export const a = [1] as const;'
])('an assertion with a reason passes: %s', (code) => {
	expect(lint('justified-assertion', code).messages).toEqual([]);
});
