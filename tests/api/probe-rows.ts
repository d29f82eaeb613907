/** Rows for the probes of the matrix, written as the database's owner or as a client would send them. */
import { randomUUID } from 'node:crypto';
import {
	aRow,
	CASES,
	hoursFromNow,
	insertStatement,
	ORGS,
	PEOPLE,
	type Person,
	type Row
} from '../fixtures/db-world.ts';
import { personOf, type Persona } from './matrix.ts';

export type Sql = (text: string, params?: unknown[]) => Promise<Record<string, unknown>[]>;

export interface Probe {
	/** An existing row to read, change and delete; written as the database's owner. Returns its key. */
	target(sql: Sql): Promise<Key>;
	/** What a client would send for a new row. */
	insert(persona: Persona, sql: Sql): Promise<Record<string, unknown>>;
	/** What a client would change; `word` differs each time, so that a change is one. */
	update(word: string): Record<string, unknown>;
}
/** Column → value. */
export type Key = Record<string, unknown>;

export async function write(sql: Sql, table: string, row: Row): Promise<Key> {
	const statement = insertStatement(table, {
		author_name: '系統',
		recorded_at: hoursFromNow(0),
		...row
	});
	await sql(statement.text, statement.params);
	return { id: row.id };
}
export async function writePlain(sql: Sql, table: string, row: Row): Promise<Key> {
	const statement = insertStatement(table, row);
	await sql(statement.text, statement.params);
	return { id: row.id };
}

export const existing = (key: Key) => () => Promise.resolve(key);
export const fresh = (make: () => Row) => () => Promise.resolve(make());
export const stamped = (row: Row): Row => ({ recorded_at: hoursFromNow(0), ...row });

export async function anEmergency(sql: Sql, audience: string): Promise<string> {
	const row = aRow.emergency({
		audience,
		incident_type: audience === 'restricted' ? 'ABUSE' : 'FALL'
	});
	await writePlain(sql, 'emergencies', stamped(row));
	return row.id;
}
export async function aTask(sql: Sql, fields: Record<string, unknown>): Promise<string> {
	const row = aRow.task({ created_by: PEOPLE.nurse, ...fields });
	await write(sql, 'tasks', row);
	return row.id;
}
/** A case with the circle of 阿月 and nothing else. */
export async function aCaseWithCircle(sql: Sql): Promise<string> {
	const id = randomUUID();
	await sql(`insert into public.cases (id, org_id, name) values ($1, $2, '新案')`, [
		id,
		ORGS.shancheng
	]);
	await sql(
		`insert into public.case_members (id, case_id, user_id, role, display_name, ended_at)
		 select gen_random_uuid(), $1, m.user_id, m.role, m.display_name, m.ended_at
		 from public.case_members m where m.case_id = $2
		 and m.user_id = any (array(select id from public.profiles where id::text like 'b0000000-%'))
		 and m.id::text like 'f0000000-%'`,
		[id, CASES.ayue]
	);
	return id;
}

/** A picture that the worker took, with the consent that it needs. */
export async function aPicture(sql: Sql, fields: Record<string, unknown> = {}): Promise<Key> {
	await write(sql, 'case_consents', aRow.consent());
	return await write(sql, 'attachments', aRow.photo({ created_by: PEOPLE.worker, ...fields }));
}

export function picture(audience: 'circle' | 'staff'): Probe {
	return {
		target: (sql) => aPicture(sql, { audience }),
		async insert(_persona, sql) {
			await write(sql, 'case_consents', aRow.consent());
			return stamped(aRow.photo({ audience, author_name: '?' }));
		},
		update: (word) => ({ removed_at: hoursFromNow(0), removal_reason: word })
	};
}

export function readMark(person: Person, audience: string, hours: number): Row {
	return {
		id: randomUUID(),
		case_id: CASES.ayue,
		user_id: PEOPLE[person],
		user_name: '某人',
		audience,
		read_through: hoursFromNow(hours)
	};
}
export function notice(): Row {
	return { id: randomUUID(), user_id: PEOPLE.worker, kind: 'task_offered', data: {} };
}
export function proposal(): Row {
	return {
		id: randomUUID(),
		case_id: CASES.ayue,
		table_name: 'cases',
		row_id: CASES.ayue,
		field: 'allergies',
		kept: [],
		other: ['花生'],
		kind: 'proposal'
	};
}
export function invitation(): Row {
	return {
		id: randomUUID(),
		org_id: ORGS.shancheng,
		role: 'nurse',
		display_name: '新護理師',
		token_hash: randomUUID(),
		expires_at: '2999-01-01T00:00:00Z',
		created_by: PEOPLE.manager,
		created_at: hoursFromNow(0)
	};
}
export function codeTable(code: string | number, row: Record<string, unknown>): Probe {
	return {
		target: existing({ code }),
		insert: () => Promise.resolve(row),
		update: () => ({ name_en: 'changed' })
	};
}
/** Somebody has seen a record that is made for the probe: whoever says so, or `as` whom they say it. */
export function seen(subject_table: string, make: (sql: Sql) => Promise<Key>, as?: Person): Probe {
	const sighting = async (sql: Sql, person: Person): Promise<Row> => ({
		id: randomUUID(),
		case_id: CASES.ayue,
		audience: 'circle',
		subject_table,
		subject_id: (await make(sql)).id,
		user_id: PEOPLE[person],
		user_name: '某人'
	});
	return {
		target: async (sql) => writePlain(sql, 'sightings', stamped(await sighting(sql, 'supervisor'))),
		insert: (persona, sql) => sighting(sql, as ?? personOf(persona)),
		update: (word) => ({ user_name: word })
	};
}
