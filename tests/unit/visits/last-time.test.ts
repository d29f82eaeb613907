import { expect, test } from 'vitest';
import { blankRow } from '#lib/domain/mutations/blank-row.ts';
import { lastQuantity, lastWith } from '#lib/features/visits/last-time.ts';

const done = (code: string, quantity: number) => ({ code, quantity, unit: 'time', price_ntd: 35 });
const EARLIER = [
	{
		...blankRow('visit_records'),
		id: 'new',
		recorded_at: '2026-11-20T02:00:00.000Z',
		mood: 'calm',
		done_codes: [done('BA03', 1)]
	},
	{
		...blankRow('visit_records'),
		id: 'old',
		recorded_at: '2026-11-18T02:00:00.000Z',
		mood: 'low',
		sleep: 'good',
		done_codes: [done('BA03', 2), done('BA15', 3)]
	}
];

test('each field shows its newest value, though the last visit said nothing of it', () => {
	expect(lastWith(EARLIER, ({ mood }) => mood !== null)?.id).toBe('new');
	expect(lastWith(EARLIER, ({ sleep }) => sleep !== null)?.id).toBe('old');
	expect(lastWith(EARLIER, ({ skin }) => skin !== null)).toBeNull();
});

test('a service shows how often it was done when it was last done', () => {
	expect(lastQuantity(EARLIER, 'BA03')).toEqual({ quantity: 1, at: '2026-11-20T02:00:00.000Z' });
	expect(lastQuantity(EARLIER, 'BA15')).toEqual({ quantity: 3, at: '2026-11-18T02:00:00.000Z' });
	expect(lastQuantity(EARLIER, 'BA07')).toBeNull();
});
