/** What people do, drawn by numbers: legitimate work of each role, and work that the server must refuse. */
import type { StoredRow } from '#lib/db/records.ts';
import type { TaskRow, VisitRow, EmergencyRow, CaseRow } from '#lib/domain/rows.ts';
import type { Intent } from '#lib/sync/commit.ts';
import type { PhoneInHand } from './phone.ts';

export interface Draw {
	/** Picks among what is possible; any natural number. */
	readonly what: number;
	readonly which: number;
}

type Maker = (phone: PhoneInHand, caseId: string, which: number) => Promise<Intent | null>;

/** One legitimate intent of this person on what the phone shows now; null when it shows no case. */
export async function legitimateIntent(
	phone: PhoneInHand,
	{ what, which }: Draw
): Promise<Intent | null> {
	const cases = (await phone.db.cases.toArray()).sort(byId);
	const chosen = cases[which % Math.max(1, cases.length)];
	if (!chosen) return null;
	const role = phone.me.memberships[0]?.role ?? 'family';
	const makers =
		role === 'family'
			? FAMILY
			: role === 'worker'
				? WORKER
				: role === 'supervisor' || role === 'care_manager'
					? PLANNER
					: NURSE;
	// Where there is nothing of the kind to do, the next kind.
	for (let kind = 0; kind < makers.length; kind++) {
		const intent = await makers[(what + kind) % makers.length]?.(phone, chosen.id, which);
		if (intent) return intent;
	}
	return null;
}

/** Intents that the server must refuse, whoever makes them. */
export const REFUSED: readonly ((phone: PhoneInHand, caseId: string) => Intent)[] = [
	(phone) => ({ name: 'task.finish', args: { id: phone.newId(), at: phone.now() } }),
	(phone, case_id) => ({
		name: 'task_comment.add',
		args: { row: { id: phone.newId(), case_id, task_id: phone.newId(), body: 'to nobody' } }
	}),
	(phone, case_id) => ({
		name: 'measurement.add',
		args: {
			row: { id: phone.newId(), case_id, kind: 'pulse', value: -5, measured_at: phone.now() }
		}
	}),
	(phone) => ({
		name: 'message.send',
		args: {
			row: { id: phone.newId(), case_id: phone.newId(), audience: 'circle', body: 'to strangers' }
		}
	}),
	(phone, case_id) => ({
		name: 'message.send',
		args: { row: { id: phone.newId(), case_id, audience: 'circle', body: '' } }
	}),
	(phone, case_id) => ({
		name: 'visit_record.add',
		args: {
			row: { id: phone.newId(), case_id, note: 'with a pulse that nobody has' },
			measurements: [{ id: phone.newId(), kind: 'pulse', value: -5 }]
		}
	}),
	(phone, case_id) => ({
		name: 'visit.plan',
		args: { row: { id: phone.newId(), case_id, starts_at: phone.now(), ends_at: phone.now() } }
	})
];

const report: Maker = async (phone, case_id, which) => ({
	name: 'emergency.report',
	args: {
		row: {
			id: phone.newId(),
			case_id,
			incident_type: 'FALL',
			severity: which % 2 ? 'red' : 'yellow',
			occurred_at: phone.now(),
			description: `跌倒 ${which}`
		}
	}
});
const say: Maker = async (phone, case_id, which) => ({
	name: 'message.send',
	args: { row: { id: phone.newId(), case_id, audience: 'circle', body: `訊息 ${which} ` } }
});
const measure: Maker = async (phone, case_id, which) => ({
	name: 'measurement.add',
	args: {
		row: {
			id: phone.newId(),
			case_id,
			kind: 'pulse',
			value: 60 + (which % 40),
			measured_at: phone.now()
		}
	}
});
const record: Maker = async (phone, caseId, which) => {
	const visit = await pick<VisitRow>(phone, 'visits', caseId, which, () => true);
	const row = { id: phone.newId(), case_id: caseId, note: `紀錄 ${which}` };
	return {
		name: 'visit_record.add',
		args: {
			row: visit ? { ...row, visit_id: visit.id } : row,
			measurements: [
				{ id: phone.newId(), kind: 'pulse', value: 60 + (which % 40), measured_at: phone.now() },
				{ id: phone.newId(), kind: 'spo2', value: 90 + (which % 10) }
			]
		}
	};
};
const acknowledge: Maker = async (phone, caseId, which) => {
	const open = await pick<EmergencyRow>(
		phone,
		'emergencies',
		caseId,
		which,
		({ status }) => status !== 'closed'
	);
	return open && { name: 'emergency.acknowledge', args: { id: open.id, action_id: phone.newId() } };
};
const note: Maker = async (phone, caseId, which) => {
	const any = await pick<EmergencyRow>(phone, 'emergencies', caseId, which, () => true);
	return (
		any && {
			name: 'emergency.note',
			args: { id: any.id, action_id: phone.newId(), note: `處理中 ${which}` }
		}
	);
};
const close: Maker = async (phone, caseId, which) => {
	const open = await pick<EmergencyRow>(
		phone,
		'emergencies',
		caseId,
		which,
		({ status }) => status !== 'closed'
	);
	return (
		open && {
			name: 'emergency.close',
			args: { id: open.id, action_id: phone.newId(), outcome: '平安' }
		}
	);
};
const createTask: Maker = async (phone, case_id, which) => ({
	name: 'task.create',
	args: { row: { id: phone.newId(), case_id, title: `任務 ${which}`, audience: 'staff' } }
});
const comment: Maker = async (phone, caseId, which) => {
	const task = await pick<TaskRow>(phone, 'tasks', caseId, which, () => true);
	return (
		task && {
			name: 'task_comment.add',
			args: {
				row: {
					id: phone.newId(),
					case_id: caseId,
					task_id: task.id,
					body: `好 ${which}`,
					audience: task.audience
				}
			}
		}
	);
};
const finish: Maker = async (phone, caseId, which) => {
	const task = await pick<TaskRow>(
		phone,
		'tasks',
		caseId,
		which,
		({ status, assignee_id }) =>
			(status === 'open' || status === 'doing') &&
			(assignee_id === null || assignee_id === phone.me.userId)
	);
	return task && { name: 'task.finish', args: { id: task.id, at: phone.now() } };
};
const start: Maker = async (phone, caseId, which) => {
	const task = await pick<TaskRow>(
		phone,
		'tasks',
		caseId,
		which,
		({ status, assignee_id }) => status === 'open' && assignee_id === null
	);
	return task && { name: 'task.start', args: { id: task.id, at: phone.now() } };
};
const reopen: Maker = async (phone, caseId, which) => {
	const task = await pick<TaskRow>(
		phone,
		'tasks',
		caseId,
		which,
		({ status }) => status === 'done'
	);
	return task && { name: 'task.reopen', args: { id: task.id, at: phone.now() } };
};
const plan: Maker = async (phone, case_id, which) => {
	const startMs = phone.clock.nowMs() + (which % 48) * 3_600_000;
	return {
		name: 'visit.plan',
		args: {
			row: {
				id: phone.newId(),
				case_id,
				starts_at: new Date(startMs).toISOString(),
				ends_at: new Date(startMs + 3_600_000).toISOString()
			}
		}
	};
};
const noteOnVisit: Maker = async (phone, caseId, which) => {
	const visit = await pick<VisitRow>(phone, 'visits', caseId, which, () => true);
	return (
		visit && {
			name: 'visit.patch',
			args: { id: visit.id, patch: { note: [visit.note, `備註 ${phone.newId()}`] } }
		}
	);
};
const editAddress: Maker = async (phone, caseId) => {
	const row = await phone.db.cases.get(caseId);
	return row
		? {
				name: 'case.patch',
				args: { id: caseId, patch: { address: [row.address, `地址 ${phone.newId()}`] } }
			}
		: null;
};
const editAllergies: Maker = async (phone, caseId) => {
	const row = await phone.db.cases.get(caseId);
	return row
		? {
				name: 'case.patch',
				args: { id: caseId, patch: { allergies: [row.allergies, [`過敏 ${phone.newId()}`]] } }
			}
		: null;
};
const addContact: Maker = async (phone, case_id, which) => ({
	name: 'case_contact.add',
	args: { row: { id: phone.newId(), case_id, name: `聯絡人 ${which}`, phone: '0900-000-000' } }
});

const FAMILY: readonly Maker[] = [say, report, say];
const WORKER: readonly Maker[] = [
	report,
	say,
	measure,
	record,
	acknowledge,
	note,
	comment,
	finish,
	start,
	addContact
];
const NURSE: readonly Maker[] = [
	report,
	say,
	measure,
	record,
	acknowledge,
	createTask,
	comment,
	plan,
	noteOnVisit,
	editAddress,
	editAllergies
];
const PLANNER: readonly Maker[] = [
	say,
	acknowledge,
	close,
	createTask,
	comment,
	plan,
	noteOnVisit,
	editAddress,
	editAllergies,
	finish,
	reopen
];

async function pick<Row>(
	phone: PhoneInHand,
	table: 'emergencies' | 'tasks' | 'visits',
	caseId: string,
	which: number,
	fits: (row: Row) => boolean
): Promise<Row | null> {
	const rows = (await phone.db.anyRows(table).toArray()).sort(byId);
	// The caller names the row type of the table that it names.
	const fitting = rows.filter(
		(row) => 'case_id' in row && row.case_id === caseId && fits(row as Row)
	);
	return (fitting[which % Math.max(1, fitting.length)] as Row | undefined) ?? null;
}

function byId(a: StoredRow | CaseRow, b: StoredRow | CaseRow): number {
	return a.id < b.id ? -1 : 1;
}
