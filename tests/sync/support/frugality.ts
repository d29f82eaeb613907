/** What sync costs in requests and bytes: bodies as they are sent, headers aside. The same figures for the test and for the bench. */
import { SessionStore } from '#lib/remote/session-store.ts';
import type { Intent } from '#lib/sync/commit.ts';
import type { Me } from '#lib/sync/workspace.ts';
import { BenchPhone } from '../../bench/bench-phone.ts';
import { WORK_TABLES, type Edit, type Visit } from '../../bench/peers/contract.ts';
import { COLUMNS } from '../../bench/peers/servers.ts';
import { Work } from '../../bench/peers/work.ts';
import type { Backend } from './backend.ts';
import { joinCircle, type World } from './world.ts';

export interface Frugality {
	/** All rows, from nothing. */
	readonly firstRequests: number;
	readonly bytesAPulledRow: number;
	readonly idleUp: number;
	readonly idleDown: number;
	/** 100 offline edits. */
	readonly editsRequests: number;
	readonly bytesAnEdit: number;
	/** What a visit record with six vital signs adds to its author's request. */
	readonly recordUp: number;
	/** One visit: arrival, that record, departure, and the request around them with its cursors. */
	readonly visitUp: number;
	/** The visit as another phone gets it. */
	readonly visitDown: number;
}

const CASES = 20;
const EDITS = 100;
const VITALS = [
	'blood_pressure',
	'pulse',
	'temperature',
	'respiration',
	'spo2',
	'glucose'
] as const;

/** @param rows of twenty cases */
export async function measureFrugality(
	backend: Backend,
	world: World,
	rows: number
): Promise<Frugality> {
	const { nurse, worker } = world;
	const plan = { seed: 1, cases: CASES, rows, nowMs: Date.now() };
	const work = new Work(nurse, plan);
	await fill(backend, world, work);
	const phone = await aPhone(backend, nurse);
	const first = await phone.sync();
	const rowsHeld = await phone.rowCount();
	const idle = await phone.sync();
	await phone.save(
		nurse,
		await Promise.all(work.edits(EDITS, 'x').map((edit) => intentOf(phone, edit)))
	);
	const edits = await phone.sync();

	const colleague = await aPhone(backend, worker);
	await colleague.sync();
	await phone.save(nurse, aVisitDone(phone, work.rows.visits[0]!));
	const visit = await phone.sync();
	const heard = await colleague.sync();
	const before = await phone.sync();
	await phone.save(nurse, [aRecord(phone, work.rows.visits[1]!)]);
	const record = await phone.sync();
	phone.db.close();
	colleague.db.close();
	return {
		firstRequests: first.requests,
		bytesAPulledRow: first.wireDown / rowsHeld,
		idleUp: idle.bytesUp,
		idleDown: idle.wireDown,
		editsRequests: edits.requests,
		bytesAnEdit: edits.bytesUp / EDITS,
		recordUp: record.bytesUp - before.bytesUp,
		visitUp: visit.bytesUp,
		visitDown: heard.wireDown
	};
}

async function fill(backend: Backend, world: World, { caseIds, rows }: Work): Promise<void> {
	for (const [index, caseId] of caseIds.entries()) {
		await backend.sql('insert into public.cases (id, org_id, name) values ($1, $2, $3)', [
			caseId,
			world.orgId,
			`長者${index + 1}`
		]);
		await joinCircle(backend, caseId, world.nurse, 'nurse');
		await joinCircle(backend, caseId, world.worker, 'worker');
	}
	for (const table of WORK_TABLES)
		await backend.sql(
			`insert into public.${table} (${COLUMNS[table]})
			select ${COLUMNS[table]} from jsonb_populate_recordset(null::public.${table}, $1::text::jsonb)`,
			[JSON.stringify(rows[table])]
		);
}

async function aPhone(backend: Backend, { userId }: Me): Promise<BenchPhone> {
	const sessions = new SessionStore(await backend.signIn(userId));
	return new BenchPhone({ auth: { config: backend.config, sessions }, userId });
}

async function intentOf(phone: BenchPhone, edit: Edit): Promise<Intent> {
	if (edit.kind === 'change_visit') {
		const shown = await phone.db.visits.get(edit.id);
		const patch = { [edit.field]: [shown?.[edit.field] ?? null, edit.value] as const };
		return { name: 'visit.patch', args: { id: edit.id, patch } };
	}
	const { author_name: _author, recorded_at: _recorded, ...row } = edit.row;
	// The kinds of the bench's rows are those of the product.
	return {
		name: edit.kind === 'add_message' ? 'message.send' : 'measurement.add',
		args: { row }
	} as Intent;
}

function aVisitDone(phone: BenchPhone, visit: Visit): Intent[] {
	const at = new Date().toISOString();
	const { id } = visit;
	return [
		{ name: 'visit.check_in', args: { id, at } },
		aRecord(phone, visit),
		{ name: 'visit.check_out', args: { id, at } }
	];
}

function aRecord(phone: BenchPhone, { id, case_id }: Visit): Intent {
	const done_codes = ['BA01', 'BA02', 'BA07'].map((code) => ({
		code,
		quantity: 1,
		unit: 'time' as const,
		price_ntd: 260
	}));
	return {
		name: 'visit_record.add',
		args: {
			row: {
				id: phone.newId(),
				case_id,
				visit_id: id,
				done_codes,
				appetite: 'good',
				fluids_ml: 800,
				mood: 'calm',
				note: '個案今日精神尚可，午餐吃完，已提醒服藥。'
			},
			measurements: VITALS.map((kind, index) => ({
				id: phone.newId(),
				kind,
				value: 36 + index,
				severity: 'none' as const
			}))
		}
	};
}
