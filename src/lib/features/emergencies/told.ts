/** Who was told of a report, and how far that came: one line a person, the furthest they got. */
import type { EmergencyActionRow, EmergencyReceiptRow } from '#lib/domain/rows.ts';

/** `coming`, `answered`: what they did themselves. The rest is what their phone, or the way to it, says. */
export type ToldState =
	'coming' | 'answered' | 'opened' | 'shown' | 'accepted' | 'queued' | 'failed' | 'spared';

export interface Told {
	readonly userId: string;
	readonly name: string;
	readonly role: string | null;
	readonly state: ToldState;
	/** When it came to that. */
	readonly at: string;
	/** Of `coming`: what they said they would do, and when they are there. */
	readonly note: string | null;
	/** Of `failed`: why nothing reached them. */
	readonly reason: EmergencyReceiptRow['reason'];
}

const ORDER: readonly ToldState[] = [
	'coming',
	'answered',
	'opened',
	'shown',
	'accepted',
	'queued',
	'failed',
	'spared'
];

function byReach(a: Pick<Told, 'state' | 'at'>, b: Pick<Told, 'state' | 'at'>): number {
	return ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.at < b.at ? -1 : 1);
}

/** Those who come first, then by how far it got; whom nothing reached stands after whom something may still reach. */
export function toldPeople(
	receipts: readonly EmergencyReceiptRow[],
	actions: readonly Pick<EmergencyActionRow, 'action' | 'created_by' | 'recorded_at' | 'note'>[]
): Told[] {
	const byPerson = Map.groupBy(receipts, ({ user_id }) => user_id);
	return [...byPerson]
		.map(([userId, rows]) => personTold(userId, rows, actions))
		.filter((told) => told !== null)
		.sort(byReach);
}

function personTold(
	userId: string,
	rows: readonly EmergencyReceiptRow[],
	actions: Parameters<typeof toldPeople>[1]
): Told | null {
	const [furthest] = rows.map((row) => ({ row, ...reached(row) })).sort(byReach);
	if (!furthest) return null;
	const { row } = furthest;
	const person = { userId, name: row.user_name, role: row.user_role };
	const own = actions.filter(({ created_by }) => created_by === userId);
	// Who says again when they will be there means the later word.
	const act = own.findLast(({ action }) => action === 'act');
	const answer = act ?? own.find(({ action }) => action === 'acknowledge');
	if (answer) {
		const state = act ? 'coming' : 'answered';
		return {
			...person,
			state,
			at: answer.recorded_at ?? '',
			note: act?.note ?? null,
			reason: null
		};
	}
	return { ...person, state: furthest.state, at: furthest.at, note: null, reason: row.reason };
}

function reached(row: EmergencyReceiptRow): { state: ToldState; at: string } {
	switch (row.state) {
		case 'opened':
			return { state: 'opened', at: row.opened_at ?? row.queued_at };
		case 'shown':
			return { state: 'shown', at: row.shown_at ?? row.queued_at };
		case 'accepted':
			return { state: 'accepted', at: row.accepted_at ?? row.queued_at };
		case 'queued':
			return { state: 'queued', at: row.queued_at };
		case 'dropped':
			return { state: 'spared', at: row.queued_at };
		case 'failed':
			return { state: 'failed', at: row.failed_at ?? row.queued_at };
	}
}
