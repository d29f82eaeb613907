import { expect, test } from 'vitest';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import { toldPeople } from '#lib/features/emergencies/told.ts';
import type { EmergencyReceiptRow } from '#lib/domain/rows.ts';

const at = (minute: number) => `2026-11-23T08:${String(minute).padStart(2, '0')}:00.000Z`;

function receipt(
	name: string,
	state: EmergencyReceiptRow['state'],
	fields: Partial<EmergencyReceiptRow> = {}
): EmergencyReceiptRow {
	return {
		...blankRow('emergency_receipts'),
		user_id: name,
		user_name: name,
		state,
		queued_at: at(0),
		...fields
	};
}

const lines = (...given: Parameters<typeof toldPeople>) =>
	toldPeople(...given).map(({ name, state, at: when, note, reason }) =>
		[name, state, when.slice(14, 16), note, reason].filter(Boolean).join(' ')
	);

test('each person stands once, with the furthest that any message to them got, over steps and channels', () => {
	const receipts = [
		receipt('nurse', 'accepted', { accepted_at: at(1) }),
		receipt('nurse', 'shown', { step: 2, shown_at: at(12) }),
		receipt('nurse', 'failed', { channel: 'second', reason: 'no_phone', failed_at: at(3) }),
		receipt('worker', 'dropped', { reason: 'told_again' }),
		receipt('worker', 'queued', { step: 2, queued_at: at(10) })
	];
	expect(lines(receipts, [])).toEqual(['nurse shown 12', 'worker queued 10']);
});

test('what they did themselves counts more than what their phone says, and who comes stands first, with what they said last', () => {
	const receipts = [
		receipt('nurse', 'opened', { opened_at: at(2) }),
		receipt('manager', 'failed', { reason: 'no_device' }),
		receipt('worker', 'accepted', { accepted_at: at(1) })
	];
	const actions = [
		{ action: 'acknowledge', created_by: 'nurse', recorded_at: at(3), note: null },
		{ action: 'acknowledge', created_by: 'manager', recorded_at: at(4), note: null },
		{ action: 'act', created_by: 'manager', recorded_at: at(5), note: '20 分' },
		{ action: 'act', created_by: 'manager', recorded_at: at(6), note: '30 分' }
	] as const;
	expect(lines(receipts, actions)).toEqual([
		'manager coming 06 30 分',
		'nurse answered 03',
		'worker accepted 01'
	]);
});

test('whom nothing reached is named with the reason', () => {
	const receipts = [
		receipt('family', 'failed', { reason: 'no_device', failed_at: at(1) }),
		receipt('nurse', 'failed', { reason: 'no_device', failed_at: at(1) }),
		receipt('nurse', 'failed', { channel: 'second', reason: 'no_phone', failed_at: at(2) })
	];
	expect(lines(receipts, [])).toEqual(['family failed 01 no_device', 'nurse failed 01 no_device']);
});
