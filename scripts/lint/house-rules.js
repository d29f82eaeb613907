/** ESLint rules of this house that no plugin offers. */
import { dirname, relative, resolve, sep } from 'node:path';

const libDir = resolve(import.meta.dirname, '../../src/lib');

/**
 * `as` silences the compiler, so it must say why it is right: a comment on the same line or on the
 * line above. `as const` is not an assertion.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
const justifiedAssertion = {
	meta: {
		type: 'suggestion',
		schema: [],
		messages: {
			unjustified:
				'Parse with a schema or narrow with a check instead of `as`; where `as` is right, say why in a comment on this line or the line above.'
		}
	},
	create(context) {
		const commentedLines = new Set(
			context.sourceCode.getAllComments().map((comment) => comment.loc?.end.line)
		);
		return {
			/** @param {import('eslint').Rule.Node} node */
			TSAsExpression(node) {
				const annotation = context.sourceCode.getText(Reflect.get(node, 'typeAnnotation'));
				const line = node.loc?.start.line ?? 0;
				const endLine = node.loc?.end.line ?? 0;
				if (annotation === 'const') return;
				if ([line - 1, line, endLine].some((candidate) => commentedLines.has(candidate))) return;
				context.report({ node, messageId: 'unjustified' });
			}
		};
	}
};

/**
 * A path that climbs folders hides which room it enters: `#lib/room/file.ts` says it. Repairs itself
 * with `eslint --fix`.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
const namedRooms = {
	meta: {
		type: 'suggestion',
		fixable: 'code',
		schema: [],
		messages: { climbing: "Write '{{ alias }}' instead of climbing folders." }
	},
	create(context) {
		/** @param {import('eslint').Rule.Node} node */
		const check = (node) => {
			const source = Reflect.get(node, 'source');
			if (typeof source?.value !== 'string' || !source.value.startsWith('../')) return;
			const path = relative(libDir, resolve(dirname(context.filename), source.value));
			if (path.startsWith('..')) return;
			const alias = `#lib/${path.replaceAll(sep, '/')}`;
			context.report({
				node: source,
				messageId: 'climbing',
				data: { alias },
				fix: (fixer) => fixer.replaceText(source, `'${alias}'`)
			});
		};
		return {
			ImportDeclaration: check,
			ImportExpression: check,
			ExportNamedDeclaration: check,
			ExportAllDeclaration: check
		};
	}
};

export const houseRules = {
	rules: { 'justified-assertion': justifiedAssertion, 'named-rooms': namedRooms }
};
