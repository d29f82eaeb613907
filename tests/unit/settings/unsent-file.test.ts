/** Unsent work that leaves a phone as a file: readable on this person's other phones, and by nobody and nothing else. */
import { expect, test } from 'vitest';
import {
	openUnsentFile,
	sealUnsentWork,
	unsentFileName
} from '#lib/features/settings/unsent-file.ts';
import type { UnsentWork } from '#lib/sync/workspace.ts';

const at = '2026-11-22T01:00:00.000Z';
const key = btoa('k'.repeat(32));
const me = { userId: 'abcdef12-0000', key };
const work: UnsentWork = {
	entries: [
		{
			mid: 'mid-1',
			base: 41,
			offsetMs: -1200,
			mutation: {
				name: 'measurement.add',
				at,
				args: {
					row: { id: 'mutation-1', case_id: 'case-1', kind: 'pulse', value: 72, note: '右手' }
				}
			}
		}
	],
	drafts: [{ key: 'visit:v1', value: { note: '吃了一碗' }, savedAt: at }]
};

const sealed = async () => await sealUnsentWork({ ...me, appVersion: '0.1.0', at }, work);
const file = (text: string) => new Blob([text]);

test('the person who saved a file gets everything in it back, on whichever phone', async () => {
	expect(await openUnsentFile(file(await sealed()), me)).toMatchObject({
		kind: 'work',
		exportedAt: at,
		work
	});
	expect(unsentFileName(me, at)).toBe('connect10-unsent-20261122-0100-abcdef12.json');
});

test('in the downloads folder the file tells nothing of anybody', async () => {
	const text = await sealed();
	for (const secret of ['右手', '吃了一碗', 'pulse', 'mutation-1', 'case-1', key])
		expect(text).not.toContain(secret);
	// No two seals are alike, though the work is the same.
	expect(JSON.parse(text).sealed).not.toBe(JSON.parse(await sealed()).sealed);
});

test('a file of somebody else is named as such, and does not open under another name either', async () => {
	const text = await sealed();
	const other = { userId: 'someone-else', key: btoa('o'.repeat(32)) };
	expect(await openUnsentFile(file(text), other)).toEqual({ kind: 'other_person' });
	const renamed = text.replace('abcdef12-0000', 'someone-else');
	expect(await openUnsentFile(file(renamed), other)).toEqual({ kind: 'damaged' });
	expect(await openUnsentFile(file(renamed), { userId: 'someone-else', key })).toEqual({
		kind: 'damaged'
	});
});

test('a file that was cut, changed or made up does not open', async () => {
	const text = await sealed();
	const content = JSON.parse(text);
	const changed = {
		...content,
		sealed: `${content.sealed.startsWith('A') ? 'B' : 'A'}${content.sealed.slice(1)}`
	};
	const problems = await Promise.all(
		[
			JSON.stringify(changed),
			JSON.stringify({ ...content, sealed: 'not base64 §' }),
			text.slice(0, 200),
			'{"format":"connect10-unsent"}',
			'null',
			'姓名,電話',
			''
		].map(async (bad) => (await openUnsentFile(file(bad), me)).kind)
	);
	expect(problems).toEqual([
		'damaged',
		'damaged',
		'other_file',
		'other_file',
		'other_file',
		'other_file',
		'other_file'
	]);
});

test('a file of a later release asks for an update; one of absurd size is not read', async () => {
	const later = JSON.stringify({ ...JSON.parse(await sealed()), formatVersion: 2 });
	expect(await openUnsentFile(file(later), me)).toEqual({ kind: 'newer_release' });
	const huge = {
		size: 2 ** 31,
		text: () => Promise.reject(new Error('was read'))
	};
	expect(await openUnsentFile(huge, me)).toEqual({ kind: 'other_file' });
});
