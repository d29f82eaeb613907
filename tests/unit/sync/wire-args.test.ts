import { expect, test } from 'vitest';
import { wireArgs } from '#lib/sync/wire-args.ts';

test('of new rows the columns that are null stay at home, and nothing else', () => {
	expect(
		wireArgs({
			row: { id: 'r', note: null, mood: 'calm', done_codes: [{ code: 'BA01', price_ntd: null }] },
			measurements: [{ id: 'm', value: 72, value2: null }]
		})
	).toEqual({
		row: { id: 'r', mood: 'calm', done_codes: [{ code: 'BA01', price_ntd: null }] },
		measurements: [{ id: 'm', value: 72 }]
	});
});

test('a null that somebody saw or wants travels', () => {
	const patch = { id: 'v', patch: { note: ['帶鑰匙', null] }, worker_name: null };
	expect(wireArgs(patch)).toEqual(patch);
});
