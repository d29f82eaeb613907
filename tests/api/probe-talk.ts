/** Probes of tasks and messages, with comments and read marks. */
import { randomUUID } from 'node:crypto';
import { aRow, CASES, PEOPLE, type Row } from '../fixtures/db-world.ts';
import { personOf } from './matrix.ts';
import {
	aTask,
	fresh,
	readMark,
	stamped,
	write,
	writePlain,
	type Probe,
	type Sql
} from './probe-rows.ts';

/** Taken down, for of those that stand there are five at most. */
function pinIn(audience: 'circle' | 'staff'): Probe {
	const aPin = async (sql: Sql) => {
		const { id: message_id } = await write(sql, 'messages', aRow.message({ audience }));
		return aRow.pin({ message_id, audience, pinned: false });
	};
	return {
		target: async (sql) => await write(sql, 'message_pins', await aPin(sql)),
		insert: async (_persona, sql) => stamped({ ...(await aPin(sql)), author_name: '?' }),
		update: (word) => ({ excerpt: word })
	};
}

async function anAnswer(sql: Sql): Promise<Row> {
	const { id: question_id } = await write(sql, 'questions', aRow.question());
	return { id: randomUUID(), case_id: CASES.ayue, question_id, body: '先觀察' };
}

async function aMark(sql: Sql, fields: Partial<Row> = {}): Promise<Row> {
	const asked = aRow.announcement({ needs_confirmation: true });
	const { id: message_id } = await write(sql, 'messages', asked);
	return stamped(aRow.mark({ message_id, user_name: '?', ...fields }));
}

export const TALK_PROBES: Record<string, Probe> = {
	"tasks: worker's, by the nurse": {
		target: async (sql) => ({ id: await aTask(sql, { assignee_id: PEOPLE.worker }) }),
		insert: fresh(() => stamped(aRow.task({ author_name: '?' }))),
		update: (word) => ({ body: word })
	},
	"tasks: family's": {
		target: async (sql) => ({
			id: await aTask(sql, { assignee_id: PEOPLE.family, audience: 'circle' })
		}),
		insert: fresh(() =>
			stamped(aRow.task({ author_name: '?', audience: 'circle', assignee_id: PEOPLE.family }))
		),
		update: (word) => ({ body: word })
	},
	"task_series: the nurse's": {
		target: (sql) => write(sql, 'task_series', aRow.taskSeries({ created_by: PEOPLE.nurse })),
		insert: fresh(() => stamped(aRow.taskSeries({ author_name: '?' }))),
		update: (word) => ({ title: word })
	},
	'task_checks: staff': {
		target: async (sql) => write(sql, 'task_checks', aRow.check({ task_id: await aTask(sql, {}) })),
		insert: async (_persona, sql) =>
			stamped(aRow.check({ task_id: await aTask(sql, {}), author_name: '?' })),
		update: (word) => ({ step: word })
	},
	'task_checks: circle': {
		target: async (sql) =>
			write(sql, 'task_checks', aRow.check({ task_id: await aTask(sql, { audience: 'circle' }) })),
		insert: async (_persona, sql) =>
			stamped(aRow.check({ task_id: await aTask(sql, { audience: 'circle' }), author_name: '?' })),
		update: (word) => ({ step: word })
	},
	"task_checks: family's": {
		target: async (sql) =>
			write(
				sql,
				'task_checks',
				aRow.check({
					task_id: await aTask(sql, { audience: 'circle', assignee_id: PEOPLE.family })
				})
			),
		insert: async (_persona, sql) =>
			stamped(
				aRow.check({
					task_id: await aTask(sql, { audience: 'circle', assignee_id: PEOPLE.family }),
					author_name: '?'
				})
			),
		update: (word) => ({ step: word })
	},
	'task_comments: staff': {
		target: async (sql) =>
			write(sql, 'task_comments', {
				id: randomUUID(),
				case_id: CASES.ayue,
				task_id: await aTask(sql, {}),
				body: '好'
			}),
		insert: async (_persona, sql) =>
			stamped({
				id: randomUUID(),
				case_id: CASES.ayue,
				task_id: await aTask(sql, {}),
				body: '好',
				author_name: '?'
			}),
		update: (word) => ({ body: word })
	},
	'task_comments: circle': {
		target: async (sql) =>
			write(sql, 'task_comments', {
				id: randomUUID(),
				case_id: CASES.ayue,
				task_id: await aTask(sql, { audience: 'circle' }),
				body: '好'
			}),
		insert: async (_persona, sql) =>
			stamped({
				id: randomUUID(),
				case_id: CASES.ayue,
				task_id: await aTask(sql, { audience: 'circle' }),
				body: '好',
				author_name: '?'
			}),
		update: (word) => ({ body: word })
	},
	'messages: circle': {
		target: (sql) => write(sql, 'messages', aRow.message()),
		insert: fresh(() => stamped(aRow.message({ author_name: '?' }))),
		update: (word) => ({ body: word })
	},
	'messages: staff': {
		target: (sql) => write(sql, 'messages', aRow.message({ audience: 'staff' })),
		insert: fresh(() => stamped(aRow.message({ audience: 'staff', author_name: '?' }))),
		update: (word) => ({ body: word })
	},
	'messages: announcement': {
		target: (sql) => write(sql, 'messages', aRow.announcement()),
		insert: fresh(() => stamped(aRow.announcement({ author_name: '?' }))),
		update: (word) => ({ body: word })
	},
	"questions: the worker's": {
		target: async (sql) =>
			await write(sql, 'questions', aRow.question({ created_by: PEOPLE.worker })),
		// Nobody asks themselves.
		insert: (persona) =>
			Promise.resolve(
				stamped(
					aRow.question({
						asked_role: personOf(persona) === 'nurse' ? 'therapist' : 'nurse',
						author_name: '?'
					})
				)
			),
		update: () => ({ status: 'withdrawn' })
	},
	question_answers: {
		target: async (sql) => await write(sql, 'question_answers', await anAnswer(sql)),
		insert: async (_persona, sql) => stamped({ ...(await anAnswer(sql)), author_name: '?' }),
		update: (word) => ({ body: word })
	},
	'message_pins: circle': pinIn('circle'),
	'message_pins: staff': pinIn('staff'),
	"announcement_marks: worker's": {
		target: async (sql) => await writePlain(sql, 'announcement_marks', await aMark(sql)),
		insert: async (_persona, sql) => await aMark(sql),
		update: (word) => ({ user_name: word })
	},
	"announcement_marks: one's own": {
		target: async (sql) => await writePlain(sql, 'announcement_marks', await aMark(sql)),
		insert: async (persona, sql) => await aMark(sql, { user_id: PEOPLE[personOf(persona)] }),
		update: (word) => ({ user_name: word })
	},
	'announcement_marks: a reminder': {
		target: async (sql) =>
			await writePlain(
				sql,
				'announcement_marks',
				await aMark(sql, { kind: 'reminder', user_id: PEOPLE.supervisor })
			),
		insert: async (persona, sql) =>
			await aMark(sql, { kind: 'reminder', user_id: PEOPLE[personOf(persona)] }),
		update: (word) => ({ user_name: word })
	},
	"message_reads: worker's, circle": {
		async target(sql) {
			await sql(`delete from public.message_reads where user_id = $1 and audience = 'circle'`, [
				PEOPLE.worker
			]);
			return await writePlain(sql, 'message_reads', readMark('worker', 'circle', -1));
		},
		async insert(_persona, sql) {
			await sql(`delete from public.message_reads where user_id = $1 and audience = 'circle'`, [
				PEOPLE.worker
			]);
			return readMark('worker', 'circle', 0);
		},
		update: () => ({ read_through: '2999-01-01T00:00:00Z' })
	},
	"message_reads: one's own, staff": {
		async target(sql) {
			await sql(`delete from public.message_reads where user_id = $1 and audience = 'staff'`, [
				PEOPLE.removed
			]);
			return await writePlain(sql, 'message_reads', readMark('removed', 'staff', -1));
		},
		async insert(persona, sql) {
			await sql(`delete from public.message_reads where user_id = $1 and audience = 'staff'`, [
				PEOPLE[personOf(persona)]
			]);
			return { ...readMark('worker', 'staff', 0), user_id: PEOPLE[personOf(persona)] };
		},
		update: () => ({ read_through: '2999-01-01T00:00:00Z' })
	}
};
