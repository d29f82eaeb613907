/** Only what changes travels, field by field; a sort is silenced once and told again. */
import { expect, test } from 'vitest';
import { choose, withGroup } from '#lib/features/settings/notice-choices.ts';
import type { NoticeChoices } from '#lib/db/queries/settings.ts';
import type { Workspace } from '#lib/sync/workspace.ts';

const BEFORE: NoticeChoices = {
	quiet_from: null,
	quiet_until: null,
	silent_groups: ['tasks'],
	digest_at: '19:00'
};

/** What is committed for this change. */
async function committedFor(change: Partial<NoticeChoices>): Promise<unknown[]> {
	const committed: unknown[] = [];
	const ws = {
		me: { userId: 'me' },
		commit: (...intent: unknown[]) => Promise.resolve(committed.push(intent))
	};
	await choose(ws as unknown as Workspace, BEFORE, change); // nothing else of it is used
	return committed;
}

test.each<[Partial<NoticeChoices>, object | null]>([
	[{}, null],
	[{ digest_at: '19:00', silent_groups: ['tasks'] }, null],
	[{ digest_at: null }, { digest_at: ['19:00', null] }],
	[
		{ quiet_from: '22:00', quiet_until: '07:00', digest_at: '19:00' },
		{ quiet_from: [null, '22:00'], quiet_until: [null, '07:00'] }
	],
	[{ silent_groups: [] }, { silent_groups: [['tasks'], []] }]
])('%j', async (change, patch) => {
	expect(await committedFor(change)).toEqual(
		patch === null ? [] : [['profile.patch', { id: 'me', patch }]]
	);
});

test('a sort is silenced once, in one order on every phone, and told again', () => {
	expect(withGroup(['visits'], 'tasks', false)).toEqual(['tasks', 'visits']);
	expect(withGroup(['tasks', 'visits'], 'tasks', false)).toEqual(['tasks', 'visits']);
	expect(withGroup(['tasks', 'visits'], 'tasks', true)).toEqual(['visits']);
});
