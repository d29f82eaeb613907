/** What can be read in an entry of the timeline, for searching in it. */
import { doneWords } from '#lib/care-ui/done-words.ts';
import { roleName, vitalName } from '#lib/care-ui/names.ts';
import { incidentName, visitStateName } from '#lib/care-ui/state-names.ts';
import type { TimelineEntry } from '#lib/db/queries/case-timeline.ts';
import { HANDOVER_PARTS } from '#lib/domain/handover-facts.ts';
import type { VisitRecordRow } from '#lib/domain/rows.ts';
import { fieldWords, valueWords } from './change-words.ts';
import { observations } from './timeline-words.ts';

export interface EntryText {
	readonly id: string;
	/** Sentences, one a line. */
	readonly text: string;
	/** People who stand in it; found by their Zhuyin initials, too. */
	readonly people: readonly string[];
}

type Words = Parameters<typeof valueWords>[2];
type Said = readonly (string | null | undefined)[];

export function entryText(entry: TimelineEntry, words: Words): EntryText {
	const { said, people } = contentOf(entry, words);
	const present = (text: string | null | undefined): text is string => Boolean(text);
	const names = [...new Set(people.filter(present))];
	return { id: entry.id, text: [...said, ...names].filter(present).join('\n'), people: names };
}

function contentOf(
	entry: TimelineEntry,
	words: Words
): { readonly said: Said; readonly people: Said } {
	switch (entry.kind) {
		case 'visit':
			return {
				said: [
					entry.visit && visitStateName(entry.visit.status),
					entry.visit?.status_reason,
					entry.visit?.note,
					...entry.records.flatMap(({ record }) => recordSaid(record)),
					...entry.measurements.flatMap((row) => [vitalName(row.kind), row.note])
				],
				people: [
					entry.visit?.worker_name,
					...entry.records.map(({ record }) => record.author_name),
					...entry.signatures.map(({ signer_name }) => signer_name)
				]
			};
		case 'handover':
			return {
				said: HANDOVER_PARTS.map((part) => entry.note[part]),
				people: [entry.note.author_name]
			};
		case 'question':
			return {
				said: [entry.question.body, ...entry.answers.map(({ body }) => body)],
				people: [entry.question.author_name, ...entry.answers.map((row) => row.author_name)]
			};
		case 'measurement':
			return {
				said: entry.measurements.flatMap((row) => [vitalName(row.kind), row.note]),
				people: entry.measurements.map((row) => row.author_name)
			};
		case 'emergency':
			return {
				said: [
					incidentName(entry.emergency.incident_type),
					entry.emergency.description,
					entry.emergency.outcome,
					...entry.actions.map((action) => action.note)
				],
				people: [
					entry.emergency.reporter_name,
					...entry.actions.map((action) => action.author_name)
				]
			};
		case 'task':
			return {
				said: [entry.task.title, entry.task.body, entry.task.decline_reason],
				people: [entry.task.author_name, entry.task.assignee_name, entry.task.finished_by_name]
			};
		case 'message':
			return {
				said: entry.messages.map((message) => message.body),
				people: entry.messages.map((message) => message.author_name)
			};
		case 'change':
			return {
				said: [
					fieldWords(entry.change.field),
					valueWords(entry.change.field, entry.change.kept, words),
					valueWords(entry.change.field, entry.change.other, words)
				],
				people: [entry.change.author_name]
			};
		case 'member':
			return {
				said: [roleName(entry.member.role), entry.member.org_name, entry.member.relation],
				people: [entry.member.display_name]
			};
	}
}

function recordSaid(record: VisitRecordRow): Said {
	return [
		record.note,
		record.correction_reason,
		doneWords(record),
		...observations(record).map(({ field, text }) => `${field} ${text}`)
	];
}
