/** The facts of a hand-over note in words. They stay in the note, so that days are dates: "today" would be wrong tomorrow. */
import { dateWithYear, shortDay } from '#lib/care-ui/dates.ts';
import { clauseWords, listWords } from '#lib/care-ui/join-words.ts';
import { links } from '#lib/care-ui/links.ts';
import { visitFieldName, vitalName } from '#lib/care-ui/names.ts';
import {
	emergencyStatusName,
	incidentName,
	localName,
	severityName,
	visitStateName
} from '#lib/care-ui/state-names.ts';
import { vitalText } from '#lib/care-ui/vitals.ts';
import { visitOption } from '#lib/domain/code-tables.ts';
import {
	HANDOVER_PARTS,
	type FactSource,
	type HandoverFact,
	type HandoverPart
} from '#lib/domain/handover-facts.ts';
import type { HandoverNoteRow, TableName } from '#lib/domain/rows.ts';
import { dayParts, taipeiDay, taipeiTime } from '#lib/domain/taiwan-dates.ts';
import type { VisitField } from '#lib/domain/visit-options.ts';
import { m } from '#lib/paraglide/messages.js';
import { doneWords } from '#lib/care-ui/done-words.ts';

const PARTS: Readonly<Record<HandoverPart, { name: () => string; hint: () => string }>> = {
	situation: { name: m.handover_part_situation, hint: m.handover_hint_situation },
	background: { name: m.handover_part_background, hint: m.handover_hint_background },
	assessment: { name: m.handover_part_assessment, hint: m.handover_hint_assessment },
	recommendation: { name: m.handover_part_recommendation, hint: m.handover_hint_recommendation }
};

export const partName = (part: HandoverPart): string => PARTS[part].name();
export const partHint = (part: HandoverPart): string => PARTS[part].hint();

/** `11/22 09:10`; of another year with its number. @param today Taipei day */
export function dateTime(instant: string, today: string): string {
	const day = taipeiDay(instant);
	const isThisYear = dayParts(day).year === dayParts(today).year;
	return `${isThisYear ? shortDay(day) : dateWithYear(day)} ${taipeiTime(instant)}`;
}

/** One line of the note. @param today Taipei day */
export function factWords(fact: HandoverFact, today: string): string {
	const at = fact.source.at === null ? '' : dateTime(fact.source.at, today);
	switch (fact.code) {
		case 'emergency_open':
			return m.handover_fact_emergency({
				what: incidentName(fact.incidentType),
				severity: severityName(fact.severity),
				status: emergencyStatusName(fact.status),
				at
			});
		case 'vital_alarm':
			return m.handover_fact_vital_alarm({
				name: vitalName(fact.reading.kind),
				value: vitalText(fact.reading),
				severity: severityName(fact.reading.severity),
				at
			});
		case 'mood_changed':
			return m.handover_fact_mood({
				from: optionName('mood', fact.from),
				to: optionName('mood', fact.to)
			});
		case 'conditions':
		case 'allergies':
		case 'alerts':
		case 'staff_alerts':
			return m.cases_entry_seen({ field: LISTS[fact.code](), text: listWords(fact.items) });
		case 'vital_trend':
			return trendWords(fact, at);
		case 'care_given':
			return `${at} ${clauseWords([
				doneWords({ done_codes: fact.doneCodes.map((code) => ({ code })) }),
				listWords(
					fact.noticed.map(({ field, option }) =>
						m.cases_entry_seen({ field: visitFieldName(field), text: optionName(field, option) })
					)
				),
				fact.note
			])}`;
		case 'visit_failed':
			return clauseWords([
				m.handover_fact_visit_failed({ at, state: visitStateName(fact.status) }),
				fact.reason
			]);
		case 'emergency_closed':
			return clauseWords([
				m.handover_fact_emergency_closed({ what: incidentName(fact.incidentType), at }),
				fact.outcome
			]);
		case 'task_open':
			return clauseWords([
				m.handover_fact_task({ title: fact.title }),
				fact.dueAt && m.handover_fact_due({ when: dateTime(fact.dueAt, today) }),
				fact.assignee
			]);
		case 'visit_next':
			return clauseWords([m.handover_fact_next_visit({ at }), fact.worker]);
	}
}

const LISTS = {
	conditions: m.cases_conditions,
	allergies: m.cases_allergies,
	alerts: m.cases_alerts,
	staff_alerts: m.cases_staff_alerts
};

function trendWords(fact: Extract<HandoverFact, { code: 'vital_trend' }>, at: string): string {
	const { reading, before, direction } = fact;
	const told = { name: vitalName(reading.kind), value: vitalText(reading), at };
	if (before === null || direction === null) return m.handover_fact_vital_first(told);
	if (direction === 'same') return m.handover_fact_vital_same(told);
	const compare = direction === 'up' ? m.handover_fact_vital_up : m.handover_fact_vital_down;
	return compare({ ...told, before: vitalText(before) });
}

function optionName(field: VisitField, code: string): string {
	const option = visitOption(field, code);
	return option ? localName(option) : code;
}

const SOURCES: Partial<Readonly<Record<TableName, () => string>>> = {
	cases: m.cases_facts,
	case_staff_details: m.cases_staff_only,
	emergencies: m.cases_kind_emergency,
	measurements: m.cases_kind_measurement,
	visit_records: m.cases_entry_record,
	visits: m.cases_kind_visit,
	tasks: m.cases_kind_task
};

/** Where a line comes from: `紀錄：王照服，11/22 09:10`. */
export function sourceWords({ table, by, at }: FactSource, today: string): string {
	const name = SOURCES[table]?.() ?? table;
	const rest = [by, at && dateTime(at, today)].filter(Boolean).join(' ');
	return rest === '' ? name : m.cases_entry_seen({ field: name, text: rest });
}

/** Null for what stands on the person's own page. */
export function sourceHref({ table, id }: FactSource): string | null {
	if (table === 'emergencies') return links.emergency(id);
	if (table === 'tasks') return links.task(id);
	return table === 'visits' ? links.visit(id) : null;
}

/** The parts that say something, under their names. */
export function partsSaid(
	note: HandoverNoteRow
): { readonly part: HandoverPart; readonly name: string; readonly text: string }[] {
	return HANDOVER_PARTS.filter((part) => note[part].trim() !== '').map((part) => ({
		part,
		name: partName(part),
		text: note[part]
	}));
}
