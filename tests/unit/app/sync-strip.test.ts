/** The line above every screen must never claim more than sync can vouch for. */
import { expect, test } from 'vitest';
import { stripText, stripTone } from '#lib/app/sync-strip.ts';

type Shown = Parameters<typeof stripTone>[0];

const synced: Shown = {
	phase: 'synced',
	online: true,
	pendingCount: 0,
	attentionCount: 0,
	lastSyncedAt: '2026-11-22T01:12:00Z',
	firstSyncProgress: 1
};
const today = '2026-11-22';
const said = (part: Partial<Shown>) => {
	const status = { ...synced, ...part };
	return [stripTone(status), stripText(status, today)];
};

test.each([
	['all sent', {}, 'synced', '已同步 09:12'],
	['sent yesterday', { lastSyncedAt: '2026-11-21T01:12:00Z' }, 'synced', '已同步 昨天 週六 09:12'],
	['work waits', { phase: 'waiting', pendingCount: 3 }, 'waiting', '3 筆待上傳'],
	['nothing waits, but no answer yet', { phase: 'waiting' }, 'waiting', '等待伺服器'],
	[
		'offline with work',
		{ phase: 'waiting', online: false, pendingCount: 3 },
		'offline',
		'離線，3 筆待上傳'
	],
	['offline, all sent', { online: false }, 'offline', '離線，資料到 09:12'],
	['under way', { phase: 'syncing', pendingCount: 2 }, 'syncing', '同步中，2 筆待上傳'],
	['refused', { attentionCount: 1 }, 'attention', '1 筆需要處理'],
	['refused, offline', { attentionCount: 1, online: false }, 'attention', '1 筆需要處理'],
	['first', { phase: 'first', firstSyncProgress: 0.4 }, 'syncing', '第一次下載資料 40%'],
	['signed out', { phase: 'signed_out', pendingCount: 4 }, 'attention', '請重新登入，4 筆待上傳']
] as const)('%s', (_, part, tone, text) => {
	expect(said(part)).toEqual([tone, text]);
});
